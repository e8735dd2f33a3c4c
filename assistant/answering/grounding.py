"""Is a sentence supported by the clauses that it cites? No model, milliseconds.

Two instruments, never mixed. Typed conflicts lock a sentence: a figure, date, name or document number that
the clause does not have, a bound, modal or negation turned round. The faithfulness score of the wording only
marks it, and so do shades: a bound, a condition or a limiting word left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answering import (
    grounding_conditions,
    grounding_figures,
    grounding_meaning,
    grounding_names,
    grounding_quantities,
)
from assistant.answering.faithfulness import model, score_sentence
from assistant.answering.faithfulness_words import content, without_labels
from assistant.answering.grounding_reasons import held_back, marked_for
from assistant.domain import Conflict, Grounding, Language, Support
from assistant.language.cues import about_the_sources
from assistant.language.detect import detect
from assistant.language.glossary import Glossary

#: "No: ..." answers the question; what follows is what a clause has to say.
_VERDICT = re.compile(r"^\s*(?:(?:不对|是的)[：:，,]|(?:No|Yes)[:,])\s*", re.IGNORECASE)
_FROM_A_CLAUSE = 0.7  # so much of a sentence in the clauses makes it a claim
_SAME_TERMS = 0.5  # share of its terms that a clause in the other language must name


def check(
    text: str,
    quotes: Sequence[str],
    *,
    language: Language,
    question: str = "",
    titles: Sequence[str] = (),
    glossary: Glossary | None = None,
) -> Grounding:
    """What may be said of one sentence and the full texts of the clauses it cites.

    ``titles`` (of the cited instruments, with issuer, number and section path) are legitimate sources of
    names and dates; ``question`` only of names: figures that only the asker said are marked. ``glossary``
    lets a sentence be compared with clauses in the other language; without it only figures and names are.
    """
    claim = without_labels(text)
    if not any(claim in quote for quote in quotes):
        claim = _VERDICT.sub("", claim)
    figures = grounding_quantities.compare(claim, quotes, titles, question)
    strange = grounding_names.unknown(claim, (*quotes, *titles, question))
    if figures.locks or strange:
        return held_back((*figures.locks, *strange))
    if not quotes or not _claims_something(claim, quotes):
        return Grounding(Support.NOT_CHECKABLE, reason_zh="没有可核对的内容", reason_en="nothing to check")
    same = [quote for quote in quotes if detect(quote) == (detect(claim) if claim else language)]
    places = grounding_figures.compare(claim, same)
    meaning = grounding_meaning.compare(claim, same)
    if places.locks or meaning.locks:
        return held_back((*places.locks, *meaning.locks))
    marks = (
        *figures.marks,
        *places.marks,
        *meaning.marks,
        *grounding_names.swapped(claim, same),
        *grounding_conditions.left_out(claim, same, question),
    )
    if not same:
        return _across_languages(claim, quotes, marks, figures.agreed, glossary)
    risk = score_sentence(claim, [*same, *titles], question)
    score = None if risk is None else round(1 - risk, 3)
    if marks or (risk is not None and risk >= model().sentence_threshold[detect(claim)]):
        return marked_for(marks, score)
    return Grounding(Support.SUPPORTED, (), score, "所引条款中有相同内容", "the cited clauses say so")


def _claims_something(claim: str, quotes: Sequence[str]) -> bool:
    """Headings, questions and words about the sources claim nothing, unless a clause says them."""
    words = content(claim)
    has_figures = bool(grounding_quantities.read(claim))
    if not words or claim.endswith(("？", "?")):
        return bool(words) and has_figures
    if has_figures or not (claim.endswith(("：", ":")) or about_the_sources(claim)):
        return True
    known = {word for quote in quotes for word in content(quote)}
    return sum(word in known for word in words) / len(words) >= _FROM_A_CLAUSE


def _across_languages(
    claim: str, quotes: Sequence[str], marks: tuple[Conflict, ...], agreed: int, glossary: Glossary | None
) -> Grounding:
    """Wording cannot be compared: figures that agree and terms that the glossary translates speak for it."""
    mentions = glossary.mentions(claim) if glossary else []
    there = {mention.term for quote in quotes for mention in glossary.mentions(quote)} if glossary else set()
    terms = {mention.term for mention in mentions}
    share = len(terms & there) / len(terms) if terms else None
    if marks or (share is not None and share < _SAME_TERMS) or not (agreed or share):
        return marked_for(marks, share, foreign=True)
    return Grounding(
        Support.SUPPORTED,
        (),
        share,
        "所引条款为另一种语言，数值和术语一致，措辞未比对",
        "the cited clauses are in the other language; figures and terms agree, wording was not compared",
    )
