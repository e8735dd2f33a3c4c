"""Ask every case of a suite, store each answer as it comes, skip what is already known."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass

from assistant.errors import AssistantError
from eval.cases import Case
from eval.record import Record
from eval.run_folder import RunFolder, answer_key
from eval.target import Target


@dataclass(frozen=True, slots=True)
class Step:
    """One answer is there: ``state`` is ``known``, ``asked`` or ``error``."""

    done: int
    total: int
    case: str
    state: str


class Spent:
    """Tokens used so far, against a bound that may be absent."""

    def __init__(self, budget: int | None) -> None:
        self._left = budget

    def add(self, record: Record) -> None:
        """Count what ``record`` cost."""
        if self._left is not None:
            self._left -= sum((t.prompt_tokens or 0) + (t.completion_tokens or 0) for t in record.turns)

    def allows_more(self) -> bool:
        """May another case be asked?"""
        return self._left is None or self._left > 0


def ask_all(
    cases: Sequence[Case],
    target: Target,
    folder: RunFolder,
    *,
    repeats: int = 1,
    concurrency: int = 1,
    budget: int | None = None,
    on_step: Callable[[Step], None] = lambda _: None,
) -> None:
    """Ask every case, ``repeats`` times, and store each answer in ``folder`` as it comes.

    Answers already there with the same key are not asked again; errors are. ``budget`` bounds the tokens
    spent: once they are used up no further case is asked, and the run can be resumed.
    """
    known = {stored.key for stored in folder.index().values() if not stored.failed}
    target_key = target.key
    wanted = [(case, n, answer_key(case, target_key, n)) for n in range(repeats) for case in cases]
    todo = [task for task in wanted if task[2] not in known]
    done = len(wanted) - len(todo)
    if done:
        on_step(Step(done, len(wanted), "", "known"))
    spent = Spent(budget)
    for record in _ask(todo, target, concurrency, spent.allows_more):
        folder.add(record)
        spent.add(record)
        done += 1
        on_step(Step(done, len(wanted), record.case, "error" if record.error else "asked"))


def _ask(
    todo: Iterable[tuple[Case, int, str]], target: Target, concurrency: int, may_go_on: Callable[[], bool]
) -> Iterator[Record]:
    """Records as they come. At most ``concurrency`` are under way, so that memory stays flat."""
    queue = iter(todo)
    if concurrency == 1:
        for case, repeat, key in queue:
            if not may_go_on():
                return
            yield ask_case(case, target, repeat, key)
        return
    with ThreadPoolExecutor(concurrency) as pool:
        under_way: set[Future[Record]] = set()
        while True:
            while len(under_way) < concurrency and may_go_on():
                following = next(queue, None)
                if following is None:
                    break
                case, repeat, key = following
                under_way.add(pool.submit(ask_case, case, target, repeat, key))
            if not under_way:
                return
            done = next(as_completed(under_way))
            under_way.remove(done)
            yield done.result()


def ask_case(case: Case, target: Target, repeat: int = 0, key: str = "") -> Record:
    """One case, turn by turn. Whatever goes wrong becomes the record's error."""
    try:
        talk = target.talk(case)
        turns = tuple(talk.ask(question) for question in case.turns)
    except AssistantError as error:
        return Record(
            case.id, error=f"{type(error).__name__}: {error.localized('en')}", repeat=repeat, key=key
        )
    except Exception as error:  # noqa: BLE001 - a run goes on; the report shows what went wrong
        return Record(case.id, error=f"{type(error).__name__}: {error}", repeat=repeat, key=key)
    return Record(case.id, turns, repeat=repeat, key=key)


def now() -> str:
    """The time, as runs are stamped."""
    return time.strftime("%Y-%m-%dT%H:%M:%S%z")
