"""The asker's own figures, and what each is about: "去年营收1200万元" is 12,000,000 yuan about revenue.

What a figure is about is told by the things that every condition of a policy measures (staff, revenue, R&D,
assets, equipment ...), under the names they go by in both languages, and by shared words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.answering.signs import sign, signs
from assistant.language.quantities import quantities
from assistant.language.quantity import Quantity
from assistant.language.tokens import terms

#: Measured things and the words that name them; a word may name two, as 主营业务收入 is revenue and main.
_THINGS = signs("thing")
_SEGMENT = re.compile(
    r"[，。；;、？?！!：]|,(?!\d{3})|:(?!\d)|\s(?:and|with|but|of which)\s|\n|(?<=[a-z])\.\s", re.IGNORECASE
)
_CLAIM = sign("figure.claim")
_HEARSAY = sign("figure.hearsay")
_ASSERTS = sign("figure.asserts")
_OWN = sign("figure.own")
_PERIOD_BEFORE = re.compile(
    r"(?:近|最近|上|前|过去|连续|每|当|同期|截至|\blast|\bpast|\bover the|\bprevious|\blatest)\s*$",
    re.IGNORECASE,
)
_PLAIN_ONE = re.compile(
    r"\b(one|two|three)\b(?= (?:class|invention|utility|patent|soft|design))", re.IGNORECASE
)
_WORDS = {"one": 1, "two": 2, "three": 3}
#: Things that set a bound far apart from figures without them, and things that only make it narrower.
_DISTANCES = {
    **dict.fromkeys(("domestic", "overseas", "area", "score", "right", "service"), 0.8),
    **dict.fromkeys(("class1", "main", "tech"), 0.1),
}
_DAYS = {"year": Decimal(365), "month": Decimal("30.4"), "week": Decimal(7), "quarter": Decimal("91.2")}
_LAST_YEAR = re.compile(
    r"去年|上一?年度?|上年|最近一年|近一年|当年|本年|每年|年度"
    r"|\b(?:last|latest|prior|previous|each)[ -]year|\ba year\b|\bannual",
    re.IGNORECASE,
)
_YEARS = re.compile(
    r"(?:近|最近|前|过去|连续)?([一两二三四五]|[1-5])\s*(?:个?会计)?年"
    r"|\b(?:last|past) (two|three|four|five|[2-5])\b|\b(two|three|four|five|[2-5])-year\b",
    re.IGNORECASE,
)
_MONTHLY = re.compile(r"月薪|月工资|月收入|每月|每个月|\bmonthly\b|\b(?:a|per) month\b", re.IGNORECASE)
_ANNUAL = re.compile(
    r"年薪|年工资|年收入|每年|\bannual(?:ly)?\b|\b(?:a|per) year\b|\byearly\b", re.IGNORECASE
)
_YEAR_WORDS = dict(zip("一两二三四五", (1, 2, 2, 3, 4, 5), strict=True)) | {
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
}
_COUNTED = ("count", "number")


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity with the words around it."""

    quantity: Quantity
    about: str
    things: frozenset[str]
    named: str  # the figure with the nearest words, as the asker wrote them: 年销售1.9亿元
    claimed: bool = False  # said of a rule, not of the asker

    @property
    def text(self) -> str:
        """The figure as the asker wrote it."""
        return self.quantity.text


def things(text: str) -> frozenset[str]:
    """The measured things a text names."""
    return frozenset(name for name, words in _THINGS.items() if words.search(text))


def figures(text: str) -> list[Figure]:
    """Amounts, shares, counts and durations that the text tells; no dates, no periods like 近两年."""
    found: list[Figure] = []
    asserted = bool(_ASSERTS.search(text))
    for start, end in _segments(text):
        segment = text[start:end]
        inside = [q for q in _quantities(segment) if _is_figure(segment, q)]
        for index, quantity in enumerate(inside):
            reach = inside[index + 1].start if index + 1 < len(inside) else len(segment)
            about = segment[: quantity.start] + quantity.text + segment[quantity.end : reach]
            named = things(about)
            # "高企要求研发占比6%，我们只有5.5%": the second is about what the first was about
            if not named and quantity.kind in ("percent", "money"):
                last = next((f for f in reversed(found) if f.quantity.kind == quantity.kind), None)
                about, named = (f"{last.about} {about}", last.things) if last else (about, named)
            first = inside[index - 1].end if index else 0
            shown = _named(segment, quantity, first, reach)
            found.append(
                Figure(
                    quantity,
                    about,
                    named,
                    shown,
                    is_claim(segment) or (asserted and not _OWN.search(segment)),
                )
            )
    return found


