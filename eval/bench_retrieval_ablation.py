"""Benchmark ``retrieval-ablation``: what each part of ranking adds, on the four public sets.

One part is changed at a time; the index stays the same. ``--data`` names the folder that holds ``stard``,
``doc2dial``, ``conditionalqa`` and ``or_sharc``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from assistant.domain import Language
from assistant.index.weights import Weights
from eval import bench_conditionalqa, bench_doc2dial, bench_or_sharc, bench_stard
from eval.shelving import scores, shelved

_SETS: Mapping[str, tuple[Any, Language, tuple[int, int]]] = {
    "or_sharc": (bench_or_sharc, "en", (1, 5)),
    "conditionalqa": (bench_conditionalqa, "en", (5, 10)),
    "doc2dial": (bench_doc2dial, "en", (5, 10)),
    "stard": (bench_stard, "zh", (10, 100)),
}
_WHOLE = Weights()
_VARIANTS: Mapping[str, Weights] = {
    "whole": _WHOLE,
    "words alone": replace(_WHOLE, vectors=0, instrument=0, authority=0),
    "no vectors": replace(_WHOLE, vectors=0),
    "vectors twice": replace(_WHOLE, vectors=2),
    "no instrument bonus": replace(_WHOLE, instrument=0),
    "no authority": replace(_WHOLE, authority=0),
    "no lay terms": replace(_WHOLE, formal_name=0),
    "no question words": replace(_WHOLE, boilerplate=0),
    "all question words": replace(_WHOLE, boilerplate=1),
}


def measure(data: Path, split: str) -> Mapping[str, float]:
    """Recall at the two depths of each set, for each variant."""
    figures: dict[str, float] = {}
    for name, (module, language, depths) in _SETS.items():
        questions = module.questions(data / name, split)
        with shelved(module.works(data / name), language) as index:
            for variant, weights in _VARIANTS.items():
                found = scores(index, questions, depths, weights)
                for k in depths:
                    figures[f"{name} {variant} recall@{k}"] = found[f"recall@{k}"]
    return figures
