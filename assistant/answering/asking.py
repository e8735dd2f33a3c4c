"""When a question cannot be answered without knowing more about the asker, and what to ask then.

"Are we eligible?" without a figure has no answer in any clause. The clause tells which facts decide; those
are asked for, one short list, with the clause beside them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answering import wording
from assistant.answering.figures import things
from assistant.answering.reading import Reading, Want, is_empty
from assistant.answering.signs import sign
from assistant.answering.standing import binds
from assistant.answering.survey import Survey
from assistant.answering.units import Unit
from assistant.domain import Language
from assistant.language.quantities import quantities

_OWN = sign("asker.own")
_JUDGED = sign("asker.judged")
_WH_ASKED = sign("asker.asks_rule")
_SCHEME_FREE = sign("asker.words")
_REQUEST = sign("asker.request")
_EACH = re.compile(r"各|分别|\beach\b|\brespectively\b", re.IGNORECASE)
_MOST = 6
#: So many programmes with figures of their own, each as near as this to the best, make a question ambiguous.
_SEVERAL, _AS_NEAR = 3, 0.75
#: A name is no longer than this: characters in Chinese, words in English.
_LONGEST = {"zh": 24, "en": 8}
_SENTENCE = re.compile(r"的$|，|\b(?:must|had|has|have|is|are|was|were|filing|after|for|as)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class AskBack:
    """The facts to ask for, the units that need them, and the programmes to choose among."""

    facts: tuple[str, ...]
    units: tuple[Unit, ...]
    options: tuple[str, ...] = ()


def ask_back(survey: Survey, known: str, *, named: bool) -> AskBack | None:
    """What to ask, or None where the question can be answered as it is.

    ``known`` is what earlier turns told; ``named``: the question or the conversation names a programme.
    """
    text = survey.reading.text
    if _WH_ASKED.search(text):
        return None  # "what do we get" asks for a rule and no judgement
    if not (_OWN.search(text) and _JUDGED.search(text)):
        return None
    if not survey.reading.wants & {Want.YES_NO, Want.CONDITION, Want.OTHER, Want.VALUE}:
        return None
    if [q for q in quantities(f"{text} {known}") if q.kind not in ("date", "article", "doc_number")]:
        return None
    ranked = survey.ranked(survey.reading.parts[-1])
    deciding = [s.unit for s in ranked if _bounds(s.unit)][:_MOST]
    if not deciding:
        return None
    language = survey.reading.language
    facts = list(dict.fromkeys(fact for unit in deciding if _is_metric(fact := metric(unit), language)))
    programmes = dict.fromkeys(u.evidence.passage.instrument.title(language) for u in deciding)
    open_choice = not named and len(programmes) > 1
    if open_choice:
        separator = "、" if language == "zh" else "; "
        facts.insert(0, wording.WHICH_PROGRAMME.say(language, options=separator.join(programmes)))
    options = tuple(programmes) if open_choice else ()
    return AskBack(tuple(facts), tuple(deciding[:2]), options) if facts else None


def names_no_programme(reading: Reading, known: str) -> bool:
    """Is it a question about the asker's own case that says neither which programme nor what is meant?

    "我们公司能报吗？" can only be answered by asking which; ``known`` is what earlier turns told.
    """
    judged = [part.text for part in reading.parts if _OWN.search(part.text) or _OWN.search(reading.text)]
    if known or not judged or not any(_JUDGED.search(text) for text in judged):
        return False
    return all(is_empty(_SCHEME_FREE.sub(" ", text), reading.language) for text in judged)


def names_nothing(reading: Reading, known: str) -> bool:
    """Does it ask for conditions, a date, a sum or an office of nothing named ("申报条件有哪些？")?"""
    wanted = {Want.CONDITION, Want.PROCEDURE, Want.WHEN, Want.WHO, Want.VALUE, Want.LIST}
    if known or not reading.wants & wanted:
        return False
    return is_empty(_REQUEST.sub(" ", _SCHEME_FREE.sub(" ", reading.text)), reading.language)


def which_programme(survey: Survey) -> AskBack | None:
    """The programmes that each give another figure for what was asked, where the question names none.

    "研发人员最少多少人？" has an answer for each programme; it says them and asks which is meant.
    """
    reading = survey.reading
    if not reading.asks_figure or len(reading.parts) != 1 or survey.context or survey.focus:
        return None
    if survey.relevance.subjects(reading.text) or _EACH.search(reading.text):
        return None
    part = reading.parts[0]
    ranked = [s for s in survey.ranked(part) if binds(s.unit) and not s.unit.introduces]
    near = [s.unit for s in ranked if s.score >= _AS_NEAR * ranked[0].score]
    bounding: dict[str, Unit] = {}
    figures: set[object] = set()
    for unit in near:
        bounds = [q for q in quantities(unit.text) if q.kind in part.kinds and q.comparator.direction]
        if bounds and unit.instrument_id not in bounding:
            bounding[unit.instrument_id] = unit
            figures.add((bounds[0].kind, bounds[0].value))
    if len(bounding) < _SEVERAL or len(figures) < _SEVERAL:
        return None
    language = reading.language
    titles = tuple(unit.evidence.passage.instrument.title(language) for unit in bounding.values())
    options = ("、" if language == "zh" else "; ").join(titles)
    return AskBack(
        (wording.WHICH_PROGRAMME.say(language, options=options),), tuple(bounding.values()), titles
    )


def _bounds(unit: Unit) -> Sequence[object]:
    return [q for q in quantities(unit.text) if q.comparator.direction]


def _is_metric(words: str, language: Language) -> bool:
    """Does it name one measured thing, and not half a sentence?"""
    length = len(words) if language == "zh" else len(words.split())
    return bool(things(words)) and length <= _LONGEST[language] and not _SENTENCE.search(words)


def metric(unit: Unit) -> str:
    """The thing a condition bounds: the words before the bound."""
    first = next((q for q in quantities(unit.text) if q.comparator.direction), None)
    if first is None:
        return ""
    before = re.split(r"[，,；;：:]", unit.text[: first.start])[-1]
    before = re.sub(
        r"(?:须|应当?|需|必须)?(?:不低于|不少于|不超过|不高于|达到|至少|超过|满|高于|低于|为)*\s*$",
        "",
        before,
    )
    return re.sub(
        r"\b(?:at least|at most|no (?:more|less) than|of|is|must|be)\s*$", "", before, flags=re.IGNORECASE
    ).strip()
