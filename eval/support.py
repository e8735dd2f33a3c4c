"""Are the claims of an answer supported by what they cite? Citations, faithfulness, unsupported figures.

Every sentence is checked again with `answering.grounding.check` against the full clauses it cites, from
the stored record; the assistant's own verdict is not taken on trust. Definitions follow ALCE (Gao et al.,
2023): recall asks whether a claim is supported by its citations together, precision whether a citation is
needed and supports. A refusal makes no claim and has no faithfulness.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from assistant.answering.grounding import check
from assistant.domain import Conflict, Language, Support
from assistant.language.numerals import ENGLISH, parse
from assistant.language.quantities import Quantity
from eval.amounts import Amount, amounts, missing
from eval.arithmetic import work_out
from eval.record import GivenEvidence, StoredSentence, TurnRecord
from eval.score import Score

_ABOUT_THE_ANSWER = re.compile(r"\d+\s?(?:项|个)条件没有信息|\d+ (?:further |other )?conditions?\b")
UNTOLD = "?"  # a citation's problem, where the target cannot tell


@dataclass(frozen=True)
class Claim:
    """A sentence with the evidence it cites, and whether that supports it."""

    sentence: StoredSentence
    cited: tuple[GivenEvidence, ...]
    given: tuple[GivenEvidence, ...]
    language: Language
    question: str

    @cached_property
    def support(self) -> Support:
        """Supported by everything it cites, together."""
        return self.supported_by(self.cited)

    def supported_by(self, evidence: Sequence[GivenEvidence]) -> Support:
        """Supported by ``evidence`` alone? What is worked out in sight from it is."""
        worked = work_out(self.sentence.text, self._known(evidence))
        grounding = check(
            _ABOUT_THE_ANSWER.sub("", worked.rest),
            [e.text for e in evidence],
            language=self.language,
            question=self.question,
            titles=[" ".join((e.title, *e.path)) for e in evidence],
        )
        if grounding.support is Support.UNSUPPORTED or (worked.figures and grounding.conflicts == ()):
            repeated = all(self._harmless(c, worked.figures) for c in grounding.conflicts)
            return Support.SUPPORTED if repeated else Support.UNSUPPORTED
        return grounding.support

    def _harmless(self, conflict: Conflict, worked: Sequence[Amount]) -> bool:
        """Does the conflict rest on figures worked out in sight, or on a manner of speaking?"""
        figures = amounts(conflict.claimed)
        return bool(figures) and not missing([f for f in figures if f.is_telling], worked)

    def _known(self, evidence: Sequence[GivenEvidence]) -> list[Amount]:
        sources = [self.question, *(" ".join((e.title, *e.path, e.text)) for e in evidence)]
        held = [amount for source in sources for amount in amounts(source)]
        # "from 10 million to 50 million yuan" holds two amounts: where the band begins and where it stops
        ends = [end for amount in held if amount.quantity.high is not None for end in _ends(amount)]
        months = [day for amount in amounts(self.question) for day in _last_day(amount)]
        return [*ends, *months, *_counts_in_words(self.question), *held]

    @property
    def checkable(self) -> bool:
        """Does it claim anything? A sentence that cites does; one that does not is judged by its words."""
        return bool(self.sentence.citations) or self.supported_by(self.given) is not Support.NOT_CHECKABLE

    @property
    def supported(self) -> bool:
        """Nothing in the cited clauses speaks against it, and it cites something."""
        return bool(self.cited) and self.support is not Support.UNSUPPORTED

    def useful(self, number: int) -> bool:
        """Does the citation at ``number`` support the claim: alone, or because without it the rest fails?"""
        if len(self.cited) == 1:
            return self.supported
        if self.supported_by([self.cited[number]]) in (Support.SUPPORTED, Support.WEAK):
            return True
        rest = [e for i, e in enumerate(self.cited) if i != number]
        return self.supported and self.supported_by(rest) is Support.UNSUPPORTED

    @property
    def unsupported_figures(self) -> list[str]:
        """Figures found neither in the cited clauses nor in the question, and not worked out in sight."""
        known = self._known(self.cited)
        worked = work_out(self.sentence.text, known)
        figures = [a for a in amounts(_ABOUT_THE_ANSWER.sub("", worked.rest)) if a.is_telling]
        return [a.text for a in missing(figures, [*known, *worked.figures])]


def _counts_in_words(question: str) -> Iterator[Amount]:
    """Four utility models are 4 of them, though a number in words is seldom a figure."""
    for match in re.finditer(ENGLISH, question.lower()):
        value = parse(match.group())
        if value is not None:
            yield Amount(Quantity("number", value, "", match.start(), match.end(), match.group()), 0)


def _last_day(month: Amount) -> Iterator[Amount]:
    """Who applies "in November 2026" can wait until the 30th."""
    key = re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])", month.quantity.key)
    if month.quantity.kind == "date" and key is not None:
        day = monthrange(int(key[1]), int(key[2]))[1]
        yield replace(month, quantity=replace(month.quantity, key=f"{key[0]}-{day:02d}"))


def _ends(span: Amount) -> tuple[Amount, ...]:
    """The two figures that a range runs between; the first may have left its unit to the second."""
    low, high = (
        replace(span.quantity, high=None),
        replace(span.quantity, value=span.quantity.high or span.quantity.value, high=None),
    )
    return Amount(low, 0), Amount(high, 0), Amount(replace(low, kind="number", unit=""), 0)


def claims(turn: TurnRecord, language: Language, asked: str = "") -> list[Claim]:
    """The sentences of an answer with what they cite; ``asked`` are the questions of earlier turns."""
    by_chunk = {e.chunk: e for e in turn.evidence}
    return [
        Claim(
            sentence,
            tuple(by_chunk[c.chunk] for c in sentence.citations if c.chunk in by_chunk),
            turn.evidence,
            language,
            f"{asked}\n{turn.question}",
        )
        for sentence in turn.sentences
    ]


def score_support(
    turns: Sequence[TurnRecord], language: Language, refused: Sequence[bool]
) -> dict[str, Score]:
    """Citation validity, precision and recall, faithfulness and unsupported figures over a conversation."""
    asked = ["\n".join(turn.question for turn in turns[:number]) for number in range(len(turns))]
    spoken = [
        pair for pair, refusal in zip(zip(turns, asked, strict=True), refused, strict=True) if not refusal
    ]
    answered = [turn for turn, _ in spoken]
    all_claims = [claim for turn, before in spoken for claim in claims(turn, language, before)]
    checkable = [claim for claim in all_claims if claim.checkable]
    cited = [c for turn in turns for s in turn.sentences for c in s.citations]
    told = [c for c in cited if c.problem != UNTOLD]
    scores = {
        "citation_validity": Score.share(
            sum(c.problem is None for c in told),
            len(told),
            "; ".join(f"[{c.label}] {c.problem}" for c in told if c.problem),
            empty="no citation" if not cited else "the target cannot tell",
        ),
        "unsupported_numbers": _figures(all_claims),
    }
    names = ("citation_recall", "citation_precision", "faithfulness", "faithfulness_claims")
    if not answered:
        return scores | {name: Score.absent("a refusal claims nothing") for name in names}
    if not any(turn.evidence for turn in answered):
        return scores | {name: Score.absent("the target shows no evidence") for name in names}
    good = [claim for claim in checkable if claim.supported]
    bad = "; ".join(claim.sentence.text for claim in checkable if not claim.supported)
    useful = [claim.useful(i) for claim in checkable for i in range(len(claim.cited))]
    dangling = sum(len(claim.sentence.citations) - len(claim.cited) for claim in all_claims)
    return scores | {
        "citation_recall": Score.share(len(good), len(checkable), bad, empty="no checkable claim"),
        "citation_precision": Score.share(sum(useful), len(useful) + dangling, empty="no citation"),
        "faithfulness_claims": Score.share(len(good), len(checkable), bad, empty="no checkable claim"),
        "faithfulness": Score(float(len(good) == len(checkable)), bad)
        if checkable
        else Score.absent("no checkable claim"),
    }


def _figures(all_claims: Sequence[Claim]) -> Score:
    found = [figure for claim in all_claims if claim.cited for figure in claim.unsupported_figures]
    return Score(float(len(found)), ", ".join(found), weight=max(1, len(all_claims)))
