"""Documents of word processors made for tests, and what stands in their archives byte by byte."""

from __future__ import annotations

import io
import struct
import zipfile
from xml.etree import ElementTree

from tolmach.text.formats import Source, read

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_WORD = (
    f'xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_STYLES = (
    f'<w:styles xmlns:w="{W}"><w:docDefaults><w:rPrDefault><w:rPr><w:lang w:eastAsia="en-US" w:val="de-DE"/></w:rPr>'
    '</w:rPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Standard"/>'
    '<w:style w:type="paragraph" w:styleId="Russisch"><w:rPr><w:lang w:val="ru-RU"/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Zitat"><w:basedOn w:val="Russisch"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Kreis"><w:basedOn w:val="Kreis"/></w:style>'
    '<w:style w:type="character" w:styleId="Englisch"><w:rPr><w:lang w:val="en-US"/></w:rPr></w:style></w:styles>'
)
_ODF = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{space}:1.0"'
    for name, space in (
        ("office", "office"), ("text", "text"), ("style", "style"), ("table", "table"), ("draw", "drawing"),
        ("fo", "xsl-fo-compatible"), ("svg", "svg-compatible"),
    )
)  # fmt: skip
_ODF += ' xmlns:dc="http://purl.org/dc/elements/1.1/"'


def archive(members: dict[str, str | bytes], stored: tuple[str, ...] = ()) -> bytes:
    """A zip archive with these members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in members.items():
            entry = zipfile.ZipInfo(name, (2022, 1, 11, 10, 30, 2))
            entry.compress_type = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            target.writestr(entry, content)
    return out.getvalue()


def word_members(body: str, **stories: str) -> dict[str, str | bytes]:
    """The parts of a Word document; `stories` are further ones by kind (`footnotes`, `header`)."""
    links = {"styles": "styles.xml"} | {kind: f"{kind}.xml" for kind in stories}
    relations = "".join(
        f'<Relationship Id="rId{number}" Type="{_RELATIONS}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(links.items(), 1)
    )
    outside = f'<Relationship Id="rId99" Type="{_RELATIONS}/hyperlink" Target="http://x" TargetMode="External"/>'
    return {
        "[Content_Types].xml": f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" '
        'ContentType="application/xml"/></Types>',
        "_rels/.rels": f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{_RELATIONS}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{relations}{outside}'
        "</Relationships>",
        "word/document.xml": f"{_HEAD}<w:document {_WORD}><w:body>{body}</w:body></w:document>",
        "word/styles.xml": _HEAD + _STYLES,
        **{f"word/{kind}.xml": f"{_HEAD}<w:{kind} {_WORD}>{text}</w:{kind}>" for kind, text in stories.items()},
    }


def word(body: str, **stories: str) -> Source:
    """A Word document with this body."""
    return Source("a.docx", "a", archive(word_members(body, **stories)))


def odf_members(text: str, header: str = "") -> dict[str, str | bytes]:
    """The parts of an OpenDocument text."""
    styles = (
        '<office:styles><style:default-style style:family="paragraph"><style:text-properties fo:language="de" '
        'fo:country="CH"/></style:default-style><style:style style:name="Russisch" style:family="paragraph">'
        '<style:text-properties fo:language="ru" fo:country="RU"/></style:style></office:styles>'
        f"<office:master-styles><style:master-page><style:header>{header}</style:header></style:master-page>"
        "</office:master-styles>"
    )
    own = (
        '<office:automatic-styles><style:style style:name="P1" style:family="paragraph"><style:text-properties '
        'fo:language="ru" fo:country="RU"/></style:style><style:style style:name="P2" style:family="paragraph" '
        'style:parent-style-name="Russisch"/><style:style style:name="T1" style:family="text">'
        '<style:text-properties fo:language="en" fo:country="GB"/></style:style></office:automatic-styles>'
    )
    return {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": f"{_HEAD}<office:document-content {_ODF}>{own}<office:body><office:text>{text}</office:text>"
        "</office:body></office:document-content>",
        "styles.xml": f"{_HEAD}<office:document-styles {_ODF}>{styles}</office:document-styles>",
    }


def odf(text: str, header: str = "") -> Source:
    """An OpenDocument text with this content."""
    return Source("a.odt", "a", archive(odf_members(text, header), stored=("mimetype",)))


def text_of(source: Source, content: bytes | None = None) -> str:
    """What is read of the file, or of other bytes for it."""
    new = source if content is None else Source(source.path, source.id, content)
    return "".join(document.text for document in read(new))


def member(content: bytes, name: str) -> bytes:
    """A member of the archive."""
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        return opened.read(name)


def records(content: bytes) -> dict[str, tuple[bytes, bytes]]:
    """For each member, in the order of the bytes, its whole local record and its entry without sizes and places."""
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        members, directory = opened.infolist(), opened.start_dir
    found: dict[str, tuple[bytes, bytes]] = {}
    place = directory
    starts = sorted(entry.header_offset for entry in members)
    for entry in members:
        fields = struct.unpack_from("<4s6H3L5H2L", content, place)
        size = 46 + fields[10] + fields[11] + fields[12]
        following = next((start for start in starts if start > entry.header_offset), directory)
        listed = content[place : place + 16] + content[place + 28 : place + 42] + content[place + 46 : place + size]
        found[entry.filename] = content[entry.header_offset : following], listed
        place += size
    return found


def rejected(content: bytes) -> str:
    """The paragraphs of the body when all tracked changes of a Word document are rejected; slow and obvious."""
    return _plain(content, gone="ins", text=("t", "delText"))


def accepted(content: bytes) -> str:
    """The paragraphs of the body when all tracked changes of a Word document are accepted."""
    return _plain(content, gone="del", text=("t",))


def _plain(content: bytes, gone: str, text: tuple[str, ...]) -> str:
    def walk(element: ElementTree.Element) -> str:
        name = element.tag.removeprefix(f"{{{W}}}")
        if name == gone:
            return ""
        own = (element.text or "") if name in text else "\u2011" if name == "noBreakHyphen" else ""
        if element.attrib.get("{http://www.w3.org/XML/1998/namespace}space") != "preserve":
            own = own.strip()
        return own + "".join(map(walk, element))

    root = ElementTree.fromstring(member(content, "word/document.xml"))
    return "\n".join(walk(paragraph) for paragraph in root.iter(f"{{{W}}}p"))
