"""Build the two tiny Argos packages of tests/models (de→en, en→ru) and the unseen sentences they are tested with.

PyTorch is needed only here; make a throw-away environment for it:

    python3 -m venv /path/to/venv
    /path/to/venv/bin/pip install torch==2.13.0
    /path/to/venv/bin/pip install transformers sentencepiece ctranslate2 numpy
    /path/to/venv/bin/python scripts/build/tiny_models.py

The seeds are fixed. The same machine with the same versions writes the same bytes; another one may round differently,
then the accuracy printed at the end is what counts, and SHA256SUMS is written anew.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import random
import shutil
import tempfile
import time
import zipfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import ctranslate2
import sentencepiece
import torch
from tiny_corpus import CASES, SENTENCES, check_one_to_one, training_sentences, unseen_sentences
from tiny_grammar import LANGUAGES, Sentence
from transformers import MarianConfig, MarianMTModel, MarianTokenizer

ROOT = Path(__file__).resolve().parents[2]
MODELS = ROOT / "tests" / "models"
HOPS = (("de", "en"), ("en", "ru"))
LANGUAGE_NAMES = {"de": "German", "en": "English", "ru": "Russian"}
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÜabcdefghijklmnopqrstuvwxyzäöüßАБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ"
SIGNS = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя0123456789.,:;!?-–—()\"'„“”«»"
PIECES = 1600
WIDTH = 128
TOKENS_PER_BATCH = 1500
PEAK_RATE = 3e-3
SMOOTHING = 0.04
PACKAGE_README = """# Tiny {source} → {target} package

