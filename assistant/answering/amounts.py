"""Amounts and shares as each language writes them: 600万元, 600,000 yuan, 6.67%."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from assistant.domain import Language

_NAMES = {"CNY": ("元", " yuan"), "USD": ("美元", " US dollars")}
_MAGNITUDES = ((Decimal(10) ** 8, "亿"), (Decimal(10) ** 4, "万"))
_CENT = Decimal("0.01")


def money(value: Decimal, unit: str, language: Language) -> str:
    """An amount, rounded to a hundredth of its unit; 万 and 亿 only where that leaves it exact."""
    rounded = value.quantize(_CENT, ROUND_HALF_UP)
    zh, en = _NAMES.get(unit, (unit, f" {unit}"))
    if language == "en":
        return f"{_plain(rounded, ',')}{en}"
    for size, word in _MAGNITUDES:
        if rounded >= size and not rounded % (size * _CENT):
            return f"{_plain(rounded / size)}{word}{zh}"
    return f"{_plain(rounded)}{zh}"


def percent(value: Decimal) -> str:
    """A share in percent, rounded to a hundredth: 4%, 6.67%."""
    return f"{_plain(value.quantize(_CENT, ROUND_HALF_UP))}%"


def times(value: Decimal, language: Language) -> str:
    """A multiple, rounded to a tenth: 3.3倍, 3.3 times."""
    shown = _plain(value.quantize(Decimal("0.1"), ROUND_HALF_UP))
    return f"{shown}倍" if language == "zh" else f"{shown} times"


def _plain(value: Decimal, separator: str = "") -> str:
    text = f"{value.normalize():{separator}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
