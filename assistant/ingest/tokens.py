"""How many tokens a text has for a language model: cl100k, from the file that LlamaIndex carries.

LlamaIndex itself is not imported (it costs seconds); nothing is fetched.
"""

from __future__ import annotations

import importlib.util
import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import SettingsError

if TYPE_CHECKING:
    from tiktoken import Encoding


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
            os.environ.setdefault("TIKTOKEN_CACHE_DIR", str(cached))  # the only way to tell tiktoken
            import tiktoken

            return tiktoken.get_encoding("cl100k_base")
    raise SettingsError(
        zh="安装不完整：找不到分词表（llama-index-core 自带）。",
        en="The installation is incomplete: the token table (part of llama-index-core) is missing.",
        hint_zh="请重新安装 policy-assistant。",
        hint_en="Install policy-assistant again.",
    )
