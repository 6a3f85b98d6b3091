"""Edits in documents of word processors: exactly what was asked for changes, and nothing else."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from office import (
    W,
    accepted,
    archive,
    member,
    odf,
    odf_members,
    records,
    rejected,
    text_of,
    word,
    word_members,
)  # fmt: skip
from tolmach.errors import TolmachError
from tolmach.text.formats import Edit, Source, docx, odt, rewrite
from tolmach.text.model import Span

CASES = Path(__file__).parent / "cases" / "office"
NOON = datetime(2026, 11, 20, 12)
Make = Callable[[str], Source]


def replace(source: Source, old: str, new: str) -> list[Edit]:
    """An edit for every place where the text stands."""
    return [Edit(Span(found.start(), found.end()), new) for found in re.finditer(re.escape(old), text_of(source))]


def made(source: Source, old: str, new: str) -> bytes:
    """The file with the text replaced everywhere; all of it must be possible."""
    edits = replace(source, old, new)
    content, refused = rewrite(source, edits)
    assert edits
    assert refused == ()
    return content


def inside(content: bytes, name: str = "word/document.xml") -> str:
    return member(content, name).decode("utf-8")


def same_but(before: bytes, after: bytes, changed: Sequence[str], added: Sequence[str] = ()) -> None:
    """All other members have the same bytes, headers included; all have their order, method, time and attributes."""
    old, new = records(before), records(after)
    assert [*old, *added] == list(new)
    for name, (written, listed) in old.items():
        if name in changed:
            # name, method, time, attributes; the flag of a trailing record of sizes may go
            assert new[name][1][:8] == listed[:8]
            assert new[name][1][10:] == listed[10:]
        else:
            assert new[name] == (written, listed)
    with zipfile.ZipFile(io.BytesIO(before)) as first, zipfile.ZipFile(io.BytesIO(after)) as second:
        assert second.testzip() is None
        assert first.comment == second.comment


# One term in a file with a byte order mark, CRLF, inline tags and entities: all other bytes stay


def test_word_keeps_every_other_byte() -> None:
    body = (
        '<w:p w:rsidR="00AB"\r\n  w:rsidP="1">\r\n\t<w:r><w:t xml:space="preserve">Herr &#84;okajew &amp; </w:t></w:r>'
        "\r\n<!-- x --><w:r><w:rPr><w:b/></w:rPr><w:t>Toqajew</w:t></w:r><w:r   ><w:t>s Rede</w:t></w:r></w:p>\r\n"
    )
    members = word_members(body)
    document = b"\xef\xbb\xbf" + str(members["word/document.xml"]).replace("?>\n", "?>\r\n").encode()
    source = Source("a.docx", "a", archive({**members, "word/document.xml": document, "word/media/x.png": b"\x89PNG"}))
    content = made(source, "Toqajews", "Tokajews")
    assert member(content, "word/document.xml") == document.replace(b"Toqajew", b"Tokajew")
    same_but(source.content, content, ["word/document.xml"])


def test_opendocument_keeps_every_other_byte() -> None:
    text = (
        "<text:p\r\n  text:style-name='P1'>Herr &#84;okajew &amp;\r\n   "
        "<text:span text:style-name='T1' >Toqajew</text:span><!-- x -->s Rede</text:p>\r\n"
    )
    members = odf_members(text)
    document = b"\xef\xbb\xbf" + str(members["content.xml"]).encode()
    source = Source("a.odt", "a", archive({**members, "content.xml": document}, stored=("mimetype",)))
    content = made(source, "Toqajews", "Tokajews")
    assert member(content, "content.xml") == document.replace(b"Toqajew", b"Tokajew")
    same_but(source.content, content, ["content.xml"])


@pytest.mark.parametrize(("ending", "part"), [("docx", "word/document.xml"), ("odt", "content.xml")])
def test_what_an_office_program_has_written_keeps_every_other_byte(ending: str, part: str) -> None:
    content = (CASES / f"article.{ending}").read_bytes()
    source = Source(f"a.{ending}", "a", content)
    new = made(source, "Lukaschenko", "Lukaschenka")
    assert member(new, part) == member(content, part).replace(b"Lukaschenko", b"Lukaschenka")
    same_but(content, new, [part])


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_stays_utf_16(encoding: str) -> None:
    members = word_members("<w:p><w:r><w:t>Тоқаев Toqajew</w:t></w:r></w:p>")
    mark = "\ufeff".encode(encoding)
    document = mark + str(members["word/document.xml"]).replace("UTF-8", "UTF-16").encode(encoding)
    source = Source("a.docx", "a", archive({**members, "word/document.xml": document}))
    new = member(made(source, "Toqajew", "Tokajew"), "word/document.xml")
    assert new == document.replace("Toqajew".encode(encoding), "Tokajew".encode(encoding))


# Where the replacement goes

WORD_EDITS = [
    # old, new, body before, body after
    ("Toqajews", "Tokajews", "<w:t>Toqa</w:t>|<w:t>jews</w:t>", "<w:t>Toka</w:t>|<w:t>jews</w:t>"),
    ("Toqajew", "Tokajew", "<w:t>T</w:t>|<w:t>oqajew</w:t>", "<w:t>T</w:t>|<w:t>okajew</w:t>"),
    ("Toqajew", "Tokajew", "<w:t>Toqajew</w:t>|<w:t>s</w:t>", "<w:t>Tokajew</w:t>|<w:t>s</w:t>"),
    ("Nur-Sultan", "Astana", "<w:t>Nur</w:t>|<w:t>-Sultan</w:t>", "<w:t>Astana</w:t>|<w:t></w:t>"),
    (
        "Nur-Sultan", "Astana", "<w:t>Nur-</w:t>|<w:t>Sultan ist</w:t>",
        '<w:t>Astana</w:t>|<w:t xml:space="preserve"> ist</w:t>',
    ),
    ("Nur\u2011Sultan", "Astana", "<w:t>Nur</w:t><w:noBreakHyphen/><w:t>Sultan</w:t>", "<w:t>Astana</w:t><w:t></w:t>"),
    (
        "Nur\u2011Sultans", "Nur\u2011Sultan", "<w:t>Nur</w:t><w:noBreakHyphen/><w:t>Sultans</w:t>",
        "<w:t>Nur</w:t><w:noBreakHyphen/><w:t>Sultan</w:t>",
    ),
    (
        "Ka\u00adsachstan", "Kasachstan", "<w:t>Ka</w:t><w:softHyphen/><w:t>sachstan</w:t>",
        "<w:t>Ka</w:t><w:t>sachstan</w:t>",
    ),
    (
        "Nur\u2011Sultan", "Nur und Sultan", "<w:t>Nur</w:t><w:noBreakHyphen/><w:t>Sultan</w:t>",
        '<w:t xml:space="preserve">Nur und </w:t><w:t>Sultan</w:t>',
    ),
    (
        "\u2011Sultan", "und Sultan", "<w:t>Nur</w:t><w:noBreakHyphen/><w:t>Sultan</w:t>",
        "<w:t>Nur</w:t><w:t>und Sultan</w:t>",
    ),
    ("AT&T", "A<B>", "<w:t>AT&amp;T</w:t>", "<w:t>A&lt;B&gt;</w:t>"),
    ("Minsk", "Minsk & Co", "<w:t>Minsk</w:t>", "<w:t>Minsk &amp; Co</w:t>"),
    ("Minsk", " Minsk", "<w:t>Minsk</w:t>", '<w:t xml:space="preserve"> Minsk</w:t>'),
    ("Republik Kasachstan", "Republik Kasachstans", "<w:t>Republik</w:t><w:br/><w:t>Kasachstan</w:t>",
     "<w:t>Republik</w:t><w:br/><w:t>Kasachstans</w:t>"),
    ("Weiß Russland", "Bela Rus", "<w:t>Weiß</w:t><w:tab/><w:t>Russland</w:t>",
     "<w:t>Bela</w:t><w:tab/><w:t>Rus</w:t>"),
]  # fmt: skip


def runs(body: str) -> str:
    """A paragraph; `|` ends a run and begins another one."""
    return "<w:p>" + "".join(f"<w:r>{part}</w:r>" for part in body.split("|")) + "</w:p>"


@pytest.mark.parametrize(("old", "new", "before", "after"), WORD_EDITS)
def test_a_replacement_takes_the_place_of_the_first_letter(old: str, new: str, before: str, after: str) -> None:
    source = word(runs(before))
    content = made(source, old, new)
    assert runs(after) in inside(content)
    assert text_of(source, content) == text_of(source).replace(old, new)


REFUSED = [
    ("Republik Kasachstan", "Kasachstan", runs("<w:t>Republik</w:t><w:br/><w:t>Kasachstan</w:t>")),
    ("Minsk\ufffcer", "Astana", runs('<w:t>Minsk</w:t><w:footnoteReference w:id="1"/><w:t>er</w:t>')),
    ("a\nb", "c", runs("<w:t>a</w:t>") + runs("<w:t>b</w:t>")),
    ("Minsk", "Minsk\nAstana", runs("<w:t>Minsk</w:t>")),
    ("Minsk", "Minsk\x00", runs("<w:t>Minsk</w:t>")),
    ("Minsk", "\ufffc", runs("<w:t>Minsk</w:t>")),
    ("Minsk", "\ud800", runs("<w:t>Minsk</w:t>")),
    ("Minsk", "Astana", runs("<w:t><![CDATA[Minsk]]></w:t>")),
    ("ins", "x", runs("<w:t><![CDATA[Minsk]]></w:t>")),
    ("\u2011", "x", runs("<w:noBreakHyphen/>")),
    ("Weiß Russland", "Belarus Land", runs("<w:t>Weiß</w:t><w:tab/><w:t><![CDATA[Russland]]></w:t>")),
]


@pytest.mark.parametrize(("old", "new", "body"), REFUSED)
def test_what_cannot_be_made_is_given_back(old: str, new: str, body: str) -> None:
    source = word(body)
    edits = replace(source, old, new)
    assert len(edits) == 1
    for change in (rewrite, docx.track):
        assert change(source, edits) == (source.content, tuple(edits))


def test_overlapping_edits_and_those_outside_are_given_back() -> None:
    source = word(runs("<w:t>Nur-Sultan</w:t>"))
    first, inner, again = Edit(Span(0, 10), "Astana"), Edit(Span(4, 10), "Bek"), Edit(Span(0, 10), "Akmola")
    behind, far = Edit(Span(8, 11), "x"), Edit(Span(90, 95), "x")
    content, refused = rewrite(source, [first, inner, again, behind, far])
    assert text_of(source, content) == "Astana"
    assert refused == (inner, again, behind, far)
    content, refused = rewrite(source, [inner, first])
    assert text_of(source, content) == "Nur-Bek"
    assert refused == (first,)


def test_something_can_be_inserted_and_deleted() -> None:
    for source in (word(runs("<w:t>ab</w:t>|<w:t>cd</w:t>")), odf("<text:p>ab<text:span>cd</text:span></text:p>")):
        content, refused = rewrite(
            source, [Edit(Span(0, 0), "<"), Edit(Span(1, 1), "-"), Edit(Span(4, 4), ">"), Edit(Span(2, 3), "")]
        )
        assert refused == ()
        assert text_of(source, content).rstrip("\n") == "<a-bd>"


def test_a_text_box_is_changed_in_all_its_copies() -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>Toqajew</w:t></w:r></w:p></w:txbxContent>"
    both = f'<mc:Choice Requires="wps">{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>'
    source = word(f"<w:p><w:r><mc:AlternateContent>{both}</mc:AlternateContent></w:r></w:p>")
    assert inside(made(source, "Toqajew", "Tokajew")).count(">Tokajew<") == 2
    tracked, _refused = docx.track(source, replace(source, "Toqajew", "Tokajew"))
    assert inside(tracked).count(">Tokajew<") == inside(tracked).count(">Toqajew<") == 2


def test_headers_and_notes_are_changed_in_their_own_parts() -> None:
    source = word(
        runs("<w:t>Minsk</w:t>"),
        header=runs("<w:t>Toqajew</w:t>"),
        footnotes=f'<w:footnote w:id="2">{runs("<w:t>Toqajew</w:t>")}</w:footnote>',
    )
    content = made(source, "Toqajew", "Tokajew")
    same_but(source.content, content, ["word/header.xml", "word/footnotes.xml"])
    assert text_of(source, content) == "Minsk\nTokajew\nTokajew"


def test_opendocument_edits() -> None:
    body = "<text:p>Nur<text:span>-Sul</text:span>tan &amp;\n  Co<text:s/>heute</text:p>"
    source = odf(body)
    content = made(source, "Nur-Sultan", "As<ta>na")
    assert body.replace("Nur<text:span>-Sul</text:span>tan", "As&lt;ta&gt;na<text:span></text:span>") in inside(
        content, "content.xml"
    )
    assert rewrite(source, [Edit(Span(14, 22), "x")])[1]  # over an element that stands for a blank
    number = odf("<text:p>Seite <text:user-defined>Minsk</text:user-defined></text:p>")
    assert rewrite(number, replace(number, "Minsk", "Astana"))[1]  # the program would write it anew
    header = odf("<text:p>a</text:p>", header="<text:p>Toqajew</text:p>")
    same_but(header.content, made(header, "Toqajew", "Tokajew"), ["styles.xml"])


# Archives as other programs write them


def test_sizes_behind_the_content_and_stored_members() -> None:
    out = io.BytesIO()

    class Stream(io.RawIOBase):
        """Cannot go back, as a pipe: sizes are then written behind the content."""

        def writable(self) -> bool:
            return True

        def write(self, content: object) -> int:
            return out.write(content)  # type: ignore[arg-type]

    with zipfile.ZipFile(Stream(), "w", zipfile.ZIP_DEFLATED) as target:  # type: ignore[type-var]
        for name, text in word_members(runs("<w:t>Toqajew</w:t>")).items():
            kind = zipfile.ZIP_STORED if name == "word/document.xml" else zipfile.ZIP_DEFLATED
            target.writestr(name, text, kind)
        target.comment = b"Bericht"
    source = Source("a.docx", "a", out.getvalue())
    content = made(source, "Toqajew", "Tokajew & Co")
    same_but(source.content, content, ["word/document.xml"])
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        entry = opened.getinfo("word/document.xml")
        assert (entry.compress_type, entry.flag_bits & 8) == (zipfile.ZIP_STORED, 0)
        assert opened.getinfo("word/styles.xml").flag_bits & 8


def test_large_sizes_and_bytes_in_front() -> None:
    out = io.BytesIO(b"")
    out.write(b"#!/bin/sh\n")
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as target:
        for name, text in word_members(runs("<w:t>Toqajew</w:t>")).items():
            entry = zipfile.ZipInfo(name)
            entry.extra = b"\xfe\xca\x02\0ab"
            with target.open(entry, "w", force_zip64=True) as stream:
                stream.write(str(text).encode())
    source = Source("a.docx", "a", out.getvalue())
    content = made(source, "Toqajew", "Tokajew")
    assert content.startswith(b"#!/bin/sh\n")
    same_but(source.content, content, ["word/document.xml"])
    assert text_of(source, content) == "Tokajew"


def test_a_method_that_is_not_known_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_LZMA) as target:
        for name, text in word_members(runs("<w:t>Toqajew</w:t>")).items():
            target.writestr(name, text)
    source = Source("a.docx", "a", out.getvalue())
    with pytest.raises(TolmachError, match="compression method 14"):
        rewrite(source, replace(source, "Toqajew", "Tokajew"))


# Tracked changes


def test_tracked_changes_stand_between_runs() -> None:
    source = word(
        '<w:p><w:r w:rsidR="1"><w:rPr><w:b/><w:rPrChange w:id="7"><w:rPr/></w:rPrChange></w:rPr>'
        "<w:t>Herr Toqajew kam</w:t></w:r></w:p>"
    )
    content, refused = docx.track(source, replace(source, "Toqajew", "T & Co"), NOON)
    first = '<w:r w:rsidR="1"><w:rPr><w:b/>'
    stamp = 'w:author="tolmach" w:date="2026-11-20T12:00:00Z">'
    assert refused == ()
    assert (
        '<w:t xml:space="preserve">Herr </w:t></w:r>'
        f'<w:del w:id="8" {stamp}{first}</w:rPr><w:delText xml:space="preserve">Toqajew</w:delText></w:r></w:del>'
        f'<w:ins w:id="9" {stamp}{first}</w:rPr><w:t xml:space="preserve">T &amp; Co</w:t></w:r></w:ins>'
        f'{first}</w:rPr><w:t xml:space="preserve"> kam</w:t></w:r></w:p>'
    ) in inside(content)
    same_but(source.content, content, ["word/document.xml"])


def test_a_whole_run_leaves_no_empty_one() -> None:
    source = word(runs("<w:t>Toqajew</w:t>|<w:t>s</w:t>"))
    content, _refused = docx.track(source, replace(source, "Toqajew", "Tokajew"))
    assert inside(content).count("<w:r>") == 3
    assert "<w:t></w:t>" not in inside(content)
    assert "w:date" not in inside(content)


def test_a_change_within_an_insertion_of_somebody_else() -> None:
    source = word('<w:p><w:ins w:id="3" w:author="Ada"><w:r><w:t>Herr Toqajew kam</w:t></w:r></w:ins></w:p>')
    content, _refused = docx.track(source, replace(source, "Toqajew", "Tokajew"))
    assert accepted(content) == "Herr Tokajew kam"
    numbers = re.findall(r'<w:(?:ins|del) w:id="(\d+)"', inside(content))
    assert len(numbers) == len(set(numbers)) == 4
    assert inside(content).count('w:author="Ada"') == 2


def test_hyphens_and_links_are_tracked() -> None:
    source = word("<w:p><w:hyperlink><w:r><w:t>Nur</w:t><w:noBreakHyphen/><w:t>Sultan</w:t></w:r></w:hyperlink></w:p>")
    content, refused = docx.track(source, replace(source, "Nur\u2011Sultan", "Astana"))
    assert refused == ()
    assert (accepted(content), rejected(content)) == ("Astana", "Nur\u2011Sultan")


def test_what_stands_between_the_letters_is_not_deleted_with_them() -> None:
    source = word(runs("<w:t>Toqa</w:t><w:annotationRef/><w:t>jewx</w:t>"))
    edits = replace(source, "Toqajewx", "Minsk")
    assert docx.track(source, edits) == (source.content, tuple(edits))


def test_opendocument_tracks_in_the_text_only() -> None:
    source = odf(
        "<text:p text:style-name='P1'>Herr Toqa<text:span text:style-name='T1'>jew</text:span> kam</text:p>"
        "<text:p><draw:frame><draw:text-box><text:p>Toqajew</text:p></draw:text-box></draw:frame></text:p>",
        header="<text:p>Toqajew</text:p>",
    )
    edits = replace(source, "Toqajew", "Minsk")
    content, refused = odt.track(source, edits, NOON)
    assert refused == tuple(edits[1:])
    assert text_of(source, content) == text_of(source).replace("Toqajew", "Minsk", 1)
    new = inside(content, "content.xml")
    assert (
        "<text:deletion><office:change-info><dc:creator>tolmach</dc:creator><dc:date>2026-11-20T12:00:00</dc:date>"
        "</office:change-info><text:p text:style-name='P1'>Toqa<text:span text:style-name='T1'>jew</text:span></text:p>"
        "</text:deletion>"
    ) in new
    listed, used = re.findall(r'xml:id="([^"]+)"', new), re.findall(r'change-id="([^"]+)"', new)
    assert set(listed) == set(used)
    again = Source("a.odt", "a", content)
    twice, refused = odt.track(again, replace(again, "kam", "ging"), NOON)
    assert refused == ()
    assert text_of(source, twice) == text_of(again).replace("kam", "ging")
    listed = re.findall(r'xml:id="([^"]+)"', inside(twice, "content.xml"))
    assert len(listed) == len(set(listed)) == 4
    assert inside(twice, "content.xml").count("<text:tracked-changes>") == 1


def test_something_can_be_suggested_that_was_missing() -> None:
    source = word(runs("<w:t>Minsk Astana</w:t>"))
    content, refused = docx.track(source, [Edit(Span(5, 5), ","), Edit(Span(0, 0), "In ")])
    assert refused == ()
    assert (accepted(content), rejected(content)) == ("In Minsk, Astana", "Minsk Astana")
    assert "<w:del " not in inside(content)
    text = odf("<text:p>Minsk Astana</text:p>")
    content, refused = odt.track(text, [Edit(Span(5, 5), ",")])
    assert text_of(text, content).rstrip("\n") == "Minsk, Astana"
    assert "text:deletion" not in inside(content, "content.xml")


def test_opendocument_with_an_empty_list_of_changes_and_without_styles() -> None:
    members = odf_members('<text:tracked-changes text:track-changes="false"/><text:p>Minsk</text:p>')
    source = Source("a.odt", "a", archive({name: members[name] for name in ("mimetype", "content.xml")}))
    content, refused = odt.track(source, replace(source, "Minsk", "Astana"))
    assert refused == ()
    new = inside(content, "content.xml")
    assert '<text:tracked-changes text:track-changes="false"><text:changed-region' in new
    assert "1970-01-01" in new
    ElementTree.fromstring(new)


def test_opendocument_with_names_of_its_own_is_not_tracked() -> None:
    members = odf_members("<text:p>Minsk</text:p>")
    renamed = re.sub(r"\bdc=|\bdc:", lambda found: found.group().replace("dc", "d"), str(members["content.xml"]))
    source = Source("a.odt", "a", archive({**members, "content.xml": renamed}))
    edits = replace(source, "Minsk", "Astana")
    assert odt.track(source, edits) == (source.content, tuple(edits))
    assert made(source, "Minsk", "Astana") != source.content


# Comments


def comments(content: bytes) -> dict[str, str]:
    root = ElementTree.fromstring(member(content, "word/comments.xml"))
    return {
        entry.attrib[f"{{{W}}}id"]: "\n".join("".join(part.itertext()) for part in entry.iter(f"{{{W}}}p"))
        for entry in root.iter(f"{{{W}}}comment")
    }


def commented(content: bytes) -> dict[str, str]:
    """What each comment of the body is about."""
    found: dict[str, str] = {}
    open_now: set[str] = set()
    for element in ElementTree.fromstring(member(content, "word/document.xml")).iter():
        name, number = element.tag.removeprefix(f"{{{W}}}"), element.attrib.get(f"{{{W}}}id", "")
        if name == "commentRangeStart":
            open_now.add(number)
            found[number] = ""
        elif name == "commentRangeEnd":
            open_now.remove(number)
        elif name in ("t", "noBreakHyphen"):
            for one in open_now:
                found[one] += (element.text or "") if name == "t" else "\u2011"
    assert not open_now
    return dict(sorted(found.items(), key=lambda entry: int(entry[0])))


def test_comments_stand_at_their_words() -> None:
    source = word(runs("<w:t>Herr Toqajew in Nur</w:t>|<w:rPr><w:b/></w:rPr><w:t>-Sultan</w:t>") + "<w:p/>")
    notes = [(Span(5, 12), "besser: Tokajew & Co\nHausstil"), (Span(16, 26), "Astana"), (Span(0, 12), "Anrede")]
    content = docx.write_comments(source, notes, NOON)
    assert list(comments(content).values()) == [text for _span, text in notes]
    assert list(commented(content).values()) == ["Toqajew", "Nur-Sultan", "Herr Toqajew"]
    assert rejected(content) == accepted(content) == text_of(source).rstrip("\ufffc")
    assert 'w:author="tolmach" w:date="2026-11-20T12:00:00Z" w:initials="t"' in inside(content, "word/comments.xml")
    new = ["word/document.xml", "[Content_Types].xml", "word/_rels/document.xml.rels"]
    same_but(source.content, content, new, added=["word/comments.xml"])
    assert 'PartName="/word/comments.xml"' in inside(content, "[Content_Types].xml")
    for part in (*new, "word/comments.xml"):
        ElementTree.fromstring(member(content, part))


def test_comments_of_others_stay() -> None:
    theirs = '<w:comment w:id="4" w:author="Ada"><w:p><w:r><w:t>ja</w:t></w:r></w:p></w:comment>'
    source = word(runs("<w:t>Minsk</w:t>"), comments=theirs)
    content = docx.write_comments(source, [(Span(0, 5), "nein")])
    assert comments(content) == {"4": "ja", "5": "nein"}
    assert theirs in inside(content, "word/comments.xml")
    same_but(source.content, content, ["word/document.xml", "word/comments.xml"])
    empty = word(runs("<w:t>Minsk</w:t>"))
    members = word_members(runs("<w:t>Minsk</w:t>"), comments="")
    members["word/comments.xml"] = f'<w:comments xmlns:w="{W}"/>'
    empty = Source("a.docx", "a", archive(members))
    assert comments(docx.write_comments(empty, [(Span(0, 5), "nein")])) == {"1": "nein"}


def test_comments_on_what_word_does_not_let_comment_quote_it() -> None:
    box = "<w:drawing><w:txbxContent><w:p><w:r><w:t>Kasten</w:t></w:r></w:p></w:txbxContent></w:drawing>"
    source = word(
        f'<w:p><w:r><w:t>Minsk</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r><w:r>{box}</w:r></w:p>',
        footnotes=f'<w:footnote w:id="2">{runs("<w:t>Note</w:t>")}</w:footnote>',
        header=runs("<w:t>Kopf</w:t>"),
    )
    text = text_of(source)
    notes = [
        (Span(text.index(part), text.index(part) + len(part)), part.upper()) for part in ("Kasten", "Note", "Kopf")
    ]
    content = docx.write_comments(source, notes)
    assert list(comments(content).values()) == [
        "on «Kasten»: KASTEN", "on «Note»: NOTE", "on «Kopf»: KOPF",
    ]  # fmt: skip
    assert set(commented(content).values()) == {"Minsk", "", "Kasten"}
    assert text_of(source, content) == text


def test_comments_on_nothing_and_on_more_than_a_paragraph() -> None:
    source = word(runs("<w:t>Minsk</w:t>") + runs("<w:t>Astana</w:t>"))
    content = docx.write_comments(source, [(Span(2, 9), "zu lang"), (Span(6, 6), "fehlt")])
    assert list(commented(content).values()) == ["nsk", "Astana"]
    assert docx.write_comments(source, []) == source.content
    header = word("<w:p/>", header=runs("<w:t>Kopf</w:t>"))
    with pytest.raises(TolmachError, match="no text that a comment"):
        docx.write_comments(header, [(Span(1, 5), "x")])


def test_comments_of_a_strict_document_without_links() -> None:
    members = word_members(runs("<w:t>Minsk</w:t>"))
    strict = str(members["word/document.xml"]).replace(W, "http://purl.oclc.org/ooxml/wordprocessingml/main")
    del members["word/_rels/document.xml.rels"]
    source = Source("a.docx", "a", archive({**members, "word/document.xml": strict}))
    content = docx.write_comments(source, [(Span(0, 5), "ja")])
    assert "http://purl.oclc.org/ooxml/officeDocument/relationships/comments" in inside(
        content, "word/_rels/document.xml.rels"
    )
    assert 'xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"' in inside(content, "word/comments.xml")
    assert text_of(source, content) == "Minsk"


def test_comments_on_a_formula() -> None:
    source = word("<w:p><m:oMath><m:r><m:t>x</m:t></m:r></m:oMath><w:r><w:t>Minsk</w:t></w:r></w:p>")
    content = docx.write_comments(source, [(Span(0, 1), "x"), (Span(0, 3), "y")])
    assert text_of(source, content) == text_of(source)
    assert commented(content) == {"1": "", "2": "Mi"}


# Properties

WORDS = st.sampled_from(["Toqajew", "Nur-Sultan", "und", "AT&T", "Тоқаев", "ß<ü>", "é\u00ad", "\U0001f600", "\u2011"])
NEW = st.sampled_from(["Tokajew", "Astana", "", "a & b", "<>", "Ж", "\U0001f600x", "x\u2011y"])
PARAGRAPH = st.lists(st.lists(WORDS, min_size=1, max_size=4), min_size=1, max_size=4)


def escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("ß", "&#223;")


def word_of(paragraphs: list[list[list[str]]]) -> Source:
    body = "".join(
        "<w:p>"
        + "".join(
            f"<w:r><w:rPr><w:b/></w:rPr><w:t xml:space='preserve'>{escape(' '.join(run))}</w:t></w:r>"
            if number % 2
            else f"<w:r><w:t>{escape(' '.join(run)).replace(chr(0x2011), '</w:t><w:noBreakHyphen/><w:t>')}</w:t></w:r>"
            for number, run in enumerate(paragraph)
        )
        + "</w:p>"
        for paragraph in paragraphs
    )
    return word(body)


def odf_of(paragraphs: list[list[list[str]]]) -> Source:
    return odf(
        "".join(
            "<text:p>" + "".join(f"<text:span>{escape(' '.join(run))}</text:span>" for run in paragraph) + "</text:p>"
            for paragraph in paragraphs
        )
    )


@settings(max_examples=60)
@given(st.lists(PARAGRAPH, min_size=1, max_size=3), st.data(), st.booleans())
def test_edits_change_just_these_words(paragraphs: list[list[list[str]]], data: st.DataObject, is_word: bool) -> None:
    source = word_of(paragraphs) if is_word else odf_of(paragraphs)
    text = text_of(source)
    assert rewrite(source, []) == (source.content, ())
    found = [match.span() for match in re.finditer(r"[^\s]+", text) if match.group().strip("\u2011")]
    chosen = data.draw(st.lists(st.sampled_from(found), unique=True, max_size=5)) if found else []
    edits = [Edit(Span(*span), data.draw(NEW)) for span in chosen]
    changes = (rewrite, docx.track) if is_word else (rewrite, odt.track)
    for change in changes:
        content, refused = change(source, edits)
        expected = text
        for edit in sorted(set(edits) - set(refused), key=lambda edit: edit.span, reverse=True):
            expected = expected[: edit.span.start] + edit.text + expected[edit.span.end :]
        assert refused == ()
        new = text_of(source, content) if expected.strip() else expected
        # OpenDocument folds the blanks that stand around a deleted word.
        fold = str if is_word else lambda text: re.sub(" +", " ", re.sub("(?m)^ +", "", text))
        assert fold(new) == fold(expected)
        if change is docx.track:
            assert rejected(content) == rejected(source.content)
            assert accepted(content) == expected
        same_but(source.content, content, ["word/document.xml", "content.xml"])


@settings(max_examples=60)
@given(st.lists(PARAGRAPH, min_size=1, max_size=3), st.data())
def test_comments_change_no_text(paragraphs: list[list[list[str]]], data: st.DataObject) -> None:
    source = word_of(paragraphs)
    text = text_of(source)
    places = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(sorted)
    spans = [Span(start, end) for start, end in data.draw(st.lists(places, min_size=1, max_size=5))]
    content = docx.write_comments(source, [(span, str(number)) for number, span in enumerate(spans)])
    assert text_of(source, content) == text
    assert accepted(content) == accepted(source.content)
    assert len(comments(content)) == len(spans) == len(commented(content))
    for span, about in zip(spans, commented(content).values(), strict=True):
        quoted = text[span.start : span.end]
        if quoted and "\n" not in quoted:
            assert about.replace(" ", "") == quoted.replace(" ", "")
