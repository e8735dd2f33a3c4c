"""A model's thinking is dropped, however the stream is cut."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.llm.thinking import WithoutThinking


def shown(*pieces: str) -> str:
    visible = WithoutThinking()
    return "".join(visible.feed(piece) for piece in pieces) + visible.end()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("好。", "好。"),
        ("<think>想</think>好。", "好。"),
        ("\n<think>\n想\n</think>\n\n好。", "好。"),
        ("<thinking>hm</thinking> Good.", "Good."),
        ("<think>想", ""),
        ("<think", "<think"),
        ("<table>", "<table>"),
        ("好。<think>想</think>", "好。<think>想</think>"),
        ("  ", "  "),
    ],
)
@given(data=st.data())
def test_only_a_block_at_the_head_is_thinking(text: str, expected: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=6)))
    pieces = [text[a:b] for a, b in zip([0, *cuts], [*cuts, len(text)], strict=True)]
    assert shown(*pieces) == expected
