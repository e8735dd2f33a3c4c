"""Reads ``manifest.yaml``: one record per instrument, with the files that hold its text.

Mistakes are reported with file, line and field, so that whoever edits the corpus finds them at once.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import Enum
from pathlib import Path
from typing import Any, TypeVar

import yaml

from assistant.domain import (
    LANGUAGES,
    Authority,
    Instrument,
    Kind,
    Language,
    Level,
    Source,
    ValidityStatus,
)
from assistant.errors import CorpusError
from assistant.yaml_text import LOADER

NAME = "manifest.yaml"
_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_DATES = ("issued", "published", "effective", "expires")
_LISTS = ("supersedes", "aliases")
_FIELDS = {field.name for field in fields(Instrument)} - {"read_fields"}
_E = TypeVar("_E", bound=Enum)


@dataclass(frozen=True, slots=True)
class ManifestFile:
    """One text of an instrument; ``path`` is absolute."""

    instrument_id: str
    path: Path
    language: Language


@dataclass(frozen=True, slots=True)
class Manifest:
    """The instruments of a corpus and their files, as the file ``path`` gives them."""

    path: Path
    instruments: tuple[Instrument, ...]
    files: tuple[ManifestFile, ...]


def load_manifest(corpus: Path) -> Manifest:
    """The manifest of the folder ``corpus``. Raises `CorpusError` naming file, line and field."""
    path = corpus / NAME
    try:
        root = yaml.compose(path.read_text(encoding="utf-8-sig"), Loader=LOADER)
    except (OSError, UnicodeDecodeError) as error:
        raise CorpusError(
            zh=f"读不出 {path}：{error}。",
            en=f"Cannot read {path}: {error}.",
            hint_zh="它应是 UTF-8 编码的 YAML 文件。",
            hint_en="It must be a YAML file in UTF-8.",
        ) from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise _wrong(
            path, line, "YAML", error.problem or "不合语法", error.problem or "syntax error"
        ) from error
    top = _Record(path, root, "manifest")
    records = [_Record(path, node, "instruments") for node in top.nodes("instruments")]
    loaded = [_instrument(record) for record in records]
    first: dict[str, int] = {}
    for record, instrument in zip(records, loaded, strict=True):
        if instrument.id in first:
            raise record.wrong(
                "id",
                f"{instrument.id} 与第 {first[instrument.id]} 行的重复",
                f"{instrument.id} is already used in line {first[instrument.id]}",
            )
        first[instrument.id] = record.line("id")
    for record in records:
        for field in ("supersedes", "superseded_by"):
            for other in record.texts(field):
                if _ID.fullmatch(other) and other not in first:  # a title in words names an older text
                    raise record.wrong(field, f"没有编号为 {other} 的文件", f"there is no instrument {other}")
    files = [
        file for record, inst in zip(records, loaded, strict=True) for file in _files(record, inst.id, corpus)
    ]
    return Manifest(path.resolve(), tuple(loaded), tuple(files))


def _instrument(record: _Record) -> Instrument:
    record.only(_FIELDS | {"documents"})
    values: dict[str, Any] = {}
    for name in _FIELDS - {"sources", "kind", "level", "authority", "status", *_LISTS}:
        values[name] = record.text(name)
    if not values["id"]:
        raise record.wrong("id", "缺少编号", "it is missing")
    if not (values["title_zh"] or values["title_en"]):
        raise record.wrong("title_zh", "至少要有一种语言的标题", "a title in one language at least is needed")
    for name in _DATES:
        if values[name] and not _DATE.fullmatch(values[name]):
            raise record.wrong(
                name,
                f"{values[name]} 不是日期（如 2023-09-01）",
                f"{values[name]} is not a date (2023-09-01)",
            )
    for name in _LISTS:
        values[name] = record.texts(name)
    values["kind"] = record.choice("kind", {kind.value: kind for kind in Kind}, Kind.OTHER)
    values["level"] = record.choice("level", {level.value: level for level in Level}, Level.UNKNOWN)
    values["status"] = record.choice("status", {s.value: s for s in ValidityStatus}, ValidityStatus.UNKNOWN)
    values["authority"] = record.choice(
        "authority", {a.name.lower(): a for a in Authority}, _usual_authority(values["kind"])
    )
    values["sources"] = tuple(
        _source(_Record(record.path, node, "sources")) for node in record.nodes("sources")
    )
    return Instrument(**values)


def _usual_authority(kind: Kind) -> Authority:
    """The weight an instrument of ``kind`` has unless its record says otherwise."""
    return Authority[kind.name]


def _source(record: _Record) -> Source:
    record.only({"url", "type", "note"})
    url, type_ = record.text("url"), record.text("type")
    if not url:
        raise record.wrong("url", "缺少来源地址", "the address of the source is missing")
    return Source(url, type_ or "unknown", record.text("note"))


def _files(record: _Record, instrument_id: str, corpus: Path) -> list[ManifestFile]:
    found = []
    for node in record.nodes("documents"):
        entry = _Record(record.path, node, "documents")
        entry.only({"path", "language"})
        relative, language = entry.text("path"), entry.text("language")
        if not relative:
            raise entry.wrong("path", "缺少文件路径", "the path of the file is missing")
        if language not in LANGUAGES:
            raise entry.wrong("language", f"{language} 应为 zh 或 en", f"{language} must be zh or en")
        path = (corpus / relative).resolve()
        if not path.is_relative_to(corpus.resolve()):
            raise entry.wrong(
                "path", f"{relative} 在语料文件夹之外", f"{relative} lies outside the corpus folder"
            )
        if not path.is_file():
            raise entry.wrong("path", f"找不到文件 {relative}", f"the file {relative} does not exist")
        found.append(ManifestFile(instrument_id, path, language))
    return found


def _wrong(path: Path, line: int, field: str, zh: str, en: str) -> CorpusError:
    return CorpusError(
        zh=f"{path} 第 {line} 行，{field}：{zh}。",
        en=f"{path}, line {line}, {field}: {en}.",
        hint_zh="请改正后重新读入。",
        hint_en="Correct it and ingest again.",
    )


class _Record:
    """A YAML mapping that remembers its lines."""

    def __init__(self, path: Path, node: yaml.Node | None, where: str) -> None:
        self.path = path
        if not isinstance(node, yaml.MappingNode):
            line = node.start_mark.line + 1 if node else 1
            raise _wrong(path, line, where, "应为“字段: 值”的记录", "must be a record of `field: value`")
        self._node = node
        self._values: Mapping[str, yaml.Node] = {key.value: value for key, value in node.value}
        self._lines: dict[str, int] = {key.value: key.start_mark.line + 1 for key, _ in node.value}

    def line(self, field: str) -> int:
        """Where the field stands, else where the record begins."""
        return self._lines.get(field, int(self._node.start_mark.line) + 1)

    def wrong(self, field: str, zh: str, en: str) -> CorpusError:
        """The error for this field."""
        return _wrong(self.path, self.line(field), field, zh, en)

    def only(self, known: set[str]) -> None:
        """Raises `CorpusError` for a field that nobody reads: most often a typing mistake."""
        for name in self._values:
            if name not in known:
                raise self.wrong(name, "没有这个字段", "there is no such field")

    def text(self, field: str) -> str | None:
        """The text of a field; absent, null and empty are None."""
        node = self._values.get(field)
        if node is None or node.tag == "tag:yaml.org,2002:null":
            return None
        if not isinstance(node, yaml.ScalarNode):
            raise self.wrong(field, "应为一个值", "must be one value")
        return node.value.strip() or None

    def nodes(self, field: str) -> list[yaml.Node]:
        """The entries of a list field."""
        node = self._values.get(field)
        if node is None or node.tag == "tag:yaml.org,2002:null":
            return []
        if not isinstance(node, yaml.SequenceNode):
            raise self.wrong(field, "应为列表", "must be a list")
        return list(node.value)

    def texts(self, field: str) -> tuple[str, ...]:
        """The texts of a list field; one value stands for a list of one."""
        node = self._values.get(field)
        if isinstance(node, yaml.ScalarNode):
            text = self.text(field)
            return (text,) if text else ()
        return tuple(entry.value for entry in self.nodes(field) if isinstance(entry, yaml.ScalarNode))

    def choice(self, field: str, allowed: Mapping[str, _E], usual: _E) -> _E:
        """One of the words of an enumeration."""
        text = self.text(field)
        if text is None:
            return usual
        if text not in allowed:
            words = ", ".join(allowed)
            raise self.wrong(field, f"{text} 应为以下之一：{words}", f"{text} must be one of: {words}")
        return allowed[text]
