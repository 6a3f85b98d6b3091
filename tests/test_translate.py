import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from importlib.util import find_spec
from pathlib import Path

import polib
import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from tolmach.cli.commands.translate import COMMAND
from tolmach.errors import TolmachError
from tolmach.memory import po
from tolmach.memory.lookup import Memory
from tolmach.text.model import Segment, Span
from tolmach.text.sources import Text
from tolmach.translate import engine, models, pipeline
from tolmach.translate.engines._batches import compute, windows
from tolmach.translate.job import Job

MODELS = Path(__file__).parent / "models"
SENTENCES = [
    line.split("\t")
    for line in (Path(__file__).parent / "cases" / "tiny_sentences.tsv").read_text(encoding="utf-8").splitlines()[1:]
]
needs_mt = pytest.mark.skipif(
    not all(map(find_spec, ("argostranslate", "ctranslate2", "sentencepiece"))), reason="the mt extra is not installed"
)


@dataclass
class Shout:
    """An engine whose drafts show their way; it can be stopped after some sentences, as ^C stops a run."""

    name: str = "shout"
    drafts: bool = True
    version: str = "1"
    stop_after: int = -1
    direct: bool = False
    asked: list[str] = field(default_factory=list)

    def pivot(self, source: str, target: str) -> str | None:
        return "en" if (source, target) == ("de", "ru") and not self.direct else None

    def signature(self, source: str, target: str) -> str:
        return f"shout {source}_{target} {self.version}"

    def translate(self, sentences: Iterable[engine.Sentence], source: str, target: str) -> Iterator[str]:
        for sentence in sentences:
            if len(self.asked) == self.stop_after:
                raise KeyboardInterrupt
            self.asked.append(sentence.text)
            yield f"{target}({sentence.text})"

    def decoder(self, source: str, target: str) -> None:
        return None


def plain(texts: Iterable[str]) -> Iterator[engine.Sentence]:
    return map(engine.Sentence, texts)


def text(name: str, *sentences: str) -> Text:
    return Text(
        name,
        "de",
        tuple(Segment(f"{name}#{one}", one, Span(0, len(one)), line, 0) for line, one in enumerate(sentences, 1)),
        f"seeds/{name}.txt",
    )


def job(folder: Path, shout: Shout, *targets: str) -> Job:
    return Job("de", targets or ("en",), folder, shout)


def run(texts: Iterable[Text], job: Job) -> list[tuple[str, int, int, int, int]]:
    return [
        (one.path.relative_to(job.folder).as_posix(), one.remembered, one.drafted, one.unchanged, one.empty)
        for one in pipeline.run(texts, job)
    ]


def drafts(folder: Path, language: str, name: str) -> dict[str, str]:
    return {entry.msgid: entry.msgstr for entry in po.read(folder / language / f"{name}.po")}


def review(path: Path, source: str, target: str, *, fuzzy: bool = False) -> None:
    file = polib.pofile(str(path), wrapwidth=0)
    entry = next(entry for entry in file if entry.msgid == source)
    entry.msgstr, entry.fuzzy = target, fuzzy
    file.save()


def test_only_new_sentences_are_translated(tmp_path: Path) -> None:
    shout = Shout()
    assert run([text("x", "A.", "B.")], job(tmp_path, shout)) == [("en/x.po", 0, 2, 0, 0)]
    assert run([text("x", "A.", "N.", "B.")], job(tmp_path, shout)) == [("en/x.po", 0, 1, 2, 0)]
    assert shout.asked == ["A.", "B.", "N."]
    assert list(drafts(tmp_path, "en", "x").items()) == [("A.", "en(A.)"), ("N.", "en(N.)"), ("B.", "en(B.)")]


def test_a_second_run_asks_and_writes_nothing(tmp_path: Path) -> None:
    run([text("x", "A.", "B.")], job(tmp_path, Shout(), "en", "ru"))
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in tmp_path.rglob("*.po")}
    again = Shout()
    run([text("x", "A.", "B.")], job(tmp_path, again, "en", "ru"))
    assert len(before) == 2
    assert before == {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in tmp_path.rglob("*.po")}
    assert again.asked == []


def test_repeated_sentences_are_translated_once(tmp_path: Path) -> None:
    shout = Shout()
    first = text("x", "A.", "B.")
    repeated = replace(first, segments=(*first.segments, replace(first.segments[0], id="x#A.-2")))
    assert run([repeated, text("y", "A.")], job(tmp_path, shout)) == [("en/x.po", 0, 3, 0, 0), ("en/y.po", 0, 1, 0, 0)]
    assert shout.asked == ["A.", "B."]


