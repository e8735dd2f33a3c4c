"""How many tokens a text costs, without a model's own tokenizer.

Endpoints differ and some give no tokenizer, so a Chinese character counts as one token and three other
characters as one. On the corpus that is 1.28 times (Chinese) and 1.49 times (English) what o200k_base
needs; the old cl100k_base needs 1.15 times this estimate for Chinese.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_WIDE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]")


def tokens(text: str) -> int:
    """An estimate of the tokens in ``text``, on the high side for current models."""
    wide = len(_WIDE.findall(text))
    return wide + -(-(len(text) - wide) // 3)


def within(texts: Iterable[str], budget: int) -> Iterator[str]:
    """The texts in order until one does not fit ``budget`` any more."""
    for text in texts:
        budget -= tokens(text)
        if budget < 0:
            return
        yield text
