"""The arrays that `tolmach compare` loads: trees as CatBoost trained them, and everything packed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from catboost import CatBoostClassifier
from comparison_alignment import Chunk

from tolmach.names.comparison import evidence
from tolmach.names.comparison.model import Model, Trees

# More weight of the alignment, in whatever shape, never makes two spellings less alike; nor do fewer bad steps.
RISING = (0, 1, 2, 3, 4, 5, 12, 15, 19, evidence.HABIT_SUM, evidence.SUPPORT)
FALLING = (6, 13, 14, 18)
TREES = {
    "iterations": 400,
    "learning_rate": 0.06,
    "depth": 6,
    "l2_leaf_reg": 6,
    "random_seed": 1,
    "thread_count": 1,
    "monotone_constraints": dict.fromkeys(RISING, 1) | dict.fromkeys(FALLING, -1),
}


def arrays(trained: CatBoostClassifier) -> Trees:
    """The trees as arrays, a row for each level."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "trees.json"
        trained.save_model(str(path), format="json")
        stored = json.loads(path.read_text())
    depth = TREES["depth"]
    found = stored["oblivious_trees"]
    columns = np.zeros((depth, len(found)), np.int32)
    borders = np.full((depth, len(found)), np.inf, np.float32)
    leaves = np.zeros((len(found), 2**depth), np.float32)
    for place, tree in enumerate(found):
        for level, split in enumerate(tree["splits"]):
            columns[level, place], borders[level, place] = split["float_feature_index"], split["border"]
        values = tree["leaf_values"]
        leaves[place, : len(values)] = values
    scale, (bias,) = stored["scale_and_bias"]
    return Trees(columns, borders, leaves * np.float32(scale), float(bias))


def pack(model: Model, chunks: Sequence[Chunk], parts: np.ndarray) -> bytes:
    """The model as the program loads it."""
    packed = BytesIO()
    np.savez_compressed(
        packed,
        chunks=np.array(chunks, np.uint8),
        both=model.knowledge.weights.both.clip(-10, 10).astype(np.float16),
        alone=model.knowledge.weights.alone.astype(np.float16),
        habits=model.knowledge.habits.astype(np.float16),
        letters=model.knowledge.letters.astype(np.float16),
        tree_columns=model.trees.columns.astype(np.uint8),
        tree_borders=model.trees.borders,
        tree_leaves=model.trees.leaves.astype(np.float16),
        tree_start=np.array([model.trees.start]),
        parts=parts.astype(np.float32),
    )
    return packed.getvalue()