def test_drafts_of_the_same_engine_are_taken_from_other_documents(tmp_path: Path) -> None:
    run([text("x", "A.")], job(tmp_path, Shout()))
    shout = Shout()
    assert run([text("y", "A.")], job(tmp_path, shout)) == [("en/y.po", 0, 1, 0, 0)]
    assert shout.asked == []
    other = Shout(version="2")
    run([text("z", "A.")], job(tmp_path, other))
    assert other.asked == ["A."]


def test_reviewed_sentences_of_other_documents_become_drafts(tmp_path: Path) -> None:
    run([text("x", "A.", "B.")], job(tmp_path, Shout()))
    review(tmp_path / "en" / "x.po", "A.", "Reviewed.")
    shout = Shout()
    assert run([text("y", "A.", "N.")], job(tmp_path, shout)) == [("en/y.po", 1, 1, 0, 0)]
    entry = po.read(tmp_path / "en" / "y.po")[0]
    assert (entry.msgstr, entry.fuzzy, po.signature(entry)) == ("Reviewed.", True, "memory x#A.")
    assert shout.asked == ["N."]
    review(tmp_path / "en" / "x.po", "A.", "Reviewed again.")
    assert run([text("y", "A.", "N.")], job(tmp_path, shout)) == [("en/y.po", 1, 0, 1, 0)]
    assert drafts(tmp_path, "en", "y")["A."] == "Reviewed again."


@pytest.mark.parametrize("force", [False, True])
def test_reviewed_translations_stay(tmp_path: Path, force: bool) -> None:
    run([text("x", "A.", "B.")], job(tmp_path, Shout()))
    review(tmp_path / "en" / "x.po", "A.", "Reviewed.")
    shout = Shout(version="2")
    run([text("x", "A.", "B.")], replace(job(tmp_path, shout), force=force))
    assert drafts(tmp_path, "en", "x") == {"A.": "Reviewed.", "B.": "en(B.)"}
    assert shout.asked == ["B."]


@pytest.mark.parametrize(("force", "asked"), [(False, []), (True, ["A."])])
def test_drafts_changed_by_hand_are_made_again_by_force_only(tmp_path: Path, force: bool, asked: list[str]) -> None:
    run([text("x", "A.")], job(tmp_path, Shout()))
    review(tmp_path / "en" / "x.po", "A.", "By hand.", fuzzy=True)
    shout = Shout(version="2")
    run([text("x", "A.")], replace(job(tmp_path, shout), force=force))
    assert shout.asked == asked


@pytest.mark.parametrize(
    ("change", "asked"),
    [({}, []), ({"force": True}, ["A."]), ({"engine": Shout(version="2")}, ["A."])],
)
def test_drafts_are_made_again_when_what_makes_them_changes(
    tmp_path: Path, change: dict[str, object], asked: list[str]
) -> None:
    run([text("x", "A.")], job(tmp_path, Shout()))
    again = replace(job(tmp_path, Shout()), **change)  # type: ignore[arg-type]
    run([text("x", "A.")], again)
    assert isinstance(again.engine, Shout)
    assert again.engine.asked == asked


def test_russian_is_made_from_the_english_of_the_same_sentence(tmp_path: Path) -> None:
    shout = Shout()
    run([text("x", "A.", "B.")], job(tmp_path, shout, "ru", "en"))
    assert drafts(tmp_path, "ru", "x") == {"A.": "ru(en(A.))", "B.": "ru(en(B.))"}
    review(tmp_path / "en" / "x.po", "A.", "Reviewed.")
    shout.asked.clear()
    assert run([text("x", "A.", "B.")], job(tmp_path, shout, "ru"))[1] == ("ru/x.po", 0, 1, 1, 0)
    assert shout.asked == ["Reviewed."]
    assert drafts(tmp_path, "ru", "x") == {"A.": "ru(Reviewed.)", "B.": "ru(en(B.))"}


def test_without_need_nothing_goes_through_english(tmp_path: Path) -> None:
    assert run([text("x", "A.")], job(tmp_path, Shout(direct=True), "ru")) == [("ru/x.po", 0, 1, 0, 0)]
    assert drafts(tmp_path, "ru", "x") == {"A.": "ru(A.)"}


