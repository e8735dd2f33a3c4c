"""The kinds of traps: from a clause or a case to a record whose truth is known by construction.

docs/metrics.md lists them. A trap that could be right in two ways is none: what is uncertain is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product
from typing import Any

from assistant.domain import LANGUAGES, Instrument, Language, ValidityStatus
from assistant.language.glossary import Glossary
from eval.amounts import amounts, missing
from eval.behaviour import expectation
from eval.cases import Case
from eval.cloze import Cloze, differing_words, similarity
from eval.facts import Fact, take_apart
from eval.rewording import reword
from eval.stretches import Reply
from eval.wording import coverage

Record = dict[str, Any]  # a case as it stands in a case file
_ALIKE = 0.7  # from here on two sentences are siblings
_REWORDED, _CLEARLY = 0.6, 0.05  # an old clause and its successor: how alike, how much more than the next
_HINTED = 0.3  # share of a fact's wording beside its figures from which another text may be said to tell it
#: Cases about what somebody says, or about a text's validity: records and other texts answer them as well.
_ABOUT_WHAT_IS_SAID = frozenset(("injection", "false_premise", "validity", "conflict"))


@dataclass(frozen=True, slots=True)
class Source:
    """What traps are made from."""

    instruments: Sequence[Instrument]
    clozes: Sequence[Cloze]
    texts: dict[tuple[str, str], str]  # (instrument, language) -> its texts, and what is on record of it
    cases: Sequence[Case]


def _of(cloze: Cloze, **more: object) -> Record:
    asked = {} if "turns" in more else {"question": cloze.question}
    return {
        "lang": cloze.language,
        **asked,
        "expected": [cloze.answer],
        "gold": [{"instrument": cloze.instrument, "ref": None}],
        **more,
    }


def clause(source: Source) -> Iterator[Record]:
    """A clause asked for its figure."""
    yield from (_of(cloze) for cloze in source.clozes if not _obsolete(source, cloze))


def sibling(source: Source) -> Iterator[Record]:
    """A clause beside which another one reads alike and has another figure."""
    for one, _ in _siblings(source):
        if not _obsolete(source, one):
            yield _of(one)


def perturbed(source: Source) -> Iterator[Record]:
    """A clause quoted with a wrong figure and "right?" behind it: the answer must give the right one."""
    for cloze in source.clozes:
        wrong = _another(cloze)
        if wrong and not _obsolete(source, cloze):
            stated = cloze.with_figure(wrong).rstrip("。.")
            question = f"{stated}，对吗？" if cloze.language == "zh" else f"{stated}, right?"
            yield _of(cloze, question=question)


def version(source: Source) -> Iterator[Record]:
    """A clause whose superseded text has another figure: today the one in force, before that the old one."""
    texts = _by_text(source)
    by_id = {instrument.id: instrument for instrument in source.instruments}
    for old_text, tongue in product(source.instruments, LANGUAGES):
        news = texts.get((old_text.superseded_by or "", tongue), [])
        for old in texts.get((old_text.id, tongue), []):
            new = _successor(old, news)
            if new is None:
                continue
            yield _of(new, must_not=[old.sentence])
            before = _day_before(by_id[new.instrument].effective)
            if before:
                gold = [{"instrument": old.instrument, "ref": None}]
                yield _of(new, expected=[old.answer], must_not=[new.sentence], gold=gold, as_of=before)


def _successor(old: Cloze, news: Sequence[Cloze]) -> Cloze | None:
    """The clause that took the place of ``old``, where one is clearly nearest and has another figure."""
    same_kind = [new for new in news if new.figure.quantity.kind == old.figure.quantity.kind]
    ranked = sorted(((similarity(old, new), n) for n, new in enumerate(same_kind)), reverse=True)
    if not ranked or ranked[0][0] < _REWORDED:
        return None
    if len(ranked) > 1 and ranked[0][0] - ranked[1][0] < _CLEARLY:
        return None
    new = same_kind[ranked[0][1]]
    return None if new.figure.quantity.agrees(old.figure.quantity) else new


def _day_before(day: str | None) -> str | None:
    """The day before an ISO date; None where the date is not given to the day."""
    try:
        return (date.fromisoformat(day or "") - timedelta(days=1)).isoformat()
    except ValueError:
        return None


def removed(source: Source) -> Iterator[Record]:
    """A question whose only source is hidden, and every fact has a figure that nothing else says."""
    for case in source.cases:
        instruments = {gold.instrument for gold in case.gold}
        expected = expectation(case, 0)
        plain = case.answerable and len(case.turns) == 1 and case.type not in _ABOUT_WHAT_IS_SAID
        if plain and len(instruments) == 1 and expected and expected.facts:
            facts = [take_apart(fact.text, case.question, Glossary()) for fact in expected.facts]
            if _only_there(source, instruments, facts):
                yield _hidden(case.language, case.question, facts, instruments)
    for cloze in source.clozes:
        facts = [take_apart(cloze.sentence, "", Glossary())]
        alone = not _obsolete(source, cloze) and not _told_again(source, cloze)
        if alone and _only_there(source, {cloze.instrument}, facts):
            yield _hidden(cloze.language, cloze.question, facts, {cloze.instrument})


def _told_again(source: Source, cloze: Cloze) -> bool:
    """Does another instrument have a sentence that reads alike?"""
    others = (other for other in source.clozes if other.instrument != cloze.instrument)
    return any(similarity(cloze, other) >= _ALIKE for other in others)


def _only_there(source: Source, instruments: Collection[str], facts: Sequence[Fact]) -> bool:
    """Does every fact have figures, and no text or record of another instrument any of them?"""
    elsewhere = [text for (name, _), text in source.texts.items() if name not in instruments]
    return all(fact.figures and not any(_says(text, fact) for text in elsewhere) for fact in facts)


def _hidden(language: Language, question: str, facts: Sequence[Fact], without: Collection[str]) -> Record:
    return {
        "lang": language,
        "question": question,
        "answerable": False,
        "must_not": [fact.text for fact in facts],
        "gold": [],
        "without": sorted(without),
    }


def _says(text: str, fact: Fact) -> bool:
    """Could the fact be taken from the text? Few texts hold its figures, so those are looked for first."""
    if missing(fact.figures, amounts(text)):
        return False
    return any(
        not missing(fact.figures, stretch.amounts)
        and (coverage(fact.wording, stretch.words_for(fact.figures, ())).share or 1) >= _HINTED
        for stretch in Reply(text, Glossary()).stretches(fact.reach)
    )


def paraphrase(source: Source) -> Iterator[Record]:
    """A question of the suite in other words."""
    for case in source.cases:
        other = reword(case.question, case.language)
        if len(case.turns) == 1 and case.answerable and other != case.question:
            yield {
                "lang": case.language,
                "question": other,
                "expected": [fact.text for fact in case.expected],
                "must_not": list(case.must_not),
                "gold": [{"instrument": g.instrument, "ref": g.ref} for g in case.gold],
                "status": [str(status) for status in case.status],
                "verdict": [str(verdict) for verdict in case.verdict],
            }


def language(source: Source) -> Iterator[Record]:
    """A clause asked for in one language while only texts in the other, which has the figure, may be used."""
    for cloze in source.clozes:
        others = [other for other in LANGUAGES if other != cloze.language]
        told = any(
            not missing([cloze.figure], amounts(source.texts.get((cloze.instrument, other), "")))
            for other in others
        )
        if told and not _obsolete(source, cloze):
            yield _of(cloze, only_languages=others)


def follow_up(source: Source) -> Iterator[Record]:
    """A clause, then its sibling by the words alone in which they differ."""
    for one, other in _siblings(source):
        words = differing_words(one, other)
        if words and not _obsolete(source, one):
            then = f"那{words[1]}呢？" if one.language == "zh" else f"And {words[1]}?"
            yield _of(one, turns=[one.question, then], expected=[one.answer, other.answer])


KINDS: dict[str, Callable[[Source], Iterator[Record]]] = {
    "clause": clause,
    "sibling": sibling,
    "perturbed": perturbed,
    "version": version,
    "removed": removed,
    "paraphrase": paraphrase,
    "language": language,
    "follow_up": follow_up,
}


def _siblings(source: Source) -> Iterator[tuple[Cloze, Cloze]]:
    """Pairs of one instrument that read alike but for figures that disagree."""
    for own in _by_text(source).values():
        yield from (pair for pair in product(own, own) if _alike(*pair))


def _alike(one: Cloze, other: Cloze) -> bool:
    a, b = one.figure.quantity, other.figure.quantity
    return a.kind == b.kind and not a.agrees(b) and similarity(one, other) >= _ALIKE


def _by_text(source: Source) -> dict[tuple[str, str], list[Cloze]]:
    """The clozes of each instrument and language."""
    groups: dict[tuple[str, str], list[Cloze]] = {}
    for cloze in source.clozes:
        groups.setdefault((cloze.instrument, cloze.language), []).append(cloze)
    return groups


def _another(cloze: Cloze) -> str | None:
    """A wrong figure of the same shape: the first digit moved up."""
    for place, character in enumerate(cloze.answer):
        if character.isdigit():
            digit = str(int(character) % 9 + 1)
            return cloze.answer[:place] + digit + cloze.answer[place + 1 :]
    return None


def _obsolete(source: Source, cloze: Cloze) -> bool:
    """Is the clause of a text that is no longer in force? Its figure is no truth to ask for."""
    gone = (ValidityStatus.SUPERSEDED, ValidityStatus.EXPIRED)
    return any(i.id == cloze.instrument and i.status in gone for i in source.instruments)
