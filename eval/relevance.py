"""Does an answer address what was asked? Whether it is right is for other metrics.

``relevance = about × (1, or ½ where the kind of answer asked for is not there)``. ``about`` is the share of
the question's wording, weighed as key facts are (`wording`: function words nothing, names of a thing alike),
that the answer or a heading it cites has too; the kind is a figure, a time, a body or a decision, as the
question word tells. It tells an answer from one to another question; it hardly ranks answers to the same
question (``python -m eval bench relevance``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from statistics import fmean

from assistant.language.detect import detect
from assistant.language.fold import aligned
from assistant.language.glossary import Glossary
from eval.amounts import amounts
from eval.polarity import polarities
from eval.record import TurnRecord
from eval.score import Score
from eval.wording import coverage, units, vocabulary

_TIME = re.compile(
    r"什么时候|何时|哪一?[天年]|几[月号]|多久|截止|\bwhen\b|\bdeadline\b|\bwhat date\b"
    r"|\bwhich year\b|\bhow long\b"
)
_FIGURE = re.compile(
    r"多少|几[个家年人项条天倍岁]|\bhow (?:many|much|large|big|high)\b"
    r"|\bwhat (?:is the )?(?:percentage|share|rate|ratio|amount|number|score)\b"
)
_BODY = re.compile(
    r"谁|哪(?:个|些|几个)?(?:部门|单位|机构)|\bwho\b|\bwhich (?:authority|body|department|bureau|agency)\b"
)
_DECISION = re.compile(
    r"吗|是不是|行不行|能不能|可不可以|是否|有没有|够不够"
    r"|^(?:is|are|was|were|do|does|did|can|could|must|may|has|have|will|would|should)\b|, (?:right|correct)\?"
)
_ASKING = re.compile(
    r"请问|什么时候|为什么|什么|何时|多少|多久|哪(?:一?[天年月]|些|个|里)?|怎么[样办]?|如何|谁|是否|吗|呢"
    r"|是不是|行不行|能不能|可不可以|有没有|够不够"
)
_NAMES_A_BODY = re.compile(
    r"[局部委会府厅院]|中心|企业|(?i:bureau|ministry|committee|government|department|commission|council|office)"
    r"|[A-Z][a-z]+ [A-Z][a-z]+"
)
_KINDS: tuple[tuple[re.Pattern[str], Callable[[str], bool]], ...] = (
    (_TIME, lambda text: any(a.quantity.kind in ("date", "duration") for a in amounts(text))),
    (_FIGURE, lambda text: any(a.is_telling for a in amounts(text))),
    (_BODY, lambda text: _NAMES_A_BODY.search(text) is not None),
    (_DECISION, lambda text: bool(polarities(text))),
)


def score_relevance(turns: Sequence[TurnRecord], refused: Sequence[bool], glossary: Glossary) -> Score:
    """The mean over the turns that were answered; absent where nothing was, or nothing can be compared."""
    answered = [turn for turn, refusal in zip(turns, refused, strict=True) if not refusal]
    if not answered:
        return Score.absent("a refusal answers nothing")
    found = [relevance(t.question, f"{t.text}\n{t.places}", glossary, shown=t.shown) for t in answered]
    values = [value for value in found if value is not None]
    if not values:
        return Score.absent("question and answer share no language, or the question has no content words")
    return Score(fmean(values), weight=len(values))


def relevance(question: str, answer: str, glossary: Glossary, *, shown: str = "") -> float | None:
    """0 to 1; None where the question has no wording of its own or the answer is in another language.

    ``shown`` is all that the reader sees: a decision may stand beside the sentences.
    """
    skip = [*(a.span for a in amounts(question)), *(m.span() for m in _ASKING.finditer(aligned(question)))]
    asked = units(question, {}, glossary, skip)
    about = coverage(asked, vocabulary(answer, glossary), whatever_denied=True).share
    if about is None or not answer.strip() or detect(question) != detect(answer):
        return None
    kinds = list(_wanted(question))
    given = not kinds or any(holds(shown or answer) for holds in kinds)
    return about if given else about / 2


def _wanted(question: str) -> Iterator[Callable[[str], bool]]:
    """Tests for the kinds of answer that the question asks for; none where its words do not tell."""
    plain = question.lower()
    yield from (holds for pattern, holds in _KINDS if pattern.search(plain))
