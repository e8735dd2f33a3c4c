"""A form that was filled in: whose conditions, on which day, and what was said of the enterprise.

Nothing of it is kept. What cannot be read stays in its field with the reason beside it and counts as unknown.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from assistant.eligibility.attribute import Attribute
from assistant.eligibility.model import Scheme
from assistant.eligibility.needs import needed
from assistant.eligibility.profile import Profile
from assistant.eligibility.profiles import MAX_PROFILE, read_facts
from assistant.eligibility.rulebook import Rulebook
from assistant.web.exchange import Problem

PREFIX = "fact."
ALL = "all"
_LONGEST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Filled:
    """What was said, field by field as written, and what is wrong with some of it.

    ``scheme`` is None for all schemes. ``problems`` are by attribute; ``general`` concerns the whole.
    """

    scheme: Scheme | None
    on: date
    written: Mapping[str, str] = field(default_factory=dict)
    problems: Mapping[str, Problem] = field(default_factory=dict)
    general: tuple[Problem, ...] = ()


def read_form(given: Mapping[str, str], rulebook: Rulebook) -> Filled:
    """The form as sent. Fields that no attribute has are left out."""
    written = {
        name.removeprefix(PREFIX): value.strip()
        for name, value in given.items()
        if name.startswith(PREFIX) and value.strip()
    }
    on, wrong_day = _day(given.get("on", ""))
    scheme = rulebook.schemes.get(given.get("scheme", ALL))
    return _checked(scheme, on, written, (wrong_day,) if wrong_day else (), rulebook)


def read_profile(content: bytes, before: Filled, rulebook: Rulebook) -> Filled:
    """``before`` with the facts of a saved profile in place of its own."""
    general: tuple[Problem, ...] = ()
    written: dict[str, str] = dict(before.written)
    try:
        if len(content) > MAX_PROFILE:
            raise ValueError
        saved = json.loads(content)
        facts = saved.get("facts", saved)
        written = {_sendable(str(name)): _plain(value) for name, value in facts.items()}
    except (ValueError, AttributeError, TypeError, RecursionError):
        general = (_NOT_A_PROFILE,)
    return _checked(before.scheme, before.on, written, general, rulebook)


def profile_json(filled: Filled) -> str:
    """The facts as a file: the one that ``policy-assistant check --facts`` reads, as they were written."""
    return json.dumps(dict(filled.written), ensure_ascii=False, indent=2) + "\n"


def profile_of(filled: Filled, rulebook: Rulebook) -> Profile:
    """The facts that can be believed."""
    return read_facts(filled.written, rulebook.attributes, filled.on).profile


def asked(scheme: Scheme | None, rulebook: Rulebook) -> tuple[tuple[Attribute, ...], tuple[Attribute, ...]]:
    """What to ask for: the facts that decide, and those that would otherwise be computed from them.

    Of two names for one figure, each computed from the other, the first is asked for.
    """
    schemes = [scheme] if scheme else list(rulebook.schemes.values())
    names = dict.fromkeys(name for each in schemes for name in needed(each, rulebook, hints=False))
    first: list[Attribute] = []
    computed: list[Attribute] = []
    for attribute in (rulebook.attributes[name] for name in names):
        mirrors = any(attribute.name in rulebook.attributes[name].inputs for name in attribute.inputs)
        mirrored = any(attribute.name in other.inputs for other in first if attribute.inputs)
        (first if not attribute.inputs or (mirrors and not mirrored) else computed).append(attribute)
    return tuple(first), tuple(computed)


def _checked(
    scheme: Scheme | None,
    on: date,
    written: Mapping[str, str],
    general: tuple[Problem, ...],
    rulebook: Rulebook,
) -> Filled:
    known = {name: text for name, text in written.items() if name in rulebook.attributes and text}
    unknown = [name for name in written if name not in rulebook.attributes]
    if unknown:
        general += (_unknown(unknown),)
    found = read_facts(known, rulebook.attributes, on).problems
    problems = {name: Problem(p.localized("zh"), p.localized("en")) for name, p in found.items()}
    return Filled(scheme, on, {n: t[: _LONGEST_SHOWN + 1] for n, t in known.items()}, problems, general)


def _day(text: str) -> tuple[date, Problem | None]:
    today = date.today()  # noqa: DTZ011 - a local day
    try:
        return (date.fromisoformat(text.strip()) if text.strip() else today), None
    except ValueError:
        return today, Problem(
            f"“{text[:40]}”不是日期，已按今天判断；请写成 2026-11-23 的形式。",
            f"{text[:40]!r} is not a date, so today was used; write it like 2026-11-23.",
        )


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str | int | float):
        return _sendable(str(value).strip())
    raise TypeError


def _sendable(text: str) -> str:
    """Half characters, which JSON can hold and UTF-8 cannot, are replaced."""
    return text.encode(errors="replace").decode()


def _unknown(names: list[str]) -> Problem:
    shown = ", ".join(name[:60] for name in names[:5])
    return Problem(
        f"有些项目不认识，没有采用：{shown}。", f"Some entries are not known and were left out: {shown}."
    )


_NOT_A_PROFILE = Problem(
    "这不是可读的企业信息文件。请选用这里保存的 JSON 文件（不超过 64 KB）。",
    "This is not a readable profile. Choose a JSON file that was saved here (64 KB at most).",
)
