"""Every shipped transcription system proves itself: samples, rules, letters, authority; the engine's promises."""

import re
import unicodedata
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tolmach.errors import TolmachError
from tolmach.transcription.system import WORD, System, load, names, plain, systems

SCRIPTS = {"hy": "ARMENIAN", "ka": "GEORGIAN"}
MINOR = {"uk", "be", "kk", "ky", "tg", "uz", "tk", "az", "hy", "ka", "mn"}


def samples(system: System) -> list[tuple[str, str]]:
    return [*system.samples, *chain.from_iterable(part.samples for part in system.attested)]


@pytest.mark.parametrize("name", names())
def test_samples_hold(name: str) -> None:
    system = load(name)
    wrong = [
        (original, form, system.transcribe(original))
        for original, form in samples(system)
        if system.transcribe(original) != unicodedata.normalize("NFC", form)
    ]
    assert not wrong


@pytest.mark.parametrize("name", names())
def test_every_rule_is_fired_by_a_sample(name: str) -> None:
    system = load(name)
    fired = set()
    words = [word for original, _form in samples(system) for word in re.findall(r"[^\W\d_][^\s-]*", original)]
    for word in words:
        fired |= {match.lastindex for match in system._pattern.finditer(word.lower())}
    own = range(1, len(system.rules) + 1)
    inherited = set()
    for other in names():
        base = load(other)
        # the rules of a system that this one extends are proved there
        if base.rules and base is not system and system.rules[-len(base.rules) :] == base.rules:
            inherited |= set(range(len(system.rules) - len(base.rules) + 1, len(system.rules) + 1))
    assert not [system.rules[number - 1] for number in own if number not in fired | inherited]


@pytest.mark.parametrize("name", names())
def test_letters_belong_to_their_scripts(name: str) -> None:
    system = load(name)
    script = SCRIPTS.get(system.source, "CYRILLIC")
    sources = {*system.letters, *chain.from_iterable(rule.source for rule in system.rules)}
    targets = {
        *chain.from_iterable(system.letters.values()),
        *chain.from_iterable(rule.target for rule in system.rules),
    }
    assert [letter for letter in sources if letter.isalpha() and script not in unicodedata.name(letter)] in ([], ["ʼ"])
    assert not [
        letter
        for letter in targets
        if letter.isalpha() and not unicodedata.name(letter).startswith(("LATIN", "MODIFIER"))
    ]


@pytest.mark.parametrize("name", names())
def test_every_letter_of_the_alphabet_is_written(name: str) -> None:
    system = load(name)
    alphabets = {
        "ru": "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
        "uk": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
        "be": "абвгдеёжзійклмнопрстуўфхцчшыьэюя",
        "kk": "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя",
        "ky": "абвгдеёжзийклмнңоөпрстуүфхцчшщъыьэюя",
        "tg": "абвгғдеёжзиӣйкқлмнопрстуӯфхҳчҷшъэюя",
        "uz": "абвгғдеёжзийкқлмнопрстуўфхҳцчшъьэюя",
        "tk": "абвгдеёжҗзийклмнңоөпрстуүфхцчшщъыьэәюя",
        "az": "абвгғдеәжзийјкҝлмноөпрстуүфхһчҹшы",
        "mn": "абвгдеёжзийклмноөпрстуүфхцчшщъыьэюя",
        "bg": "абвгдежзийклмнопрстуфхцчшщъьюя",
        "hy": "աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆև",
        "ka": "აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ",
    }
    # a letter may have no text of its own (ъ), but none may come through as it is
    assert not [letter for letter in alphabets[system.source] if letter in system.transcribe(f"о{letter}о")[1:-1]]


@pytest.mark.parametrize("name", names())
def test_the_authority_is_named(name: str) -> None:
    system = load(name)
    assert name.startswith(f"{system.source}-")
    assert len(system.authority) > 10
    assert len(system.samples) >= 5
    if system.source in MINOR:
        assert sum(len(part.samples) for part in system.attested) >= 15
        assert all(len(part.source) > 8 for part in system.attested)


def test_one_default_for_each_pair() -> None:
    pairs = [(system.source, system.target) for system in systems() if system.default]
    assert len(pairs) == len(set(pairs))
    assert {(system.source, system.target) for system in systems()} == set(pairs)


@given(st.text(alphabet="абвгдеёжзийклмнопрстуфхцчшщъыьэюяАЕЁЖЙЩЮЯ -'’tokajew\u0301İ1", max_size=30))
def test_fast_and_slow_agree(text: str) -> None:
    system = load("ru-de-duden")
    for word in WORD.findall(plain(text)):
        steps = system.explain(word).steps
        assert "".join(step.source for step in steps) == word
        # a silent letter at the start passes its capital on in the fast path only
        assert "".join(step.target for step in steps).casefold() == system.transcribe(word).casefold()


@pytest.mark.parametrize(
    ("original", "form"),
    [
        ("ЖОМАРТ", "SCHOMART"),
        ("Щ", "Schtsch"),
        ("Щ. Щербаков", "Schtsch. Schtscherbakow"),
        ("ЩЕРБАКОВ-ЮЖНЫЙ", "SCHTSCHERBAKOW-JUSCHNY"),
        ("МакДональд", "MakDonald"),
        ("Тока́ев", "Tokajew"),
        ("Тока\u0439 й", "Tokai i"),
        ("Tokajew 2019", "Tokajew 2019"),
        ("İ", "İ"),
        ("", ""),
        ("—", "—"),
        ("объект", "objekt"),
        ("Объект", "Objekt"),
    ],
)
def test_capitals_marks_and_foreign_letters(original: str, form: str) -> None:
    assert load("ru-de-duden").transcribe(original) == form


def test_a_user_file_extends_a_shipped_system(tmp_path: Path) -> None:
    path = tmp_path / "house.toml"
    path.write_text(
        'title = "House"\nfrom = "ru"\nto = "de"\nauthority = "our own"\nextends = "ru-de-duden"\n'
        '[letters]\n"ж" = "zh"\n',
        encoding="utf-8",
    )
    assert load(path).transcribe("Жомарт Токаев") == "Zhomart Tokajew"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('title = "x"', "'authority' is missing"),
        ('from = "Russian"\n', "no language"),
        ("[letters]\n'аб' = 'ab'\n", "not one small letter"),
        ('extends = "nowhere"\n', "no shipped system"),
        ('[[rules]]\nsource = "а"\n', "source or target is missing"),
        ('[[rules]]\nsource = "а"\ntarget = "a"\nafter = "б+"\n', "no regular expression of fixed length"),
        ('[[rules]]\nsource = "а"\ntarget = "a"\nbefore = "("\n', "no regular expression"),
        ('samples = [["а"]]\n', "every row has 2 texts"),
        ("rules = 3\n", "'rules' has the wrong type"),
        ("colour = 1\n", "unknown key 'colour'"),
    ],
)
def test_problems_of_a_file_are_named_at_once(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "bad.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(TolmachError) as caught:
        load(path)
    assert any(message in problem.message for problem in caught.value.all())
    assert all(problem.path == str(path) for problem in caught.value.all())


def test_an_unknown_system_names_the_way_to_the_list() -> None:
    with pytest.raises(TolmachError, match="no transcription system called 'ru-klingon'") as caught:
        load("ru-klingon")
    assert "--list" in str(caught.value.hint)
