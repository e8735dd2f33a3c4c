"""``rules lint`` and ``rules draft``: check the rule files, propose one for an instrument."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict

from assistant.answering.attribute_choice import AttributeChooser
from assistant.answering.prompts import Prompts
from assistant.cli.speech import Speech
from assistant.cli.texts import CorpusTexts
from assistant.eligibility.draft import draft
from assistant.eligibility.lint import Issue, lint
from assistant.eligibility.rulebook import load_rulebook
from assistant.errors import SettingsError
from assistant.settings import Settings


def run(args: argparse.Namespace, settings: Settings, say: Speech) -> int:
    """Exit code 1 when ``lint`` finds an error."""
    library = CorpusTexts(settings.corpus)
    folder = settings.corpus / "rules"
    if args.action == "lint":
        issues = lint(folder, library)
        if args.json:
            print(json.dumps([asdict(issue) for issue in issues], ensure_ascii=False, indent=2))
        else:
            for issue in issues:
                print(f"{'✗' if issue.level == 'error' else '!'} {issue.text(say.language)}")
            count = len(load_rulebook(folder).schemes) if not _failed(issues) else 0
            if count:
                print(
                    say(f"✓ {count} 项政策的规则没有错误", f"✓ the rules of {count} schemes have no errors")
                )
        return 1 if _failed(issues) else 0
    if library.instrument(args.instrument) is None:
        raise SettingsError(
            zh=f"语料中没有文件 {args.instrument}。",
            en=f"The corpus has no instrument {args.instrument}.",
            hint_zh="请使用 corpus/manifest.yaml 中的 id。",
            hint_en="Use an id of corpus/manifest.yaml.",
        )
    proposal = draft(library, args.instrument, load_rulebook(folder), _chooser(settings))
    print(json.dumps(asdict(proposal), ensure_ascii=False, indent=2) if args.json else proposal.to_yaml())
    return 0


def _chooser(settings: Settings) -> AttributeChooser | None:
    """Helps with attributes that words leave open, where a model is configured."""
    if settings.chat is None:
        return None
    from assistant.llm import OpenAIChat

    return AttributeChooser(OpenAIChat(settings.chat), Prompts.load(settings.prompts))


def _failed(issues: Sequence[Issue]) -> bool:
    return any(issue.level == "error" for issue in issues)