@pytest.mark.parametrize("stop_after", [0, 1, 3, 7, 12])
def test_an_interrupted_run_goes_on_where_it_stopped(tmp_path: Path, stop_after: int) -> None:
    documents = [text("x", *"ABCDE"), text("y", *"FGHI")]
    broken = Shout(stop_after=stop_after)
    with pytest.raises(KeyboardInterrupt):
        run(documents, job(tmp_path, broken, "en", "ru"))
    shout = Shout()
    run(documents, job(tmp_path, shout, "en", "ru"))
    assert broken.asked + shout.asked == [*"ABCDEFGHI", *(f"en({letter})" for letter in "ABCDEFGHI")]
    whole = tmp_path / "whole"
    run(documents, job(whole, Shout(), "en", "ru"))
    for path in sorted(whole.rglob("*.po")):
        assert (tmp_path / path.relative_to(whole)).read_bytes() == path.read_bytes()


def test_long_runs_are_saved_on_the_way(tmp_path: Path) -> None:
    count = pipeline.SAVE_EVERY + 50
    seen: list[int] = []

    def progress(_language: str, done: int, total: int) -> None:
        if done in (1, count):
            seen.append(len(Memory.open(tmp_path, "de", "en")))
        assert total == count

    list(pipeline.run([text("x", *map(str, range(count)))], job(tmp_path, Shout()), progress))
    assert seen == [0, pipeline.SAVE_EVERY]


def test_a_dry_run_says_what_would_be_done_and_does_nothing(tmp_path: Path) -> None:
    shout = Shout()
    dry = replace(job(tmp_path, shout, "en", "ru"), dry_run=True)
    assert run([text("x", "A.", "B.")], dry) == [("en/x.po", 0, 2, 0, 0), ("ru/x.po", 0, 2, 0, 0)]
    assert (shout.asked, list(tmp_path.iterdir())) == ([], [])


def test_the_memory_engine_leaves_empty_what_it_does_not_know_and_drafts_as_they_are(tmp_path: Path) -> None:
    run([text("x", "A.")], job(tmp_path, Shout()))
    silent = Job("de", ("en",), tmp_path, engine.create("memory"))
    assert run([text("x", "A.", "B.")], silent) == [("en/x.po", 0, 0, 1, 1)]
    assert run([text("x", "A.", "B.")], replace(silent, dry_run=True)) == [("en/x.po", 0, 0, 1, 1)]
    assert drafts(tmp_path, "en", "x") == {"A.": "en(A.)", "B.": ""}


def test_an_unknown_engine_is_an_error_that_names_the_others() -> None:
    with pytest.raises(TolmachError) as raised:
        engine.create("bing")
    assert raised.value.message == "there is no engine called bing"
    assert "argos" in str(raised.value.hint)


def command(*words: str) -> Result:
    return CliRunner().invoke(COMMAND, words, catch_exceptions=True)


