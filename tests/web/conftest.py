"""One application for the whole room: importing Gradio takes seconds, so it happens once."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn

from assistant.settings import Settings
from assistant.web.reading import Message
from assistant.web.server import create_app
from tests.web.browsing import CHROMIUM, FLAGS, cleared, opened, visitor
from tests.web.world import ScriptedAssistant


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests with a browser come last: while it is open, no other event loop can run in this thread."""
    items.sort(key=lambda item: "browser" in item.keywords)


RULES = Path(__file__).parent / "rules"


@dataclass
class Served:
    """A running application, and the assistant behind it."""

    url: str
    assistant: ScriptedAssistant


def told(settings: Settings, folders: Sequence[Path], tell: Callable[[Message], None]) -> None:
    """A reader that says of every file that it was added."""
    files = [{"path": str(file), "outcome": "added"} for folder in folders for file in folder.iterdir()]
    tell(("report", {"files": files}))


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The application on a port of its own, as `serve` would run it."""
    state = tmp_path_factory.mktemp("state")
    assistant = ScriptedAssistant(Settings(state, RULES.parent, Path("/nowhere")))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    running: list[uvicorn.Server] = []

    async def serve() -> None:  # Gradio wants a current event loop while its page is built
        app = create_app(assistant, reader=told)  # type: ignore[arg-type]
        running.append(uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="error")))
        await running[0].serve()

    thread = threading.Thread(target=asyncio.run, args=(serve(),), daemon=True)
    thread.start()
    while not (running and running[0].started):
        assert thread.is_alive(), "the application did not start"
        time.sleep(0.02)
    yield Served(f"http://127.0.0.1:{port}", assistant)
    running[0].should_exit = True
    thread.join(timeout=10)


@pytest.fixture
def assistant(served: Served) -> Iterator[ScriptedAssistant]:
    """The assistant behind the application, as new for each test."""
    served.assistant.scripts.clear()
    served.assistant.asked.clear()
    served.assistant.search_notes = ("", "")
    yield served.assistant
    served.assistant.scripts.clear()


@pytest.fixture
def http(served: Served, assistant: ScriptedAssistant) -> Iterator[httpx.Client]:
    """Requests to the running application."""
    with httpx.Client(base_url=served.url) as client:
        yield client


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """One Chromium for all tests that need it."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def context(browser: Any) -> Any:
    """A visitor with a Chinese browser."""
    return visitor(browser, locale="zh-CN")


@pytest.fixture(scope="session")
def _page(context: Any, served: Served) -> Any:
    return opened(context.new_page(), served.url)


@pytest.fixture(scope="session")
def _other(browser: Any, served: Served) -> Any:
    return opened(visitor(browser, locale="en-GB").new_page(), served.url)


@pytest.fixture
def page(_page: Any, assistant: ScriptedAssistant) -> Any:
    """The page as it greets a visitor. Loading it takes a second, so it is loaded once and put in order."""
    return cleared(_page, "zh")


@pytest.fixture
def other(_other: Any, assistant: ScriptedAssistant) -> Any:
    """The page of a second visitor, with an English browser."""
    return cleared(_other, "en")
