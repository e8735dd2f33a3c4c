"""Benchmark ``ingest``: how fast are documents taken in, at what memory, and what does a second run cost?

The rate is compared with LlamaIndex's plain pipeline over the same files, with the same trained embedder, in
the same run: read the ratios, not the seconds, and where others use the machine those of processor time. The
plain pipeline packs articles together up to the token budget, so that it makes half as many chunks, and makes
no catalogue and no word index.
``--split 200000`` takes in so many generated passages instead, by both pipelines, and a quarter of them to
see what grows. ``--split full`` is a million, of which the plain pipeline takes in 200,000: an hour; for both
over the whole million, ``--split 1000000``.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from eval.errors import RunError
from eval.law_texts import Article, Law, laws

_SAMPLE = 6_000  # articles that both pipelines take in
_DOCUMENTS = 10_000  # files of the second-run measurement
_WORDS = "平台企业项目资金人才基地中心园区设备成果专利标准数据金融贸易环保"
_WORDS += "申报认定评审验收补助监督公示变更撤销备案奖励统计培训推广审计登记"
_PAIRS = [_WORDS[i : i + 2] for i in range(0, len(_WORDS), 2)]
_FULL, _PAIRED = 1_000_000, 200_000  # generated passages of `full`: all, and those that both take in
_PAGE = 1_000  # characters: what stands on a page of a statute


def measure(data: Path, split: str = "dev") -> dict[str, float]:
    """Rates and memory over ``data`` (a folder with ``corpus.jsonl.gz``), ratios, and second runs.

    With a number as ``split``, or ``full`` for a million, over so many generated passages.
    """
    if split == "full":
        return _at_scale(_FULL, paired=_PAIRED)
    if split != "dev":
        return _at_scale(int(split), paired=int(split))
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        pages = _write(laws(data, _SAMPLE), work / "sample")
        _run("ours", work / "sample", work / "trained")
        model = next((work / "trained" / "embedder").rglob("table.npy")).parent
        mine = _run("ours", work / "sample", work / "mine", model)
        theirs = _run("plain", work / "sample", work / "theirs", model)
        all_pages = _write(laws(data), work / "all")
        whole = _run("ours", work / "all", work / "whole")
        _write(_generated(3 * _DOCUMENTS, 3), work / "many")
        _run("ours", work / "many", work / "state")
        unchanged = _run("ours", work / "many", work / "state")
        with next((work / "many").rglob("*.txt")).open("a", encoding="utf-8") as changed:
            changed.write("第四条　另有规定的除外。\n")
        one = _run("ours", work / "many", work / "state")
    return {
        **_compared(pages, mine, theirs),
        "all_chunks": whole["chunks"],
        "all_pages_per_s": all_pages / whole["seconds"],
        "all_chunks_per_s": whole["chunks"] / whole["seconds"],
        "all_reading_share": whole["reading_s"] / whole["seconds"],
        "all_peak_mb": whole["peak_mb"],
        "unchanged_10000_documents_s": unchanged["seconds"],
        "one_changed_of_10000_after_scan_s": one["after_scan"],
    }


def _at_scale(passages: int, *, paired: int) -> dict[str, float]:
    """Both pipelines over ``paired`` generated passages, and ours over a quarter of these and over all."""
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        _write(_generated(paired // 4, 9), work / "quarter")
        pages = _write(_generated(paired, 9), work / "files")
        quarter = _run("ours", work / "quarter", work / "trained")
        model = next((work / "trained" / "embedder").rglob("table.npy")).parent
        mine = _run("ours", work / "files", work / "mine", model)
        theirs = _run("plain", work / "files", work / "theirs", model)
        whole: dict[str, float] = {}
        if passages > paired:
            _write(_generated(passages, 9), work / "all")
            whole = {f"all_{key}": value for key, value in _run("ours", work / "all", work / "whole").items()}
    return {
        "chunks": mine["chunks"],
        **_compared(pages, mine, theirs),
        "peak_growth_kb_a_chunk": (mine["peak_mb"] - quarter["peak_mb"])
        * 1024
        / (mine["chunks"] - quarter["chunks"]),
        **whole,
    }


def _compared(pages: float, mine: dict[str, float], theirs: dict[str, float]) -> dict[str, float]:
    """Rates and memory of both pipelines over the same pages, and their ratios."""
    chunks = mine["chunks"] / theirs["chunks"]
    seconds, work = theirs["seconds"] / mine["seconds"], theirs["cpu_s"] / mine["cpu_s"]
    return {
        "pages_per_s": pages / mine["seconds"],
        "chunks_per_s": mine["chunks"] / mine["seconds"],
        "plain_pages_per_s": pages / theirs["seconds"],
        "plain_chunks_per_s": theirs["chunks"] / theirs["seconds"],
        "times_the_plain_pages": seconds,
        "times_the_plain_chunks": chunks * seconds,
        "times_the_plain_chunks_by_cpu": chunks * work,
        "times_the_plain_pages_by_cpu": work,
        "peak_mb": mine["peak_mb"],
        "plain_peak_mb": theirs["peak_mb"],
    }


def _run(*arguments: object) -> dict[str, float]:
    """The figures of one ingest in a process of its own."""
    command = [sys.executable, "-m", "eval.ingest_worker", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 -- our own module
    if done.returncode:
        raise RunError(zh=f"读入失败：{done.stderr[-500:]}", en=f"The ingest failed: {done.stderr[-500:]}")
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return figures


def _generated(passages: int, each: int) -> Iterator[Law]:
    """Laws of ``each`` articles whose words differ from law to law."""
    for i in range(passages // each):
        articles = []
        for n in range(each):
            subject, act = _PAIRS[(i + n) % 16], _PAIRS[(i // 16 + 3 * n + 16) % 32]
            words = f"{subject}{i}的{act}由第{(i * 7 + n) % 97}号窗口办理，期限为{i % 60 + 1}日，"
            words += f"金额不超过{i % 900 + 100}万元。"
            articles.append(Article(f"第{'一二三四五六七八九'[n % 9]}条", (), words * 2))
        yield Law(str(i), f"{_PAIRS[i % 16]}管理办法{i}", (), None, False, tuple(articles))


def _write(texts: Iterable[Law], folder: Path) -> float:
    """The laws as text files, a thousand to a folder; returns how many pages they fill."""
    characters = 0
    for i, law in enumerate(texts):
        text = law.text()
        characters += len(text)
        place = folder / f"{i // 1000:04}"
        place.mkdir(parents=True, exist_ok=True)
        (place / f"{i:07}.txt").write_text(text, encoding="utf-8")
    return characters / _PAGE
