"""Acronyms beside their long forms: the letters agree, stand in compounds, are exchanged, or have nothing in common."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from tolmach.names.variants import acronyms
from tolmach.names.variants.acronyms import Agreement

TRANSCRIBED = "Organisazija Dogowora o Kollektiwnoi Besopasnosti"


@dataclass(frozen=True)
class Placed:
    start: int
    outer_start: int
    outer_end: int
    base: str


def placed(text: str) -> tuple[str, list[Placed]]:
    """A text in which brackets mark the names, and the names."""
    names, plain = [], ""
    for piece in text.split("["):
        name, closed, rest = piece.partition("]")
        if closed:
            names.append(Placed(len(plain), len(plain), len(plain) + len(name), name))
        plain += name + rest
    return plain, names


@pytest.mark.parametrize(
    ("short", "long", "expected"),
    [
        ("OVKS", "Organisation des Vertrags über kollektive Sicherheit", Agreement.EXACT),
        ("ODKB", TRANSCRIBED, Agreement.EXACT),
        ("ОДКБ", "Организация Договора о коллективной безопасности", Agreement.EXACT),
        ("ОДКБ", TRANSCRIBED, Agreement.EXACT),
        ("ODBK", TRANSCRIBED, Agreement.TURNED),
        ("FES", "Friedrich-Ebert-Stiftung", Agreement.EXACT),
        ("SWP", "Stiftung Wissenschaft und Politik", Agreement.EXACT),
        ("GUS", "Gemeinschaft Unabhängiger Staaten", Agreement.EXACT),
        ("JNA", "Jugoslovenska narodna armija", Agreement.EXACT),
        ("EAWU", "Eurasische Wirtschaftsunion", Agreement.INSIDE),
        ("UdSSR", "Union der Sozialistischen Sowjetrepubliken", Agreement.INSIDE),
        ("EZB", "Europäische Zentralbank", Agreement.INSIDE),
        ("OVKS", TRANSCRIBED, Agreement.NONE),
        ("CDU", "Angela Merkel", Agreement.NONE),
        ("SPD", "Bundestag", Agreement.NONE),
        ("KGB", "Komitee für Nationale Sicherheit", Agreement.NONE),
        ("NATO", "Warschauer Pakt", Agreement.NONE),
        ("EU", "Europarat", Agreement.NONE),
        ("UN", "Vereinte Nationen", Agreement.NONE),
        ("OSZE", "Organisation des Vertrags über kollektive Sicherheit", Agreement.NONE),
    ],
)
def test_agreement(short: str, long: str, expected: Agreement) -> None:
    assert acronyms.agreement(short, long) is expected


def test_a_misprint_is_shown_what_the_letters_should_be() -> None:
    assert acronyms.expected("ODBK", TRANSCRIBED) == "ODKB"
    assert acronyms.expected("NATO", TRANSCRIBED) == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("die [Stiftung Wissenschaft und Politik] ([SWP]) warnt", [("SWP", "Stiftung Wissenschaft und Politik")]),
        ("die [SWP] ([Stiftung Wissenschaft und Politik]) warnt", [("SWP", "Stiftung Wissenschaft und Politik")]),
        ("die [SWP], die [Stiftung Wissenschaft und Politik], warnt", [("SWP", "Stiftung Wissenschaft und Politik")]),
        ("die [Stiftung Wissenschaft und Politik], kurz [SWP], warnt", [("SWP", "Stiftung Wissenschaft und Politik")]),
        ("die „[Eurasische Wirtschaftsunion]“ ([EAWU])", [("EAWU", "Eurasische Wirtschaftsunion")]),
        (
            f"die [Organisation des Vertrags über kollektive Sicherheit] ([{TRANSCRIBED}], [ODBK])",
            [("ODBK", TRANSCRIBED), ("Organisation des Vertrags über kollektive Sicherheit", TRANSCRIBED)],
        ),
        ("die [Stiftung Wissenschaft und Politik] ([CDU]) warnt", []),
        ("die [Stiftung Wissenschaft und Politik] lobt die [SWP]", []),
        ("die [Stiftung Wissenschaft und Politik]. [SWP] warnt", []),
        ("[Angela Merkel] ([CDU]) schwieg", []),
        ("[Kasachstan] ([Almaty])", []),
        ("[NATO], [OSZE] und [EU]", []),
        ("[NATO] ([OSZE])", []),
    ],
)
def test_names_side_by_side(text: str, expected: list[tuple[str, str]]) -> None:
    plain, names = placed(text)
    assert list(acronyms.beside(plain, names)) == expected


@pytest.mark.parametrize("text", ["OVKS", "UdSSR", "EU", "ОДКБ", "U.S.A."])
def test_short_names(text: str) -> None:
    assert acronyms.is_short(text)


@pytest.mark.parametrize(
    "text", ["Tokajew", "Nato", "RT DE", "E", "McDonald", "eU", "2022", "", "VERTEIDIGUNGSMINISTERIUM"]
)
def test_other_names(text: str) -> None:
    assert not acronyms.is_short(text)


@pytest.mark.parametrize(
    "long",
    ["Stiftung Wissenschaft und Politik", "Friedrich-Ebert-Stiftung", "New York Times", "Kreml", "", "Организация"],
)
def test_only_transcriptions_have_a_russian_original(long: str) -> None:
    assert acronyms.russian(long) == ""
