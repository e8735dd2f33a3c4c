"""Do two figures say the same? Normalised quantities with their bound, on top of `language.quantities`.

5000万元, 50 million yuan and 50m yuan agree; 不超过50家 and 超过50家 do not; 3.27 agrees with a fact that
says 3.3, because it rounds to it; 80人 does not agree with 80万美元.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from assistant.language.fold import aligned
from assistant.language.quantities import Comparator, Quantity, quantities
from eval.clauses import number

_SHORT = re.compile(r"(?<![\w.])(\d+(?:[.,]\d+)*)\s?(k|m|mn|bn)\b(?:\s?(yuan|rmb|cny)\b)?")
_SHORT_FACTOR = {"k": 10**3, "m": 10**6, "mn": 10**6, "bn": 10**9}
_SLASH = re.compile(r"(?<![\d/.])(\d{1,3})/(\d{1,3})(?![\d/%])")
_AREA = re.compile(r"(\d+(?:,\d{3})*(?:\.\d+)?)\s?(?:m2|m²|㎡|square met(?:er|re)s?\b)")
_ORDINAL = re.compile(r"\b(\d{1,3})(?:st|nd|rd|th)\b|第(\d{1,3})[名位次]")
_CHAPTERS = re.compile(r"(\d+|[一二三四五六七八九十]+)章")
_MOST_DECIMALS = 6
_RATIO = re.compile(r"(?<=\d): (?=\d)")
_RELATION = re.compile(r"[^,;。:()]{0,12}")
_PERSONS = frozenset(("人", "名", "位", "人次"))
_MEASURED = frozenset((*"亩米吨倍分度级岁章条款届批强", "平方米", "平方公里", "公里", "公斤", "千克", "rank"))


@dataclass(frozen=True, slots=True)
class Amount:
    """A quantity in a text; ``bound`` is 1 for a floor (不低于), -1 for a ceiling (不超过), 0 for neither."""

    quantity: Quantity
    bound: int

    @property
    def span(self) -> tuple[int, int]:
        """Where it stands."""
        return self.quantity.start, self.quantity.end

    @property
    def counts_things(self) -> bool:
        """A number or a count of things, whose meaning hangs on the words around it."""
        return self.quantity.kind in ("number", "count") and self.quantity.unit not in _MEASURED

    @property
    def is_telling(self) -> bool:
        """Not only a manner of speaking: 较低一年, 两个条件."""
        return not (self.quantity.kind in ("count", "duration") and self.quantity.text[0] in "一两")

    @property
    def is_figure(self) -> bool:
        """Not only a word for how many: 两个条件, 一项政策."""
        return not (self.quantity.kind == "count" and self.quantity.text[0] in "一两")

    @property
    def ends(self) -> tuple[Amount, ...]:
        """The two ends of a band (25%至30%), or the amount itself."""
        low, high = self.quantity.value, self.quantity.high
        if high is None:
            return (self,)
        return tuple(Amount(replace(self.quantity, value=end, high=None), 0) for end in (low, high))

    @property
    def is_day(self) -> bool:
        """A date to the day, with its year."""
        return self.quantity.kind == "date" and self.quantity.key.count("-") == 2

    @property
    def text(self) -> str:
        """As it was written."""
        return self.quantity.text


@lru_cache(maxsize=4096)
def amounts(text: str) -> tuple[Amount, ...]:
    """The amounts of ``text`` in reading order."""
    text = _RATIO.sub("; ", text)  # "at least 10: 8 fails" holds two figures, not a ratio
    text = text.replace("\N{MINUS SIGN}", ";")  # 800万 − 500万 is no range
    folded = aligned(text)
    extra = [_bounded(q, folded) for q in _extra(folded, text)]
    taken = [(q.start, q.end) for q in extra]
    plain = [q for q in quantities(text) if all(q.end <= start or end <= q.start for start, end in taken)]
    found = sorted([*plain, *extra], key=lambda quantity: quantity.start)
    return tuple(Amount(q, _bound(folded, found, index)) for index, q in enumerate(found))


def agree(wanted: Amount, said: Amount) -> bool:
    """Does ``said`` state what ``wanted`` states? A bound that only one of them gives is no disagreement."""
    if wanted.bound * said.bound < 0:
        return False
    one, other = wanted.quantity, said.quantity
    if (one.high is None) != (other.high is None):
        return False  # a band is not its end
    if {one.kind, other.kind} == {"date", "count"}:
        return False  # a year is no number of things
    if one.kind == other.kind == "count" and not _units_agree(one.unit, other.unit):
        return False
    if one.kind == other.kind == "date":
        return one.agrees(other) and _as_precise(one.key, other.key)
    return one.agrees(other) or _close(one, other) or _about(one, other)


def competes(wanted: Amount, said: Amount) -> bool:
    """Could ``said`` be taken for ``wanted``, were it not for its value?"""
    return wanted.quantity.same_unit(said.quantity) and not agree(wanted, said)


def missing(wanted: Sequence[Amount], said: Sequence[Amount]) -> list[Amount]:
    """The wanted amounts that nothing said agrees with; a band may be said by its two ends."""
    return [
        amount
        for amount in wanted
        if not any(agree(amount, other) for other in said)
        and not all(any(agree(end, other) for other in said) for end in amount.ends)
    ]


def _extra(folded: str, text: str) -> Iterator[Quantity]:
    """What policy texts seldom write and short key facts often do: 15m yuan, 2/3, 8th, m2."""
    for match in _SHORT.finditer(folded):
        value = Decimal(match.group(1).replace(",", "")) * _SHORT_FACTOR[match.group(2)]
        kind, unit = ("money", "CNY") if match.group(3) else ("number", "")
        yield Quantity(kind, value, unit, *match.span(), text[slice(*match.span())])  # type: ignore[arg-type]
    for match in _SLASH.finditer(folded):
        part, whole = int(match.group(1)), int(match.group(2))
        if 0 < part < whole:
            value = Decimal(part) / Decimal(whole) * 100
            yield Quantity("percent", value, "%", *match.span(), text[slice(*match.span())])
    for match in _ORDINAL.finditer(folded):
        value = Decimal(match.group(1) or match.group(2))
        yield Quantity("count", value, "rank", *match.span(), text[slice(*match.span())])
    for match in _AREA.finditer(folded):
        value = Decimal(match.group(1).replace(",", ""))
        yield Quantity("count", value, "平方米", *match.span(), text[slice(*match.span())])
    for match in _CHAPTERS.finditer(folded):
        if folded[match.start() - 1 : match.start()] != "第" and (count := number(match.group(1))):
            yield Quantity("count", Decimal(count), "章", *match.span(), text[slice(*match.span())])


def _bounded(quantity: Quantity, folded: str) -> Quantity:
    """The quantity with the bound that `quantities` reads around a plain number in its place."""
    plain = quantities(f"{folded[: quantity.start]}7{folded[quantity.end :]}")
    found = next((q for q in plain if q.start <= quantity.start < q.end), None)
    return replace(quantity, comparator=found.comparator) if found else quantity


def _bound(folded: str, found: Sequence[Quantity], index: int) -> int:
    """The bound on a quantity; none where it is compared with the quantity before it.

    In "2.1亿元超过2亿元" the words compare two figures and put no floor under the second. Nor does the plus
    sign of a sum, or "未达到60%", which tells of a failure and leaves the rule open.
    """
    quantity = found[index]
    before = folded[max(0, quantity.start - 12) : quantity.start]
    direction = quantity.comparator.direction or int(bool(re.search(r"(?<![不未])满$", before)))
    if not direction:
        return 0
    if re.match(r"\s*\+\s*\d", folded[quantity.end :]) or re.search(r"未达到?|达不到|没有?达到", before):
        return 0
    if index:
        previous = found[index - 1]
        between = folded[previous.end : quantity.start]
        same = previous.same_unit(quantity) and previous.kind != "date"
        if (
            same
            and between
            and _RELATION.fullmatch(between)
            and not re.search(r"[至到~和及或]|以上|\bto\b|\bor\b", between)
        ):
            return 0
    return direction


def _as_precise(wanted: str, said: str) -> bool:
    """Does ``said`` give the month and the day where ``wanted`` does? The year may be understood."""
    return len(_month_and_day(said)) >= len(_month_and_day(wanted))


def _month_and_day(key: str) -> list[str]:
    return key[2:].split("-") if key.startswith("--") else key.split("-")[1:]


def _units_agree(one: str, other: str) -> bool:
    if one == other or not one or not other:
        return True
    if one in _MEASURED or other in _MEASURED:
        return False
    return (one in _PERSONS) == (other in _PERSONS) or "个" in (one, other)


def _close(wanted: Quantity, said: Quantity) -> bool:
    """Equal, or equal after rounding ``said`` to the decimals that ``wanted`` shows, where it shows any."""
    if wanted.kind in ("date", "doc_number", "article") or said.kind in ("date", "doc_number", "article"):
        return False
    if wanted.high is not None or said.high is not None:
        return False
    loosened = replace(said, value=wanted.value)
    if not wanted.agrees(loosened):
        return False
    if abs(wanted.value - said.value) <= abs(wanted.value) * Decimal("1e-9"):
        return True
    exact = said.value if _decimals(wanted.value) > _MOST_DECIMALS else wanted.value  # 2/3 has no end
    if not 0 < _decimals(exact) <= _MOST_DECIMALS:
        return False
    return wanted.value.quantize(exact, ROUND_HALF_UP) == said.value.quantize(exact, ROUND_HALF_UP)


def _about(wanted: Quantity, said: Quantity) -> bool:
    """Is ``wanted`` an approximation (约68%) less than one of its last digit away from ``said`` (67.74%)?"""
    if wanted.comparator is not Comparator.APPROX or not wanted.same_unit(said) or said.high is not None:
        return False
    return abs(wanted.value - said.value) < Decimal(1).scaleb(-_decimals(wanted.value))


def _decimals(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
