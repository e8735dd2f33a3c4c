"""Somewhere between two bounds: what "不到500人" or "founded in 2021" tells.

An interval decides a condition only where every value in it gives the same outcome; else the condition stays
open. Arithmetic keeps the bounds, so sales above 100 million and R&D of 4 million rule out a ratio of 5 %.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

Bound = Decimal | date


@dataclass(frozen=True, slots=True)
class Interval:
    """Bounds of numbers or of dates; None is unbounded."""

    low: Bound | None = None
    high: Bound | None = None
    low_inclusive: bool = True
    high_inclusive: bool = True

    def reaches(self, threshold: Bound, *, strict: bool = False) -> bool | None:
        """Is every value at least ``threshold`` (``strict``: above it)? None where it depends."""
        if self.low is not None and (
            self.low > threshold or (self.low == threshold and not (strict and self.low_inclusive))  # type: ignore[operator]
        ):
            return True
        if self.high is not None and (
            self.high < threshold or (self.high == threshold and (strict or not self.high_inclusive))  # type: ignore[operator]
        ):
            return False
        return None

    def keeps_within(self, threshold: Bound, *, strict: bool = False) -> bool | None:
        """Is every value at most ``threshold`` (``strict``: below it)? None where it depends."""
        above = self.reaches(threshold, strict=not strict)
        return None if above is None else not above


Number = Decimal | Interval


def add(a: Number, b: Number) -> Number:
    """The sum."""
    return _exact(_span(_plus(_low(a), _low(b)), _plus(_high(a), _high(b)), a, b))


def subtract(a: Number, b: Number) -> Number:
    """The difference."""
    return _exact(_span(_minus(_low(a), _high(b)), _minus(_high(a), _low(b)), a, b))


def multiply(a: Number, b: Number) -> Number | None:
    """The product of two numbers that are not negative; None where one may be."""
    if not (_is_positive(a) and _is_positive(b)):
        return a * b if isinstance(a, Decimal) and isinstance(b, Decimal) else None
    return _exact(_span(_times(_low(a), _low(b)), _times(_high(a), _high(b)), a, b))


def divide(a: Number, b: Number) -> Number | None:
    """The quotient of numbers that are not negative; None where there is none."""
    if isinstance(a, Decimal) and isinstance(b, Decimal):
        return a / b if b else None
    low, high = _low(b), _high(b)
    if not (_is_positive(a) and _is_positive(b)):
        return None
    bottom = _low(a) / high if high and _low(a) is not None else Decimal(0)  # type: ignore[operator]
    top = _high(a) / low if low and _high(a) is not None else None  # type: ignore[operator]
    return _exact(_span(bottom, top, a, b))


def power(a: Number, exponent: Decimal) -> Number | None:
    """``a`` to a positive power."""
    if isinstance(a, Decimal):
        return a**exponent
    if not _is_positive(a) or exponent <= 0:
        return None
    low, high = _low(a), _high(a)
    return _span(
        None if low is None else low**exponent, None if high is None else high**exponent, a, exponent
    )


def smaller(a: Number, b: Number) -> Number:
    """The lesser of the two."""
    highs = [h for h in (_high(a), _high(b)) if h is not None]
    lows = (_low(a), _low(b))
    low = None if None in lows else min(lows)  # type: ignore[type-var]
    return _exact(_span(low, min(highs, default=None), a, b))


def larger(a: Number, b: Number) -> Number:
    """The greater of the two."""
    lows = [low for low in (_low(a), _low(b)) if low is not None]
    highs = (_high(a), _high(b))
    high = None if None in highs else max(highs)  # type: ignore[type-var]
    return _exact(_span(max(lows, default=None), high, a, b))


def _low(a: Number) -> Decimal | None:
    bound = a.low if isinstance(a, Interval) else a
    return bound if isinstance(bound, Decimal) else None


def _high(a: Number) -> Decimal | None:
    bound = a.high if isinstance(a, Interval) else a
    return bound if isinstance(bound, Decimal) else None


def _is_positive(a: Number) -> bool:
    low = _low(a)
    return low is not None and low >= 0


def _plus(a: Decimal | None, b: Decimal | None) -> Decimal | None:
    return None if a is None or b is None else a + b


def _minus(a: Decimal | None, b: Decimal | None) -> Decimal | None:
    return None if a is None or b is None else a - b


def _times(a: Decimal | None, b: Decimal | None) -> Decimal | None:
    return None if a is None or b is None else a * b


def _span(low: Decimal | None, high: Decimal | None, a: Number, b: Number) -> Interval:
    """Bounds are inclusive only where every bound that made them is."""
    open_ends = [i for i in (a, b) if isinstance(i, Interval)]
    inclusive = all(i.low_inclusive and i.high_inclusive for i in open_ends)
    return Interval(low, high, inclusive, inclusive)


def _exact(interval: Interval) -> Number:
    """An interval of one value is that value."""
    if interval.low is not None and interval.low == interval.high and isinstance(interval.low, Decimal):
        return interval.low
    return interval
