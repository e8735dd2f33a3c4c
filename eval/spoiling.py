"""Ways to spoil a good answer, one thing at a time, and which metrics must notice.

Used by `selftest`; knows nothing of how anything is scored.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.domain import Language, Status
from assistant.language.detect import detect
from eval.amounts import amounts
from eval.cases import Case
from eval.record import FoundPassage, GivenEvidence, StoredCitation, StoredSentence, TurnRecord

REFUSAL = "现有资料中没有找到答案。"
_ELSEWHERE: Mapping[Language, str] = {
    "zh": "图书馆每天早晨开门，读者凭借书证入场。",
    "en": "The library opens in the morning to readers who hold a card.",
}
#: Words that affirm or deny, each with what turns it round; the first that occurs is turned.
_TURNED = (
    (r"不(?:能|可以|得|可)", "可以"),
    (r"不(?=达标|符合|满足|属于|适用|是|算)", ""),
    (r"(?<!不)(?=达标|符合|满足|可以|适用|属于)", "不"),
    (r"(?<=[已可能])(?=[被由享])", "不"),
    (r"\b(?:is|are|was|were|do|does|did|may|must|can) not\b", "do"),
    (r"\b(is|are|was|were|may|must|can|will)\b", r"\1 not"),
    (r"\b(?:no|not)\b ?", ""),
    (r"\b(?:meets?|met|passes)\b", "fails"),
    (r"\bfails\b", "meets"),
)
_BOUNDS = (
    (r"不(?:低|少)于|至少", "不超过"),
    (r"不(?:超过|高于)", "不低于"),
    (r"(?<!不)超过(?=[\d一二三四五六七八九十])", "低于"),
    (r"(?<=[\d元年月日人%万亿])以上", "以下"),
    (r"(?<=[\d元年月日人%万亿])以下", "以上"),
    (r"\b(?:more than|at least|over)\b", "at most"),
    (r"\b(?:at most|under|below)\b", "at least"),
)


@dataclass(frozen=True, slots=True)
class Mutation:
    """One way to spoil a turn, and which metrics must fall (or, for counts, rise) because of it."""

    name: str
    spoil: Callable[[TurnRecord, Case], TurnRecord]
    moves: frozenset[str]


def cited(text: str, label: int, *heading: str) -> StoredSentence:
    """A sentence that cites the clause under ``label`` below ``heading``."""
    return StoredSentence(text, (StoredCitation(label, f"i{label}", heading, f"c{label}", text),))


def _change_sentences(
    change: Callable[[StoredSentence], StoredSentence],
) -> Callable[[TurnRecord, Case], TurnRecord]:
    return lambda turn, _: replace(turn, sentences=tuple(change(s) for s in turn.sentences))


def _wrong_figures(sentence: StoredSentence) -> StoredSentence:
    """Every figure another one: 5% becomes 9%, 2027 becomes 2031."""
    text = sentence.text
    for amount in reversed(amounts(text)):
        start, end = amount.span
        text = text[:start] + re.sub(r"\d+", lambda m: str(int(m.group()) + 4), text[start:end]) + text[end:]
    return replace(sentence, text=text)


def _turned(pairs: Sequence[tuple[str, str]]) -> Callable[[StoredSentence], StoredSentence]:
    """Turns round the first thing that occurs: 不能 becomes 可以, "is" becomes "is not"."""

    def change(sentence: StoredSentence) -> StoredSentence:
        for pattern, other in pairs:
            text = re.sub(pattern, other, sentence.text, count=1, flags=re.IGNORECASE)
            if text != sentence.text:
                return replace(sentence, text=text)
        return sentence

    return change


def _uncited(sentence: StoredSentence) -> StoredSentence:
    return replace(sentence, citations=())


def _beside_the_point(turn: TurnRecord, _: Case) -> TurnRecord:
    """Every answer is another one, rightly quoted and rightly cited."""
    if Status(turn.status or "answered").is_refusal:
        return turn
    text = _ELSEWHERE["zh" if detect(turn.question) == "zh" else "en"]
    given = GivenEvidence(1, "i1", "", (), "c1", text, detect(turn.question))
    return replace(turn, sentences=(cited(text, 1),), evidence=(given,))


def _forbidden(turn: TurnRecord, case: Case) -> TurnRecord:
    """What must not be said is said beside the rest, and cited."""
    label = len(turn.evidence) + 1
    said = [(label + n, text) for n, text in enumerate(case.must_not)]
    given = tuple(GivenEvidence(n, f"i{n}", "", (), f"c{n}", text, case.language) for n, text in said)
    added = tuple(cited(text, n) for n, text in said)
    return replace(turn, sentences=(*turn.sentences, *added), evidence=(*turn.evidence, *given))


def _miscited(turn: TurnRecord, _: Case) -> TurnRecord:
    """Every sentence cites a clause about something else."""
    other = GivenEvidence(99, "i99", "", (), "c99", "本办法由主管部门负责解释。", "zh")
    citation = StoredCitation(99, "i99", (), "c99", other.text)
    sentences = tuple(replace(s, citations=(citation,) if s.citations else ()) for s in turn.sentences)
    return replace(turn, sentences=sentences, evidence=(*turn.evidence, other))


def _stale(sentence: StoredSentence) -> StoredSentence:
    problem = "the quote is not the text at its place"
    return replace(sentence, citations=tuple(replace(c, problem=problem) for c in sentence.citations))


def _refuse(turn: TurnRecord, _: Case) -> TurnRecord:
    return replace(turn, status=str(Status.NO_EVIDENCE), sentences=(StoredSentence(REFUSAL),), evidence=())


def _never_refuse(turn: TurnRecord, _: Case) -> TurnRecord:
    if not Status(turn.status or "answered").is_refusal:
        return turn
    return replace(turn, status=str(Status.ANSWERED), sentences=(StoredSentence("可以，按规定办理即可。"),))


def _badly_ranked(turn: TurnRecord, _: Case) -> TurnRecord:
    strangers = tuple(FoundPassage(f"x{n}", (), f"x{n}", 1.0) for n in range(3))
    return replace(turn, found=(*strangers, *(turn.found or ())))


_CLAIMS = frozenset({"citation_recall", "citation_precision", "faithfulness"})
MUTATIONS = (
    Mutation(
        "wrong figures",
        _change_sentences(_wrong_figures),
        _CLAIMS | {"key_fact_recall", "unsupported_numbers"},
    ),
    Mutation(
        "flipped negation",
        _change_sentences(_turned(_TURNED)),
        _CLAIMS | {"key_fact_recall", "verdict_accuracy"},
    ),
    Mutation(
        "turned bounds",
        _change_sentences(_turned(_BOUNDS)),
        _CLAIMS | {"key_fact_recall", "unsupported_numbers"},
    ),
    Mutation(
        "beside the point",
        _beside_the_point,
        frozenset({"key_fact_recall", "verdict_accuracy", "answer_relevance"}),
    ),
    Mutation("forbidden said", _forbidden, frozenset({"must_not_violations"})),
    Mutation(
        "no citations",
        _change_sentences(_uncited),
        frozenset({"citation_recall", "faithfulness", "answer_relevance"}),
    ),
    Mutation("wrong citations", _miscited, _CLAIMS | {"unsupported_numbers", "answer_relevance"}),
    Mutation("stale citations", _change_sentences(_stale), frozenset({"citation_validity"})),
    Mutation(
        "refuses everything",
        _refuse,
        frozenset({"key_fact_recall", "verdict_accuracy", "status_accuracy", "refusal_precision"}),
    ),
    Mutation(
        "refuses nothing",
        _never_refuse,
        frozenset({"refusal_recall", "status_accuracy", "answer_relevance"}),
    ),
    Mutation("gold ranked fourth", _badly_ranked, frozenset({"hit@1", "mrr", "ndcg@10"})),
)