Trained on made-up sentences of one small grammar, for the tests and the demonstration of tolmach.
It translates nothing else.
"""
Batch = tuple[torch.Tensor, torch.Tensor]


def train_pieces(texts: list[str], folder: Path) -> sentencepiece.SentencePieceProcessor:
    """One SentencePiece vocabulary for both languages; 0 is </s> and 1 is <unk>, as Marian wants it."""
    with (folder / "sentencepiece.model").open("wb") as file:
        sentencepiece.SentencePieceTrainer.train(
            sentence_iterator=iter(texts), model_writer=file, vocab_size=PIECES, character_coverage=1.0,
            normalization_rule_name="identity", split_digits=True, required_chars=LETTERS + SIGNS, num_threads=1,
            eos_id=0, unk_id=1, bos_id=-1, pad_id=-1, minloglevel=2,
        )  # fmt: skip
    return sentencepiece.SentencePieceProcessor(model_file=str(folder / "sentencepiece.model"))


def encoded_pairs(
    pieces: sentencepiece.SentencePieceProcessor, texts: list[tuple[str, str]]
) -> list[tuple[list[int], list[int]]]:
    """Source and target as piece numbers; a quarter of the sources is cut finer, for the sake of unknown names."""
    rng = random.Random(3)
    pairs = []
    for source, target in texts:
        ids = pieces.encode(source)
        if rng.random() < 0.25:
            ids = [half for piece in ids for half in halves(pieces, piece, rng)]
        pairs.append(([*ids, 0], [*pieces.encode(target), 0]))
    return pairs


def halves(pieces: sentencepiece.SentencePieceProcessor, piece: int, rng: random.Random) -> list[int]:
    """The piece, or now and then the two pieces that it consists of (SentencePiece's own sampling takes no seed)."""
    text = pieces.id_to_piece(piece)
    if len(text) > 1 and rng.random() < 0.4:
        at = rng.randrange(1, len(text))
        found = [pieces.piece_to_id(text[:at]), pieces.piece_to_id(text[at:])]
        if pieces.unk_id() not in found:
            return found
    return [piece]


def batches(pairs: list[tuple[list[int], list[int]]], pad: int, rng: random.Random) -> Iterator[Batch]:
    """Batches of pairs of like length, in random order, without end."""
    while True:
        order = sorted(range(len(pairs)), key=lambda i: (len(pairs[i][0]) + len(pairs[i][1]), rng.random()))
        groups: list[list[int]] = [[]]
        for i in order:
            if groups[-1] and (len(groups[-1]) + 1) * (len(pairs[i][0]) + len(pairs[i][1])) > 2 * TOKENS_PER_BATCH:
                groups.append([])
            groups[-1].append(i)
        rng.shuffle(groups)
        for group in groups:
            yield padded([pairs[i][0] for i in group], pad), padded([pairs[i][1] for i in group], -100)


def padded(rows: list[list[int]], filler: int) -> torch.Tensor:
    """The rows as one rectangle."""
    width = max(map(len, rows))
    return torch.tensor([row + [filler] * (width - len(row)) for row in rows])


def new_model(pieces: int) -> MarianMTModel:
    """A Marian model with random weights; the pad token stands after the pieces."""
    torch.manual_seed(20220106)
    config = MarianConfig(
        vocab_size=pieces + 1, d_model=WIDTH, encoder_layers=3, decoder_layers=2, encoder_attention_heads=4,
        decoder_attention_heads=4, encoder_ffn_dim=4 * WIDTH, decoder_ffn_dim=4 * WIDTH, dropout=0.0,
        attention_dropout=0.0, activation_dropout=0.0, max_position_embeddings=256, pad_token_id=pieces,
        eos_token_id=0, decoder_start_token_id=pieces, forced_eos_token_id=0, scale_embedding=True, init_std=0.05,
        activation_function="relu", share_encoder_decoder_embeddings=True, tie_word_embeddings=True,
    )  # fmt: skip
    return MarianMTModel(config)


def smoothed_loss(logits: torch.Tensor, labels: torch.Tensor, spread: torch.Tensor) -> torch.Tensor:
    """Cross-entropy with a small share of the probability given to the pieces of `spread`.

    No share goes to the pieces that end a sentence: otherwise beam search, which stops as soon as as many hypotheses as
    beams are complete, prefers sentences that break off early.
    """
    known = labels >= 0
    scores = torch.log_softmax(logits[known], dim=-1)
    right = scores.gather(1, labels[known].unsqueeze(1)).mean()
    return -(1 - SMOOTHING) * right - SMOOTHING * (scores @ spread).mean()


def spread_over(pieces: sentencepiece.SentencePieceProcessor) -> torch.Tensor:
    """The same share for every piece that does not end a sentence or part of it."""
    count = pieces.get_piece_size()
    wanted = [i > 1 and any(letter.isalnum() for letter in pieces.id_to_piece(i)) for i in range(count)]
    share = torch.tensor([*wanted, False], dtype=torch.float32)
    return share / share.sum()


def train(model: MarianMTModel, source: Iterator[Batch], steps: int, spread: torch.Tensor) -> None:
    """Fit the model; the pad row stays zero because CTranslate2 starts decoding from a zero embedding."""
    pad = model.config.pad_token_id
    optimizer = torch.optim.AdamW(model.parameters(), lr=PEAK_RATE, betas=(0.9, 0.98), weight_decay=0.01)
    warmup = min(300, steps // 10)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer,
        lambda step: min((step + 1) / warmup, 0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * min(1.0, step / steps)))),
    )
    model.train()
    started = time.monotonic()
    for step, (ids, labels) in enumerate(islice(source, steps), 1):
        logits = model(input_ids=ids, attention_mask=(ids != pad).long(), labels=labels).logits
        loss = smoothed_loss(logits, labels, spread)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        with torch.no_grad():
            model.model.shared.weight[pad].zero_()
        if step % 200 == 0 or step == steps:
            print(f"  step {step}: loss {loss.item():.4f}, {time.monotonic() - started:.0f} s", flush=True)


def convert(model: MarianMTModel, folder: Path, out: Path) -> None:
    """Write the model for CTranslate2 with 8-bit weights."""
    pieces = sentencepiece.SentencePieceProcessor(model_file=str(folder / "sentencepiece.model"))
    hugging = folder / "hugging"
    hugging.mkdir()
    vocabulary = {pieces.id_to_piece(i): i for i in range(pieces.get_piece_size())} | {"<pad>": pieces.get_piece_size()}
    (hugging / "vocab.json").write_text(json.dumps(vocabulary, ensure_ascii=False), encoding="utf-8")
    for name in ("source.spm", "target.spm"):
        shutil.copy(folder / "sentencepiece.model", hugging / name)
    MarianTokenizer(*(str(hugging / name) for name in ("source.spm", "target.spm", "vocab.json"))).save_pretrained(
        hugging
    )
    model.save_pretrained(hugging)
    ctranslate2.converters.TransformersConverter(str(hugging)).convert(str(out), quantization="int8", force=True)
    settings = json.loads((out / "config.json").read_text(encoding="utf-8")) | {"add_source_eos": True}
    (out / "config.json").write_text(json.dumps(settings, indent=2, sort_keys=True) + "\n", encoding="utf-8")


