"""What the words of a question weigh, and how the units of the evidence rank by them."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field, replace
from functools import cached_property

from assistant.answering.fitting import Scored, rank
from assistant.answering.naming import without_names
from assistant.answering.reading import Part, Reading, is_bare
from assistant.answering.relevance import Relevance
from assistant.answering.signs import sign
from assistant.answering.titles import Titles
from assistant.answering.units import Unit
from assistant.domain import Instrument

_CONFIRMS = sign("asks.confirms")
_FIGURE = re.compile(r"#|(?!(?:19|20)\d\d$)\d+$")
_LATIN = re.compile(r"[a-z]")
#: What was told before the question, beside the question's own words.
GIVEN = 0.6
#: What the part says on which this one leans ("..., and which years does it run?").
_LEANS = 1.0
#: What was told in the same breath may weigh this much more than the question's own words.
_TOLD = 2.0
#: All earlier turns together, beside the question's own words.
_BEFORE = 0.5
#: How much an instrument is favoured that was spoken of, and one that the question itself names.
_CARRIED, _NAMES = 1.6, 4.0


@dataclass(frozen=True)
class Weighing:
    """A question, what it leans on, and the units that may answer it.

    ``context`` are texts of earlier turns with their shares; ``focus`` the instruments that it is about.
    """

    reading: Reading
    units: tuple[Unit, ...]
    relevance: Relevance
    context: tuple[tuple[str, float], ...] = ()
    focus: tuple[Instrument, ...] = ()
    titles: Titles = field(default_factory=lambda: Titles(()))

    @cached_property
    def in_focus(self) -> frozenset[str]:
        """The ids of the instruments in focus."""
        return frozenset(instrument.id for instrument in self.focus)

    def unnamed(self, text: str) -> str:
        """``text`` without the names of the instruments in focus."""
        return without_names(text, self.focus, self.titles)

    def weights(self, part: Part) -> dict[str, float]:
        """The words that count for ``part``: its own, then what was told, then earlier turns.

        However long the talk before, it weighs no more than its share of the question's own words.
        """
        asked = replace(part, text=part.text.removeprefix(part.about)) if part.about else part
        weights = self.own_weights(asked)
        budget = sum(weights.values()) or math.inf  # "是不是没戏？" says nothing itself
        self._add(weights, part.about, _LEANS, budget)
        self._add(weights, self.reading.given, GIVEN, _TOLD * budget)
        for other in self.reading.parts:  # "...是多少，执行到什么时候？" asks twice about one thing
            if other is not part:
                self._add(weights, other.text, GIVEN, budget)
        shares = sum(share for _, share in self.context)
        for text, share in self.context:
            self._add(weights, text, _BEFORE * share / shares, budget)
        return weights

    def _add(self, weights: dict[str, float], text: str, share: float, budget: float) -> None:
        """Add the words of ``text`` that are not there yet, in all at most ``share`` of ``budget``."""
        more = self.relevance.weights(self.unnamed(text))
        total = sum(more.values())
        scale = share * min(1.0, budget / total) if total else 0.0
        for term, weight in more.items():
            weights.setdefault(term, weight * scale)

    def own_weights(self, part: Part) -> dict[str, float]:
        """The words of ``part`` alone."""
        left = self.unnamed(part.text)
        # "技术合同登记谁去办": nothing is left but the name, and nobody spoke of it before
        named_only = not self.context and is_bare(left, self.reading.language)
        weights = self.relevance.weights(part.text if named_only else left)
        if not _CONFIRMS.search(part.text):
            return weights
        # "500家，对吧": the figure is what is in doubt, and no sign of the clause that has the right one
        return {term: weight for term, weight in weights.items() if not _FIGURE.match(term)}

    def names_all(self, part: Part, unit: Unit) -> bool:
        """Does ``unit``, with its headings and title, speak of every term of the glossary in ``part``?"""
        zh = self.reading.language == "zh"  # where a word in Latin letters names something: IC
        words = [t for t in self.own_weights(part) if t.startswith("§") or (zh and _LATIN.search(t))]
        return self.relevance.all_met(unit, words)

    def may_apply(self, part: Part, unit: Unit) -> bool:
        """May a rate of ``unit`` be applied? It speaks of all that is asked, and of its subject."""
        return self.names_all(part, unit) and self.on_subject(part, unit)

    def on_subject(self, part: Part, unit: Unit) -> bool:
        """Is ``unit`` about one of the programmes, titles or instruments that the question names, if any?

        480 employees are no answer about technology-based SMEs where a clause is on small low-profit ones.
        """
        named = self.subjects(part)
        return not named or any(self.relevance.all_met(unit, (subject,)) for subject in named)

    def subjects(self, part: Part) -> set[str]:
        """The programmes, titles and instruments that ``part``, or else the whole question, names."""
        return self.relevance.subjects(part.text) or self.relevance.subjects(self.reading.text)

    def by_score(self, part: Part) -> list[Scored]:
        """The units for ``part``, best first, whatever was told before."""
        if part not in self._rankings:
            favour = _CARRIED if self.context else _NAMES
            focus = dict.fromkeys(self.in_focus, favour)
            self._rankings[part] = rank(part, self.units, self.relevance, self.weights(part), focus)
        return self._rankings[part]

    @cached_property
    def _rankings(self) -> dict[Part, list[Scored]]:
        """Asked for again and again: by what is worked out, what is quoted and what is refused."""
        return {}
