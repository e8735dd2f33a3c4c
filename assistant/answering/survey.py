"""The evidence looked at through the question: what is asked, what could be quoted, what fits how well.

Made once per question and used by everything that decides about the answer: the quoting composer, the
search for gaps, the questions asked back.
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from functools import cached_property

from assistant.answering.composer import ComposeTask
from assistant.answering.figures import things
from assistant.answering.fitting import Scored, is_its_case, says_kind
from assistant.answering.hostile import gives_orders
from assistant.answering.naming import without_names
from assistant.answering.outline import outline
from assistant.answering.reading import Part, Reading, Want, is_bare, is_empty, read
from assistant.answering.relevance import Relevance
from assistant.answering.selection import Selected, select
from assistant.answering.signs import sign
from assistant.answering.standing import is_gap, refers, standing
from assistant.answering.titles import Titles
from assistant.answering.units import Unit, units
from assistant.answering.weighing import GIVEN, Weighing
from assistant.answering.workings import quote
from assistant.domain import Evidence, Language
from assistant.language.glossary import Glossary
from assistant.language.tokens import without_boilerplate

_SUPPOSES = re.compile(r"(?:那)?(?:如果|要是|假如|若)|what if|if\b", re.IGNORECASE)
#: "这个目标", "that target": what is meant stands in the question before.
_POINTS = sign("asks.pointed")
#: A text, by no name of its own.
_TEXT = re.compile(r"政策|文件|办法|规定|公告|通知|方案|\b(?:policy|document|plan|rule)s?\b", re.IGNORECASE)
#: A gap that meets this much of the question's own words is what was asked for.
_TELLING_GAP = 0.35
#: A follow-up asks for what was not told yet, unless it asks to hear it again.
_TOLD_BEFORE, _RECENT = 0.6, 3
_ASKS_AGAIN = sign("asks.again")
#: What was told may answer again where it meets this much of the question's own words.
_ANSWERS_AGAIN = 0.2
#: Another text than the one talked about is turned to where it meets this much of them.
_TURNS = 0.1
#: What a term of the glossary that is met, and an instrument that is named, add to answerability.
_TERM_MET, _NAMED = 0.12, 0.15


@dataclass(frozen=True)
class Survey(Weighing):
    """What a question asks and what the evidence offers; ``told`` is what earlier answers said."""

    told: frozenset[str] = frozenset()

    @classmethod
    def of(
        cls,
        question: str,
        language: Language,
        evidence: Sequence[Evidence],
        glossary: Glossary,
        *,
        context: tuple[tuple[str, float], ...] = (),
        before: str = "",
        focus: tuple[str, ...] = (),
        told: frozenset[str] = frozenset(),
    ) -> Survey:
        """Look at ``evidence`` for ``question``.

        ``before`` is the question it leans on, if any; ``focus`` the ids of the instruments it is about;
        ``told`` what the answer before said.
        """
        # an order hidden in a document is no clause that could answer
        found = tuple(unit for item in evidence for unit in units(item) if not gives_orders(unit.text))
        reading = read(question, language)
        instruments = {item.passage.instrument.id: item.passage.instrument for item in evidence}
        named = tuple(instruments[name] for name in focus if name in instruments)
        titles = Titles(tuple(instruments.values()))
        if before:
            reading = _inherit(reading, read(before, language))
            if is_empty(without_names(question, named, titles), language) or _POINTS.search(question):
                topic = without_boilerplate(before)
                parts = tuple(replace(part, text=f"{topic} {part.text}") for part in reading.parts)
                reading = replace(reading, parts=parts)
        return cls(reading, found, Relevance.of(found, glossary), context, named, titles, told)

    @classmethod
    def of_task(cls, task: ComposeTask, glossary: Glossary) -> Survey:
        """The evidence of a task looked at through its question."""
        return cls.of(
            task.question,
            task.language,
            task.evidence,
            glossary,
            context=task.context,
            before=task.before,
            focus=task.focus,
            told=_told(task),
        )

    def answerability(self) -> float:
        """How likely the evidence is about the question at all, 0 to 1.

        The share of the question's words that the best units meet, and more where they meet terms of the
        glossary or stand in an instrument that the question names: strange questions share words with any
        text, but no terms of the trade.
        """
        weights: dict[str, float] = {}
        for part in self.reading.parts:  # a follow-up may say next to nothing itself
            weights.update(self.weights(part) if self.context else self.own_weights(part))
        for term, weight in self.relevance.weights(self.unnamed(self.reading.given)).items():
            weights.setdefault(term, weight * GIVEN)
        # "And where is Wuhan now?" asks about what was spoken of before
        told = weights if self.context else self.relevance.placeless(weights)
        best = [
            unit for found in self.selected() for unit in found.units or ((found.gap,) if found.gap else ())
        ]
        met = self.relevance.concepts_met(best, told)
        share = self.relevance.coverage(best, told)
        return min(1.0, share + _TERM_MET * min(met, 2) + (_NAMED if self.focus else 0.0))

    def gap(self, selected: Selected) -> str:
        """What the sources say they lack, where that is what ``selected`` was asked for."""
        if selected.gap is None:
            return ""
        share = self.relevance.coverage((selected.gap,), self.own_weights(selected.part))
        return selected.gap.text if share >= _TELLING_GAP else ""

    def ranked(self, part: Part) -> list[Scored]:
        """The units for ``part``, best first."""
        ranked = self.by_score(part)
        if Want.COMPARISON in part.wants or not self._stays:
            return ranked
        focus = self.in_focus
        return [scored for scored in ranked if scored.unit.instrument_id in focus]

    @cached_property
    def _stays(self) -> bool:
        """Does a follow-up stay with the texts it is about? If one answers it best, others confuse.

        What says next to nothing of itself ("政策哪年到期？", "Who pays?") can be about nothing else.
        """
        if not self.context or not self.focus:
            return False
        own, language = _TEXT.sub(" ", self.unnamed(self.reading.text)), self.reading.language
        of_text = self.reading.wants & {Want.WHO, Want.WHEN, Want.VALIDITY}
        return (
            is_empty(own, language)
            or bool(of_text and is_bare(own, language))
            or any(map(self._answered_by_focus, self.reading.parts))
        )

    def _answered_by_focus(self, part: Part) -> bool:
        """Is the best unit in focus? What was told before must also meet the part's own words best."""
        focus, ranked = self.in_focus, self.by_score(part)
        if not ranked or ranked[0].unit.instrument_id not in focus:
            return False
        own = self.own_weights(part)
        other = (self.relevance.score(s.unit, own) for s in ranked if s.unit.instrument_id not in focus)
        best = ranked[0].unit
        if refers(best):  # "the current rate is in ...": another text has the answer
            return False
        return not self._was_told(best) or self.relevance.score(best, own) >= max(other, default=0.0) > 0

    def _fresh(self, part: Part) -> list[Scored]:
        """The units for ``part``, those lowered that were told before.

        What was told has met the earlier questions: only what ``part`` itself says can bring it again, or an
        amount that is in its case. It answers again where nothing else in its text meets ``part`` better.
        """
        ranked = self.ranked(part)
        told = {s.unit for s in ranked if self._was_told(s.unit) and not is_its_case(part, s.unit)}
        if not told:
            return ranked
        own, focus = self.own_weights(part), self.in_focus
        new = (s.unit for s in ranked if s.unit not in told and s.unit.instrument_id in focus)
        best_new = max((self.relevance.score(unit, own) for unit in new), default=0.0)
        known = []
        for scored in ranked:
            meets = self.relevance.score(scored.unit, own)
            if scored.unit in told and (meets * _TOLD_BEFORE <= best_new or meets < _ANSWERS_AGAIN):
                lowered = 1.0 if Want.YES_NO in part.wants else _TOLD_BEFORE
                if not (part.kinds and says_kind(part, scored.unit)):  # it may hold the figure now asked for
                    lowered *= self._own_share(part, scored.unit)
                scored = replace(scored, score=scored.score * lowered)
            known.append(scored)
        known.sort(key=lambda s: -s.score)
        best = known[0].unit
        strays = focus and best.instrument_id not in focus and self.relevance.score(best, own) < _TURNS
        return ranked if strays else known

    def _was_told(self, unit: Unit) -> bool:
        """Did an earlier answer quote ``unit``?"""
        return unit.text in self.told or quote(unit, self.reading.language).text in self.told

    def _own_share(self, part: Part, unit: Unit) -> float:
        """How much of what ``unit`` meets are words of ``part`` itself, and not of the talk before."""
        own, weights = self.own_weights(part), self.weights(part)
        met = self.relevance.score(unit, weights) * sum(weights.values())
        return min(1.0, self.relevance.score(unit, own) * sum(own.values()) / met) if met else 0.0

    def instead(self, part: Part, quoted: Set[Unit]) -> tuple[Unit, ...]:
        """What the same texts say that meets ``part`` itself better than what was quoted before it."""
        texts = {unit.instrument_id for unit in quoted}
        own = self.own_weights(part)
        ranked = self.ranked(part)
        best = max((self.relevance.score(s.unit, own) for s in ranked if s.unit in quoted), default=0.0)
        left = [s for s in ranked if s.unit not in quoted and not is_gap(s.unit) and not s.unit.introduces]
        left = [s for s in left if s.unit.instrument_id in texts and standing(part, s.unit) == 1]
        left = [s for s in left if not part.kinds or says_kind(part, s.unit)]
        first = max(left, key=lambda s: self.relevance.score(s.unit, own), default=None)
        return (first.unit,) if first and self.relevance.score(first.unit, own) > best else ()

    def select(self, part: Part) -> Selected:
        """What answers ``part``."""
        named = () if self.context else [instrument.id for instrument in self.focus]
        subjects = () if self.context else self.subjects(part)
        ranked = self._own_first(part, self._fresh(part))
        weights = self.weights(part)
        whole = outline(replace(part, text=self.unnamed(part.text)), ranked)
        if whole:
            return Selected(part, whole, self.relevance.coverage(whole, weights), whole_list=True)
        return select(part, ranked, self.relevance, weights, named, subjects)

    def _own_first(self, part: Part, ranked: list[Scored]) -> list[Scored]:
        """The best unit left to another part whose own words it meets better, if this one has its own too.

        "How many were there, and what had the target been?": the clause on the target answers the second.
        """
        others = [self.own_weights(o) for o in self.reading.parts if o is not part and not o.about]
        if not others or not ranked or part.about:
            return ranked
        best = ranked[0].unit
        own = self.relevance.score(best, self.own_weights(part))
        if not any(self.relevance.score(best, weights) > own for weights in others):
            return ranked
        instead = self.instead(part, {best})
        first = [scored for scored in ranked if scored.unit in instead]
        rest = [scored for scored in ranked if scored.unit not in instead and scored.unit is not best]
        return [*first, *rest] if first else ranked

    def selected(self) -> tuple[Selected, ...]:
        """What answers each part."""
        return tuple(self.select(part) for part in self.reading.parts)


def _told(task: ComposeTask) -> frozenset[str]:
    """What earlier answers said and a follow-up need not hear again."""
    again = is_bare(task.question, task.language) or _ASKS_AGAIN.search(task.question)
    if not task.before or again:
        return frozenset()
    return frozenset(s.text for turn in task.conversation.turns[-_RECENT:] for s in turn.answer.sentences)


def _inherit(reading: Reading, earlier: Reading) -> Reading:
    """A follow-up without a sign of its own ("那研发平台呢？") asks what was asked before."""
    last = next((p for p in reversed(earlier.parts) if p.wants - {Want.OTHER}), earlier.parts[-1])
    measured = things(last.text)
    parts = tuple(
        # "人员呢？" after a question about an amount no longer asks for an amount
        replace(part, wants=last.wants, asked=last.asked if things(part.text) <= measured else ())
        if part.wants <= {Want.OTHER} and not part.kinds and not _SUPPOSES.match(part.text)
        else part
        for part in reading.parts
    )
    return replace(reading, parts=parts)
