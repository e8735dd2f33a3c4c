"""`serve` as a user meets it: started in a process, stopped with Ctrl+C."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx

SCRIPT = """
import sys
sys.path.insert(0, {root!r})
from assistant.web.server import serve
from tests.web.world import ScriptedAssistant
serve(ScriptedAssistant(), "127.0.0.1", {port}, ready=lambda: print("ready", flush=True))
"""
ROOT = str(Path(__file__).parents[2])


def test_stopping_ends_quietly_even_while_a_page_is_open() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-c", SCRIPT.format(root=ROOT, port=port)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        try:
            url = f"http://127.0.0.1:{port}"
            for _ in range(300):
                try:
                    httpx.get(f"{url}/api/health")
                    break
                except httpx.ConnectError:
                    time.sleep(0.1)
            with httpx.stream("GET", f"{url}/gradio_api/heartbeat/abc", timeout=20) as page:
                next(page.iter_raw())
                process.send_signal(signal.SIGINT)
                told, _ = process.communicate(timeout=15)
        finally:
            process.kill()
    assert process.returncode == 0
    assert "ready" in told
    assert "Traceback" not in told
