"""Which instruments does a text name? By title, by another name they go by, or by document number.

A title is also recognised where it is remembered in part (`titles`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.answering.titles import Titles, without_asides
from assistant.domain import Instrument
from assistant.language.fold import fold
from assistant.language.quantities import quantities
from assistant.language.quantity import Quantity

_SPACE = re.compile(r"[\s《》“”\"'‘’]+")
_SHORTEST_ZH, _SHORTEST_EN = 4, 8
#: A document number without its issuer and year in front: 63号文, 第41号公告, announcement no. 41.
_SHORT_NUMBER = re.compile(
    r"第\s*(\d{1,3})\s*号|(?<!\d)(\d{1,3})\s*号(?:文件?|公告|令|通知)"
    r"|\b(?:announcement|notice|document|circular|order|decree)\s+(?:no\.?|number)\s*(\d{1,3})\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
#: How far from a short number its year may stand, in characters.
_YEAR_NEAR = 16


@dataclass(frozen=True, slots=True)
class Named:
    """An instrument found in a text under ``name``."""

    instrument_id: str
    name: str
    start: int


class Names:
    """Every name of every instrument, ready to be found."""

    def __init__(self, instruments: Sequence[Instrument]) -> None:
        self._titles = Titles(instruments)
        self._by_name: dict[str, list[str]] = {}
        self._numbers: list[tuple[Quantity, str]] = []
        for instrument in instruments:
            numbers = _document_numbers(instrument.doc_number or "")
            self._numbers += [(number, instrument.id) for number in numbers]
            for name in _names(instrument):
                self._by_name.setdefault(name, []).append(instrument.id)

    def named(self, text: str) -> Sequence[Named]:
        """The instruments ``text`` names, in reading order; a longer name hides the shorter inside it."""
        folded = _plain(text)
        found: list[tuple[int, int, str]] = []
        for name in self._by_name:
            start = folded.find(name)
            while start >= 0:
                if not _cuts_word(folded, start, start + len(name)):
                    found.append((start, start + len(name), name))
                start = folded.find(name, start + 1)
        found.sort(key=lambda hit: (hit[0] - hit[1], hit[0]))
        kept: list[tuple[int, int, str]] = []
        for hit in found:
            if all(hit[1] <= start or end <= hit[0] for start, end, _ in kept):
                kept.append(hit)
        unique = {
            instrument_id: Named(instrument_id, name, start)
            for start, _, name in sorted(kept, reverse=True)
            for instrument_id in self._by_name[name]
        }
        for asked in _document_numbers(text):  # 财建〔2024〕148号 is Cai Jian [2024] No. 148
            for number, instrument_id in self._numbers:
                if number.agrees(asked):
                    unique.setdefault(instrument_id, Named(instrument_id, asked.text, asked.start))
        for short in self._short_numbers(text):
            unique.setdefault(short.instrument_id, short)
        for told in self._titles.recognised(text):
            name = text[told.start : told.end]
            unique.setdefault(told.instrument_id, Named(told.instrument_id, name, told.start))
        return sorted(unique.values(), key=lambda named: named.start)

    def about(self, names: Iterable[str], but: Sequence[str] = ()) -> bool:
        """Do the names of an instrument hold one of ``names`` (of a thing), and those of ``but`` none?"""
        plain = [_plain(name) for name in names]
        holding = [ids for title, ids in self._by_name.items() if any(name in title for name in plain)]
        return bool(holding) and not any(set(ids) & set(but) for ids in holding)

    def _short_numbers(self, text: str) -> Iterable[Named]:
        """Instruments by a number that only one of them has, in the year that stands beside it if any."""
        for match in _SHORT_NUMBER.finditer(text):
            near = text[max(0, match.start() - _YEAR_NEAR) : match.end() + _YEAR_NEAR]
            serial, years = next(filter(None, match.groups())), set(_YEAR.findall(near))
            keys = [(number.key.split("-"), name) for number, name in self._numbers]
            held = {
                name
                for key, name in keys
                if key[-1] == serial and (len(key) == 1 or not years or key[0] in years)
            }
            if len(held) == 1:
                yield Named(held.pop(), match.group(), match.start())


def without_numbers(text: str) -> str:
    """The text without document numbers, which say where to look and not what for."""
    for number in sorted(_document_numbers(text), key=lambda q: -q.start):
        text = f"{text[: number.start]} {text[number.start + len(number.text) :]}"
    return _SHORT_NUMBER.sub(" ", text)


def _document_numbers(text: str) -> list[Quantity]:
    return [q for q in quantities(text) if q.kind == "doc_number"]


def _names(instrument: Instrument) -> set[str]:
    written = [instrument.title_zh, instrument.title_en, instrument.doc_number, *instrument.aliases]
    names = set()
    for name in filter(None, written):
        for form in (_plain(name), _plain(without_asides(name)) if name != instrument.doc_number else ""):
            shortest = _SHORTEST_EN if form.isascii() else _SHORTEST_ZH
            if len(form) >= shortest:
                names.add(form)
    return names


def _plain(text: str) -> str:
    folded = fold(text)
    # spaces part English words but not Chinese ones
    return (
        _SPACE.sub(lambda m: " " if m.group().isspace() else "", folded).strip()
        if folded.isascii()
        else (re.sub(r"(?<![a-z0-9])\s+|\s+(?![a-z0-9])", "", _SPACE.sub(" ", folded)).strip())
    )


def _cuts_word(text: str, start: int, end: int) -> bool:
    def joined(index: int) -> bool:
        return 0 < index < len(text) and all(c.isascii() and c.isalnum() for c in text[index - 1 : index + 1])

    return joined(start) or joined(end)


def without_names(text: str, instruments: Sequence[Instrument], titles: Titles) -> str:
    """``text`` without the names of ``instruments``: they say where to look, not what for."""
    left = without_numbers(text) if instruments else text
    for instrument in instruments:
        names = (instrument.title_zh, instrument.title_en, instrument.doc_number, *instrument.aliases)
        for name in sorted(filter(None, names), key=len, reverse=True):
            left = re.sub(rf"《?{re.escape(name)}》?", " ", left, flags=re.IGNORECASE)
    ids = {instrument.id for instrument in instruments}
    for told in sorted(titles.recognised(left), key=lambda told: -told.start):
        if told.instrument_id in ids:
            left = f"{left[: told.start]} {left[told.end :]}"
    return left if re.search(r"[\u4e00-\u9fff]{2}|[a-zA-Z]{3}", left) else text
