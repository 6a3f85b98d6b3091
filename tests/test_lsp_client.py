"""The language server in the hands of a client that others wrote: that of pygls, over standard input and output."""

from __future__ import annotations

import asyncio
import os
import sys
from functools import partial
from pathlib import Path
from typing import Any

from lsprotocol import types
from pygls.lsp.client import LanguageClient

from tolmach.lsp.positions import Lines, Position

HOUSE = Path(__file__).parent / "cases" / "cli_house.toml"
PATIENCE = 60


class Client(LanguageClient):
    """The client, which keeps the findings that it is told, in the order in which they come."""

    def __init__(self) -> None:
        super().__init__("test", "1")
        self.told: asyncio.Queue[types.PublishDiagnosticsParams] = asyncio.Queue()
        self.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)(partial(self.told.put_nowait))

    async def findings(self, uri: str, version: int) -> list[types.Diagnostic]:
        while True:
            params = await asyncio.wait_for(self.told.get(), PATIENCE)
            if (params.uri, params.version) == (uri, version):
                return list(params.diagnostics)


def identifier(uri: str) -> types.TextDocumentIdentifier:
    return types.TextDocumentIdentifier(uri)


def insertion(line: int, character: int, text: str) -> types.TextDocumentContentChangePartial:
    place = types.Position(line, character)
    return types.TextDocumentContentChangePartial(types.Range(place, place), text)


def applied(text: str, edits: list[types.TextEdit]) -> str:
    lines = Lines(text)
    for edit in sorted(edits, key=lambda one: (one.range.start.line, one.range.start.character), reverse=True):
        start, end = (
            lines.offset(Position(place.line, place.character)) for place in (edit.range.start, edit.range.end)
        )
        text = f"{text[:start]}{edit.new_text}{text[end:]}"
    return text


async def session(folder: Path) -> None:
    """One sitting: open, type with marks and pictures in the line, look up, mend, save, close, leave."""
    client = Client()
    await client.start_io(sys.executable, "-m", "tolmach", "lsp", cwd=folder, env={**os.environ, "LANGUAGE": "en"})
    began = await client.initialize_async(
        types.InitializeParams(
            types.ClientCapabilities(
                general=types.GeneralClientCapabilities(position_encodings=[types.PositionEncodingKind.Utf16])
            ),
            workspace_folders=[types.WorkspaceFolder(folder.as_uri(), "house")],
        )
    )
    assert began.server_info and began.server_info.name == "tolmach"
    client.initialized(types.InitializedParams())
    uri = (folder / "a_de.txt").as_uri()
    # U+1F600 takes two units, e with U+0301 takes two.
    text = "\U0001f600 Cafe\u0301 To\r\nErst Wei\u00dfrussland.\r\n"
    opened = types.TextDocumentItem(uri, "plaintext", 1, text)
    client.text_document_did_open(types.DidOpenTextDocumentParams(opened))
    assert [one.code for one in await client.findings(uri, 1)] == ["deprecated-term"]

    typed: list[Any] = [insertion(0, 11, "qa"), insertion(0, 13, "jews Rede")]
    client.text_document_did_change(
        types.DidChangeTextDocumentParams(types.VersionedTextDocumentIdentifier(2, uri), typed)
    )
    first, second = await client.findings(uri, 2)
    assert (first.range.start, first.range.end) == (types.Position(0, 9), types.Position(0, 17))
    assert second.range.start == types.Position(1, 5)
    now = text.replace("To\r", "Toqajews Rede\r")

    place = types.Position(0, 12)
    hover = await client.text_document_hover_async(types.HoverParams(identifier(uri), place))
    assert hover and isinstance(hover.contents, types.MarkupContent) and "Tokajew" in hover.contents.value
    found = await client.text_document_definition_async(types.DefinitionParams(identifier(uri), place))
    assert isinstance(found, list) and [getattr(one, "uri", "") for one in found] == [(folder / "house.toml").as_uri()]
    offers = await client.text_document_completion_async(types.CompletionParams(identifier(uri), types.Position(0, 12)))
    assert isinstance(offers, types.CompletionList) and [one.label for one in offers.items] == ["Tokajew"]

    whole = types.Range(types.Position(0, 0), types.Position(2, 0))
    actions = await client.text_document_code_action_async(
        types.CodeActionParams(identifier(uri), whole, types.CodeActionContext([first, second]))
    )
    by_title = {one.title: one for one in actions or () if isinstance(one, types.CodeAction)}
    assert {"write Tokajews", "write Belarus", "ignore deprecated-term here"} <= set(by_title)
    [everything] = [one for one in by_title.values() if one.kind == "source.fixAll.tolmach"]
    assert everything.edit and everything.edit.changes
    mended = applied(now, list(everything.edit.changes[uri]))
    assert mended == "\U0001f600 Cafe\u0301 Tokajews Rede\r\nErst Belarus.\r\n"
    client.text_document_did_change(
        types.DidChangeTextDocumentParams(
            types.VersionedTextDocumentIdentifier(3, uri), [types.TextDocumentContentChangeWholeDocument(mended)]
        )
    )
    assert await client.findings(uri, 3) == []
    client.text_document_did_save(types.DidSaveTextDocumentParams(identifier(uri)))
    client.text_document_did_close(types.DidCloseTextDocumentParams(identifier(uri)))
    await client.shutdown_async(None)
    client.exit(None)
    await client.stop()  # type: ignore[no-untyped-call]


def test_a_sitting(tmp_path: Path) -> None:
    (tmp_path / "house.toml").write_bytes(HOUSE.read_bytes())
    (tmp_path / "tolmach.toml").write_text('glossary = ["house.toml"]\n', encoding="utf-8")
    asyncio.run(asyncio.wait_for(session(tmp_path), PATIENCE))
