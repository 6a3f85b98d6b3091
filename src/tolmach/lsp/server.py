"""The server on stdio: keeps the open texts, answers requests and publishes findings as the user types."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, TypeVar, cast

from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pygls.lsp.server import LanguageServer
from pygls.protocol import LanguageServerProtocol

from tolmach.errors import TolmachError
from tolmach.files import version
from tolmach.lsp import answers
from tolmach.lsp.desk import Desk
from tolmach.lsp.positions import Change, Encoding, Lines, Position, whole
from tolmach.lsp.reading import Reading
from tolmach.lsp.texts import OpenText, path_of

DELAY = 0.25
"""Seconds without a key before a text is checked."""
_ENCODINGS: tuple[Encoding, ...] = ("utf-8", "utf-16", "utf-32")
_Answer = TypeVar("_Answer")


class Protocol(LanguageServerProtocol):
    """The protocol without the texts that pygls would keep: it counts U+2028 and the like as ends of lines."""

    lsp_text_document__did_open = None  # type: ignore[assignment]
    lsp_text_document__did_change = None  # type: ignore[assignment]
    lsp_text_document__did_close = None  # type: ignore[assignment]

    def structure_message(self, data: dict[str, Any]) -> Any:
        """The message; a request that is none of the protocol is answered with what is wrong."""
        try:
            return super().structure_message(data)
        except JsonRpcException as error:
            if "id" in data and "method" in data:
                self._send_response(data["id"], error=error.to_response_error())
            raise


class Output:
    """Standard output as pygls writes to it; an editor that has gone is told nothing more, and nobody of that."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def write(self, message: bytes) -> None:
        """Send a message."""
        # ValueError: the stream has been closed.
        with suppress(OSError, ValueError):
            self._stream.write(message)
            self._stream.flush()

    def flush(self) -> None:
        """Do nothing: a message is sent at once."""

    def close(self) -> None:
        """End the output."""
        with suppress(OSError):
            self._stream.close()


class Server(LanguageServer):
    """The connection to an editor; `cache` is the folder of compiled glossaries, None keeps none."""

    def __init__(self, cache: Path | None) -> None:
        super().__init__("tolmach", version(), protocol_cls=Protocol)
        self.desk = Desk(cache, self._report, self._note)
        self.texts: dict[str, OpenText] = {}
        self.was_shut_down = False
        # Glossaries are not made for several threads.
        self.worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="tolmach")
        self._checks: dict[str, asyncio.Task[None]] = {}
        self._loop: asyncio.AbstractEventLoop | None = None

    def start(self, params: types.InitializeParams) -> None:
        """Take over what the editor says of itself."""
        self._loop = asyncio.get_running_loop()
        self.desk.folders = self._folders()

    def _folders(self) -> tuple[Path, ...]:
        uris = [folder.uri for folder in self.workspace.folders.values()] or [self.workspace.root_uri or ""]
        return tuple(path for path in map(path_of, uris) if path)

    def ready(self, params: types.InitializedParams) -> None:
        """Ask to be told of changed settings and glossaries, where the editor can be asked."""
        workspace = self.client_capabilities.workspace
        watching = workspace.did_change_watched_files if workspace else None
        if watching and watching.dynamic_registration:
            watchers = [types.FileSystemWatcher("**/*.toml")]
            options = types.DidChangeWatchedFilesRegistrationOptions(watchers)
            registration = types.Registration("glossaries", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
            self.client_register_capability(types.RegistrationParams([registration]))

    def shut(self, params: None) -> None:
        """Stop checking."""
        self.was_shut_down = True
        for check in self._checks.values():
            check.cancel()

    def opened(self, params: types.DidOpenTextDocumentParams) -> None:
        """Take over a text and check it at once."""
        text = params.text_document
        lines = Lines(whole(text.text), self._encoding())
        self.texts[text.uri] = OpenText(text.uri, text.language_id, text.version, lines)
        self._check_soon(text.uri, 0)

    def _encoding(self) -> Encoding:
        chosen = str(getattr(self.workspace.position_encoding, "value", self.workspace.position_encoding))
        return next((one for one in _ENCODINGS if one == chosen), "utf-16")

    def changed(self, params: types.DidChangeTextDocumentParams) -> None:
        """Take over what was typed and check when typing pauses; texts that were never opened are passed over."""
        uri = params.text_document.uri
        if uri in self.texts:
            changes = map(_change, params.content_changes)
            self.texts[uri] = self.texts[uri].changed(changes, params.text_document.version)
            self._check_soon(uri, DELAY)

    def saved(self, params: types.DidSaveTextDocumentParams) -> None:
        """Check all texts again when settings or a glossary were saved."""
        if params.text_document.uri.endswith(".toml"):
            self._check_all()

    def watched(self, params: types.DidChangeWatchedFilesParams) -> None:
        """Check all texts again: settings or a glossary have changed."""
        self._check_all()

    def moved(self, params: types.DidChangeWorkspaceFoldersParams) -> None:
        """Check all texts again: there are other folders."""
        self.desk.folders = self._folders()
        self._check_all()

    def closed(self, params: types.DidCloseTextDocumentParams) -> None:
        """Forget a text and take its findings back."""
        uri = params.text_document.uri
        check = self._checks.pop(uri, None)
        if check:
            check.cancel()
        if self.texts.pop(uri, None):
            self.worker.submit(self.desk.forget, uri)
            self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, []))

    async def actions(self, params: types.CodeActionParams) -> list[types.CodeAction]:
        """Quick fixes."""

        def answer(reading: Reading) -> list[types.CodeAction]:
            only = [str(getattr(kind, "value", kind)) for kind in params.context.only or ()]
            return list(answers.actions(reading, reading.findings, params.range, only))

        return await self._answer(params.text_document.uri, answer, [])

    async def hover(self, params: types.HoverParams) -> types.Hover | None:
        """The concept cards at a place."""
        texts = self.client_capabilities.text_document
        formats = (texts.hover.content_format if texts and texts.hover else None) or ()
        markdown = types.MarkupKind.Markdown in formats
        show = partial(answers.hover, place=params.position, markdown=markdown)
        return await self._answer(params.text_document.uri, show, None)

    async def definition(self, params: types.DefinitionParams) -> list[types.Location]:
        """Where the glossary defines what stands at a place."""
        return await self._answer(
            params.text_document.uri, lambda reading: answers.definition(reading, params.position), []
        )

    async def complete(self, params: types.CompletionParams) -> types.CompletionList:
        """The preferred forms that begin as the text before the cursor does."""
        nothing = types.CompletionList(is_incomplete=False, items=[])
        return await self._answer(
            params.text_document.uri, lambda reading: answers.completions(reading, params.position), nothing
        )

    async def _answer(self, uri: str, answer: Callable[[Reading], _Answer], otherwise: _Answer) -> _Answer:
        """What the worker answers for an open text; `otherwise` for one that is unknown or not ours to read."""
        text = self.texts.get(uri)
        if text is None:
            return otherwise

        def work() -> _Answer:
            reading = self.desk.read(text)
            return answer(reading) if reading else otherwise

        return await asyncio.get_running_loop().run_in_executor(self.worker, work)

    def _check_all(self) -> None:
        for uri in self.texts:
            self._check_soon(uri, 0)

    def _check_soon(self, uri: str, delay: float) -> None:
        earlier = self._checks.get(uri)
        if earlier:
            earlier.cancel()
        self._checks[uri] = asyncio.get_running_loop().create_task(self._check(uri, delay))

    async def _check(self, uri: str, delay: float) -> None:
        await asyncio.sleep(delay)
        text = self.texts[uri]

        def work() -> list[types.Diagnostic] | None:
            checked = self.desk.check(text)
            return answers.diagnostics(*checked) if checked else None

        found = await asyncio.get_running_loop().run_in_executor(self.worker, work)
        if found is not None and self.texts.get(uri) is text:
            self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, found, text.version))

    def _report(self, error: TolmachError) -> None:
        """Show what is wrong with settings or glossaries; called by the worker, sent by the loop."""
        for problem in error.all():
            message = f"{problem} ({problem.hint})" if problem.hint else str(problem)
            if self._loop:
                self._loop.call_soon_threadsafe(self._show, message)

    def _note(self, message: str) -> None:
        """Tell the editor's log; called by the worker, sent by the loop."""
        if self._loop:
            self._loop.call_soon_threadsafe(self._log, types.MessageType.Info, message)

    def _log(self, kind: types.MessageType, message: str) -> None:
        self.window_log_message(types.LogMessageParams(kind, f"tolmach: {message}"))

    def _show(self, message: str) -> None:
        self.window_show_message(types.ShowMessageParams(types.MessageType.Error, f"tolmach: {message}"))

    def report_server_error(self, error: Exception, source: object) -> None:
        """Write to the editor's log what no user can mend."""
        self._log(types.MessageType.Error, f"{type(error).__name__}: {error}")