def _named(segment: str, quantity: Quantity, first: int, last: int) -> str:
    """The quantity with a few words of its own segment, enough to tell it from others."""
    before, after = segment[first : quantity.start].strip(), segment[quantity.end : last].strip()
    before = _HEARSAY.sub("", before)
    if re.search(r"[\u4e00-\u9fff]", segment):
        noun = re.match(r"[\u4e00-\u9fff]{0,6}", after) if not things(before) else None
        return f"{before[-10:]}{quantity.text}{noun.group() if noun else ''}"
    if before and not (quantity.kind in _COUNTED and things(after[:40])):
        return f"{' '.join(before.split()[-5:])} {quantity.text}"
    return f"{quantity.text} {' '.join(after.split()[:3])}".strip()


def is_claim(segment: str) -> bool:
    """Does the segment say what a rule demands, and not what the asker has?"""
    return bool(_CLAIM.search(segment)) and not _OWN.search(segment)


def _segments(text: str) -> list[tuple[int, int]]:
    spans, start = [], 0
    for cut in _SEGMENT.finditer(text):
        spans.append((start, cut.start()))
        start = cut.end()
    spans.append((start, len(text)))
    return [(a, b) for a, b in spans if text[a:b].strip()]


def _quantities(segment: str) -> list[Quantity]:
    found = [_of_people(as_money(q), segment) for q in quantities(segment)]
    for match in _PLAIN_ONE.finditer(segment):
        if all(match.end() <= q.start or q.end <= match.start() for q in found):
            value = Decimal(_WORDS[match.group().lower()])
            found.append(Quantity("count", value, "", match.start(), match.end(), match.group()))
    return sorted(found, key=lambda q: q.start)


def as_money(quantity: Quantity) -> Quantity:
    """600万 without a unit is an amount of yuan; nobody counts people that way."""
    if quantity.kind == "number" and re.search(r"[万亿]", quantity.text) and quantity.value >= 10_000:
        return replace(quantity, kind="money", unit="CNY")
    return quantity


def _of_people(quantity: Quantity, segment: str) -> Quantity:
    """80个人 counts people."""
    people = quantity.unit == "个" and segment[quantity.end :].startswith("人")
    return replace(quantity, unit="人") if people else quantity


def _is_figure(segment: str, quantity: Quantity) -> bool:
    if quantity.kind in ("date", "article", "doc_number") or quantity.text in ("亿", "万", "百", "千"):
        return False
    if quantity.kind == "duration":
        if _PERIOD_BEFORE.search(segment[: quantity.start]):
            return False
        return "age" in things(segment) or ("rd" not in things(segment) and "revenue" not in things(segment))
    return not (quantity.kind == "number" and 1990 <= quantity.value <= 2100 and not quantity.unit)


def alike(
    one: str,
    one_things: frozenset[str],
    other: str,
    other_things: frozenset[str],
    rarity: Mapping[str, float] | None = None,
) -> float:
    """How surely two texts are about one measured thing; below 0 where one names what the other lacks.

    ``rarity`` (0 to 1) says how much a shared word tells; every word tells all where it is not given.
    """
    missing, extra = one_things - other_things, other_things - one_things
    words, others = _words(one), _words(other)
    shared = sum(rarity.get(term, 1.0) if rarity is not None else 1.0 for term in words & others)
    overlap = shared / (len(words) or 1)
    return len(one_things & other_things) - len(missing) - sum(map(_distance, extra)) + overlap


def _words(text: str) -> set[str]:
    return {term for term in terms(text) if "_" not in term and not any(c.isdigit() for c in term)}


def _distance(extra: str) -> float:
    """How far a thing that only one of two texts names sets them apart."""
    return _DISTANCES.get(extra, 0.4)


def size(quantity: Quantity) -> Decimal:
    """The value in the smallest unit of its kind, so that 10 months can be set against 1 year."""
    return (
        quantity.value * _DAYS.get(quantity.unit, Decimal(1))
        if quantity.kind == "duration"
        else quantity.value
    )


def period(text: str) -> int | None:
    """Over how many years a text counts: 3 for 近三年, 1 for 去年; None where it does not say."""
    if _LAST_YEAR.search(text):
        return 1
    match = _YEARS.search(text)
    if match is None:
        return None
    word = next(group for group in match.groups() if group).lower()
    return _YEAR_WORDS.get(word) or int(word)


def one_period(one: str, other: str) -> bool:
    """False where one text counts by the month and the other by the year: 年薪 is no 月工资."""
    return not any(_MONTHLY.search(a) and _ANNUAL.search(b) for a, b in ((one, other), (other, one)))


def comparable(one: Quantity, other: Quantity) -> bool:
    """May the two be set against each other?"""
    if one.kind in _COUNTED and other.kind in _COUNTED:
        units = {_classifier(one), _classifier(other)}
        return len(units - ({""} if "times" not in units else set())) <= 1
    return one.same_unit(other)


def _classifier(quantity: Quantity) -> str:
    """Counts of people, of things, of points and of square metres do not mix."""
    for group, words in (
        ("people", ("人", "名", "位", "people", "persons", "staff")),
        ("points", ("分", "points", "point")),
        ("area", ("平方米", "㎡", "m2", "平米")),
        ("times", ("倍", "times")),
    ):
        if quantity.unit in words:
            return group
    return "" if not quantity.unit else "things"
