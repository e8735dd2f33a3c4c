"""A check as JSON and as text: the same content at every door."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from assistant.domain import Language
from assistant.eligibility.change import Change
from assistant.eligibility.check import Check, Finding
from assistant.eligibility.interval import Interval
from assistant.eligibility.model import Value, Verdict
from assistant.eligibility.phrases import shown
from assistant.eligibility.profile import Profile, plain
from assistant.eligibility.remedies import step

VERDICT_WORDS = {
    Verdict.MET: ("符合", "eligible"),
    Verdict.NOT_MET: ("不符合", "not eligible"),
    Verdict.UNKNOWN: ("信息不足，尚不能判断", "cannot tell yet"),
}
_CRITERION_WORDS = {
    Verdict.MET: ("达到", "met"),
    Verdict.NOT_MET: ("未达到", "not met"),
    Verdict.UNKNOWN: ("待补充", "unknown"),
}
_SIGNS = {"gte": "≥", "gt": ">", "lte": "≤", "lt": "<", "is": "=", "in": "∈", "after": ">", "before": "<"}


def verdict_words(verdict: Verdict, language: Language) -> str:
    """The overall verdict for a reader."""
    return VERDICT_WORDS[verdict][0 if language == "zh" else 1]


def criterion_words(verdict: Verdict, language: Language) -> str:
    """One criterion's verdict for a reader."""
    return _CRITERION_WORDS[verdict][0 if language == "zh" else 1]


def check_json(check: Check, changes: tuple[tuple[Change, ...], ...], profile: Profile) -> dict[str, Any]:
    """The whole check; verdicts are ``met``, ``not_met`` or ``unknown``; money in yuan, ratios in percent."""
    version = check.version
    return {
        "scheme": check.scheme.id,
        "name": {"zh": check.scheme.name_zh, "en": check.scheme.name_en},
        "on": check.on.isoformat(),
        "verdict": check.verdict.value,
        "version": {
            "instrument": version.instrument,
            "valid_from": version.valid_from,
            "valid_until": version.valid_until,
            "confidence": version.confidence,
            "caution": {"zh": version.caution_zh, "en": version.caution_en},
        },
        "criteria": [_finding_json(finding) for finding in check.findings],
        "missing": [
            {
                "attribute": name,
                "question": {"zh": attribute.question_zh, "en": attribute.question_en},
                "kind": attribute.kind.value,
                "unit": attribute.unit,
            }
            for name in check.missing
            if (attribute := profile.attributes.get(name))
        ],
        "changes": [[_change_json(change) for change in option] for option in changes],
        "benefits": [
            {"text": {"zh": b.text_zh, "en": b.text_en}, "clause": b.clause, "single_source": b.single_source}
            for b in version.benefits
        ],
    }


def _finding_json(finding: Finding) -> dict[str, Any]:
    criterion = finding.criterion
    return {
        "id": criterion.id,
        "verdict": finding.verdict.value,
        "text": {"zh": criterion.text_zh, "en": criterion.text_en},
        "attribute": criterion.attribute,
        "value": _json_value(finding.known.value) if finding.known else None,
        "computation": finding.known.computation if finding.known else "",
        "comparator": criterion.comparator,
        "threshold": [_json_value(v) for v in criterion.threshold]
        if isinstance(criterion.threshold, tuple)
        else _json_value(criterion.threshold),
        "unit": criterion.unit,
        "clause": criterion.clause,
        "single_source": criterion.single_source,
        "near_miss": finding.near_miss,
    }


def _change_json(change: Change) -> dict[str, Any]:
    return {
        "criterion": change.finding.criterion.id,
        "attribute": change.input,
        "needed": None if change.needed is None else _json_value(change.needed),
    }


def _json_value(value: Value) -> float | int | bool | str:
    if isinstance(value, Interval):
        return plain(value)
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(round(value, 6))
    return value.isoformat() if isinstance(value, date) else value


def check_text(
    check: Check, changes: tuple[tuple[Change, ...], ...], profile: Profile, language: Language
) -> str:
    """The check for a terminal: verdict, every criterion, what to ask, what would change it."""
    zh = language == "zh"
    colon = "：" if zh else ": "
    lines = [f"{check.scheme.name(language)}{colon}{verdict_words(check.verdict, language)}"]
    if caution := check.version.caution(language):
        lines.append(f"! {caution}")
    marks = {Verdict.MET: "✓", Verdict.NOT_MET: "✗", Verdict.UNKNOWN: "?"}
    for finding in check.findings:
        criterion = finding.criterion
        detail = _detail(finding, profile, language)
        clause = f" [{criterion.clause}]" if criterion.clause else ""
        single = ("（单一来源）" if zh else " (single source)") if criterion.single_source else ""
        lines.append(f"{marks[finding.verdict]} {criterion.text(language)}{detail}{single}{clause}")
    if check.missing:
        lines.append("还需要知道：" if zh else "Still needed:")
        lines += [f"  - {profile.attributes[name].question(language)} ({name})" for name in check.missing]
    for option in changes:
        if needs := [step(change, profile, language) for change in option]:
            lines.append(("若改变即可能符合：" if zh else "What would change it: ") + "; ".join(needs))
    return "\n".join(lines)


def _detail(finding: Finding, profile: Profile, language: Language) -> str:
    if finding.known is None:
        return ""
    attribute = profile.attributes.get(finding.criterion.attribute)
    value = shown(finding.known.value, attribute, language)
    computation = f"{finding.known.computation} = " if finding.known.computation else ""
    threshold = finding.criterion.threshold
    if isinstance(threshold, bool | tuple):
        return f" → {value}"
    sign = _SIGNS[finding.criterion.comparator]
    if finding.verdict is Verdict.NOT_MET:
        sign = {"≥": "<", ">": "≤", "≤": ">", "<": "≥"}.get(sign, sign)
    return f" → {computation}{value} {sign} {shown(threshold, attribute, language)}"
