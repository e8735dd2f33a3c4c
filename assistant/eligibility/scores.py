"""A score by points tables, item by item: which step of which table gave how many points."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from assistant.domain import Language
from assistant.eligibility.attribute import Attribute, PointsTable
from assistant.eligibility.interval import Interval
from assistant.eligibility.phrases import plain_number, shown
from assistant.eligibility.profile import Known, Profile
from assistant.eligibility.workings import working


def scored(known: Known, profile: Profile) -> tuple[Known, ...]:
    """The items that points tables were read for: itself, or those it is the sum of."""
    attributes = (profile.attributes.get(item.attribute) for item in (known, *known.inputs))
    items = zip((known, *known.inputs), attributes, strict=True)
    return tuple(item for item, attribute in items if attribute is not None and attribute.points)


def tables_read(known: Known, profile: Profile) -> Iterator[PointsTable]:
    """The tables that gave the points of ``known``."""
    for item in scored(known, profile):
        table = _table(item, profile)
        if table is not None:
            yield table


def score_words(known: Known, profile: Profile, language: Language) -> str:
    """``科技人员占比22%（20%至25%）得12分，…，12 + 40 + 30 = 82分``."""
    zh = language == "zh"
    items = scored(known, profile)
    read = [item for item in items if item.inputs]
    open_items = [profile.attributes[item.attribute].label(language) for item in items if not item.inputs]
    told = [_item(item, profile, language) for item in read]
    points = _points(known)
    if len(items) == 1:  # the item itself
        return "".join(told)
    total = f"{total_sum(known, profile)}{'分' if zh else ' points'}"
    comma = "，" if zh else ", "
    if open_items:
        rest = ("、" if zh else ", ").join(open_items)
        so_far = f"已得{total}，{rest}尚无信息" if zh else f"{total} so far, nothing told for {rest}"
        return comma.join((*told, so_far))
    return comma.join((*told, total)) if points is not None else comma.join(told)


def total_sum(known: Known, profile: Profile) -> str:
    """``12 + 40 + 30 = 82``; the points alone where one item gave them all."""
    figures = [_points(item) for item in scored(known, profile) if item.inputs]
    total = plain_number(_points(known))
    return f"{' + '.join(map(plain_number, figures))} = {total}" if len(figures) > 1 else total


def _item(item: Known, profile: Profile, language: Language) -> str:
    basis = item.inputs[0]
    by = profile.attributes[basis.attribute]
    value = shown(basis.value, by, language)
    if steps := working(basis, profile, language):
        value = f"{'：' if language == 'zh' else ': '}{steps} = {value}"
    step = _step_words(_table(item, profile), basis, by, language)
    points = plain_number(_points(item))
    if language == "zh":
        return f"{by.label(language)}{value}{f'（{step}）' if step else ''}得{points}分"
    return f"{by.label(language)} {value}{f' ({step})' if step else ''} gives {points} points"


def _table(item: Known, profile: Profile) -> PointsTable | None:
    if not item.inputs:
        return None
    tables = profile.attributes[item.attribute].points
    return next((table for table in tables if table.by == item.inputs[0].attribute), None)


def _step_words(table: PointsTable | None, basis: Known, by: Attribute, language: Language) -> str:
    """The bounds of the step that a ratio falls in; a number of things says itself which it is."""
    if table is None or by.unit != "percent" or not isinstance(basis.value, Decimal):
        return ""
    value = basis.value
    lows = [low for low, _ in table.steps]  # highest first
    low = next((low for low in lows if value >= low), None)
    high = min((bound for bound in lows if bound > value), default=None)
    zh = language == "zh"
    ends = [shown(bound, by, language) for bound in (low, high) if bound is not None]
    if low is None:
        return f"不足{ends[0]}" if zh else f"below {ends[0]}"
    if high is None:
        return f"{ends[0]}以上" if zh else f"{ends[0]} or more"
    return f"{ends[0]}至{ends[1]}" if zh else f"{ends[0]} to {ends[1]}"


def _points(known: Known) -> Decimal:
    """The points that are certain."""
    value = known.value.low if isinstance(known.value, Interval) else known.value
    return value if isinstance(value, Decimal) else Decimal(0)
