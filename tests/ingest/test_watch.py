"""A watched folder: taken in when it has come to rest, whatever goes wrong meanwhile."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

import pytest

from assistant.errors import CorpusError, IndexLocked, ReadError
from assistant.ingest.report import SyncReport
from assistant.ingest.watch import watch


def test_a_watched_folder_is_ingested_when_it_has_come_to_rest(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("甲办法\n", encoding="utf-8")
    stop, again = Event(), Event()
    reports: list[SyncReport] = []
    errors: list[Exception] = []
    busy = [IndexLocked(zh="占用", en="locked")]

    def ingest() -> SyncReport:
        if busy:
            raise busy.pop()
        reports.append(SyncReport((), len(list(tmp_path.glob("*.txt"))), 0, 0, 0.0))
        again.set()
        return reports[-1]

    watching = Thread(
        target=watch, args=([tmp_path], ingest), kwargs={"stop": stop, "every": 0.02, "failed": errors.append}
    )
    watching.start()
    assert again.wait(5)
    again.clear()
    (tmp_path / "b.txt").write_text("乙办法\n", encoding="utf-8")
    assert again.wait(5)
    (tmp_path / "manifest.yaml").write_text("instruments: [", encoding="utf-8")
    for _ in range(250):
        if errors:
            break
        stop.wait(0.02)
    stop.set()
    watching.join(5)
    assert [report.chunks_added for report in reports] == [1, 2]
    assert [type(error) for error in errors] == [CorpusError]


@contextmanager
def watching(folder: Path, ingest: Callable[[], SyncReport], errors: list[Exception]) -> Iterator[None]:
    """A watch over ``folder`` in a thread, which must still be alive at the end."""
    stop = Event()
    thread = Thread(
        target=watch, args=([folder], ingest), kwargs={"stop": stop, "every": 0.01, "failed": errors.append}
    )
    thread.start()
    try:
        yield
        assert thread.is_alive()
    finally:
        stop.set()
        thread.join(5)


def wait_for(condition: Callable[[], bool]) -> None:
    for _ in range(1000):
        if condition():
            return
        Event().wait(0.01)
    pytest.fail("it did not happen")


def test_a_file_is_not_read_while_it_grows_unless_it_never_stops(tmp_path: Path) -> None:
    growing = tmp_path / "a.txt"
    growing.write_text("甲", encoding="utf-8")
    sizes: list[int] = []
    grow = [4]  # looks during which the file still grows

    def ingest() -> SyncReport:
        sizes.append(growing.stat().st_size)
        return SyncReport((), 0, 0, 0, 0.0)

    class Pacer(Event):
        """Stands where ``watch`` waits between two looks."""

        def wait(self, timeout: float | None = None) -> bool:
            grow[0] -= 1
            if grow[0] >= 0:
                with growing.open("a", encoding="utf-8") as file:
                    file.write("甲")
            elif sizes:
                self.set()
            return self.is_set()

    watch([tmp_path], ingest, stop=Pacer())
    assert sizes == [(1 + 4) * 3]
    grow[0] = 100
    sizes.clear()
    watch([tmp_path], ingest, stop=Pacer())
    assert sizes[0] < growing.stat().st_size


def test_an_unplugged_drive_empties_nothing_and_any_failure_is_survived(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("甲办法\n", encoding="utf-8")
    rounds: list[int] = []
    errors: list[Exception] = []
    broken = [OSError("disk full")]

    def ingest() -> SyncReport:
        if broken:
            raise broken.pop()
        rounds.append(len(list(tmp_path.glob("*.txt"))))
        return SyncReport((), 0, 0, 0, 0.0)

    with watching(tmp_path, ingest, errors):
        wait_for(lambda: len(rounds) == 1)
        file.unlink()
        wait_for(lambda: len(errors) == 2)
        file.write_text("甲办法（修订）\n", encoding="utf-8")
        wait_for(lambda: len(rounds) == 2)
    assert [type(error) for error in errors] == [OSError, ReadError]
    assert "All files are gone" in str(errors[1])
    assert rounds == [1, 1]


def test_the_command_follows_a_folder_until_it_is_interrupted(tmp_path: Path) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "a.txt").write_text("甲办法\n第一条　甲的规定。\n", encoding="utf-8")
    command = [sys.executable, "-m", "assistant.cli", "ingest", "--watch", "--json", str(folder)]
    env = {**os.environ, "POLICY_ASSISTANT_STATE": str(tmp_path / "state"), "LANG": "en"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=env) as run:
        assert run.stdout is not None
        assert run.stderr is not None
        try:
            first = json.loads(run.stdout.readline())
            (folder / "坏.pdf").write_bytes(b"no pdf")
            second = json.loads(run.stdout.readline())
            run.send_signal(signal.SIGINT)
            assert run.wait(120) == 0
            assert "Stopped watching" in run.stderr.read()
        finally:
            run.kill()
    assert first["counts"] == {"added": 1}
    assert second["counts"] == {"unchanged": 1, "failed": 1}
