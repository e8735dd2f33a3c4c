"""Runs: stored as they come, resumed after a kill, errors asked again, answers never asked twice."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Self

import pytest

from assistant.errors import ModelUnavailable
from eval.asking import ask_all
from eval.cases import Case
from eval.errors import RunError
from eval.record import Record, TurnRecord, from_json, to_json
from eval.run_folder import About, RunFolder
from tests.eval.making import CLAUSE, case, evidence, sentence, turn


class Scripted:
    """A target that answers every question alike and remembers what it was asked."""

    def __init__(
        self, key: str = "v1", fail: frozenset[str] = frozenset(), tokens: int | None = None
    ) -> None:
        self.key, self.fail, self.tokens = key, fail, tokens
        self.asked: list[str] = []

    def structure(self) -> dict[str, list[tuple[tuple[str, ...], str]]]:
        return {}

    def talk(self, case: Case) -> Self:
        return self

    def ask(self, question: str) -> TurnRecord:
        self.asked.append(question)
        if question in self.fail:
            raise ModelUnavailable(zh="端点不可用。", en="The endpoint is down.")
        reply = turn(sentence(CLAUSE, 1), given=evidence(CLAUSE), question=question)
        return TurnRecord(**{**_fields(reply), "prompt_tokens": self.tokens})

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


def _fields(reply: TurnRecord) -> dict[str, object]:
    return {name: getattr(reply, name) for name in TurnRecord.__dataclass_fields__}


def started(path: Path) -> RunFolder:
    folder = RunFolder(path)
    folder.start(About("cases", "suite", "v1", "now", {}))
    return folder


def asked(target: Scripted, folder: RunFolder, count: int, **options: int) -> list[Record]:
    """Ask ``count`` cases and read back what the folder then holds."""
    ask_all(cases(count), target, folder, **options)  # type: ignore[arg-type]
    return list(folder.records())


def cases(count: int) -> list[Case]:
    return [case("60%", id=f"c{n}", question=f"问题{n}？") for n in range(count)]


def test_a_record_survives_being_written_and_read() -> None:
    record = Record(
        "a", (turn(sentence(CLAUSE, 1), given=evidence(CLAUSE), found=("x",)),), repeat=1, key="k"
    )

    assert from_json(Record, to_json(record)) == record


def test_an_answer_is_on_disk_as_soon_as_it_came_and_is_not_asked_twice(tmp_path: Path) -> None:
    target = Scripted()
    first = asked(target, started(tmp_path), 3)
    again = asked(target, started(tmp_path), 4)

    assert target.asked == ["问题0？", "问题1？", "问题2？", "问题3？"]
    assert again[:3] == first


def test_a_line_cut_off_by_a_kill_is_asked_again(tmp_path: Path) -> None:
    asked(Scripted(), started(tmp_path), 2)
    answers = tmp_path / "answers.jsonl"
    answers.write_bytes(answers.read_bytes()[:-20])
    target = Scripted()
    resumed = asked(target, started(tmp_path), 2)

    assert target.asked == ["问题1？"]
    assert [record.error for record in resumed] == [None, None]
    assert len(answers.read_text(encoding="utf-8").splitlines()) == 2


def test_only_errors_are_asked_again(tmp_path: Path) -> None:
    first = asked(Scripted(fail=frozenset({"问题1？"})), started(tmp_path), 2)
    mended = Scripted()
    second = asked(mended, started(tmp_path), 2)

    assert first[1].error == "ModelUnavailable: The endpoint is down."
    assert mended.asked == ["问题1？"]
    assert [record.error for record in second] == [None, None]


def test_another_target_is_another_answer(tmp_path: Path) -> None:
    asked(Scripted(), started(tmp_path), 1)
    changed = Scripted(key="v2")
    asked(changed, started(tmp_path), 1)

    assert changed.asked == ["问题0？"]


@pytest.mark.parametrize("concurrency", [1, 4])
def test_every_repeat_of_every_case_is_asked_once(tmp_path: Path, concurrency: int) -> None:
    target = Scripted()
    records = asked(target, started(tmp_path), 6, repeats=2, concurrency=concurrency)

    assert {(r.repeat, r.case) for r in records} == {(n, f"c{i}") for n in range(2) for i in range(6)}
    assert len(target.asked) == 12


def test_a_budget_stops_the_asking_and_the_run_can_be_resumed(tmp_path: Path) -> None:
    target = Scripted(tokens=10)
    part = asked(target, started(tmp_path), 5, budget=25)
    whole = asked(target, started(tmp_path), 5)

    assert [r.case for r in part] == ["c0", "c1", "c2"]
    assert len(whole) == 5
    assert len(target.asked) == 5


def test_what_a_run_is_about_survives_and_a_folder_without_a_run_says_so(tmp_path: Path) -> None:
    about = About("cases", "s", "t", "now", {"cit-law": [(("第一条",), "文本")]})
    RunFolder(tmp_path / "run").start(about)

    assert RunFolder(tmp_path / "run").about() == about
    with pytest.raises(RunError, match="no readable run"):
        RunFolder(tmp_path / "none").about()
