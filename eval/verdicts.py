"""Which verdict does an answer state: are the conditions met, not met, or not to be told yet?

Read from the words alone, so that any assistant can be measured. The conclusion counts, not the single
conditions: a sentence that draws one ("综上", "therefore"), else the first sentence outside lists that
decides. Where an answer only lists conditions, they are joined as Kleene's "and": one that fails fails all,
one that is open leaves all open.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.domain import Status
from assistant.eligibility.model import Verdict
from assistant.language.sentences import sentences
from eval.polarity import Polarity, decided, folded, says_unknown
from eval.score import Score

_NO_CONCLUSION = re.compile(
    r"(?:不能|无法|难以|不好)(?:据此|就此|直接|马上)?(?:下|得出|作出|给出)?(?:判断|判定|确定|断定|定论|结论)"
    r"|(?:给|得|下)不(?:出|了)(?:定论|结论)"
    r"|\bno (?:conclusion|answer|verdict)\b"
    r"|\b(?:can(?:no|')t|cannot|unable to|impossible to|not possible to|hard to|too early to)"
    r" (?:yet )?(?:be )?(?:tell|told|say|said|determin\w*|decid\w*|judg\w*|conclu\w*|assess\w*)\b"
)
_OPEN = re.compile(
    r"(?:还|尚|仍)不?(?:需要?|缺少?|差|清楚|明确|确定)|需要?(?:更多|进一步|补充)|信息不(?:足|全|够)|资料不足"
    r"|取决于|(?:要|得|须)看|视\S{1,12}而定|未必|不一定|请(?:先|您|你)*(?:提供|补充|告诉|告知|说明)"
    r"|\bdepends? on\b|\bit depends\b|\bmore (?:information|details|facts|data)\b"
    r"|\bun(?:clear|determined|decided)\b"
    r"|\bnot (?:yet )?(?:clear|certain|enough information)\b|\binsufficient (?:information|data|facts)\b"
    r"|\b(?:remains?|is|are) (?:still )?open\b|\bmay or may not\b|\bplease (?:tell|provide|give|share)\b"
)
_CONCLUDES = re.compile(
    r"因此|所以|故(?=[不可能，,])|综上|总之|总的(?:来说|来看)|结论|可见|由此|"
    r"\b(?:therefore|thus|hence|overall|in (?:conclusion|summary|short|sum)|conclusion|consequently)\b|^so\b"
)
_LISTED = re.compile(
    r"^\s*(?:[✓✗✔✘√×?？•·▪*-]|[（(]?\d{1,2}[.)、）](?!\d)|[（(][一二三四五六七八九十]+[)）])"
)
_REQUIRES = re.compile(
    r"(?:须|需要?|应当?|要|must|has to|have to|should)\s?(?:be |同时)?(?:满足|符合|达到|meet|satisfy|met)"
)
_FAILS = re.compile(r"不够|过不了|通不过|没戏|卡住|没过线|未过线")
_PASSES = re.compile(
    r"过线|(?:都|均|仍)?在\S{0,4}(?:限额|上限|范围)(?:之内|以内|内)"
    r"|\bwithin the (?:limits?|bounds?)\b"
)
_OF_POLARITY = {Polarity.YES: Verdict.MET, Polarity.NO: Verdict.NOT_MET}


def stated(text: str, status: Status | None = None) -> Verdict | None:
    """The verdict that ``text`` states; None where it states none. Asking back leaves it open."""
    found = [(s.text, verdict) for s in sentences(text) if (verdict := _of_sentence(s.text)) is not None]
    spoken = [(sentence, verdict) for sentence, verdict in found if not _LISTED.match(sentence)]
    concluded = [verdict for sentence, verdict in spoken if _concludes(folded(sentence))]
    if concluded:
        return concluded[-1]
    if spoken:
        return spoken[0][1]
    if found:
        return _all_of([verdict for _, verdict in found])
    return Verdict.UNKNOWN if status is Status.NEEDS_FACTS else None


def score_verdict(accepted: Sequence[Verdict], text: str, status: Status | None) -> Score:
    """1 where the stated verdict is an accepted one, 0 where it is another or none."""
    if not accepted:
        return Score.absent("no verdict expected")
    verdict = stated(text, status)
    return Score(float(verdict in accepted), f"{verdict or 'no verdict'} for {' or '.join(accepted)}")


def _concludes(plain: str) -> bool:
    return bool(_CONCLUDES.search(plain) or _NO_CONCLUSION.search(plain))


def _of_sentence(sentence: str) -> Verdict | None:
    plain = folded(sentence)
    if _NO_CONCLUSION.search(plain) or _OPEN.search(plain):
        return Verdict.UNKNOWN
    decision = decided(_PASSES.sub("达标", _FAILS.sub("不达标", _REQUIRES.sub(" ", plain))))
    if decision is None and says_unknown(sentence):
        return Verdict.UNKNOWN
    return None if decision is None else _OF_POLARITY[decision]


def _all_of(verdicts: Sequence[Verdict]) -> Verdict:
    for verdict in (Verdict.NOT_MET, Verdict.UNKNOWN):
        if verdict in verdicts:
            return verdict
    return Verdict.MET
