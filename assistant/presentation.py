"""How an answer looks outside the house: one JSON shape and one plain-text shape for every door.

The command line, the JSON API and the evaluation share these, so that an answer reads the same wherever it
is met. Knows nothing of terminals, HTML or HTTP.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from assistant.domain import (
    Answer,
    Citation,
    Evidence,
    Grounding,
    Instrument,
    Language,
    Passage,
    Sentence,
    SourceConflict,
    Status,
    Support,
    Usage,
    Validity,
)
from assistant.ports import Library

STATUS_LABELS: Mapping[Status, tuple[str, str]] = {
    Status.ANSWERED: ("已回答", "Answered"),
    Status.PARTIAL: ("部分回答", "Answered in part"),
    Status.NO_EVIDENCE: ("未找到依据", "No source found"),
    Status.OUT_OF_SCOPE: ("超出范围", "Out of scope"),
    Status.NEEDS_FACTS: ("需要补充情况", "More facts needed"),
    Status.DECLINED: ("不予回答", "Declined"),
}
SUPPORT_LABELS: Mapping[Support, tuple[str, str]] = {
    Support.SUPPORTED: ("有依据", "supported"),
    Support.WEAK: ("依据较弱", "weakly supported"),
    Support.UNSUPPORTED: ("无依据", "unsupported"),
    Support.NOT_CHECKABLE: ("无需核对", "nothing to check"),
}
_STAGES: Mapping[str, tuple[str, str]] = {
    "understanding": ("正在理解问题", "Reading the question"),
    "searching": ("正在检索政策条款", "Searching the clauses"),
    "composing": ("正在撰写并逐句核对", "Writing, and checking each sentence"),
}


def pick(pair: tuple[str, str], language: Language) -> str:
    """The Chinese or the English of a ``(zh, en)`` pair."""
    return pair[0] if language == "zh" else pair[1]


def status_label(status: Status, language: Language) -> str:
    """What kind of answer this is, in a word or two."""
    return pick(STATUS_LABELS[status], language)


def support_label(support: Support, language: Language) -> str:
    """The outcome of a grounding check, in a word or two."""
    return pick(SUPPORT_LABELS[support], language)


def shown_status(answer: Answer) -> Status:
    """The status a reader is shown: what leaves facts to be told is not called answered."""
    open_facts = answer.status is Status.ANSWERED and answer.missing_facts
    return Status.NEEDS_FACTS if open_facts else answer.status


def stage_label(stage: str, language: Language) -> str:
    """What the assistant is doing; a stage it does not know is shown as it is."""
    return pick(_STAGES.get(stage, (stage, stage)), language)


def mode_label(mode: str, language: Language) -> str:
    """How answers are written: quoting clauses, or by which model."""
    if mode == "extractive":
        return pick(("摘录条款（未配置模型）", "Quotes only (no model)"), language)
    return f"{pick(('模型：', 'Model: '), language)}{mode}"


def validity_note(validity: Validity, language: Language) -> str:
    """What may be said of an instrument's validity, in ``language``."""
    return validity.note_zh if language == "zh" else validity.note_en


def cited_evidence(answer: Answer) -> tuple[Evidence, ...]:
    """The evidence that sentences cite, by label: the sources of the answer, without what went unused."""
    used = {citation.label for sentence in answer.sentences for citation in sentence.citations}
    return tuple(sorted((e for e in answer.evidence if e.label in used), key=lambda e: e.label))


def labels(sentence: Sentence) -> tuple[int, ...]:
    """The labels a sentence cites, each once, in the order given."""
    return tuple(dict.fromkeys(citation.label for citation in sentence.citations))


def clause_name(path: tuple[str, ...]) -> str:
    """Where a clause stands in its text, e.g. ``第三章 › 第十一条``.

    The sentence that introduces a list is part of an item's path, but no heading a reader looks for.
    """
    headings = [part for part in path if len(part) < 20 or part[-1] not in "。：；.:;"]
    return " › ".join(headings or path)


_FIRST_MARK = re.compile(r"(?<=\w)(?:[，。；：;:\n]|[,.](?!\d))")


def source_names(evidence: Sequence[Evidence]) -> dict[int, str]:
    """The clause of each source by label. Where two stand in one clause, each opens with its own words."""
    places = Counter((e.passage.instrument.id, clause_name(e.passage.chunk.path)) for e in evidence)
    names = {}
    for item in evidence:
        chunk = item.passage.chunk
        names[item.label] = clause_name(chunk.path)
        if places[item.passage.instrument.id, names[item.label]] > 1:
            text = chunk.text.strip()
            end = _FIRST_MARK.search(text, 4)  # behind a list mark
            names[item.label] += f"：{text[: end.start()] if end else text}…"
    return names


# --- JSON --------------------------------------------------------------------------------------------


def to_json(answer: Answer) -> dict[str, Any]:
    """The whole answer as plain data; every door's JSON carries exactly this."""
    return {
        "question": answer.question,
        "language": answer.language,
        "status": answer.status.value,
        "text": answer.text,
        "sentences": [sentence_json(sentence) for sentence in answer.sentences],
        "evidence": [{"label": e.label, **passage_json(e.passage)} for e in answer.evidence],
        "conflicts": [_conflict_json(conflict) for conflict in answer.conflicts],
        "held_back": [sentence_json(sentence) for sentence in answer.held_back],
        "notices": list(answer.notices),
        "missing_facts": list(answer.missing_facts),
        "options": list(answer.options),
        "searched": answer.searched,
        "trace": asdict(answer.trace),
    }


