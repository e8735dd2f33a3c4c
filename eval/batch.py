"""``export-batch`` and ``import-batch``: cheap large runs through OpenAI Batch files.

A batch cannot hold a conversation, so each export asks the next turn of every unfinished case, and each
import stores what came: export and import until nothing is left to export, then ``score`` the run. What is
unfinished stands in the run as an error and is never scored.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from eval.asking import now
from eval.cases import Case
from eval.errors import RunError
from eval.http_target import read_reply
from eval.record import Record
from eval.run import choose, suite_key
from eval.run_folder import About, RunFolder, answer_key
from eval.suites import DEFAULT_SUITE, load_suite

_UNFINISHED = "unfinished"


def add_export_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of ``export-batch``."""
    parser.add_argument("suite", nargs="?", type=Path, default=DEFAULT_SUITE, help="file or folder of cases")
    parser.add_argument("--out", type=Path, required=True, metavar="FOLDER", help="folder of the run")
    parser.add_argument("--file", type=Path, required=True, help="batch file to write")
    parser.add_argument("--model", required=True, help="model to ask")
    parser.add_argument("--limit", type=int, metavar="N", help="only the first N cases")
    parser.add_argument("--filter", metavar="REGEX", help="only cases whose id, type or language matches")
    parser.add_argument("--as-of", help=argparse.SUPPRESS)


def export(args: argparse.Namespace) -> int:
    """Write the next turn of every case that is not finished."""
    cases = choose(load_suite(args.suite), args)
    folder = RunFolder(args.out)
    folder.start(About(str(args.suite), suite_key(cases), f"batch {args.model}", now(), {}))
    lines = [json.dumps(line, ensure_ascii=False) for line in requests(cases, folder, args.model)]
    args.file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    print(f"{len(lines)} requests: {args.file}" if lines else "nothing left to ask; score the run")
    return 0


def requests(cases: Sequence[Case], folder: RunFolder, model: str) -> Iterator[dict[str, Any]]:
    """One request a case, holding the conversation so far and the next question."""
    stored = {record.case: record for record in folder.records()}
    for case in cases:
        turns = stored[case.id].turns if case.id in stored else ()
        if len(turns) < len(case.turns):
            messages = [
                message
                for turn in turns
                for message in (
                    {"role": "user", "content": turn.question},
                    {"role": "assistant", "content": turn.text},
                )
            ]
            messages.append({"role": "user", "content": case.turns[len(turns)]})
            yield {
                "custom_id": f"{case.id}#{len(turns)}",
                "method": "POST",
                "url": "/v1/chat/completions",
                "body": {"model": model, "messages": messages, "temperature": 0},
            }


def add_import_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of ``import-batch``."""
    parser.add_argument("run", type=Path, help="folder of the run")
    parser.add_argument("file", type=Path, help="batch output file")


def import_(args: argparse.Namespace) -> int:
    """Store the replies of a batch."""
    folder = RunFolder(args.run)
    about = folder.about()
    cases = {case.id: case for case in load_suite(Path(about.cases))}
    stored = {record.case: record for record in folder.records()}
    count = 0
    for number, line in enumerate(args.file.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip():
            record = _record(_parsed(args.file, number, line), cases, stored, about.target)
            if record is not None:
                folder.add(record)
                count += 1
    unfinished = sum(record.error is not None for record in folder.records())
    print(f"{count} replies stored, {unfinished} cases to be asked again")
    return 0


def _parsed(file: Path, number: int, line: str) -> Mapping[str, Any]:
    try:
        data = json.loads(line)
        data["custom_id"].rpartition("#")
    except (ValueError, KeyError, AttributeError, TypeError) as error:
        raise RunError(
            zh=f"{file} 第{number}行不是批处理结果。",
            en=f"{file}, line {number}, is not a batch result.",
            hint_zh="请给出 OpenAI Batch 的输出文件。",
            hint_en="Name the output file of an OpenAI batch.",
        ) from error
    return dict(data)


def _record(
    result: Mapping[str, Any], cases: Mapping[str, Case], stored: Mapping[str, Record], target: str
) -> Record | None:
    """The case's record with one more turn; None for a case or a turn that was not asked."""
    name, _, turn = result["custom_id"].rpartition("#")
    before = stored.get(name, Record(name))
    if name not in cases or str(len(before.turns)) != turn:
        return None
    case = cases[name]
    response = result.get("response") or {}
    body = response.get("body") or {}
    record = replace(before, case=name, key=answer_key(case, target, 0))
    if response.get("status_code") != 200 or not body.get("choices"):
        detail = result.get("error") or body.get("error") or "no reply"
        return replace(record, error=f"{_UNFINISHED}: {json.dumps(detail, ensure_ascii=False)}")
    text = body["choices"][0]["message"].get("content") or ""
    usage = body.get("usage") or {}
    reply = replace(
        read_reply(case.turns[len(before.turns)], text, str(body.get("model", ""))),
        prompt_tokens=usage.get("prompt_tokens"),
        completion_tokens=usage.get("completion_tokens"),
    )
    turns = (*before.turns, reply)
    return replace(record, turns=turns, error=None if len(turns) == len(case.turns) else _UNFINISHED)
