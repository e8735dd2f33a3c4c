"""Bytes to characters: BOM, UTF-8, UTF-16 without a BOM, GB18030.

Chinese offices still send GBK files; GB18030 is its superset. A few broken bytes do not make a text
unreadable: they become U+FFFD, and the report counts them. Knows nothing of formats.
"""

from __future__ import annotations

import codecs
import unicodedata
from collections import Counter

from assistant.errors import ReadError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_BROKEN = 0.002  # of the characters: more is no text in this encoding
_STRANGE = 0.02  # of the characters: more is no text at all
_SAMPLE = 8192


def decode(raw: bytes, name: str) -> str:
    """The text of ``raw``. Raises `ReadError` naming ``name`` when it is no text in a known encoding."""
    text = _decoded(raw)
    sample = text[:_SAMPLE]
    strange = sum(count for character, count in Counter(sample).items() if _is_strange(character))
    if text.count("\ufffd") > max(3, _BROKEN * len(text)) or strange > _STRANGE * max(len(sample), 1):
        raise ReadError(
            zh=f"{name} 不是可识别编码的文本。",
            en=f"{name} is no text in a known encoding.",
            hint_zh="请另存为 UTF-8 后重试。",
            hint_en="Save it as UTF-8 and try again.",
        )
    return text


def _decoded(raw: bytes) -> str:
    """The best reading: the first encoding that fits, else the one that breaks least."""
    for bom, encoding in _BOMS:
        if raw.startswith(bom):
            return raw[len(bom) :].decode(encoding, "replace")
    wide = _wide(raw)
    encodings = (wide,) if wide else ("utf-8", "gb18030")
    for encoding in encodings:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return min(
        (raw.decode(encoding, "replace") for encoding in encodings), key=lambda text: text.count("\ufffd")
    )


def _wide(raw: bytes) -> str | None:
    """UTF-16 without a mark, told by the zero bytes of its line ends and spaces."""
    sample = raw[:4096]
    if b"\x00" not in sample:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    return "utf-16-le" if odd > even else "utf-16-be"


def _is_strange(character: str) -> bool:
    """Whether text has no use for the character: control codes, private use, unassigned."""
    return character not in "\t\n\r\f\v\ufeff" and unicodedata.category(character) in ("Cc", "Cn", "Co", "Cs")