def write_package(source: str, target: str, folder: Path, output: Path) -> Path:
    """Zip the parts of a package the way Argos Translate packages are zipped: one folder; dates and order are fixed."""
    metadata = {
        "package_version": "1.0", "argos_version": "1.9.0", "from_code": source, "from_name": LANGUAGE_NAMES[source],
        "to_code": target, "to_name": LANGUAGE_NAMES[target], "type": "translate", "links": [],
    }  # fmt: skip
    top = f"translate-{source}_{target}-1_0"
    files = {
        "metadata.json": (json.dumps(metadata, indent=4) + "\n").encode(),
        "README.md": PACKAGE_README.format(source=metadata["from_name"], target=metadata["to_name"]).encode(),
        "sentencepiece.model": (folder / "sentencepiece.model").read_bytes(),
    } | {f"model/{path.name}": path.read_bytes() for path in (folder / "model").iterdir()}
    path = output / f"translate-{source}_{target}.argosmodel"
    with zipfile.ZipFile(path, "w") as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(f"{top}/{name}", date_time=(2022, 1, 6, 0, 0, 0))
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, files[name], zipfile.ZIP_DEFLATED, 9)
    return path


def build(source: str, target: str, sentences: list[Sentence], options: argparse.Namespace) -> Path:
    """Train one hop and write its package."""
    columns = LANGUAGES.index(source), LANGUAGES.index(target)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        pieces = train_pieces([s[column] for s in sentences[:40_000] for column in columns], folder)
        pairs = encoded_pairs(pieces, [(s[columns[0]], s[columns[1]]) for s in sentences])
        print(f"{source}→{target}: {len(pairs)} sentences")
        model = new_model(pieces.get_piece_size())
        train(model, batches(pairs, pieces.get_piece_size(), random.Random(2)), options.steps, spread_over(pieces))
        convert(model, folder, folder / "model")
        return write_package(source, target, folder, options.output)


def translate(package: Path, texts: list[str], beam_size: int = 2) -> list[str]:
    """The translations of a package, decoded the way Argos Translate does it."""
    with tempfile.TemporaryDirectory() as name:
        with zipfile.ZipFile(package) as archive:
            archive.extractall(name)
        (folder,) = Path(name).iterdir()
        pieces = sentencepiece.SentencePieceProcessor(model_file=str(folder / "sentencepiece.model"))
        translator = ctranslate2.Translator(str(folder / "model"), intra_threads=2)
        results = translator.translate_batch(pieces.encode(texts, out_type=str), beam_size=beam_size)
        return [pieces.decode_pieces(result.hypotheses[0]).replace("▁", " ").replace("_", " ") for result in results]


def report(unseen: list[Sentence], output: Path) -> None:
    """Print how many unseen sentences come out exactly right, hop by hop and chained."""
    de, en, ru = (list(column) for column in zip(*unseen, strict=True))
    to_en, to_ru = (output / f"translate-{source}_{target}.argosmodel" for source, target in HOPS)
    english = translate(to_en, de)
    for title, got, wanted in (
        ("de→en", english, en),
        ("en→ru", translate(to_ru, en), ru),
        ("de→en→ru", translate(to_ru, english), ru),
    ):
        print(f"{title}: {sum(map(str.__eq__, got, wanted))} of {len(wanted)} exactly right")
        for text, reference in zip(got, wanted, strict=True):
            if text != reference:
                print(f"  got    {text}\n  wanted {reference}")


def main() -> None:
    """Write the unseen sentences, the packages and their checksums, and print the accuracy."""
    parser = argparse.ArgumentParser(description="Build the tiny translation packages of tests/models.")
    parser.add_argument("--steps", type=int, default=3500)
    parser.add_argument("--threads", type=int, default=1, help="more threads sum in another order: other bytes")
    parser.add_argument("--hop", choices=["de-en", "en-ru"], help="only this package")
    parser.add_argument("--output", type=Path, default=MODELS)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    unseen = unseen_sentences()
    sentences = training_sentences(unseen, SENTENCES)
    check_one_to_one(sentences + unseen)
    CASES.write_text("\n".join("\t".join(row) for row in [LANGUAGES, *unseen]) + "\n", encoding="utf-8", newline="\n")
    options.output.mkdir(exist_ok=True)
    for source, target in HOPS:
        if options.hop in (None, f"{source}-{target}"):
            build(source, target, sentences, options)
    packages = sorted(options.output.glob("*.argosmodel"))
    sums = "".join(f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in packages)
    (options.output / "SHA256SUMS").write_text(sums, encoding="utf-8", newline="\n")
    if len(packages) == len(HOPS):
        report(unseen, options.output)


if __name__ == "__main__":
    main()
