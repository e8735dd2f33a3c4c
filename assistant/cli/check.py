"""``check`` and ``screen``: does a profile qualify for one scheme, or for which of them?"""

from __future__ import annotations

import argparse
import json
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from assistant.cli.speech import Speech
from assistant.eligibility.change import changes
from assistant.eligibility.check import check, version_on
from assistant.eligibility.doubts import refuse
from assistant.eligibility.model import Scheme
from assistant.eligibility.profile import Fact, Profile
from assistant.eligibility.report import check_json, check_text, verdict_words
from assistant.eligibility.rulebook import Rulebook, load_rulebook
from assistant.eligibility.values import plausible, read_value
from assistant.errors import QuestionError, SettingsError
from assistant.settings import Settings


def run(args: argparse.Namespace, settings: Settings, say: Speech) -> int:
    """Check one scheme (``check``) or all of them (``screen``); exit code 0 whatever the verdict."""
    rulebook = load_rulebook(settings.corpus / "rules")
    on = _day(args.on)
    empty = Profile(rulebook.attributes, {}, on)
    profile = read_profile(Path(args.facts), empty) if args.facts else empty
    if args.command == "check":
        scheme = _scheme(args.scheme, rulebook)
        version = version_on(scheme, on)
        if version is None:
            raise _no_version(scheme, on)
        done = check(scheme, version, profile)
        options = changes(done, profile)
        body: Any = check_json(done, options, profile)
        text = check_text(done, options, profile, say.language)
    else:
        done_all = [
            check(scheme, version, profile)
            for scheme in rulebook.schemes.values()
            if (version := version_on(scheme, on)) is not None
        ]
        body = [check_json(done, changes(done, profile), profile) for done in done_all]
        text = "\n".join(
            f"{verdict_words(done.verdict, say.language)}\t{done.scheme.id}\t{done.scheme.name(say.language)}"
            for done in done_all
        )
    print(json.dumps(body, ensure_ascii=False, indent=2) if args.json else text)
    return 0


def read_profile(path: Path, empty: Profile) -> Profile:
    """``empty`` filled from a file of ``attribute: value``. Raises `SettingsError` or `QuestionError`."""
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise SettingsError(
            zh=f"无法读取企业信息文件 {path}：{error}。", en=f"The profile {path} cannot be read: {error}."
        ) from error
    if not isinstance(raw, dict):
        raise SettingsError(
            zh=f"{path} 不是“属性: 值”的列表。",
            en=f"{path} is not a list of attribute: value.",
            hint_zh="例如：annual_sales: 5000万元。",
            hint_en="For example: annual_sales: 50 million yuan.",
        )
    profile = empty
    for name, value in raw.items():
        attribute = empty.attributes.get(str(name))
        if attribute is None:
            raise _unknown("属性", "attribute", str(name), list(empty.attributes))
        read = read_value(attribute, value)
        if not plausible(attribute, read):
            raise QuestionError(
                zh=f"{path}：“{attribute.label_zh}”（{name}）的值 {value} 不合理。",
                en=f"{path}: {attribute.label_en} ({name}): {value} is not plausible.",
                hint_zh="请核对后重试。",
                hint_en="Check it and try again.",
            )
        profile = profile.with_fact(Fact(attribute.name, read, str(value)))
    refuse(profile)
    return profile


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
        raise _unknown("政策", "scheme", name, list(rulebook.schemes))
    return rulebook.schemes[name]


def _unknown(zh: str, en: str, name: str, known: list[str]) -> SettingsError:
    from difflib import get_close_matches

    near = get_close_matches(name, known, 3) or known[:30]
    return SettingsError(
        zh=f"没有名为 {name} 的{zh}。",
        en=f"There is no {en} called {name}.",
        hint_zh=f"可用：{'、'.join(near)}。",
        hint_en=f"There are: {', '.join(near)}.",
    )


def _no_version(scheme: Scheme, on: date) -> SettingsError:
    spans = "; ".join(f"{v.valid_from or '?'} – {v.valid_until or '…'}" for v in scheme.versions)
    return SettingsError(
        zh=f"{on} 没有适用于“{scheme.name_zh}”的规则（已知：{spans}）。",
        en=f"No rule for {scheme.name_en} applied on {on} (known: {spans}).",
        hint_zh="请用 --on 指定另一个日期。",
        hint_en="Name another day with --on.",
    )
