"""Walking a blocking iterator without waiting for it when the walk is called off."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import TypeVar

from anyio import to_thread

_T = TypeVar("_T")
_END = object()


async def stepwise(iterator: Iterator[_T]) -> AsyncIterator[_T]:
    """The items of ``iterator``, each fetched in a thread.

    When the caller is cancelled (a visitor presses stop while a model is silent), the step under way is left
    to itself: nobody waits for it, its item is dropped, and the iterator is closed once it returns. Gradio's
    own way of running generators waits for that step, and the next question with it.
    """
    while True:
        item = await to_thread.run_sync(next, iterator, _END, abandon_on_cancel=True)
        if item is _END:
            return
        yield item  # type: ignore[misc]
