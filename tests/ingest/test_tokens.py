"""Tokens are counted without a network, whatever cache of tiktoken's own is set."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from assistant.ingest import tokens


def test_a_cache_of_ones_own_that_is_empty_fetches_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("tiktoken tried to download")

    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", str(tmp_path))
    monkeypatch.setattr("tiktoken.load.read_file", refuse)
    monkeypatch.setattr("tiktoken.registry.ENCODINGS", {})
    tokens._encoding.cache_clear()
    assert tokens.count("高新技术企业") > 3
    assert os.environ["TIKTOKEN_CACHE_DIR"] == str(tmp_path)
