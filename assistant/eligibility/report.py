"""A check as JSON and as text: the same content at every door."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from assistant.domain import Language
from assistant.eligibility.change import Change
from assistant.eligibility.check import Finding
from assistant.eligibility.combination import amounts, combinations, conflicts
from assistant.eligibility.combination_words import amount_words, combination_words, conflict_words
from assistant.eligibility.ended import ended_words
from assistant.eligibility.interval import Interval
from assistant.eligibility.model import Value, Verdict
from assistant.eligibility.outcome import Outcome
from assistant.eligibility.phrases import shown
from assistant.eligibility.profile import Profile, plain
from assistant.eligibility.remedies import step
from assistant.eligibility.rulebook import Rulebook

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


#: How rules name a clause, and how Chinese says it.
_CLAUSE_WORDS = (
    (r"\bArt\. (\d+)", r"第\1条"),
    (r"\bcond\. (\d+)", r"条件\1"),
    (r"\bReg\. ", "实施条例"),
    (r"\bEIT Law ", "企业所得税法"),
)


def clause_words(clause: str | None, language: Language) -> str:
    """The clause that a rule names, e.g. ``Art. 11(5)``, as a reader of ``language`` writes it."""
    words = clause or ""
    if language == "zh":
        for pattern, chinese in _CLAUSE_WORDS:
            words = re.sub(pattern, chinese, words)
    return words


def verdict_words(verdict: Verdict, language: Language) -> str:
    """The overall verdict for a reader."""
    return VERDICT_WORDS[verdict][0 if language == "zh" else 1]


def criterion_words(verdict: Verdict, language: Language) -> str:
    """One criterion's verdict for a reader."""
    return _CRITERION_WORDS[verdict][0 if language == "zh" else 1]


def check_json(outcome: Outcome) -> dict[str, Any]:
    """The whole check; verdicts are ``met``, ``not_met`` or ``unknown``; money in yuan, ratios in percent."""
    check, profile = outcome.check, outcome.profile
    version, scheme = check.version, check.scheme
    worked_out = {amount.benefit: amount for amount in amounts(outcome)}
    return {
        "scheme": scheme.id,
        "name": {"zh": scheme.name_zh, "en": scheme.name_en},
        "on": check.on.isoformat(),
        "verdict": check.verdict.value,
        "in_force": outcome.in_force,
        "ended": outcome.ended.isoformat() if outcome.ended else None,
        "successor": scheme.successor,
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
        "changes": [[_change_json(change) for change in option] for option in outcome.changes],
        "benefits": [
            {
                "text": {"zh": b.text_zh, "en": b.text_en},
                "clause": b.clause,
                "single_source": b.single_source,
                "amount": _json_value(worked_out[b].value)
                if b in worked_out and worked_out[b].base is None
                else None,
                "measure": {"zh": b.measure_zh, "en": b.measure_en} if b.formula else None,
            }
            for b in version.benefits
        ],
        "procedure": [
            {"text": {"zh": s.text_zh, "en": s.text_en}, "clause": s.clause, "single_source": s.single_source}
            for s in version.procedure
        ],
    }


def screen_json(outcomes: Sequence[Outcome]) -> list[dict[str, Any]]:
    """Every scheme as `check_json` has it, with what it cannot be taken together with.

    ``in_best`` tells whether it belongs to the choice that brings most; None where no choice does, or where
    nothing is excluded by anything.
    """
    pairs = conflicts([o.check.scheme for o in outcomes if o.check.verdict is Verdict.MET and o.in_force])
    best = next((c for c in combinations(outcomes) if c.best and pairs), None)
    chosen = {scheme.id for scheme in best.schemes} if best else set()
    found = []
    for outcome in outcomes:
        own = outcome.check.scheme.id
        apart = [b.id if a.id == own else a.id for a, b in pairs if own in (a.id, b.id)]
        eligible = outcome.check.verdict is Verdict.MET and outcome.in_force
        in_best = own in chosen if best and eligible else None
        found.append({**check_json(outcome), "not_together_with": apart, "in_best": in_best})
    return found


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


def check_text(outcome: Outcome, rulebook: Rulebook, language: Language) -> str:
    """The check for a terminal: verdict, every criterion, what to ask, what would change it."""
    zh = language == "zh"
    check, profile = outcome.check, outcome.profile
    colon = "：" if zh else ": "
    lines = [f"{check.scheme.name(language)}{colon}{verdict_words(check.verdict, language)}"]
    if ended := ended_words(check.scheme, outcome.ended, rulebook, language):
        lines.append(f"! {ended}")
    if caution := check.version.caution(language):
        lines.append(f"! {caution}")
    marks = {Verdict.MET: "✓", Verdict.NOT_MET: "✗", Verdict.UNKNOWN: "?"}
    for finding in check.findings:
        criterion = finding.criterion
        detail = _detail(finding, profile, language)
        clause = f" [{clause_words(criterion.clause, language)}]" if criterion.clause else ""
        single = ("（单一来源）" if zh else " (single source)") if criterion.single_source else ""
        lines.append(f"{marks[finding.verdict]} {criterion.text(language)}{detail}{single}{clause}")
    if check.missing:
        lines.append("还需要知道：" if zh else "Still needed:")
        lines += [f"  - {profile.attributes[name].question(language)} ({name})" for name in check.missing]
    for option in outcome.changes:
        if needs := [step(change, profile, language) for change in option]:
            lines.append(("若改变即可能符合：" if zh else "What would change it: ") + "; ".join(needs))
    if check.verdict is not Verdict.NOT_MET:
        lines += [amount_words(amount, profile, language) for amount in amounts(outcome) if not amount.base]
    return "\n".join(lines)


def screen_text(outcomes: Sequence[Outcome], rulebook: Rulebook, language: Language) -> str:
    """A screening for a terminal: one line for each scheme, then what can be taken together.

    What an eligible one brings, and how and when to apply, stands under it.
    """
    lines = []
    for outcome in outcomes:
        check = outcome.check
        ended = ended_words(check.scheme, outcome.ended, rulebook, language)
        parts = [verdict_words(check.verdict, language), check.scheme.id, check.scheme.name(language)]
        lines.append("\t".join(parts + ([ended] if ended else [])))
        if check.verdict is Verdict.MET:
            lines += [f"  - {benefit.text(language)}" for benefit in check.version.benefits]
            lines += [f"  - {each.text(language)}" for each in check.version.procedure]
    lines += conflict_words(outcomes, language)
    lines += combination_words(outcomes, language)
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