@pytest.mark.parametrize(
    "words",
    [
        ["lage.txt", "--to", "de"],
        ["lage.txt", "--to", "Englisch"],
        ["lage.txt", "--to", ","],
        ["nowhere.txt", "--engine", "memory"],
        ["lage.txt", "--engine", "bing"],
        ["lage.txt", "--engine", "memory", "--memory", "lage.txt"],
    ],
)
def test_what_cannot_be_translated_is_a_user_error(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("lage.txt").write_text("Tokajew sprach.\n", encoding="utf-8")
    result = command(*words, "--glossary", "none")
    assert result.stdout == ""
    assert isinstance(result.exception, TolmachError)
    assert result.exception.hint
    assert not Path("translations").exists()


def test_the_command_writes_one_line_a_document_and_language(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("lage.txt").write_text("Tokajew sprach.\n", encoding="utf-8")
    result = command("lage.txt", "--to", "en,ru", "--engine", "memory", "--glossary", "none")
    assert result.stdout.splitlines() == [
        "translations/en/lage.po: 0 from memory, 0 drafted, 1 empty",
        "translations/ru/lage.po: 0 from memory, 0 drafted, 1 empty",
    ]
    assert result.stderr == ""


@given(st.lists(st.integers(0, 30), max_size=40), st.integers(1, 60), st.integers(1, 3))
def test_batches_give_every_result_in_order(lengths: list[int], most: int, at_once: int) -> None:
    sentences = [[str(place)] * length for place, length in enumerate(lengths)]
    under_way: list[int] = []

    def submit(batch: Sequence[list[str]]) -> Callable[[], list[list[str]]]:
        under_way.append(len(batch))
        assert len(under_way) <= at_once
        assert len(batch) == 1 or len(batch) * max(map(len, batch)) <= most

        def wait() -> list[list[str]]:
            under_way.pop()
            return list(batch)

        return wait

    found = [result for window in windows(sentences, 3 * most) for result in compute(window, most, submit, at_once)]
    assert found == sentences


def test_from_any_folder_the_configured_sources_give_the_same_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "texts" / "sub").mkdir(parents=True)
    (tmp_path / "tolmach.toml").write_text(
        'sources = ["texts"]\nglossary = "none"\nlanguages = ["de", "en"]\n', encoding="utf-8"
    )
    (tmp_path / "texts" / "sub" / "lage.txt").write_text("Tokajew sprach.\n", encoding="utf-8")
    contents = []
    for folder, words in ((".", []), ("texts", []), ("texts/sub", ["lage.txt"])):
        monkeypatch.chdir(tmp_path / folder)
        assert command("--engine", "memory", *words).exit_code == 0
        contents.append([path.read_bytes() for path in tmp_path.rglob("*.po")])
    assert contents[0] == contents[1] == contents[2]
    assert po.read(tmp_path / "translations" / "en" / "sub" / "lage.po")[0].occurrences == [("texts/sub/lage.txt", "1")]


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("packages")
    for pair in ("de_en", "en_ru"):
        models.install(MODELS / f"translate-{pair}.argosmodel", folder)
    return folder


@needs_mt
@pytest.mark.usefixtures("own_home")
class TestArgos:
    def argos(self, packages: Path, **settings: int) -> engine.Engine:
        return engine.create("argos", replace(engine.Settings((packages,), threads=1), **settings))  # type: ignore[arg-type]

    def test_sentences_come_back_in_order_one_for_one(self, packages: Path) -> None:
        sentences = [row[0] for row in SENTENCES]
        argos = self.argos(packages, batch_tokens=64)
        together = list(argos.translate(plain(sentences), "de", "en"))
        assert len(together) == len(sentences)
        alone = [next(argos.translate(plain([sentence]), "de", "en")) for sentence in sentences[:20]]
        assert sum(left == right for left, right in zip(alone, together, strict=False)) >= 19

    @pytest.mark.parametrize("hop", [("de", "en"), ("en", "ru"), ("de", "ru")], ids="-".join)
    def test_the_models_translate_unseen_sentences_of_their_grammar(self, packages: Path, hop: tuple[str, str]) -> None:
        columns = {"de": 0, "en": 1, "ru": 2}
        source, target = hop
        assert len(SENTENCES) == 100
        found = self.argos(packages).translate(plain([row[columns[source]] for row in SENTENCES]), source, target)
        wrong = [
            (one, row[columns[target]])
            for one, row in zip(found, SENTENCES, strict=True)
            if one != row[columns[target]]
        ]
        assert len(wrong) <= 2, wrong

    def test_awkward_sentences_are_translated_or_empty_and_never_lost(self, packages: Path) -> None:
        awkward = [
            "",
            " ",
            "\u200b",
            "ქართული ენა",
            "x" * 3000,
            "4000 OSZE-Soldaten werden in Russland eintreffen.",
            "…",
        ]
        found = list(self.argos(packages).translate(plain(awkward), "de", "en"))
        assert len(found) == len(awkward)
        assert found[0] == ""
        assert not any("\n" in one for one in found)

    def test_a_pair_without_a_package_goes_through_english(self, packages: Path) -> None:
        argos = self.argos(packages)
        assert (argos.pivot("de", "ru"), argos.pivot("de", "en"), argos.pivot("en", "ru")) == ("en", None, None)
        assert argos.signature("de", "ru") == "argos de_en 1.0 + en_ru 1.0"

    def test_a_variety_is_translated_as_its_language(self, packages: Path) -> None:
        argos = self.argos(packages)
        assert (argos.pivot("de-CH", "ru"), argos.pivot("de-CH", "en-GB"), argos.pivot("en-GB", "de")) == (
            "en",
            None,
            None,
        )
        assert argos.signature("de-CH", "en-GB") == "argos de_en 1.0"

    @pytest.mark.parametrize(
        ("pair", "missing"), [(("ru", "en"), "ru en"), (("de", "kk"), "en kk"), (("en", "de"), "en de")]
    )
    def test_a_missing_package_is_named_with_the_command_that_installs_it(
        self, packages: Path, pair: tuple[str, str], missing: str
    ) -> None:
        with pytest.raises(TolmachError) as raised:
            self.argos(packages).translate(plain(["Tokajew"]), *pair)
        assert raised.value.hint == f"tolmach models install {missing}"

    @pytest.mark.parametrize("part", ["model/model.bin", "sentencepiece.model"])
    def test_a_damaged_package_is_a_user_error(self, tmp_path: Path, part: str) -> None:
        package = models.install(MODELS / "translate-de_en.argosmodel", tmp_path / "packages")
        whole = (package.path / part).read_bytes()
        # Cut in half and without its first byte: half of a protocol buffer alone may still be one.
        (package.path / part).write_bytes(whole[1 : len(whole) // 2])
        with pytest.raises(TolmachError) as raised:
            list(self.argos(tmp_path / "packages").translate(plain(["Tokajew"]), "de", "en"))
        assert "models install de en" in str(raised.value.hint)

    def test_an_unknown_compute_type_is_a_user_error(self, packages: Path) -> None:
        settings = engine.Settings((packages,), compute_type="int3")
        with pytest.raises(TolmachError, match="int3"):
            list(engine.create("argos", settings).translate(plain(["Tokajew"]), "de", "en"))

    def test_the_command_writes_english_and_russian_drafts(
        self, packages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        Path("lage.txt").write_text("\n\n".join(row[0] for row in SENTENCES[:4]) + "\n", encoding="utf-8")
        words = ("lage.txt", "--glossary", "none", "--packages", str(packages), "--threads", "1")
        assert command(*words).stdout.splitlines() == [
            "translations/en/lage.po: 0 from memory, 4 drafted",
            "translations/ru/lage.po: 0 from memory, 4 drafted",
        ]
        assert (
            command(*words).stdout.splitlines()[1]
            == "translations/ru/lage.po: 0 from memory, 0 drafted, 4 drafts unchanged"
        )
        assert "argos en_ru 1.0 via en" in Path("translations/ru/lage.po").read_text(encoding="utf-8")


@needs_mt
@pytest.mark.usefixtures("own_home")
class TestDecoder:
    """What else a model can be asked for; the sentences are in the grammar of the tiny models."""

    german, english = next((row[0], row[1]) for row in SENTENCES if len(row[1].split()) > 6)

    @pytest.fixture
    def model(self, packages: Path) -> engine.Decoder:
        argos = engine.create("argos", engine.Settings((packages,), threads=1))
        decoder = argos.decoder("de", "en")
        assert decoder is not None
        assert argos.decoder("de", "ru") is None
        return decoder

    def test_what_the_model_writes_is_likelier_than_anything_else(self, model: engine.Decoder) -> None:
        words = self.english.split()
        others = [" ".join(reversed(words)), " ".join(words[1:]), self.english.replace(words[0], "Tuesday", 1)]
        scores = list(model.scores(engine.Scored(self.german, text) for text in (self.english, *others)))
        assert max(scores) == scores[0] <= 0
        assert len(set(scores)) == len(scores)

    def test_a_score_from_some_place_on_is_that_of_the_rest(self, model: engine.Decoder) -> None:
        since = self.english.index(" ", 5)
        whole, rest, nothing = model.scores(
            engine.Scored(self.german, self.english, start) for start in (0, since, len(self.english))
        )
        assert whole < rest < nothing <= 0

    def test_hypotheses_are_different_and_the_best_comes_first(self, model: engine.Decoder) -> None:
        (found,) = model.hypotheses([engine.Request(self.german, count=4)])
        assert found[0] == self.english
        assert 1 < len(found) <= 4
        assert len(set(found)) == len(found)

    def test_a_translation_goes_on_from_the_start_it_is_given(self, model: engine.Decoder) -> None:
        start = " ".join(self.english.split()[:3])
        (found,) = model.hypotheses([engine.Request(self.german, start=start)])
        assert found == (self.english,)
        (other,) = model.hypotheses([engine.Request(self.german, start="Tokayev and")])
        assert other[0].startswith("Tokayev and")

    def test_what_is_avoided_does_not_come(self, model: engine.Decoder) -> None:
        last = self.english.split()[-2]
        (found,) = model.hypotheses([engine.Request(self.german, avoid=(last,))])
        assert last not in found[0].split()

    def test_requests_with_different_conditions_are_answered_in_order(self, model: engine.Decoder) -> None:
        requests = [
            engine.Request(row[0], avoid=("\u0416",) if place % 3 else ()) for place, row in enumerate(SENTENCES[:9])
        ]
        found = [one[0] for one in model.hypotheses(requests)]
        assert sum(left == row[1] for left, row in zip(found, SENTENCES[:9], strict=True)) >= 8

    @pytest.mark.parametrize("start", ["\U0001f600", "\u10e5\u10d0\u10e0"])
    def test_a_start_the_model_cannot_write_gives_nothing(self, model: engine.Decoder, start: str) -> None:
        assert list(model.hypotheses([engine.Request(self.german, start=start)])) == [()]

    def test_empty_and_endless_sentences_do_no_harm(self, model: engine.Decoder) -> None:
        requests = [engine.Request(""), engine.Request("x " * 3000), engine.Request(self.german)]
        assert list(model.hypotheses(requests)) == [(), (), (self.english,)]
        assert len(list(model.scores([engine.Scored("", ""), engine.Scored("x " * 3000, "y " * 3000, 5)]))) == 2


@needs_mt
@pytest.mark.usefixtures("own_home")
class TestAnyModel:
    """The engine ct2: folders as the converters of CTranslate2 write them."""

    @pytest.fixture
    def folders(self, packages: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
        found = {}
        for package in sorted(packages.iterdir()):
            pair = package.name.removeprefix("translate-").partition("-")[0].replace("_", "-")
            folder = tmp_path_factory.mktemp(pair)
            for path in [*(package / "model").iterdir(), package / "sentencepiece.model"]:
                shutil.copy(path, folder)
            found[pair] = folder
        return found

    def test_it_translates_like_the_package_through_english(self, folders: dict[str, Path], packages: Path) -> None:
        named = tuple(f"{pair}={folder}" for pair, folder in folders.items())
        ct2 = engine.create("ct2", engine.Settings(models=named, threads=1))
        argos = engine.create("argos", engine.Settings((packages,), threads=1))
        german = [row[0] for row in SENTENCES[:20]]
        assert ct2.pivot("de", "ru") == "en"
        assert list(ct2.translate(plain(german), "de", "ru")) == list(argos.translate(plain(german), "de", "ru"))
        assert ct2.decoder("en", "ru") is not None

    def test_a_bare_folder_serves_the_pair_that_is_asked_for(self, folders: dict[str, Path]) -> None:
        ct2 = engine.create("ct2", engine.Settings(models=(str(folders["de-en"]),), threads=1))
        assert ct2.pivot("de", "en") is None
        assert next(ct2.translate(plain([SENTENCES[0][0]]), "de", "en")) == SENTENCES[0][1]
        assert folders["de-en"].name in ct2.signature("de", "en")

    def test_models_of_marian_have_a_tokenizer_for_each_language(
        self, folders: dict[str, Path], tmp_path: Path
    ) -> None:
        shutil.copytree(folders["de-en"], tmp_path / "opus")
        for name in ("source.spm", "target.spm"):
            shutil.copy(folders["de-en"] / "sentencepiece.model", tmp_path / "opus" / name)
        (tmp_path / "opus" / "sentencepiece.model").unlink()
        ct2 = engine.create("ct2", engine.Settings(models=(str(tmp_path / "opus"),), threads=1))
        assert next(ct2.translate(plain([SENTENCES[0][0]]), "de", "en")) == SENTENCES[0][1]

    @pytest.mark.parametrize(
        ("spoil", "message"),
        [("model.bin", "no CTranslate2 model"), ("sentencepiece.model", "no SentencePiece model")],
    )
    def test_what_is_missing_is_named(self, folders: dict[str, Path], tmp_path: Path, spoil: str, message: str) -> None:
        shutil.copytree(folders["de-en"], tmp_path / "broken")
        (tmp_path / "broken" / spoil).unlink()
        ct2 = engine.create("ct2", engine.Settings(models=(str(tmp_path / "broken"),)))
        with pytest.raises(TolmachError, match=message) as raised:
            list(ct2.translate(plain(["Tokajew"]), "de", "en"))
        assert raised.value.hint

    def test_no_model_and_no_pair_are_user_errors(self, folders: dict[str, Path]) -> None:
        with pytest.raises(TolmachError, match="needs a model"):
            engine.create("ct2")
        ct2 = engine.create("ct2", engine.Settings(models=(f"de-en={folders['de-en']}",)))
        with pytest.raises(TolmachError, match="no model from ru to de") as raised:
            ct2.signature("ru", "de")
        assert raised.value.hint == "--model ru-de=DIR"
