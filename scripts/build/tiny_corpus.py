"""The sentences that the tiny models learn from, and those that are kept for testing them."""

from itertools import islice
from pathlib import Path

from tiny_grammar import Grammar, Sentence

CASES = Path(__file__).resolve().parents[2] / "tests" / "cases" / "tiny_sentences.tsv"
SENTENCES = 160_000
UNSEEN = 100


def unseen_sentences() -> list[Sentence]:
    """The sentences kept for the test: at least five words, only known names in house spelling."""
    drawn = (s for s in Grammar(seed=20220106).sentences() if len(s.de.split()) >= 5)
    return list(islice(drawn, UNSEEN))


def training_sentences(unseen: list[Sentence], count: int) -> list[Sentence]:
    """Sentences to learn from; none shares its German, English or Russian text with an unseen one."""
    barred = {text for sentence in unseen for text in sentence}
    drawn = Grammar(seed=1, older=0.15, unknown=0.2).sentences()
    return list(islice((s for s in drawn if barred.isdisjoint(s)), count))


def check_one_to_one(sentences: list[Sentence]) -> None:
    """Stop if a sentence has two translations: then no model could learn the grammar."""
    for source, target in ((0, 1), (1, 2)):
        seen: dict[str, str] = {}
        for sentence in sentences:
            known = seen.setdefault(sentence[source], sentence[target])
            if known != sentence[target]:
                raise SystemExit(f"two translations: {sentence[source]}\n  {sentence[target]}\n  {known}")
