"""What a question means after the turns before it, without asking a model.

A follow-up keeps its own words at full weight and brings earlier questions along at less; plain
concatenation finds worse (DESIGN, section 4: R@5 .573 concatenated, .742 weighted). The instruments of the
last answer stay in focus. Refused turns are left out: what was not answered must not steer the next answer.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from assistant.answering import places
from assistant.answering.naming import Names
from assistant.answering.reading import is_bare
from assistant.domain import Conversation, Instrument, Language, Turn
from assistant.language.glossary import Glossary
from assistant.language.tokens import without_boilerplate

EARLIER_QUESTION, LAST_ANSWER = 0.4, 0.2
#: Turns that still count; older ones have faded, whatever the length of the conversation.
REMEMBERED = 4
_LEANS_ZH = re.compile(
    r"^(?:那|那么|还有|另外|然后|而且|再|又|先说|接着|如果|要是|假如|为什么|原文|具体|其中|同样|反过来)"
    r"|它|其(?!他|它|实)|这(?:个|些|项|条|份|类|里|两|钱|笔|种|事|奖|补|标准|规定)|那(?:个|些|项|条|份|类)(?!国际|武汉)|该(?:文件|方案|办法|政策|条|项|企业|公告|通知)"
    r"|上述|前面|刚才|上面|你说|呢[？?]?$|实施之后"
)
_LEANS_EN = re.compile(
    r"^(?:and|so|then|but|also|what about|how about|what if|why|when|where|who)\b"
    r"[^,]{0,24}\?*$"
    r"|^(?:and|so|then|but|also|what about|how about|what if)\b"
    r"|\b(?:it|its|they|their|them|that|those|these|this one|the same)\b"
    r"|\b(?:there|the other|the former|the latter)\b",
    re.IGNORECASE,
)
_ASKS_EARLIER = re.compile(
    r"以前|之前的|原来|旧(?:的|标准|办法|规定|版)|老(?:标准|办法|规定|版)|过去"
    r"|\b(?:before|previous(?:ly)?|former(?:ly)?|earlier|old)\b",
    re.IGNORECASE,
)
_SHORT_ZH, _SHORT_EN = 9, 4
#: A question up to this length leans on what was said where it has no term of the domain.
_TOPICLESS_ZH, _TOPICLESS_EN = 16, 8
_PRONOUN_ZH = re.compile(r"它们?的?|该(?:文件|方案|办法|政策)的?|这(?:个|份)(?:文件|方案|办法|政策)的?")
_PRONOUN_EN = re.compile(r"\b(?P<own>its|their)\b|\b(?:it|this plan|that plan)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Standing:
    """A question as it stands on its own.

    ``context`` holds earlier words with their weights, ``focus`` the instruments talked about, ``before`` the
    last question that says what the talk is about (empty: this one leans on none), ``bare`` that it says
    nothing of that itself.
    """

    question: str
    context: tuple[tuple[str, float], ...] = ()
    focus: tuple[str, ...] = ()
    before: str = ""
    bare: bool = False


def stand_alone(
    question: str,
    conversation: Conversation,
    language: Language,
    names: Names,
    titles: dict[str, Instrument],
    glossary: Glossary,
    text_of: Callable[[str], str],
) -> Standing:
    """The question with what it takes over from the conversation, if it leans on it at all."""
    named = tuple(dict.fromkeys(found.instrument_id for found in names.named(question)))
    turns = [turn for turn in conversation.turns if not turn.answer.status.is_refusal][-REMEMBERED:]
    if not turns or not (
        leans(question, language, named_any=bool(named)) or _lacks_topic(question, named, language, glossary)
    ):
        return Standing(question, focus=named)
    before = _before(turns, language)
    focus = named or _earlier(question, _talked_about(turns), titles)
    if not named and (
        _new_subject(question, focus, turns, names, glossary, text_of) or _elsewhere(question, focus, titles)
    ):
        focus = ()
    context = [(turn.question, EARLIER_QUESTION) for turn in turns]
    salient = _salient(turns[-1])
    if salient:
        context.append((salient, LAST_ANSWER))
    spelled = _spelled_out(question, focus, titles, language)
    return Standing(spelled, tuple(context), focus, before, is_bare(question, language))


def _before(turns: list[Turn], language: Language) -> str:
    """The last question that says what the talk is about, with the short ones asked after it."""
    telling = [turn.question for turn in turns if not is_bare(turn.question, language)]
    if not telling:
        return turns[-1].question
    start = len(telling) - 1
    while start and is_short(telling[start], language):
        start -= 1
    return " ".join(telling[start:])


def is_short(question: str, language: Language) -> bool:
    """Is it as short as a follow-up?"""
    length = len(question) if language == "zh" else len(question.split())
    return length <= (_SHORT_ZH if language == "zh" else _SHORT_EN)


def leans(question: str, language: Language, *, named_any: bool) -> bool:
    """Does the question need the turns before it? One that names its own instrument rarely does."""
    pattern = _LEANS_ZH if language == "zh" else _LEANS_EN
    if pattern.search(question):
        return True
    if named_any:
        return False
    return is_short(question, language)


def _lacks_topic(question: str, named: tuple[str, ...], language: Language, glossary: Glossary) -> bool:
    """Is it a short question that names nothing of the domain ("到期了怎么办，复审吗")?"""
    length = len(question) if language == "zh" else len(question.split())
    most = _TOPICLESS_ZH if language == "zh" else _TOPICLESS_EN
    return length <= most and not named and not glossary.mentions(question)


def _new_subject(
    question: str,
    focus: tuple[str, ...],
    turns: list[Turn],
    names: Names,
    glossary: Glossary,
    text_of: Callable[[str], str],
) -> bool:
    """Does it turn to what another instrument is about ("那科技型中小企业呢？") and nobody spoke of yet?

    A term that no title has (主营占比) is another side of the same subject, and so is one that the text
    talked about has.
    """
    said = " ".join(f"{turn.question} {turn.answer.text}" for turn in turns)
    known = {mention.term for mention in glossary.mentions(said)}
    mentioned = [m.term for m in glossary.mentions(question) if m.term.subject and m.term not in known]
    turned = [term for term in mentioned if names.about(term.names("zh") + term.names("en"), focus)]
    if not turned:
        return False
    held = {mention.term for name in focus[:1] for mention in glossary.mentions(text_of(name))}
    return not held.issuperset(turned)


def _elsewhere(question: str, focus: tuple[str, ...], titles: dict[str, Instrument]) -> bool:
    """Does it turn to a place that the instruments talked about are not of ("那湖北呢？")?"""
    asked = places.places(question)
    here = places.covered(titles[name] for name in focus if name in titles)
    return bool(asked) and not here.intersection(asked)


def _earlier(question: str, focus: tuple[str, ...], titles: dict[str, Instrument]) -> tuple[str, ...]:
    """The instruments talked about, or their predecessors where the question is about those."""
    old = tuple(i.id for i in titles.values() if i.superseded_by in focus)
    return old if old and _ASKS_EARLIER.search(question) else focus


def _talked_about(turns: list[Turn]) -> tuple[str, ...]:
    """The instrument the last answer cited most, or the two that it cited alike."""
    cited = Counter(c.instrument_id for s in turns[-1].answer.sentences for c in s.citations)
    most = cited.most_common(2)
    return tuple(instrument for instrument, count in most if count == most[0][1])


def _salient(turn: Turn) -> str:
    """The opening words of what was answered: enough to stay on the topic."""
    cited = [sentence.text for sentence in turn.answer.sentences if sentence.citations]
    return without_boilerplate(cited[0][:80]) if cited else ""


def _spelled_out(
    question: str, focus: tuple[str, ...], titles: dict[str, Instrument], language: Language
) -> str:
    """The question with the instrument it talks about put in place of the pronoun, or before it."""
    instrument = titles.get(focus[0]) if focus else None
    if instrument is None:
        return question
    title = instrument.title(language)
    if language == "zh":
        spelled, count = _PRONOUN_ZH.subn(f"《{title}》", question, count=1)
        return spelled if count else f"关于《{title}》：{question}"
    spelled, count = _PRONOUN_EN.subn(lambda m: f"{title}'s" if m["own"] else title, question, count=1)
    return spelled if count else f"About {title}: {question}"
