"""What each step of enforcing terms is good for: all of them, and each one left out.

    .venv/bin/python scripts/bench/ablation.py de-ru|en-ru|ru-de|unknown|all [COUNT]
    .venv/bin/python scripts/bench/ablation.py PAIRS.jsonl DRAFTS.txt

de-ru draws COUNT (400) sentences from the grammar of the tiny models and translates them with these, through English;
the house's decisions (ablation.toml) differ from what they have learned. en-ru and ru-de repair drafts without an
engine: the grammar's own sentences with garbled names and other terms; `unknown` the same with surnames in no
dictionary, which alone count.
PAIRS.jsonl has rows with source, reference, source_lang, target_lang, terms (source, target, form).
Right form: the share of terms that stand as in the reference; harmed: right before, not after. Needs sacrebleu.
"""

import json
import random
import sys
import tempfile
from collections import Counter
from pathlib import Path

from ablation_sets import _places, damaged, rows
from sacrebleu.metrics import CHRF

from tolmach.translate import engine, models
from tolmach.translate.enforce.decoded import STEPS
from tolmach.translate.enforce.enforced import Enforced, Task
from tolmach.translate.enforce.model import Pair, Term
from tolmach.translate.enforce.repair import STEPS as WITHOUT_ENGINE
from tolmach.translate.enforce.repair import Repair
from tolmach.translate.enforce.terms import as_written

MODELS = Path(__file__).resolve().parents[2] / "tests" / "models"
NOTHING = "everything"
LEFT_OUT = {
    "nothing": (),
    "1 other spellings": ("spelling",),
    "2 sound": ("sound",),
    "2 alignment": ("alignment",),
    "2 the model's own word": ("alone",),
    "2 memory": ("memory",),
    "2 all but known forms": ("sound", "alignment", "alone", "memory"),
    "3 the model's choice": ("form",),
    "3 form by its place": ("form", "place"),
    "4 other hypotheses": ("alternatives",),
    "4 decoding again": ("again",),
    "5 margin": ("margin",),
}
TABLE: dict[str, dict[str, str]] = {}


def marks(text, forms):
    """How often each form stands in a text, as far as it is expected."""
    return Counter({form: min(count, len(_places(text, [form]))) for form, count in forms.items()})


def shown(what, name, before, after, references, forms):
    """One line, kept for the table of all sets."""
    old, new = ([marks(text, one) for text, one in zip(texts, forms, strict=True)] for texts in (before, after))
    terms = max(1, sum(one.total() for one in forms))
    harmed = 1000 * sum((left - right).total() for left, right in zip(old, new, strict=True)) / terms
    same = sum(text == reference for text, reference in zip(after, references, strict=True)) / len(after)
    right, chrf = sum(one.total() for one in new) / terms, CHRF().corpus_score(after, [references]).score
    print(
        f"{what:24} {name:24} right form {right:.3f}  harmed {harmed:.1f}  chrF {chrf:.2f}  same {same:.3f}", flush=True
    )
    TABLE.setdefault(name, {})[f"{what} ({terms})"] = f"{right:.3f} / {harmed:.1f} / {chrf:.1f}"


def table():
    """All sets beside each other: right form, harmed per 1,000 terms, chrF."""
    sets = list(dict.fromkeys(what for cells in TABLE.values() for what in cells))
    print("\n| left out | " + " | ".join(sets) + " |\n" + "|---" * (len(sets) + 1) + "|")
    for name, cells in TABLE.items():
        print(f"| {name} | " + " | ".join(cells.get(what, "–") for what in sets) + " |")


def through_english(count):
    """German sentences through the tiny models into Russian."""
    found = rows(count, "ru")
    with tempfile.TemporaryDirectory() as folder:
        for pair in ("de_en", "en_ru"):
            models.install(MODELS / f"translate-{pair}.argosmodel", Path(folder))
        argos = engine.create("argos", engine.Settings((Path(folder),), threads=1))
        plain = translated(argos, found, frozenset(), terms=False)
        done = {NOTHING: plain}
        done |= {name: translated(argos, found, STEPS - set(steps), terms=True) for name, steps in LEFT_OUT.items()}
    for name, texts in done.items():
        for language, before, after in zip(("en", "ru"), plain, texts, strict=True):
            references, forms = [row.reference[language] for row in found], [row.forms[language] for row in found]
            shown(f"de-{language}", name, before, after, references, forms)


def translated(argos, found, steps, *, terms):
    """The English and the Russian translations."""
    german = [Task(row.texts["de"], row.terms["de", "en"] * terms) for row in found]
    english = list(Enforced(argos, "de", "en", steps).translate(german))
    between = [
        Task(one.target, as_written(row.terms["en", "ru"] * terms, one.outcomes))
        for one, row in zip(english, found, strict=True)
    ]
    return [one.target for one in english], [
        one.target for one in Enforced(argos, "en", "ru", steps).translate(between)
    ]


def without_engine(what, pairs, references, forms):
    """Drafts that are repaired without an engine."""
    before = [pair.target for pair in pairs]
    shown(what, NOTHING, before, before, references, forms)
    for name, steps in LEFT_OUT.items():
        if not steps or set(steps) & WITHOUT_ENGINE:
            after = [one.target for one in Repair(steps=WITHOUT_ENGINE - set(steps)).run(pairs)]
            shown(what, name, before, after, references, forms)


def garbled(source, target, count, unknown):
    """Drafts made from the grammar's sentences; with `unknown` only the made-up names count."""
    rng = random.Random(7)
    found = [damaged(row, target, rng) for row in rows(count, target, unknown=unknown)]
    # the house's names stand in the source as well, except where a language is not decided about
    pairs = [Pair(row.reference[source], row.draft, source, target, row.terms[source, target]) for row in found]
    forms = [
        Counter({form: n for form, n in row.forms[target].items() if form in row.judged or not unknown})
        for row in found
    ]
    without_engine(
        f"{source}-{target}{', unknown names' * bool(unknown)}", pairs, [r.reference[target] for r in found], forms
    )


def stored(rows_path, drafts_path):
    """Somebody's stored drafts."""
    found = [json.loads(line) for line in Path(rows_path).read_text(encoding="utf-8").splitlines()]
    drafts = Path(drafts_path).read_text(encoding="utf-8").rstrip("\n").split("\n")
    pairs = [
        Pair(
            row["source"],
            draft,
            row["source_lang"],
            row["target_lang"],
            tuple(Term(term["source"], term["target"], term.get("kind", "")) for term in row["terms"]),
        )
        for row, draft in zip(found, drafts, strict=True)
    ]
    forms = [Counter(term["form"].lower() for term in row["terms"] if term.get("form")) for row in found]
    without_engine(Path(drafts_path).name, pairs, [row["reference"] for row in found], forms)


def main(first, second="400"):
    """Measure one set, or all."""
    if "." in first:
        stored(first, second)
    if first in ("de-ru", "all"):
        through_english(int(second))
    for languages in ("en-ru", "ru-de"):
        for name, unknown in ((languages, 0.0), ("unknown", 1.0)):
            if first in (name, "all"):
                garbled(*languages.split("-"), int(second), unknown=unknown)
    table()


if __name__ == "__main__":
    main(*sys.argv[1:])
