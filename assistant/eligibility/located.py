"""YAML that remembers where it stood, so that a mistake is reported with file, line and field."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import yaml

from assistant.errors import CorpusError
from assistant.yaml_text import LOADER

_PARTIAL_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?$")


def load(path: Path) -> Located:
    """The root of a YAML file. Raises `CorpusError` when it cannot be read or is not YAML."""
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=LOADER)
    except OSError as error:
        raise CorpusError(
            zh=f"无法读取 {path}：{error.strerror}。", en=f"{path} cannot be read: {error.strerror}."
        ) from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        line = getattr(getattr(error, "problem_mark", None), "line", -1) + 1
        raise CorpusError(
            zh=f"{path} 第 {line} 行不是有效的 YAML。",
            en=f"{path}, line {line}: not valid YAML.",
            hint_zh="请检查缩进和引号。",
            hint_en="Check indentation and quotes.",
        ) from error
    if node is None:
        raise CorpusError(zh=f"{path} 是空文件。", en=f"{path} is empty.")
    return Located(path, node)


@dataclass(frozen=True, slots=True)
class Located:
    """A YAML node with its file; accessors check types and raise `CorpusError` naming the place."""

    path: Path
    node: yaml.Node

    def error(self, field: str | None, zh: str, en: str) -> CorpusError:
        """An error that names file, line and field."""
        child = self._find(field) if field else None
        line = (child or self.node).start_mark.line + 1
        where_zh, where_en = (f"，字段 {field}", f", field {field}") if field else ("", "")
        return CorpusError(
            zh=f"{self.path} 第 {line} 行{where_zh}：{zh}。", en=f"{self.path}, line {line}{where_en}: {en}."
        )

    @property
    def is_scalar(self) -> bool:
        """Is this a single value?"""
        return isinstance(self.node, yaml.ScalarNode)

    @property
    def scalar(self) -> Any:
        """The value as plain Python."""
        return yaml.constructor.SafeConstructor().construct_object(self.node, deep=True)

    def has(self, key: str) -> bool:
        """Is there anything under ``key``?"""
        return self._find(key) is not None

    def child(self, key: str) -> Located:
        """The node under ``key``."""
        found = self._find(key)
        if found is None:
            raise self.error(None, f"缺少字段 {key}", f"the field {key} is missing")
        return Located(self.path, found)

    def value(self, key: str) -> Any:
        """The plain value under ``key``."""
        return self.child(key).scalar

    def text(self, key: str) -> str:
        """A non-empty text."""
        value = self.value(key)
        if not isinstance(value, str) or not value.strip():
            raise self.error(key, "应为文字", "must be a text")
        return value.strip()

    def optional(self, key: str) -> str | None:
        """A text, or None where it is absent or null."""
        found = self._find(key)
        return None if found is None or Located(self.path, found).scalar is None else self.text(key)

    def flag(self, key: str) -> bool:
        """A yes/no value; absent means no."""
        if self._find(key) is None:
            return False
        value = self.value(key)
        if not isinstance(value, bool):
            raise self.error(key, "应为 true 或 false", "must be true or false")
        return value

    def number(self, key: str) -> Decimal:
        """A number."""
        value = self.value(key)
        try:
            if isinstance(value, bool):
                raise InvalidOperation
            return Decimal(str(value))
        except InvalidOperation as error:
            raise self.error(key, "应为数字", "must be a number") from error

    def number_or_none(self, key: str) -> Decimal | None:
        """A number, or None where it is absent or null."""
        found = self._find(key)
        return None if found is None or Located(self.path, found).scalar is None else self.number(key)

    def choice(self, key: str, allowed: Sequence[str]) -> str:
        """One of ``allowed``."""
        value = self.text(key)
        if value not in allowed:
            options = ", ".join(allowed)
            raise self.error(key, f"“{value}”无效，可选：{options}", f"{value!r} is not one of {options}")
        return value

    def partial_date(self, key: str) -> str | None:
        """A partial ISO date such as ``2026-04``, or None."""
        value = self.optional(key)
        if value is not None and not _PARTIAL_DATE.match(value):
            raise self.error(key, "日期应写成 '2026-04-01'", "a date is written '2026-04-01'")
        return value

    def items(self, key: str, *, required: bool = True) -> list[Located]:
        """The elements of a list."""
        found = self._find(key)
        if found is None and not required:
            return []
        child = self.child(key)
        if not isinstance(child.node, yaml.SequenceNode):
            raise self.error(key, "应为列表", "must be a list")
        return [Located(self.path, item) for item in child.node.value]

    def values(self, key: str) -> list[Any]:
        """The elements of a list as plain values."""
        return [item.scalar for item in self.items(key)]

    def texts(self, key: str) -> list[str]:
        """A list of texts; absent means none."""
        values = [item.scalar for item in self.items(key, required=False)]
        if any(not isinstance(value, str) for value in values):
            raise self.error(key, "应为文字列表", "must be a list of texts")
        return values

    def only_key(self, allowed: Sequence[str]) -> str:
        """The single key of a mapping, which must be one of ``allowed``."""
        keys = [key.value for key, _ in self.node.value] if isinstance(self.node, yaml.MappingNode) else []
        if len(keys) != 1 or keys[0] not in allowed:
            options = ", ".join(allowed)
            raise self.error(None, f"应只有一个键：{options}", f"needs exactly one key of {options}")
        return str(keys[0])

    def _find(self, key: str) -> yaml.Node | None:
        if not isinstance(self.node, yaml.MappingNode):
            raise self.error(None, "应为键值对", "must be a mapping")
        return next((value for name, value in self.node.value if name.value == key), None)
