"""Reads suites: a YAML or JSONL file of cases, or a folder of such files.

A comment ``# as_of: 2026-11-23`` at the top of a file says on which day its questions are asked. Fields
and their meaning: docs/metrics.md.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, cast

import yaml

from assistant.domain import LANGUAGES, Language, Status
from assistant.eligibility.model import Verdict
from eval.cases import Case, Expected, Gold
from eval.errors import SuiteError

DEFAULT_SUITE = Path(__file__).parent / "cases"
_NEEDED = ("id", "lang", "type", "question", "turns", "expected", "must_not", "gold", "answerable", "notes")
FIELDS = frozenset((*_NEEDED, "facts", "status", "verdict", "as_of", "without", "only_languages"))
_CHOICES = {"status": tuple(Status), "verdict": tuple(Verdict), "only_languages": tuple(LANGUAGES)}
_AS_OF = re.compile(r"^#\s*as_of:\s*(\d{4}-\d{2}-\d{2})", re.MULTILINE)


def load_suite(path: Path) -> tuple[Case, ...]:
    """The cases of a file or of every ``.yaml``, ``.yml`` and ``.jsonl`` file in a folder.

    Raises `SuiteError` naming file, case and field.
    """
    files = _files(path)
    if not files:
        raise SuiteError(
            zh=f"没有找到评测题：{path}。",
            en=f"No cases were found at {path}.",
            hint_zh="请给出 .yaml 或 .jsonl 文件，或包含这类文件的文件夹。",
            hint_en="Give a .yaml or .jsonl file, or a folder that holds some.",
        )
    cases: dict[str, Case] = {}
    for file in files:
        for case in _read(file):
            if case.id in cases:
                raise _wrong(file, case.id, "id", "appears twice", "重复出现")
            cases[case.id] = case
    return tuple(cases.values())


def _files(path: Path) -> list[Path]:
    if path.is_dir():
        return sorted(p for p in path.iterdir() if p.suffix in (".yaml", ".yml", ".jsonl"))
    return [path] if path.is_file() else []


def _read(file: Path) -> Iterable[Case]:
    text = file.read_text(encoding="utf-8")
    try:
        records = (
            [json.loads(line) for line in text.splitlines() if line.strip()]
            if file.suffix == ".jsonl"
            else yaml.safe_load(text) or []
        )
    except (yaml.YAMLError, json.JSONDecodeError) as error:
        detail = " ".join(str(error).split())
        raise SuiteError(zh=f"{file} 无法读取：{detail}。", en=f"{file} cannot be read: {detail}.") from error
    if not isinstance(records, list):
        raise _wrong(file, "-", "-", "must be a list of cases", "应为题目列表")
    found = _AS_OF.search(text)
    for number, record in enumerate(records, 1):
        yield parse_case(record, file, number, as_of=found.group(1) if found else None)


def parse_case(record: object, file: Path, number: int, *, as_of: str | None = None) -> Case:
    """One case from its record. Raises `SuiteError` when a field is missing or makes no sense."""
    if not isinstance(record, Mapping):
        raise _wrong(file, f"#{number}", "-", "must be a mapping of fields", "应为字段映射")
    name = str(record.get("id") or f"#{number}")

    def need(condition: bool, field: str, en: str, zh: str) -> None:
        if not condition:
            raise _wrong(file, name, field, en, zh)

    _check(record, need)
    turns = tuple(str(t) for t in record.get("turns") or [record["question"]])
    statements = record.get("facts") or record.get("expected") or []
    return Case(
        id=name,
        language=cast(Language, record["lang"]),
        type=str(record.get("type") or "question"),
        turns=turns,
        expected=tuple(_expected(statements, len(turns))),
        must_not=_strings(record.get("must_not")),
        gold=tuple(Gold(str(g["instrument"]), _text_or_none(g.get("ref"))) for g in record.get("gold") or []),
        answerable=bool(record.get("answerable", True)),
        status=tuple(Status(s) for s in _strings(record.get("status"))),
        verdict=tuple(Verdict(v) for v in _strings(record.get("verdict"))),
        notes=_text_or_none(record.get("notes")),
        as_of=_text_or_none(record.get("as_of")) or as_of,
        without=_strings(record.get("without")),
        only_languages=cast("tuple[Language, ...]", _strings(record.get("only_languages"))),
    )


def _check(record: Mapping[str, Any], need: Callable[[bool, str, str, str], None]) -> None:
    """What `need` demands of the fields, each with a message in English and Chinese."""
    unknown = sorted(set(record) - FIELDS)
    need(not unknown, ", ".join(map(str, unknown)), "is not a known field", "不是已知字段")
    need(bool(record.get("id")), "id", "is missing", "缺失")
    need(record.get("lang") in LANGUAGES, "lang", "must be zh or en", "应为 zh 或 en")
    need(bool(record.get("question")) != bool(record.get("turns")), "question", *_ONE_OF)
    told = record.get("answerable", True)
    need(isinstance(told, bool), "answerable", "must be true or false", "应为真假值")
    statements = record.get("facts") or record.get("expected") or []
    need(isinstance(statements, list), "expected", "must be a list", "应为列表")
    gold = record.get("gold") or []
    named = isinstance(gold, list) and all(isinstance(g, Mapping) and g.get("instrument") for g in gold)
    need(named, "gold", "must be a list of {instrument, ref}", "应为 {instrument, ref} 列表")
    for field, known in _CHOICES.items():
        chosen = all(value in known for value in _strings(record.get(field)))
        need(chosen, field, f"must be among {', '.join(known)}", f"应为 {'、'.join(known)} 之一")


_ONE_OF = ("is needed, or turns, and not both", "与 turns 应有且只有一个")


def _expected(statements: Sequence[Any], turns: int) -> Iterable[Expected]:
    """Statement i belongs to turn i where a conversation has as many statements as turns."""
    paired = turns > 1 and len(statements) == turns
    for position, statement in enumerate(statements):
        turn = position if paired else (0 if turns == 1 else None)
        if isinstance(statement, Mapping):
            turn = statement["turn"] - 1 if "turn" in statement else turn
            yield Expected(_strings(statement.get("any") or statement.get("text")), turn)
        else:
            yield Expected((str(statement),), turn)


def _strings(value: object) -> tuple[str, ...]:
    if value is None:
        return ()
    return tuple(str(item) for item in value) if isinstance(value, list) else (str(value),)


def _text_or_none(value: object) -> str | None:
    return None if value is None else str(value)


def _wrong(file: Path, case: str, field: str, en: str, zh: str) -> SuiteError:
    return SuiteError(zh=f"{file}，题目 {case}：{field} {zh}。", en=f"{file}, case {case}: {field} {en}.")