def serve(stdin: BinaryIO, stdout: BinaryIO, cache: Path | None) -> int:
    """Serve an editor until it says goodbye or hangs up; the exit code is 0 if it had asked for a shutdown, else 1."""
    server = Server(cache)
    for name, (answer, options) in _features(server).items():
        server.feature(name, options)(partial(answer))
    server.start_io(stdin, cast(BinaryIO, Output(stdout)))
    server.worker.shutdown(cancel_futures=True)
    return 0 if server.was_shut_down else 1


def _features(server: Server) -> dict[str, tuple[Callable[..., Any], Any]]:
    """What answers each message, with its options."""
    kinds = [types.CodeActionKind.QuickFix, answers.FIX_ALL]
    return {
        types.INITIALIZE: (server.start, None),
        types.INITIALIZED: (server.ready, None),
        types.SHUTDOWN: (server.shut, None),
        types.TEXT_DOCUMENT_DID_OPEN: (server.opened, None),
        types.TEXT_DOCUMENT_DID_CHANGE: (server.changed, None),
        types.TEXT_DOCUMENT_DID_SAVE: (server.saved, None),
        types.TEXT_DOCUMENT_DID_CLOSE: (server.closed, None),
        types.WORKSPACE_DID_CHANGE_WATCHED_FILES: (server.watched, None),
        types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS: (server.moved, None),
        types.TEXT_DOCUMENT_CODE_ACTION: (server.actions, types.CodeActionOptions(kinds)),
        types.TEXT_DOCUMENT_HOVER: (server.hover, None),
        types.TEXT_DOCUMENT_DEFINITION: (server.definition, None),
        types.TEXT_DOCUMENT_COMPLETION: (server.complete, types.CompletionOptions()),
    }


def _change(change: types.TextDocumentContentChangeEvent) -> Change:
    if isinstance(change, types.TextDocumentContentChangePartial):
        start, end = change.range.start, change.range.end
        return Change(change.text, Position(start.line, start.character), Position(end.line, end.character))
    return Change(change.text)
