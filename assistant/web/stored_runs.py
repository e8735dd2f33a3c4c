"""Evaluation runs as they lie in the state folder: what was measured, on which cases, with what result.

The files come from another program and may be of any shape, so each value is checked on its way in and
whatever is not as expected is left out. Nothing is imported from the evaluation, and no link is followed.
"""

from __future__ import annotations

import json
import math
import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

MAX_REPORT = 64 * 1024 * 1024
MAX_RUNS = 200
_LONGEST_TEXT = 20_000


@dataclass(frozen=True, slots=True)
class Figure:
    """One metric of a run: the mean over ``n``, and its 95% interval where the report gives one."""

    value: float
    n: int | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class CaseResult:
    """What became of one case; ``scores`` holds only metrics that could be given."""

    id: str
    repeat: int
    type: str
    language: str
    questions: tuple[str, ...]
    answers: tuple[str, ...]
    cause: str
    error: str
    scores: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class StoredRun:
    """One run as its report tells it. ``readable`` is false where there is a folder but no usable report."""

    name: str
    readable: bool
    started: str = ""
    suite: str = ""
    target: str = ""
    n: int = 0
    figures: Mapping[str, Figure] = field(default_factory=dict)
    by_type: Mapping[str, Mapping[str, Figure]] = field(default_factory=dict)
    cases: tuple[CaseResult, ...] = ()
    has_page: bool = False


@dataclass(frozen=True, slots=True)
class Significance:
    """What the evaluation's own paired comparison says of one metric."""

    verdict: str
    p: float | None
    low: float | None
    high: float | None


def list_runs(folder: Path) -> tuple[StoredRun, ...]:
    """Every run, the latest first, without its cases."""
    runs = [_summary(path) for path in _folders(folder)]
    return tuple(sorted(runs, key=lambda run: (run.started or run.name, run.name), reverse=True))


def open_run(folder: Path, name: str) -> StoredRun | None:
    """The run called ``name`` with its cases, or None. Only a name that is listed opens anything."""
    path = _named(folder, name)
    return _run(path) if path else None


def report_page(folder: Path, name: str) -> bytes | None:
    """The page that the evaluation wrote of a run; to be shown only where it can do nothing."""
    path = _named(folder, name)
    return _bytes(path / "report.html") if path else None


def report_figures(folder: Path, name: str) -> bytes | None:
    """The report of a run as JSON, as the evaluation wrote it; to be saved, not shown."""
    path = _named(folder, name)
    return _bytes(path / "report.json") if path else None


def significance(folder: Path, a: str, b: str) -> Mapping[str, Significance]:
    """By metric, what `eval compare A B --json B/compare-A.json` found; empty where it was not run."""
    path = _named(folder, b)
    verdicts = _object(path / f"compare-{a}.json").get("verdicts") if path and _named(folder, a) else None
    found = {}
    for verdict in verdicts if isinstance(verdicts, list) else ():
        given = _mapping(verdict)
        interval = _mapping(_mapping(given.get("difference")).get("interval"))
        if given.get("verdict") in ("better", "worse", "no difference"):
            found[_text(given.get("metric"))] = Significance(
                given["verdict"],
                _number(given.get("p")),
                _number(interval.get("low")),
                _number(interval.get("high")),
            )
    return found


def _folders(folder: Path) -> list[Path]:
    try:
        with os.scandir(folder) as entries:
            names = [e.name for e in entries if e.is_dir(follow_symlinks=False) and e.name[0] != "."]
    except OSError:
        return []
    return [folder / name for name in sorted(names, reverse=True)[:MAX_RUNS]]


def _named(folder: Path, name: str) -> Path | None:
    return next((path for path in _folders(folder) if path.name == name), None)


def _summary(path: Path) -> StoredRun:
    try:
        state = (path / "report.json").lstat()
        stamp = (state.st_mtime_ns, state.st_size, (path / "report.html").is_file())
    except OSError:
        return StoredRun(path.name, readable=False)
    return _remembered(path, stamp)


@lru_cache(maxsize=MAX_RUNS)
def _remembered(path: Path, _: tuple[int, int, bool]) -> StoredRun:
    return replace(_run(path), cases=())


def _run(path: Path) -> StoredRun:
    report = _object(path / "report.json")
    cases = report.get("cases")
    if not isinstance(cases, list):
        return StoredRun(path.name, readable=False)
    return StoredRun(
        name=path.name,
        readable=True,
        started=_text(report.get("started"))[:19].replace("T", " "),
        suite=_text(report.get("cases_from")).replace("\\", "/").rstrip("/").rpartition("/")[2],
        target=_text(report.get("target")),
        n=int(_number(report.get("n")) or len(cases)),
        figures=_figures(report.get("metrics"), _mapping(report.get("intervals"))),
        by_type={_text(n): _figures(g, {}) for n, g in _mapping(report.get("by_type")).items()},
        cases=tuple(_case(_mapping(case)) for case in cases),
        has_page=(path / "report.html").is_file(),
    )


def _figures(table: object, intervals: Mapping[str, Any]) -> dict[str, Figure]:
    found = {}
    for name, entry in _mapping(table).items():
        value, n = _number(_mapping(entry).get("value")), _number(_mapping(entry).get("n"))
        if value is None:
            continue
        bounds = intervals.get(name)
        low, high = map(_number, bounds) if isinstance(bounds, list) and len(bounds) == 2 else (None, None)
        found[_text(name)] = Figure(value, None if n is None else int(n), low, high)
    return found


def _case(case: Mapping[str, Any]) -> CaseResult:
    scores = {_text(n): _number(_mapping(s).get("value")) for n, s in _mapping(case.get("scores")).items()}
    return CaseResult(
        id=_text(case.get("id")),
        repeat=int(_number(case.get("repeat")) or 0),
        type=_text(case.get("type")),
        language=_text(case.get("lang")),
        questions=_texts(case.get("questions")),
        answers=_texts(case.get("answer")),
        cause=_text(case.get("cause")),
        error=_text(case.get("error")),
        scores={name: value for name, value in scores.items() if value is not None},
    )


def _object(path: Path) -> Mapping[str, Any]:
    content = _bytes(path)
    try:
        return _mapping(json.loads(content)) if content is not None else {}
    except (ValueError, RecursionError):
        return {}


def _bytes(path: Path) -> bytes | None:
    """The content of an ordinary file of reasonable size; no link is followed, no pipe waited for."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    try:
        with os.fdopen(os.open(path, flags), "rb") as file:
            state = os.fstat(file.fileno())
            if not stat.S_ISREG(state.st_mode) or state.st_size > MAX_REPORT:
                return None
            return file.read(MAX_REPORT)
    except OSError:
        return None


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if abs(value) < 1e15 and math.isfinite(value) else None


def _text(value: object) -> str:
    """A string that can be sent: half characters, which JSON can hold and UTF-8 cannot, are replaced."""
    return value[:_LONGEST_TEXT].encode(errors="replace").decode() if isinstance(value, str) else ""


def _texts(value: object) -> tuple[str, ...]:
    return tuple(_text(item) for item in value) if isinstance(value, list) else ()
