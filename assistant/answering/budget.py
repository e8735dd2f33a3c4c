"""How many tokens a text costs, without a model's own tokenizer.

Endpoints differ and some give no tokenizer, so this errs on the high side: one token for a Chinese
character (common tokenizers need .6 to 1), one for three other characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_WIDE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]")


def tokens(text: str) -> int:
    """An upper estimate of the tokens in ``text``."""
    wide = len(_WIDE.findall(text))
    return wide + -(-(len(text) - wide) // 3)


def within(texts: Iterable[str], budget: int) -> Iterator[str]:
    """The texts in order until one does not fit ``budget`` any more."""
    for text in texts:
        budget -= tokens(text)
        if budget < 0:
            return
        yield text
