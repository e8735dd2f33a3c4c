"""``serve``: the chat in a browser."""

from __future__ import annotations

import argparse
import json

from assistant.app import build
from assistant.cli.speech import Speech
from assistant.settings import Settings


def run(args: argparse.Namespace, settings: Settings, say: Speech) -> int:
    """Serve until interrupted. Raises `PortInUse` when the port is taken."""
    host, port = args.host or settings.host, args.port or settings.port
    with build(settings) as assistant:
        # a missing or unusable index is told now, and the first question finds everything loaded
        assistant.warm()
        from assistant.web.server import serve

        address = f"http://{host}:{port}"
        told = say(f"聊天页面：{address}（Ctrl+C 停止）", f"Chat: {address} (Ctrl+C stops it)")
        if args.json:
            told = json.dumps({"address": address, "mode": assistant.mode})
        serve(assistant, host, port, ready=lambda: print(told, flush=True))
    return 0
