"""How many tokens a text has for a language model: cl100k, from the file that LlamaIndex carries.

LlamaIndex itself is not imported (it costs seconds); nothing is fetched.
"""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import SettingsError

if TYPE_CHECKING:
    from tiktoken import Encoding

_CACHE = "TIKTOKEN_CACHE_DIR"


def count(text: str) -> int:
    """The number of cl100k tokens in ``text``."""
    return len(_encoding().encode_ordinary(text))


@cache
def _encoding() -> Encoding:
    spec = importlib.util.find_spec("llama_index.core")
    folders = list(spec.submodule_search_locations or ()) if spec else []
    for folder in folders:
        cached = Path(folder) / "_static" / "tiktoken_cache"
        if cached.is_dir():
            import tiktoken

            with _looking_in(cached):
                return tiktoken.get_encoding("cl100k_base")
    raise SettingsError(
        zh="安装不完整：找不到分词表（llama-index-core 自带）。",
        en="The installation is incomplete: the token table (part of llama-index-core) is missing.",
        hint_zh="请重新安装 policy-assistant。",
        hint_en="Install policy-assistant again.",
    )


@contextmanager
def _looking_in(folder: Path) -> Iterator[None]:
    """Let tiktoken read from ``folder``: a cache of one's own that lacks the file would make it download."""
    before = os.environ.get(_CACHE)
    os.environ[_CACHE] = str(folder)  # the only way to tell it
    try:
        yield
    finally:
        if before is None:
            del os.environ[_CACHE]
        else:
            os.environ[_CACHE] = before
