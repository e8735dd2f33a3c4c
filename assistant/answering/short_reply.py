"""Replies that only say what to change in the last question, and the whole question that each stands for.

"今年呢？" moves it to another year, "不对，我说的是小巨人" and "那小巨人呢？" to another subject; "第二个"
and "小巨人" choose among what the assistant asked about. Whatever says more is a question of its own.
"""

from __future__ import annotations

import re
from datetime import date

from assistant.answering.naming import Names
from assistant.answering.signs import sign
from assistant.domain import Conversation, Language, Status, Turn
from assistant.language.detect import detect
from assistant.language.glossary import Glossary, Mention
from assistant.language.numerals import parse
from assistant.language.quantities import quantities

_AGO = {"今年": 0, "本年": 0, "去年": -1, "上年": -1, "明年": 1} | {
    "this year": 0,
    "last year": -1,
    "next year": 1,
}
_YEAR = rf"(?:{'|'.join(_AGO)}|(?:19|20)\d\d(?:年?度?))"
_ONLY_YEAR = re.compile(
    rf"(?:in|for|按|the)?\s*(?P<year>{_YEAR})\s*的?(?:那一?个?)?"
    r"(?P<version>版本?|标准|办法|规定|旧版|\s*(?:version|edition|rules?|standards?|measures?))?(?:那个|one)?(?:怎么样|如何)?",
    re.IGNORECASE,
)
_A_YEAR = re.compile(_YEAR, re.IGNORECASE)
_OF_YEAR = re.compile(r"(?:19|20)\d\d年度")
_CORRECTS = sign("reply.corrects")
_LEAD, _TAIL = sign("reply.lead"), sign("reply.tail")
_ORDINAL = re.compile(
    r"(?:第|选)?\s*(?P<zh>[一二三四五六\d])\s*(?:个|项|种|条)?|(?:the |option |number |no\. ?)?"
    r"(?P<en>first|second|third|fourth|fifth|sixth|last|former|latter|\d)(?: one| option)?"
    r"|(?P<end>最后|后)(?:那?一?个|一?项|者)|(?P<start>前)(?:那?一?个|一?项|者)",
    re.IGNORECASE,
)
_ENGLISH = ("first", "second", "third", "fourth", "fifth", "sixth")
#: A choice is no longer than this: characters in Chinese, words in English.
_LONGEST = {"zh": 20, "en": 6}


def completed(
    question: str, conversation: Conversation, glossary: Glossary, names: Names, today: date
) -> str | None:
    """The whole question that a reply stands for, or None where it is a question of its own.

    A correction that is a question of its own is given back without its "no, I meant".
    """
    if not conversation.turns:
        return None
    last = conversation.turns[-1]
    corrected = _CORRECTS.sub("", question, count=1).strip(" ，,。.")
    corrects = bool(corrected) and corrected != question.strip(" ，,。.")
    said = _TAIL.sub("", _LEAD.sub("", corrected)).strip()
    if not said:
        return None
    moved = (
        _other_year(said, last, today)
        or _other_subject(said, conversation, glossary, names)
        or _choice(said, last)
    )
    if moved or not corrects:
        return moved
    language = detect(corrected)
    return corrected if _asks(corrected, language) else _of(said, _whole(last), language)


def _other_year(said: str, last: Turn, today: date) -> str | None:
    """The last question with the year that ``said`` names; of a version, as the rules were in that year."""
    moved = _ONLY_YEAR.fullmatch(said)
    if moved is None:
        return None
    asked = moved["year"].casefold()
    digits = re.match(r"\d+", asked)
    year = int(digits.group()) if digits else today.year + _AGO[asked]
    before = last.answer.trace.standalone_question or last.question
    zh = detect(before) == "zh"
    if moved["version"] and digits:
        return f"按{year}年的规定，{before}" if zh else f"In {year}: {before}"
    named = f"{year}年" if zh else str(year)
    title, mark, rest = before.rpartition("》" if zh else ": ")
    title = _OF_YEAR.sub(f"{year}年度", title)
    restated, count = _A_YEAR.subn(named, rest, count=1)
    if count or f"{year}年度" in title:
        return f"{title}{mark}{restated}"
    return f"{named}{before}" if zh else f"{before.rstrip('? ')} in {named}?"


def _other_subject(said: str, conversation: Conversation, glossary: Glossary, names: Names) -> str | None:
    """The last question about one subject, asked of the subject that is all of ``said``.

    What a text that is named is called does not change: its parts are asked about, too.
    """
    named = glossary.mentions(said)
    if len(named) != 1 or not named[0].term.subject or not _is_all(named[0], said) or names.named(said):
        return None
    for turn in reversed(conversation.turns):
        before = _whole(turn)
        about = [m for m in glossary.mentions(before) if m.term.subject]
        if len({m.term.zh for m in about}) > 1 or detect(before) != detect(said) or names.named(before):
            return None
        if about and about[0].term != named[0].term:
            rest = re.sub(r"^s\b", "", before[about[0].end :])
            return f"{before[: about[0].start]}{said}{rest}"
    return None


def _is_all(mention: Mention, said: str) -> bool:
    return not re.search(r"\w", re.sub(r"的|\bthe\b", "", said[: mention.start] + said[mention.end :]))


def _choice(said: str, last: Turn) -> str | None:
    """The question that made the assistant ask which is meant, asked of the one that is chosen."""
    if last.answer.status is not Status.NEEDS_FACTS:
        return None
    language = detect(said)
    option = _option(said, last.answer.options)
    length = len(said) if language == "zh" else len(said.split())
    told = [q for q in quantities(said) if q.kind not in ("date", "doc_number", "article")]
    if option is None and (length > _LONGEST[language] or told or _asks(said, language)):
        return None
    return _of(option or said, _whole(last), language)


def _of(subject: str, question: str, language: Language) -> str:
    """``question`` asked of ``subject``."""
    return f"{subject}：{question}" if language == "zh" else f"{subject}: {question}"


def _option(said: str, options: tuple[str, ...]) -> str | None:
    """The option that ``said`` counts to."""
    counted = _ORDINAL.fullmatch(said)
    if counted is None or not options:
        return None
    word = (counted["en"] or "").lower()
    if counted["end"] or word in ("last", "latter"):
        return options[-1]
    if counted["start"] or word == "former":
        return options[0]
    digits = counted["zh"] or word
    number = _ENGLISH.index(word) + 1 if word in _ENGLISH else int(parse(digits) or 0)
    return options[number - 1] if 0 < number <= len(options) else None


def _asks(said: str, language: Language) -> bool:
    return bool(sign(f"asks.{language}").search(said))


def _whole(turn: Turn) -> str:
    """What a turn asked, a reply written out."""
    standing = turn.answer.trace.standalone_question
    return standing if standing and not standing.startswith(("关于《", "About ")) else turn.question
