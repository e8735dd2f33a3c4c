"""Answers without a model: the clauses that answer are picked and quoted, and figures are worked out.

Knows nothing of how passages were found or of what the reader finally sees.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from assistant.answering.comparing import compared
from assistant.answering.composer import Composed, ComposeTask, Draft
from assistant.answering.eligible import asks_class, judged
from assistant.answering.figures import figures
from assistant.answering.in_force import in_force
from assistant.answering.premises import corrected
from assistant.answering.reading import Part, Want
from assistant.answering.selection import Selected
from assistant.answering.sums import worked_out
from assistant.answering.survey import Survey
from assistant.answering.tables import scored
from assistant.answering.telling import told
from assistant.answering.units import Unit
from assistant.answering.wording import SOURCE
from assistant.answering.workings import Worked, quote
from assistant.domain import Language
from assistant.language.glossary import Glossary
from assistant.language.quantities import quantities
from assistant.language.tokens import terms

_ASKS_POINTS = re.compile(r"得(?:多少|几)分|(?:多少|几)分|评分|得分|\bscores?\b|\bpoints\b", re.IGNORECASE)


_ASKS_SOURCE = re.compile(
    r"(?:哪|什么)(?:个|份|部)?(?:文件|文|办法|法规|规定|政策)(?:说|写|规定|里|中|提|依据)|出自哪|出处|依据是什么"
    r"|\b(?:which|what) (?:document|policy|law|regulation|plan) (?:says|states|sets|is)",
    re.IGNORECASE,
)
#: Two texts that share this much of their words, and all their figures, say the same.
_SAME = 0.7


class ExtractiveComposer:
    """Quotes the units of the evidence that answer the question."""

    def __init__(self, glossary: Glossary | None = None) -> None:
        self._glossary = glossary or Glossary()

    @property
    def name(self) -> str:
        """How answers made this way are marked."""
        return "extractive"

    def compose(self, task: ComposeTask) -> Iterator[Draft | Composed]:
        """Drafts that are quotations, in the order of the question's parts, then `Composed`."""
        survey = Survey.of_task(task, self._glossary)
        page = _Page(task.language)
        for part in survey.reading.parts:
            page.turn()
            on_subject = partial(survey.on_subject, part)
            page.work(corrected(task.question, survey.ranked(part), task.language, survey.focus, on_subject))
            page.work(self._work(survey, part, task))
            selected = survey.select(part)
            if selected.units and page.quoted.issuperset(selected.units):
                selected = replace(selected, units=survey.instead(part, page.quoted))
            page.quote(selected, survey.gap(selected))
            if _ASKS_SOURCE.search(part.text):
                page.source(task)
        yield from page.drafts
        yield Composed(
            refused=not page.drafts,
            gap=next(filter(None, page.gaps), ""),
            unanswered=tuple(filter(None, page.gaps)) if page.drafts else (),
            missing_facts=tuple(page.open),
        )

    def _work(self, survey: Survey, part: Part, task: ComposeTask) -> Worked | None:
        """What can be worked out: if a rule is in force, a comparison, what follows from figures told."""
        standing = in_force(part, survey, task.language)
        if standing:
            return standing
        both = compared(survey, part, task.evidence, self._glossary, task.language)
        if both:
            return both
        turns = [*(turn.question for turn in task.conversation.turns), task.question]
        said = told(turns, task.language)
        ranked = survey.ranked(part)
        points = scored(said, ranked, task.language) if _ASKS_POINTS.search(part.text) else None
        worked = points or worked_out(part, said, ranked, task.language, partial(survey.may_apply, part))
        judges = part.wants & {Want.YES_NO, Want.CONDITION} or asks_class(part)
        judges = judges or bool(figures(task.question) and task.before)
        value_only = Want.VALUE in part.wants and Want.YES_NO not in part.wants
        if worked or value_only or not judges:
            return worked
        fitting = [scored for scored in ranked if survey.on_subject(part, scored.unit)]
        return judged(part, said, fitting, task.language, task.focus)


class _Page:
    """The drafts of one answer in reading order; no unit is quoted twice."""

    def __init__(self, language: Language) -> None:
        self.drafts: list[Draft] = []
        self.gaps: list[str] = []
        self.open: list[str] = []
        self._language = language
        self.quoted: set[Unit] = set()
        self._worked = False

    def turn(self) -> None:
        """The next part of the question."""
        self._worked = False

    def work(self, worked: Worked | None) -> None:
        """What was worked out comes before plain quotations."""
        self._worked = self._worked or worked is not None
        if worked is not None:
            for draft in worked.drafts:
                self._add(draft)
            self.open.extend(worked.open)
            self.quoted.update(worked.quoted)

    def quote(self, selected: Selected, gap: str) -> None:
        """The selected units not on the page yet; beside a working, only the best of its instrument."""
        if selected.gap is not None and not self._worked:
            self.gaps.append(gap)
        units = list(selected.units)
        if self._worked:
            homes = {unit.instrument_id for unit in self.quoted}
            units = [u for u in units[:1] if not selected.whole_list and u.instrument_id in homes]
        for unit in units:
            if unit in self.quoted:
                continue
            self.quoted.add(unit)
            self._add(quote(unit, self._language))

    def source(self, task: ComposeTask) -> None:
        """Which document the first sentence is from."""
        by_label = {item.label: item.passage.instrument for item in task.evidence}
        if not self.drafts or not self.drafts[0].labels:
            return
        label = self.drafts[0].labels[0]
        instrument = by_label[label]
        number = f"（{instrument.doc_number}）" if instrument.doc_number else ""
        text = SOURCE.say(self._language, title=instrument.title(self._language), number=number)
        self.drafts.append(Draft(text, (label,), self.drafts[0].spans[:1]))

    def _add(self, draft: Draft) -> None:
        """Two instruments that say the same make one sentence with two citations."""
        for index, shown in enumerate(self.drafts):
            if _says_the_same(shown.text, draft.text):
                labels = tuple(dict.fromkeys((*shown.labels, *draft.labels)))
                self.drafts[index] = replace(shown, labels=labels, spans=(*shown.spans, *draft.spans))
                return
        self.drafts.append(draft)


def _says_the_same(one: str, other: str) -> bool:
    words, others = set(terms(one)), set(terms(other))
    if len(words & others) < _SAME * len(words | others):
        return False
    figures, theirs = ([q.text for q in quantities(text)] for text in (one, other))
    return sorted(figures) == sorted(theirs)