def passage_json(passage: Passage) -> dict[str, Any]:
    """A passage as plain data: the clause, where it stands in law, and how it was found."""
    chunk = passage.chunk
    return {
        "chunk_id": chunk.id,
        "document_id": chunk.document_id,
        "language": chunk.language,
        "path": list(chunk.path),
        "page": chunk.page,
        "start": chunk.start,
        "end": chunk.end,
        "text": chunk.text,
        "score": passage.score,
        "found_by": dict(passage.found_by),
        "instrument": instrument_json(passage.instrument),
        "validity": asdict(passage.validity),
    }


def instrument_json(instrument: Instrument) -> dict[str, Any]:
    """An instrument's record as plain data."""
    record = asdict(instrument)
    record["authority"] = instrument.authority.name.lower()
    record["url"] = instrument.url
    return record


def citation_json(citation: Citation) -> dict[str, Any]:
    """A citation as plain data."""
    return asdict(citation) | {"path": list(citation.path)}


def sentence_json(sentence: Sentence) -> dict[str, Any]:
    """A sentence with its citations and the outcome of its check, as plain data."""
    return {
        "text": sentence.text,
        "citations": [citation_json(citation) for citation in sentence.citations],
        "grounding": asdict(sentence.grounding),
    }


def _conflict_json(conflict: SourceConflict) -> dict[str, Any]:
    claims = [{"instrument_id": instrument, "text": text} for instrument, text in conflict.claims]
    return asdict(conflict) | {"claims": claims}


# --- plain text --------------------------------------------------------------------------------------


def to_text(answer: Answer, library: Library, language: Language, *, why: bool = False) -> str:
    """The answer for a terminal: sentences with labels, then the sources they rest on.

    With ``why`` each sentence is followed by the outcome of its grounding check. ``language`` is that of
    the labels; the sentences stay in the language they were written in. ``library`` knows titles.
    """
    status = shown_status(answer)
    lines = [] if status is Status.ANSWERED else [f"[{status_label(status, language)}]", ""]
    for sentence in answer.sentences:
        lines.append(sentence_text(sentence))
        if why:
            lines.append(f"    └ {grounding_text(sentence.grounding, language)}")
    tail = [tail_text(answer, library, language)]
    if why and answer.trace.usage:
        tail.append(usage_text(answer.trace.composer, answer.trace.usage, language))
    return "\n".join([*lines, "", *tail]).strip()


def usage_text(model: str, usage: Usage, language: Language) -> str:
    """What the model took for an answer, and what that cost where prices are set."""
    tokens = pick(("提示{}、生成{}词元", "{} prompt and {} completion tokens"), language)
    parts = [f"{model}: {tokens.format(usage.prompt_tokens, usage.completion_tokens)}"]
    if usage.cost is not None:
        parts.append(f"{pick(('费用', 'cost'), language)} {usage.cost:.6f}")
    return pick(("，", ", "), language).join(parts)


def sentence_text(sentence: Sentence) -> str:
    """A sentence with its labels, e.g. ``……不低于60%。[1]``."""
    return sentence.text + "".join(f"[{label}]" for label in labels(sentence))


def tail_text(answer: Answer, library: Library, language: Language) -> str:
    """What follows the sentences: missing facts, conflicts, notices (also of what was held back), sources."""
    blocks = []
    if answer.missing_facts:
        blocks.append(_listed(("还需要知道", "Still needed"), answer.missing_facts, language))
    blocks.extend(_conflict_text(conflict, library, language) for conflict in answer.conflicts)
    if answer.notices:
        blocks.append("\n".join(f"* {notice}" for notice in answer.notices))
    cited = cited_evidence(answer)
    names = source_names(cited)
    sources = [_source_text(evidence, names[evidence.label], language) for evidence in cited]
    if sources:
        blocks.append(_listed(("来源", "Sources"), sources, language))
    return "\n\n".join(blocks)


def grounding_text(grounding: Grounding, language: Language) -> str:
    """The outcome of the check with its reason, e.g. ``有依据：数字一致``."""
    label = support_label(grounding.support, language)
    reason = pick((grounding.reason_zh, grounding.reason_en), language)
    colon = pick(("：", ": "), language)
    return f"{label}{colon}{reason}" if reason else label


def _source_text(evidence: Evidence, clause: str, language: Language) -> str:
    passage = evidence.passage
    note = validity_note(passage.validity, language)
    number = pick(("（{}）", " ({})"), language).format(passage.instrument.doc_number)
    title = passage.instrument.title(language) + (number if passage.instrument.doc_number else "")
    line = f"[{evidence.label}] {title} › {clause}"
    return f"{line} ({note})"


def instrument_title(instrument_id: str, library: Library, language: Language) -> str:
    """What an instrument is called; its id where it is no longer held."""
    instrument = library.instrument(instrument_id)
    return instrument.title(language) if instrument else instrument_id


def _conflict_text(conflict: SourceConflict, library: Library, language: Language) -> str:
    topic = pick((conflict.topic_zh, conflict.topic_en), language)
    resolution = pick((conflict.resolution_zh, conflict.resolution_en), language)
    heading = pick((f"来源不一致：{topic}", f"Sources disagree: {topic}"), language)
    colon = pick(("：", ": "), language)
    claims = [f"  - {instrument_title(i, library, language)}{colon}{text}" for i, text in conflict.claims]
    return "\n".join([heading, *claims, f"  → {resolution}"])


def _listed(heading: tuple[str, str], lines: Sequence[str], language: Language) -> str:
    colon = pick(("：", ":"), language)
    return "\n".join([f"{pick(heading, language)}{colon}", *(f"  {line}" for line in lines)])
