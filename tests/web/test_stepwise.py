from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator

from assistant.web.stepwise import stepwise


async def _collected(iterator: Iterator[int]) -> list[int]:
    return [item async for item in stepwise(iterator)]


def test_all_items_come_in_order_and_none_is_taken_for_the_end() -> None:
    assert asyncio.run(_collected(iter([1, 0, 2]))) == [1, 0, 2]
    assert asyncio.run(_collected(iter([]))) == []


def test_calling_off_does_not_wait_for_a_silent_step_and_the_iterator_is_closed_after_it() -> None:
    reached, release, closed = threading.Event(), threading.Event(), threading.Event()

    def silent() -> Iterator[int]:
        try:
            reached.set()
            release.wait(10)
            yield 1
        finally:
            closed.set()

    async def walk() -> None:
        task = asyncio.create_task(_collected(silent()))
        await asyncio.to_thread(reached.wait, 10)
        task.cancel()
        await asyncio.wait([task], timeout=5)
        assert task.cancelled()
        assert not release.is_set()
        release.set()

    asyncio.run(walk())
    assert closed.wait(10)
