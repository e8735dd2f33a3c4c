"""``python -m eval bench NAME --data FOLDER``: measure one part of the assistant on a public data set.

Each benchmark is a module ``eval/bench_<name>.py`` with a
function ``measure(data)`` or ``measure(data, split=...)`` that returns figures by name. The data are not part
of this repository; docs/benchmarks.md says where they come from. A module that measures what is in the
repository names it in ``DATA``, and ``--data`` may be left out.
"""

from __future__ import annotations

import argparse
import importlib
import inspect
import json
import pkgutil
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from eval import __path__ as _folder
from eval.errors import DataMissing, RunError

_PREFIX = "bench_"


def names() -> list[str]:
    """The benchmarks there are."""
    found = (module.name for module in pkgutil.iter_modules(_folder))
    return sorted(name.removeprefix(_PREFIX) for name in found if name.startswith(_PREFIX))


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of ``bench``."""
    parser.add_argument("name", help=f"one of: {', '.join(names())}")
    add_data_arguments(parser)


def run(args: argparse.Namespace) -> int:
    """Measure and report."""
    name = args.name.replace("-", "_")
    if name not in names():
        raise RunError(
            zh=f"没有名为 {args.name} 的基准。",
            en=f"There is no benchmark named {args.name}.",
            hint_zh=f"可选：{'、'.join(names())}。",
            hint_en=f"Choose one of: {', '.join(names())}.",
        )
    return _measure(f"{_PREFIX}{name}", args)


def add_data_arguments(parser: argparse.ArgumentParser) -> None:
    """Where the data are, which part of them, where the figures go."""
    parser.add_argument("--data", type=Path, metavar="FOLDER", help="folder of the data set")
    parser.add_argument("--split", default="dev", help="which part of the data (dev)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures here")


def _measure(module: str, args: argparse.Namespace) -> int:
    function = _function(module)
    data = existing(args.data or getattr(importlib.import_module(f"eval.{module}"), "DATA", None))
    began = time.perf_counter()
    metrics = dict(_call(function, data, args.split))
    seconds = round(time.perf_counter() - began, 1)
    show(metrics, seconds, args)
    return 0


def show(metrics: Mapping[str, Any], seconds: float, args: argparse.Namespace) -> None:
    """Print the figures and write them where ``--json`` says."""
    for name, value in metrics.items():
        print(f"  {name:<36}{value if not isinstance(value, float) else f'{value:.4f}'}")
    print(f"  {seconds} s")
    if args.json:
        args.json.parent.mkdir(parents=True, exist_ok=True)
        content = {"metrics": metrics, "split": args.split, "seconds": seconds}
        args.json.write_text(json.dumps(content, ensure_ascii=False, indent=1, default=str), encoding="utf-8")
        print(f"  written: {args.json}")


def existing(data: Path | None) -> Path:
    """The folder of the data set. Raises `DataMissing` where there is none."""
    if data is None or not data.exists():
        raise DataMissing(
            zh=f"找不到数据 {data}。" if data else "没有给出数据。",
            en=f"There is no data at {data}." if data else "No data are named.",
            hint_zh="请用 --data 给出数据集所在的文件夹。",
            hint_en="Name the folder of the data set with --data.",
        )
    return data


def _function(module: str) -> Callable[..., Mapping[str, Any]]:
    try:
        found: Callable[..., Mapping[str, Any]] = importlib.import_module(f"eval.{module}").measure
    except ModuleNotFoundError as error:
        if error.name != f"eval.{module}":
            raise
        raise RunError(zh=f"eval.{module} 不存在。", en=f"There is no module eval.{module}.") from error
    return found


def _call(measure: Callable[..., Mapping[str, Any]], data: Path, split: str) -> Mapping[str, Any]:
    """Benchmarks without parts take no ``split``."""
    if "split" in inspect.signature(measure).parameters:
        return measure(data, split=split)
    return measure(data)
