"""Bytes to characters: BOM, UTF-8, UTF-16 without a BOM, GB18030.

Chinese offices still send GBK files; GB18030 is its superset. Knows nothing of formats.
"""

from __future__ import annotations

import codecs

from assistant.errors import ReadError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def decode(raw: bytes, name: str) -> str:
    """The text of ``raw``. Raises `ReadError` naming ``name`` when no encoding fits."""
    for bom, encoding in _BOMS:
        if raw.startswith(bom):
            return _strict(raw[len(bom) :], encoding, name)
    if wide := _wide(raw):
        return _strict(raw, wide, name)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return _strict(raw, "gb18030", name)


def _wide(raw: bytes) -> str | None:
    """UTF-16 without a mark, told by the zero bytes of its line ends and spaces."""
    sample = raw[:4096]
    if b"\x00" not in sample:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    return "utf-16-le" if odd > even else "utf-16-be"


def _strict(raw: bytes, encoding: str, name: str) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise ReadError(
            zh=f"{name} 的文字编码无法识别（第 {error.start} 字节）。",
            en=f"The text encoding of {name} is not known (byte {error.start}).",
            hint_zh="请另存为 UTF-8 后重试。",
            hint_en="Save it as UTF-8 and try again.",
        ) from error
