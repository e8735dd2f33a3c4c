"""Rules for every test: no key in the environment, no call that leaves this machine."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("untimed", deadline=None)  # a busy machine fails nothing
settings.load_profile("untimed")
os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # before anything imports onnxruntime
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
for name in [n for n in os.environ if n.startswith(("OPENAI_", "POLICY_ASSISTANT_"))]:
    del os.environ[name]

_LOCAL = {"127.0.0.1", "::1", "localhost", "0.0.0.0"}


@pytest.fixture(autouse=True)
def _nothing_leaves_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Any connection to another host fails the test that made it."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        host = address[0] if isinstance(address, tuple) else None
        if host is not None and host not in _LOCAL:
            raise AssertionError(f"a test tried to reach {host}")
        connect(self, address)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(scope="session")
def demo_state(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A state folder into which the command line has ingested the demo corpus."""
    from assistant.cli import main

    folder = tmp_path_factory.mktemp("demo")
    assert main(["ingest", "--json"], {"POLICY_ASSISTANT_STATE": str(folder)}) == 0
    return folder
