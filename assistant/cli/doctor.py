"""``doctor``: check the installation, the settings and the endpoints, one line each."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass

from assistant.app import build
from assistant.cli.speech import Speech
from assistant.errors import AssistantError, IndexMissing, StateNotWritable
from assistant.settings import Settings


@dataclass(frozen=True, slots=True)
class Finding:
    """The outcome of one check; ``ok`` is None where there is nothing to check."""

    check: str
    ok: bool | None
    detail: str


def run(args: argparse.Namespace, settings: Settings, say: Speech) -> int:
    """Run every check; exit code 1 when one of them failed."""
    findings = list(_checks(settings, say))
    if args.json:
        print(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False, indent=2))
    else:
        for finding in findings:
            mark = {True: "✓", False: "✗", None: "–"}[finding.ok]
            print(f"{mark} {finding.check}: {finding.detail}")
    return 1 if any(finding.ok is False for finding in findings) else 0


def _checks(settings: Settings, say: Speech) -> Iterator[Finding]:
    version = ".".join(str(part) for part in sys.version_info[:3])
    yield Finding("Python", (3, 11) <= sys.version_info[:2] < (3, 14), version)
    yield _try(say("状态目录", "State folder"), say, lambda: _writable(settings))
    yield _try(say("语料", "Corpus"), say, lambda: _corpus(settings))
    yield _try(say("索引", "Index"), say, lambda: _index(settings, say))
    yield _embedder(settings, say)
    yield _reranker(settings, say)
    yield _model(settings, say)


def _try(check: str, say: Speech, probe: Callable[[], str]) -> Finding:
    try:
        return Finding(check, True, probe())
    except IndexMissing as error:
        return Finding(check, None, error.localized(say.language))
    except AssistantError as error:
        return Finding(check, False, error.localized(say.language))


def _writable(settings: Settings) -> str:
    try:
        settings.state.mkdir(parents=True, exist_ok=True)
        probe = settings.state / ".writable"
        probe.write_text("")
        probe.unlink()
    except OSError as error:
        raise StateNotWritable(
            zh=f"状态目录不可写：{settings.state}（{error.strerror}）。",
            en=f"The state folder cannot be written: {settings.state} ({error.strerror}).",
            hint_zh="请改权限，或用 POLICY_ASSISTANT_STATE 指定另一个目录。",
            hint_en="Change its permissions, or name another folder with POLICY_ASSISTANT_STATE.",
        ) from error
    return str(settings.state)


def _corpus(settings: Settings) -> str:
    from assistant.ingest.manifest import load_manifest

    manifest = load_manifest(settings.corpus)
    return f"{settings.corpus} ({len(manifest.instruments)})"


def _index(settings: Settings, say: Speech) -> str:
    with build(settings) as assistant:
        index = assistant.status().index
    return say(
        f"{index.documents} 个文本，{index.chunks} 个条款块",
        f"{index.documents} texts, {index.chunks} chunks",
    )


def _embedder(settings: Settings, say: Speech) -> Finding:
    check = say("向量模型", "Embeddings")
    if settings.embedding.kind == "builtin":
        return Finding(check, True, say("内置（无需密钥）", "built in (no key needed)"))

    def probe() -> str:
        from assistant.index.embeddings import CorpusEmbedder, open_embedder

        embedder = open_embedder(settings.embedding)
        assert not isinstance(embedder, CorpusEmbedder)
        return f"{embedder.name} ({len(embedder.query('测试'))})"

    return _try(check, say, probe)


def _reranker(settings: Settings, say: Speech) -> Finding:
    check = say("重排模型", "Reranker")
    if settings.reranker.kind == "none":
        return Finding(check, None, say("未配置", "none configured"))

    def probe() -> str:
        from assistant.index.rerankers import open_reranker

        reranker = open_reranker(settings.reranker)
        assert reranker is not None
        scores = reranker.scores("测试", ["测试", "其他"])
        return f"{reranker.name} ({', '.join(f'{score:.3g}' for score in scores)})"

    return _try(check, say, probe)


def _model(settings: Settings, say: Speech) -> Finding:
    check = say("语言模型", "Language model")
    if settings.chat is None:
        unused = bool(os.environ.get("OPENAI_API_KEY"))
        detail = say("未配置，回答摘录条款", "none configured: answers quote clauses")
        if unused:
            detail += say(
                "（有 OPENAI_API_KEY；再设 OPENAI_MODEL 即启用）",
                " (OPENAI_API_KEY is set; set OPENAI_MODEL to use it)",
            )
        return Finding(check, None, detail)

    def probe() -> str:
        from assistant.llm import OpenAIChat
        from assistant.ports import Message

        assert settings.chat is not None
        reply, _ = OpenAIChat(settings.chat).complete([Message("user", "Reply with: ok")])
        return f"{settings.chat.model}: {reply.strip()[:20]!r}"

    return _try(check, say, probe)
