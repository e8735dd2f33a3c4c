"""What people or a judge said of stored answers, set against the faithfulness score.

A run folder may hold ``labels.jsonl``, written by hand, with lines ``{"case": "q-1", "turn": 1, "supported":
true}``: is every claim of that turn's answer in its evidence? Verdicts of a judge lie in ``judged.jsonl``
(`judging`). Both are labels of the score's ``clean``, the chance that no claim is unsupported.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from assistant.answering.faithfulness import score
from eval import lines
from eval.errors import RunError
from eval.record import TurnRecord
from eval.reliability import reliability
from eval.run_folder import RunFolder

PEOPLE, JUDGE = "labels.jsonl", "judged.jsonl"
_Labels = Mapping[tuple[str, int], bool]  # (case or record key, turn from 0) -> supported


def reliabilities(folder: RunFolder) -> dict[str, dict[str, Any]]:
    """By source of labels (``people``, ``judge``) the reliability of the score; empty without labels."""
    found: dict[str, dict[str, Any]] = {}
    for source, labels in (("people", _of_people(folder)), ("judge", _of_judge(folder))):
        pairs = list(_scored(folder, labels)) if labels else []
        diagram = reliability([chance for chance, _ in pairs], [mark for _, mark in pairs])
        if diagram is not None:
            found[source] = {**asdict(diagram), "n": diagram.n}
    return found


def _scored(folder: RunFolder, labels: _Labels) -> Iterator[tuple[float, bool]]:
    for record in folder.records():
        for number, turn in enumerate(record.turns):
            label = labels.get((record.key, number), labels.get((record.case, number)))
            chance = None if label is None else clean(turn)
            if label is not None and chance is not None:
                yield chance, label


def clean(turn: TurnRecord) -> float | None:
    """The chance that no claim of the answer is unsupported; None where nothing can be compared."""
    return score(turn.text, [evidence.text for evidence in turn.evidence], turn.question).clean


def _of_people(folder: RunFolder) -> _Labels:
    found = {}
    for _, line in lines.read(folder.path / PEOPLE):
        try:
            case, turn, supported = str(line["case"]), int(line.get("turn", 1)) - 1, line["supported"]
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise _unreadable(folder) from error
        if not isinstance(supported, bool):
            raise _unreadable(folder)
        found[case, turn] = supported
    return found


def _unreadable(folder: RunFolder) -> RunError:
    return RunError(
        zh=f"{folder.path / PEOPLE} 中有无法读取的一行。",
        en=f"{folder.path / PEOPLE} holds a line that cannot be read.",
        hint_zh='每行应为 {"case": "题号", "turn": 1, "supported": true}。',
        hint_en='Every line must read {"case": "id", "turn": 1, "supported": true}.',
    )


def _of_judge(folder: RunFolder) -> _Labels:
    """Answers of which every claim was ruled on; a disputed claim leaves its answer unlabelled."""
    found = {}
    for _, line in lines.read(folder.path / JUDGE):
        marks = [judgement["supported"] for judgement in line["judged"]["judgements"]]
        if line["repeat"] == 0 and marks and None not in marks:
            found[line["key"].split("/")[0], line["turn"]] = all(marks)
    return found
