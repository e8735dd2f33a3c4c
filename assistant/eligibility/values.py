"""Read a fact's value in any writing: 5,000万元, 50 million, 百分之六, 2019年3月, 是, yes.

One parser for forms, profile files and what people say in chat, so all doors agree.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from assistant.eligibility.attribute import Attribute, AttributeKind
from assistant.eligibility.interval import Interval
from assistant.eligibility.model import Value
from assistant.errors import QuestionError
from assistant.language.quantities import Quantity, quantities
from assistant.validity import first_day

_YES = {"true", "yes", "y", "是", "有", "已", "对", "已经", "符合"}
_NO = {"false", "no", "n", "否", "没有", "无", "不是", "未", "不", "不符合"}
_CURRENCY = {AttributeKind.MONEY: "CNY", AttributeKind.MONEY_USD: "USD"}


def read_value(attribute: Attribute, raw: object) -> Value:
    """``raw`` as a value of ``attribute``. Raises `QuestionError` that says what is expected."""
    value = _typed(attribute, raw)
    if value is None:
        raise _unreadable(attribute, raw)
    return value


def plausible(attribute: Attribute, value: Value) -> bool:
    """Is a number within what the attribute can be?"""
    if isinstance(value, Interval):
        ends = [end for end in (value.low, value.high) if isinstance(end, Decimal)]
        return all(plausible(attribute, end) for end in ends)
    if not isinstance(value, Decimal):
        return True
    return (attribute.low is None or value >= attribute.low) and (
        attribute.high is None or value <= attribute.high
    )


def from_quantity(attribute: Attribute, quantity: Quantity) -> Value | None:
    """A quantity found in a text as a value of ``attribute``, or None where the units do not fit."""
    match attribute.kind:
        case AttributeKind.MONEY | AttributeKind.MONEY_USD:
            fits = quantity.kind == "money" and quantity.unit == _CURRENCY[attribute.kind]
            return quantity.value if fits or quantity.kind == "number" else None
        case AttributeKind.PERCENT:
            return quantity.value if quantity.kind in ("percent", "number") else None
        case AttributeKind.DATE:
            return first_day(quantity.key) if quantity.kind == "date" else None
        case AttributeKind.COUNT | AttributeKind.NUMBER:
            return _counted(attribute, quantity)
    return None


def _counted(attribute: Attribute, quantity: Quantity) -> Value | None:
    if quantity.kind == "duration":
        factor = _DURATIONS.get((quantity.unit, attribute.unit))
        return quantity.value * factor if factor is not None else None
    return quantity.value if quantity.kind in ("count", "number") else None


_DURATIONS: dict[tuple[str, str], Decimal] = {
    ("year", "years"): Decimal(1),
    ("month", "years"): Decimal(1) / 12,
    ("day", "days"): Decimal(1),
    ("week", "days"): Decimal(7),
}


def _typed(attribute: Attribute, raw: object) -> Value | None:
    if attribute.kind is AttributeKind.YES_NO:
        return _yes_no(raw)
    if isinstance(raw, date):
        return raw if attribute.kind is AttributeKind.DATE else None
    if isinstance(raw, int | float | Decimal) and not isinstance(raw, bool):
        return None if attribute.kind in (AttributeKind.DATE, AttributeKind.CHOICE) else Decimal(str(raw))
    if not isinstance(raw, str):
        return None
    text = raw.strip()
    if attribute.kind is AttributeKind.CHOICE:
        return text if text in (c.id for c in attribute.choices) else None
    found = quantities(text)
    return from_quantity(attribute, found[0]) if len(found) == 1 else None


def _yes_no(raw: object) -> bool | None:
    if isinstance(raw, bool):
        return raw
    word = str(raw).strip().lower()
    return True if word in _YES else False if word in _NO else None


def _unreadable(attribute: Attribute, raw: object) -> QuestionError:
    examples = {
        AttributeKind.MONEY: ("5000万元", "50 million yuan"),
        AttributeKind.MONEY_USD: ("800万美元", "USD 8 million"),
        AttributeKind.PERCENT: ("6.5%", "6.5%"),
        AttributeKind.COUNT: ("80", "80"),
        AttributeKind.NUMBER: ("3", "3"),
        AttributeKind.YES_NO: ("是 / 否", "yes / no"),
        AttributeKind.DATE: ("2019年3月1日", "2019-03-01"),
        AttributeKind.CHOICE: (
            " / ".join(c.id for c in attribute.choices),
            " / ".join(c.id for c in attribute.choices),
        ),
    }
    zh, en = examples[attribute.kind]
    return QuestionError(
        zh=f"“{attribute.label_zh}”的值“{raw}”看不懂。",
        en=f"{attribute.label_en}: the value {raw!r} cannot be read.",
        hint_zh=f"请写成例如：{zh}。",
        hint_en=f"Write it like: {en}.",
    )
