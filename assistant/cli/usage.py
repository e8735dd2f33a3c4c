"""The parser of the command line, whose help and errors speak the interface language."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable
from typing import Any, NoReturn

from assistant.cli.speech import Speech

_HEADINGS = {"positional arguments": "参数", "options": "选项"}
#: What argparse says of a mistake, and how Chinese says it.
_MISTAKES = (
    (r"the following arguments are required: (.+)", r"缺少 \1"),
    (r"unrecognized arguments: (.+)", r"不认识 \1"),
    (r"argument (\S+): expected .+", r"\1 后面缺少内容"),
    (r"argument (\S+): invalid choice: '(.*)' \(choose from (.+)\)", r"\1 不能是 \2，可选：\3"),
    (r"argument (\S+): invalid int value: '(.*)'", r"\1 应为整数，不是 \2"),
    (r"argument (\S+): must be a number from (\d+) to (\d+)", r"\1 应为 \2 到 \3 之间的数"),
)


def speaking(say: Speech) -> type[argparse.ArgumentParser]:
    """A parser in the language of ``say``, whose errors end with where to find help."""
    formatter = _ChineseHelp if say.language == "zh" else argparse.HelpFormatter

    class Parser(argparse.ArgumentParser):
        def __init__(self, **options: Any) -> None:
            super().__init__(**options, formatter_class=formatter, add_help=False)
            self.add_argument("-h", "--help", action="help", help=say("显示这份说明", "show this help"))

        def error(self, message: str) -> NoReturn:
            self.exit(2, f"✗ {say(_chinese(message), message)}\n→ {self.prog} --help\n")

    return Parser


class _ChineseHelp(argparse.HelpFormatter):
    def start_section(self, heading: str | None) -> None:
        super().start_section(_HEADINGS.get(heading or "", heading))

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, prefix if prefix is not None else "用法：")


def port(text: str) -> int:
    """A port number. Raises `ArgumentTypeError` for any other."""
    if not text.isdecimal() or not 0 < int(text[:6]) < 65536:
        raise argparse.ArgumentTypeError("must be a number from 1 to 65535")
    return int(text)


def _chinese(message: str) -> str:
    for pattern, chinese in _MISTAKES:
        if found := re.fullmatch(pattern, message):
            return found.expand(chinese)
    return message
