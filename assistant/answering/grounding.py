"""Is a sentence supported by the clauses that it cites? No model, milliseconds.

Two instruments, never mixed: typed conflicts (a figure, date, document number that the clause does not
have) lock a sentence; the faithfulness score of its wording only marks it.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answering import (
    grounding_conditions,
    grounding_figures,
    grounding_meaning,
    grounding_quantities,
)
from assistant.answering.faithfulness_words import content
from assistant.domain import Conflict, Grounding, Language, Support
from assistant.language.cues import about_the_sources
from assistant.language.detect import detect
from assistant.language.fold import fold
from assistant.language.tokens import terms

_WEAK_BELOW = 0.5
_FROM_A_CLAUSE = 0.7  # so much of a sentence in the clauses makes it a claim


def check(
    text: str,
    quotes: Sequence[str],
    *,
    language: Language,
    question: str = "",
    titles: Sequence[str] = (),
) -> Grounding:
    """What may be said of one sentence and the full texts of the clauses it cites.

    ``titles`` (of the cited instruments, with issuer, number and section path) are legitimate sources of
    names and dates; ``question`` is not: what only the asker said is marked.
    """
    figures = grounding_quantities.compare(text, quotes, titles, question)
    if figures.locks:
        return _unsupported(figures.locks)
    if not quotes or not _claims_something(text, quotes):
        return Grounding(Support.NOT_CHECKABLE, reason_zh="没有可核对的内容", reason_en="nothing to check")
    places = grounding_figures.compare(text, quotes)
    meaning = grounding_meaning.compare(text, quotes)
    if places.locks or meaning.locks:
        return _unsupported((*places.locks, *meaning.locks))
    score = _coverage(text, quotes, language)
    marks = (
        *figures.marks,
        *places.marks,
        *meaning.marks,
        *grounding_conditions.left_out(text, quotes, question),
    )
    if marks:
        return _weak(marks, score)
    if score is not None and score < _WEAK_BELOW:
        return Grounding(
            Support.WEAK,
            (),
            score,
            "措辞与所引条款差别较大",
            "its wording differs much from the cited clauses",
        )
    return Grounding(Support.SUPPORTED, (), score, "所引条款中有相同内容", "the cited clauses say so")


def _claims_something(text: str, quotes: Sequence[str]) -> bool:
    """Headings, questions and words about the sources claim nothing, unless a clause says them."""
    stripped = text.strip()
    words = content(stripped)
    if not words or stripped.endswith(("？", "?")):
        return bool(words) and bool(grounding_quantities.read(stripped))
    says_little = stripped.endswith(("：", ":")) or about_the_sources(stripped)
    if not says_little or grounding_quantities.read(stripped):
        return True
    known = {word for quote in quotes for word in content(quote)}
    return sum(word in known for word in words) / len(words) >= _FROM_A_CLAUSE


def _coverage(text: str, quotes: Sequence[str], language: Language) -> float | None:
    """Share of the sentence's terms that the clauses have; None across languages."""
    if all(detect(quote) != language for quote in quotes):
        return None
    folded = fold(text).strip(" 。.;；,，")
    if any(folded in fold(quote) for quote in quotes):
        return 1.0
    known = {term for quote in quotes for term in terms(quote)}
    own = terms(text)
    return sum(term in known for term in own) / len(own) if own else None


def _unsupported(conflicts: tuple[Conflict, ...]) -> Grounding:
    first = conflicts[0]
    zh = f"“{first.claimed}”与所引条款不符" + (
        f"（条款为“{'”“'.join(first.found)}”）" if first.found else "（条款中没有）"
    )
    en = f"“{first.claimed}” is not what the cited clauses say" + (
        f" (they say “{'”, “'.join(first.found)}”)" if first.found else " (they do not have it)"
    )
    return Grounding(Support.UNSUPPORTED, conflicts, None, zh, en)


def _weak(conflicts: tuple[Conflict, ...], score: float | None) -> Grounding:
    first = conflicts[0]
    if first.type == "question_only":
        zh, en = f"“{first.claimed}”只见于提问，条款中没有", f"“{first.claimed}” stands in the question only"
    else:
        said_zh, said_en = "”“".join(first.found), "”, “".join(first.found)
        zh, en = (
            f"“{first.claimed}”与条款“{said_zh}”不完全一致",
            f"“{first.claimed}” is not quite “{said_en}”",
        )
    return Grounding(Support.WEAK, conflicts, score, zh, en)
