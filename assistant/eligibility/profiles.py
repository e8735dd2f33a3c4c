"""Read what an enterprise says about itself: from a file, a request or a form, by one reader.

A value may be written as people write it. Every mistake names the field, and in a file the line. What cannot
be believed (not plausible, or contradicting another fact or the day) is told and never judged by.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from pathlib import Path

import yaml

from assistant.eligibility.attribute import Attribute
from assistant.eligibility.doubts import doubts
from assistant.eligibility.profile import Fact, Profile
from assistant.eligibility.values import plausible, read_value
from assistant.errors import QuestionError, SettingsError

_LONGEST_VALUE = 200
_NEAREST = 5
#: More bytes than this are no profile.
MAX_PROFILE = 64 * 1024


@dataclass(frozen=True, slots=True)
class ReadFacts:
    """The facts that can be believed, and by name what is wrong with the others."""

    profile: Profile
    problems: Mapping[str, QuestionError] = field(default_factory=dict)

    def believed(self) -> Profile:
        """The profile. Raises the first problem as `QuestionError`."""
        for problem in self.problems.values():
            raise problem
        return self.profile


def read_facts(
    written: Mapping[str, object],
    attributes: Mapping[str, Attribute],
    on: date,
    *,
    places: Mapping[str, tuple[str, str]] | None = None,
) -> ReadFacts:
    """``written`` by attribute; ``places`` says in both languages where each stands."""
    problems: dict[str, QuestionError] = {}
    profile = Profile(attributes, {}, on)
    for name, raw in written.items():
        attribute = attributes.get(name)
        try:
            if attribute is None:
                raise _unknown(name, attributes)
            profile = profile.with_fact(_fact(attribute, raw, on))
        except QuestionError as problem:
            problems[name] = problem
    for doubt in doubts(profile):
        for name in doubt.attributes:
            problems.setdefault(name, _contradicts(doubt.attributes, profile))
    for name in problems:
        profile = profile.without(name)
    return ReadFacts(profile, {name: _placed(p, (places or {}).get(name)) for name, p in problems.items()})


def read_profile(path: Path, attributes: Mapping[str, Attribute], on: date) -> Profile:
    """The profile in a file of ``attribute: value`` (YAML, and so JSON).

    A file saved by the form, and one with the facts under ``facts``, are read alike. Raises `SettingsError`
    where it is no such file, `QuestionError` with file, line and field where a value is wrong.
    """
    try:
        if path.stat().st_size > MAX_PROFILE:
            raise ValueError("too long")
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except (OSError, UnicodeDecodeError, ValueError, yaml.YAMLError, RecursionError) as error:
        reason = _reason(error)
        raise SettingsError(
            zh=f"无法读取企业信息文件 {path}（{reason}）。",
            en=f"The profile {path} cannot be read ({reason}).",
            hint_zh="每行写一项，例如：annual_sales: 5000万元。",
            hint_en="Write one fact a line, for example: annual_sales: 50 million yuan.",
        ) from error
    entries = _entries(node)
    if entries is None:
        raise SettingsError(
            zh=f"{path} 不是“属性: 值”的列表。",
            en=f"{path} is not a list of attribute: value.",
            hint_zh="例如：annual_sales: 5000万元。",
            hint_en="For example: annual_sales: 50 million yuan.",
        )
    places = {
        name: (f"{path} 第 {line} 行，字段 {name}：", f"{path}, line {line}, field {name}: ")
        for name, (_, line) in entries.items()
    }
    return read_facts({n: raw for n, (raw, _) in entries.items()}, attributes, on, places=places).believed()


def _reason(error: Exception) -> str:
    """The system's own word for it, or the line where the file stops making sense."""
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark:
        return f"{error.problem_mark.line + 1}: {error.problem}"
    return str(getattr(error, "strerror", None) or error)


def _entries(node: yaml.Node | None) -> dict[str, tuple[object, int]] | None:
    """The value of each field with its line; None where there are no fields."""
    if not isinstance(node, yaml.MappingNode):
        return None
    construct = yaml.SafeLoader("").construct_object
    found = {str(key.value): (value, key.start_mark.line + 1) for key, value in node.value}
    if set(found) == {"facts"}:
        return _entries(found["facts"][0])
    return {
        name: (construct(value) if isinstance(value, yaml.ScalarNode) else "[…]", line)
        for name, (value, line) in found.items()
    }


def _fact(attribute: Attribute, raw: object, on: date) -> Fact:
    said = str(raw)
    if len(said) > _LONGEST_VALUE:
        raise QuestionError(
            zh=f"“{attribute.label_zh}”写得太长。",
            en=f"{attribute.label_en}: this is too long.",
        )
    value = read_value(attribute, raw)
    if not plausible(attribute, value):
        raise QuestionError(
            zh=f"“{attribute.label_zh}”的值 {said} 不合理。",
            en=f"{attribute.label_en}: {said} is not plausible.",
            hint_zh="请核对后重试。",
            hint_en="Check it and try again.",
        )
    return Fact(attribute.name, value, said, on.isoformat())


def _unknown(name: str, attributes: Mapping[str, Attribute]) -> QuestionError:
    near = get_close_matches(name[:80], list(attributes), _NEAREST) or list(attributes)[:_NEAREST]
    return QuestionError(
        zh=f"没有名为 {name[:80]} 的属性。",
        en=f"There is no attribute called {name[:80]}.",
        hint_zh=f"相近的有：{'、'.join(near)}。",
        hint_en=f"The nearest are: {', '.join(near)}.",
    )


def _contradicts(names: tuple[str, ...], profile: Profile) -> QuestionError:
    told = [(profile.attributes[n], profile.facts[n].said) for n in names]
    zh = "、".join(f"“{a.label_zh}”{said}" for a, said in told)
    en = ", ".join(f"{a.label_en} {said}" for a, said in told)
    return QuestionError(
        zh=f"{zh}：与其他信息或判断日期矛盾，或者不合理。",
        en=f"{en}: not plausible, or in contradiction with another fact or the day.",
        hint_zh="请核对后重试。",
        hint_en="Check them and try again.",
    )


def _placed(problem: QuestionError, place: tuple[str, str] | None) -> QuestionError:
    if place is None:
        return problem
    zh, en = place
    return QuestionError(
        zh=f"{zh}{problem.zh}", en=f"{en}{problem.en}", hint_zh=problem.hint_zh, hint_en=problem.hint_en
    )
