"""What reading a sentence needs to know: where attributes are named, and which one is meant."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from assistant.eligibility.attribute import Attribute
from assistant.eligibility.mentions import Lexicon, Mention
from assistant.eligibility.years import YearsAgo


class Vocabulary:
    """The words of one catalogue.

    ``series`` lists attributes that measure the same thing in the last year, the year before and so on.
    ``common`` ranks attributes by how many schemes use them, for sentences that name no scheme.
    """

    def __init__(
        self,
        attributes: Mapping[str, Attribute],
        lexicon: Lexicon,
        *,
        series: Sequence[Sequence[str]] = (),
        common: Mapping[str, int] | None = None,
    ) -> None:
        self._attributes = attributes
        self._lexicon = lexicon
        self._series: dict[str, tuple[str, ...]] = {names[0]: tuple(names) for names in series}
        for names in series:
            for name in names:
                self._series.setdefault(name, tuple(names))
        self._common = common or {}

    def mentions(self, text: str) -> list[Mention]:
        """Where attributes are named."""
        return self._lexicon.mentions(text)

    def attribute(self, name: str) -> Attribute:
        """One attribute."""
        return self._attributes[name]

    def choose(self, names: Iterable[str], prefer: Sequence[str]) -> str | None:
        """The one meant: what the scheme needs; where none is named, what most schemes use. None: neither."""
        candidates = list(names)
        if prefer:
            return next((name for name in prefer if name in candidates), None)
        ranked = sorted(candidates, key=lambda n: -self._common.get(n, 0))
        if len(ranked) > 1 and self._common.get(ranked[0], 0) == self._common.get(ranked[1], 0):
            return None
        return ranked[0] if ranked else None

    def share_of(self, amount: str) -> str | None:
        """The ratio that divides ``amount``."""
        return next((a.name for a in self._attributes.values() if a.share_of == amount), None)

    def in_year(self, name: str, ago: YearsAgo) -> str | None:
        """The attribute for the same thing so many years ago; None where none is kept."""
        series = self._series.get(name)
        if series is None:
            return name if ago == 1 else None
        return series[ago - 1] if 1 <= ago <= len(series) else None

    def is_yearly(self, name: str) -> bool:
        """Does it measure one year out of several?"""
        return name in self._series
