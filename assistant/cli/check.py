"""``check`` and ``screen``: does a profile qualify for one scheme, or for which of them?"""

from __future__ import annotations

import argparse
import json
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from assistant.cli.speech import Speech
from assistant.eligibility.model import Scheme
from assistant.eligibility.outcome import decide, screen
from assistant.eligibility.profile import Profile
from assistant.eligibility.profiles import read_profile
from assistant.eligibility.report import check_json, check_text, screen_json, screen_text
from assistant.eligibility.rulebook import Rulebook, load_rulebook
from assistant.errors import SettingsError
from assistant.settings import Settings


def run(args: argparse.Namespace, settings: Settings, say: Speech) -> int:
    """Check one scheme (``check``) or all of them (``screen``); exit code 0 whatever the verdict."""
    rulebook = load_rulebook(settings.corpus / "rules")
    on = _day(args.on)
    scheme = _scheme(args.scheme, rulebook) if args.command == "check" else None
    attributes = rulebook.attributes
    profile = read_profile(Path(args.facts), attributes, on) if args.facts else Profile(attributes, {}, on)
    if scheme is not None:
        outcome = decide(scheme, profile)
        if outcome is None:
            raise _no_rules_yet(scheme, on)
        body: Any = check_json(outcome)
        text = check_text(outcome, rulebook, say.language)
    else:
        outcomes = screen(rulebook.schemes.values(), profile)
        body = screen_json(outcomes)
        text = screen_text(outcomes, rulebook, say.language)
    print(json.dumps(body, ensure_ascii=False, indent=2) if args.json else text)
    return 0


def _day(text: str | None) -> date:
    try:
        return date.fromisoformat(text) if text else date.today()  # noqa: DTZ011 - a local day
    except ValueError as error:
        raise SettingsError(
            zh=f"--on {text} 不是日期。",
            en=f"--on {text} is not a date.",
            hint_zh="请写成 2026-11-23 这样的形式。",
            hint_en="Write it like 2026-11-23.",
        ) from error


def _scheme(name: str, rulebook: Rulebook) -> Scheme:
    if name not in rulebook.schemes:
        known = list(rulebook.schemes)
        near = get_close_matches(name, known, 3) or known
        raise SettingsError(
            zh=f"没有名为 {name} 的政策。",
            en=f"There is no scheme called {name}.",
            hint_zh=f"可用：{'、'.join(near)}。",
            hint_en=f"There are: {', '.join(near)}.",
        )
    return rulebook.schemes[name]


def _no_rules_yet(scheme: Scheme, on: date) -> SettingsError:
    spans = "; ".join(f"{v.valid_from or '?'} – {v.valid_until or '…'}" for v in scheme.versions)
    return SettingsError(
        zh=f"{on} 还没有适用于“{scheme.name_zh}”的规则（已知：{spans}）。",
        en=f"No rule for {scheme.name_en} applied yet on {on} (known: {spans}).",
        hint_zh="请用 --on 指定另一个日期。",
        hint_en="Name another day with --on.",
    )
