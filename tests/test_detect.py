"""Guessing languages by text and by file name."""

import pytest

from tolmach.text import detect


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
