"""Guessing languages by text and by file name."""

import tomllib
from pathlib import Path

import pytest

from office import word
from tolmach.text import detect, formats
from tolmach.text.formats import Source

CASES = tomllib.loads((Path(__file__).parent / "cases" / "languages.toml").read_text(encoding="utf-8"))
STAYS = [(own, text) for own, texts in CASES["stays"].items() for text in texts]
SWITCHES = [(own, text, other) for own, pairs in CASES["switches"].items() for text, other in pairs]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Der Kreml wurde von der plötzlichen Krise in Kasachstan überrascht.", "de"),
        ("The Kremlin was taken by surprise by the sudden crisis in Kazakhstan.", "en"),
        ("Кремль был застигнут врасплох внезапным кризисом в Казахстане.", "ru"),
        ("Қазақстан Республикасының Президенті Қасым-Жомарт Тоқаев халыққа үндеу жасады.", "kk"),
        ("Президент України Володимир Зеленський підписав указ.", "uk"),
        ("Прэзідэнт Беларусі Аляксандр Лукашэнка падпісаў указ.", "be"),
        # One foreign name does not turn the sentence.
        ("Президент Казахстана Қасым-Жомарт Тоқаев выступил с обращением к народу.", "ru"),
        ("Президент Украины Володимир Зеленський подписал новый указ о мобилизации.", "ru"),
        ("Der Präsident heißt auf Russisch Касым-Жомарт Токаев.", "de"),
        ("Газета The New York Times сообщила об этом в пятницу.", "ru"),
        ("Die Zeitung The Washington Post hat darüber berichtet.", "de"),
        ("Tokajew", "de"),
        ("Токаев", "ru"),
        ("Тоқаев", "kk"),
        ("7.1.2022", "de"),
        ("", "de"),
    ],
)
def test_guess(text: str, language: str) -> None:
    assert detect.guess(text) == language


def test_a_paragraph_without_a_clue_follows_its_neighbours() -> None:
    paragraphs = [
        "Minsk",
        "The president of the republic has resigned.",
        "Minsk",
        "* * *",
        "Президент подписал указ.",
        "Minsk",
        "* * *",
    ]
    assert detect.languages(paragraphs) == ["en", "en", "en", "en", "ru", "en", "ru"]


@pytest.mark.parametrize(
    ("path", "language"),
    [
        ("rede_ru.txt", "ru"),
        ("rede.en.txt", "en"),
        ("texte/rede-de-CH.txt", "de-CH"),
        ("rede_DE.txt", "de"),
        ("C:\\texte\\rede-kk.md", "kk"),
        ("ru.txt", "ru"),
        ("rede.txt", None),
        ("ru/rede.txt", None),
        ("rede_xx.txt", None),
        ("rede_md.md", None),
        ("to-be.txt", None),
        ("notes-uk.txt", None),
        ("do-it.txt", None),
        ("redeen.txt", None),
        ("rede_De.txt", None),
        ("rede_ru_2022.txt", None),
        ("Nr.1.txt", None),
        ("", None),
    ],
)
def test_language_of_a_file_name(path: str, language: str | None) -> None:
    assert detect.from_name(path) == language


def around(language: str, text: str) -> list[str]:
    first, *others = CASES["surroundings"][language]
    return [first, text, *others]


@pytest.mark.parametrize(("language", "text"), STAYS)
def test_a_title_or_quotation_stays_in_the_language_of_the_text(language: str, text: str) -> None:
    assert detect.languages(around(language, text)) == [language] * 4
    assert detect.languages([text, *CASES["surroundings"][language]]) == [language] * 4


@pytest.mark.parametrize(("language", "text", "other"), SWITCHES)
def test_a_paragraph_in_another_language(language: str, text: str, other: str) -> None:
    assert detect.languages(around(language, text)) == [language, other, language, language]
    paragraphs = around(language, text)
    assert detect.Languages(4, paragraphs.__getitem__).of(1) == other


def test_more_paragraphs_stay_than_switch() -> None:
    assert len(STAYS) > 2 * len(SWITCHES)


def test_short_paragraphs_in_one_language_are_enough_together() -> None:
    english = [
        "The crisis is not over.",
        "They were at the border.",
        "The president has resigned, and all of them know it.",
    ]
    german = CASES["surroundings"]["de"]
    assert detect.languages([*german, *english]) == ["de"] * 3 + ["en"] * 3
    assert detect.languages([*german, english[0], *german]) == ["de"] * 7
    assert detect.languages(english) == ["en"] * 3


MARKS = {"a.txt": "{}\n\n", "a.md": "- {}\n\n", "a.html": "<p>{}</p>\n"}


@pytest.mark.parametrize("name", MARKS)
@pytest.mark.parametrize(
    ("texts", "languages"),
    [
        ([*CASES["surroundings"]["de"], *CASES["surroundings"]["ru"]], ["de", "ru"]),
        ([*CASES["surroundings"]["ru"][:2], *CASES["surroundings"]["en"], "Almaty"], ["ru", "en"]),
        (around("de", "The Washington Post"), ["de"]),
        (around("en", "Der Spiegel"), ["en"]),
    ],
)
def test_every_format_divides_a_mixed_text(name: str, texts: list[str], languages: list[str]) -> None:
    content = "".join(MARKS[name].format(text) for text in texts).encode()
    (document,) = formats.read(Source(name, "a", content))
    assert [passage.language for passage in document.passages] == languages
    (document,) = formats.read(Source(name, "a", content, "de"))
    assert {passage.language for passage in document.passages} == {"de"}


def test_the_paragraphs_of_a_document_are_told_apart() -> None:
    texts = [*CASES["surroundings"]["de"], "The Washington Post", CASES["surroundings"]["ru"][0]]
    (document,) = formats.read(word("".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in texts)))
    assert [passage.language for passage in document.passages] == ["de-DE"] * 4 + ["ru"]
