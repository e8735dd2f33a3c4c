"""The command line: ``policy-assistant COMMAND``.

This module parses and dispatches; each command lives in its own module, imported only when it runs, so
that ``--help`` is instant. Exit codes: 0 done, 1 the command failed with a message, 2 wrong usage, 130
interrupted.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module

from assistant.cli.speech import Speech, interface_language
from assistant.cli.usage import port, speaking
from assistant.errors import AssistantError
from assistant.settings import read_settings


def parser(say: Speech) -> argparse.ArgumentParser:
    """Every command with its options, described in the interface language."""
    parser_class = speaking(say)
    root = parser_class(
        prog="policy-assistant",
        description=say(
            "就政策文件提问，每句话都注明出处条款。",
            "Ask policy documents; every sentence of the answer cites its clause.",
        ),
    )
    commands = root.add_subparsers(
        dest="command", required=True, metavar="COMMAND", parser_class=parser_class
    )

    def command(name: str, zh: str, en: str) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=say(zh, en), description=say(zh, en))
        sub.add_argument("--json", action="store_true", help=say("输出 JSON", "print JSON"))
        return sub

    ingest = command(
        "ingest", "读入文件，更新索引（默认读入演示语料）", "read documents and update the index"
    )
    ingest.add_argument("paths", nargs="*", metavar="PATH", help=say("文件或文件夹", "files or folders"))
    ingest.add_argument(
        "--rebuild",
        action="store_true",
        help=say("丢弃旧索引，全部重建", "drop the old index and build it anew"),
    )
    ingest.add_argument(
        "--watch",
        action="store_true",
        help=say("持续关注，文件有变化即更新（Ctrl-C 结束）", "stay, and follow changes until Ctrl-C"),
    )

    ask = command("ask", "提一个问题", "ask one question")
    ask.add_argument(
        "question", help=say("问题；- 表示从标准输入读取", "the question; - reads it from standard input")
    )
    ask.add_argument(
        "--why", action="store_true", help=say("显示每句话的核对结果", "show how each sentence was checked")
    )
    search = command("search", "只检索条款，不作答", "find clauses without answering")
    search.add_argument("text", help=say("检索词或问题", "words or a question"))
    search.add_argument("--limit", type=int, default=10, metavar="N", help=say("条数（10）", "how many (10)"))
    for sub in (ask, search):
        _add_filters(sub, say)

    chat = command("chat", "在终端里对话", "talk in the terminal")
    _add_filters(chat, say)
    serve = command("serve", "打开网页聊天", "open the chat in a browser")
    serve.add_argument("--host", help=say("监听地址", "address to listen on"))
    serve.add_argument("--port", type=port, help=say("端口", "port"))
    check = command("check", "企业是否符合某项政策的条件", "does an enterprise qualify for a scheme")
    check.add_argument(
        "scheme", metavar="SCHEME", help=say("政策代号，如 hnte", "the scheme's id, e.g. hnte")
    )
    screen = command("screen", "企业符合哪些政策的条件", "which schemes does an enterprise qualify for")
    for sub in (check, screen):
        sub.add_argument(
            "--facts", metavar="FILE", help=say("企业信息（YAML 或 JSON）", "the profile (YAML or JSON)")
        )
        sub.add_argument("--on", metavar="DATE", help=say("按该日期的规则判断", "by the rules of this day"))
    rules = command("rules", "检查或起草政策规则", "check the rules, or draft some")
    actions = rules.add_subparsers(dest="action", required=True, metavar="ACTION", parser_class=parser_class)
    actions.add_parser("lint", help=say("检查 corpus/rules", "check corpus/rules"))
    drafting = actions.add_parser("draft", help=say("从文件文本起草规则", "propose rules from a text"))
    drafting.add_argument("instrument", metavar="INSTRUMENT", help=say("文件的 id", "the document's id"))
    command("status", "索引里有什么", "what the index holds")
    command("doctor", "检查运行环境和设置", "check the installation and the settings")
    return root


def _add_filters(sub: argparse.ArgumentParser, say: Speech) -> None:
    sub.add_argument(
        "--as-of",
        metavar="DATE",
        help=say("按该日期的有效性作答（YYYY-MM-DD）", "answer as of this day (YYYY-MM-DD)"),
    )
    sub.add_argument(
        "--level",
        action="append",
        choices=("national", "provincial", "municipal", "international"),
        help=say("只查该层级", "only this level"),
    )
    sub.add_argument(
        "--instrument",
        action="append",
        metavar="ID",
        help=say("只查该 id 的文件", "only the document with this id"),
    )
    sub.add_argument(
        "--include-superseded",
        action="store_true",
        help=say("包括已被替代或失效的文件", "superseded and expired texts too"),
    )


def main(argv: Sequence[str] | None = None, env: Mapping[str, str] | None = None) -> int:
    """Run one command; returns the exit code."""
    env = os.environ if env is None else env
    say = Speech(interface_language(env))
    args = parser(say).parse_args(argv)
    try:
        settings = read_settings(env)
        module = import_module(f"assistant.cli.{args.command}")
        code: int = module.run(args, settings, say)
    except AssistantError as error:
        print(f"✗ {error.localized(say.language)}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print(say("\n已中断。", "\nInterrupted."), file=sys.stderr)
        return 130
    except BrokenPipeError:
        sys.stderr.close()  # the reader has gone; nothing more to say
        return 0
    return code
