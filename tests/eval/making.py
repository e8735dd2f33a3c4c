"""Small records and cases for the tests of the harness."""

from __future__ import annotations

from assistant.domain import Language
from eval.cases import Case, Expected, Gold
from eval.record import FoundPassage, GivenEvidence, Record, StoredCitation, StoredSentence, TurnRecord

CLAUSE = "境内研发费用占全部研发费用的比例不低于60%。"


def case(
    *expected: str,
    question: str | None = "境内研发费用要占多少？",
    turns: tuple[str, ...] = (),
    language: Language = "zh",
    answerable: bool = True,
    type: str = "target",  # noqa: A002 - the word of the case file
    gold: tuple[Gold, ...] = (),
    must_not: tuple[str, ...] = (),
    id: str = "a",  # noqa: A002 - the word of the case file
) -> Case:
    asked = turns or (question or "",)
    bound = [0] * len(expected) if len(asked) == 1 else list(range(len(expected)))
    return Case(
        id=id,
        language=language,
        type=type,
        turns=asked,
        expected=tuple(Expected((text,), turn) for text, turn in zip(expected, bound, strict=True)),
        must_not=must_not,
        gold=gold,
        answerable=answerable,
    )


def sentence(text: str, *labels: int, problem: str | None = None) -> StoredSentence:
    """A sentence citing the evidence under ``labels``."""
    cited = tuple(StoredCitation(label, "hnte-2016", ("条件",), f"c{label}", "", problem) for label in labels)
    return StoredSentence(text, cited)


def evidence(*texts: str) -> tuple[GivenEvidence, ...]:
    """Evidence under labels 1..n, in chunks c1..cn."""
    return tuple(
        GivenEvidence(label, "hnte-2016", "高新技术企业认定管理办法", ("条件",), f"c{label}", text, "zh")
        for label, text in enumerate(texts, 1)
    )


def turn(
    *sentences: StoredSentence,
    status: str | None = "answered",
    given: tuple[GivenEvidence, ...] = (),
    found: tuple[str, ...] | None = (),
    question: str = "境内研发费用要占多少？",
    beside: tuple[str, ...] = (),
) -> TurnRecord:
    """A reply; ``found`` are the instruments of the passages in ranked order."""
    passages = (
        None
        if found is None
        else tuple(FoundPassage(name, ("条件",), f"p{i}", 1.0) for i, name in enumerate(found))
    )
    return TurnRecord(
        question,
        0.1,
        status,
        tuple(sentences),
        beside=beside,
        evidence=given,
        found=passages,
        composer="fake",
    )


def record(*turns: TurnRecord, case_id: str = "a") -> Record:
    return Record(case_id, tuple(turns))
