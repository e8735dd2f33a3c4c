"""``status``: what the index holds and how answers are written."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict

from assistant.app import build
from assistant.cli.speech import Speech
from assistant.presentation import mode_label
from assistant.settings import Settings


def run(args: argparse.Namespace, settings: Settings, say: Speech) -> int:
    """Print the status. Raises `IndexMissing` before any ingest."""
    with build(settings) as assistant:
        status = assistant.status()
    if args.json:
        print(json.dumps(asdict(status), ensure_ascii=False, indent=2))
        return 0
    index = status.index
    lines = [
        (say("作答方式", "Answers"), mode_label(status.mode, say.language)),
        (say("政策文件", "Documents"), status.instruments),
        (say("文本", "Texts"), index.documents),
        (say("条款块", "Chunks"), index.chunks),
        (say("向量模型", "Embedding model"), index.embedder),
        (say("待更新", "Pending"), index.pending_words + index.pending_vectors),
        (say("状态目录", "State folder"), status.state),
        (say("语料目录", "Corpus"), status.corpus),
    ]
    for label, value in lines:
        print(f"{label}: {value}")
    return 0
