"""The first look at what a person typed: can it be a question at all?

Control, zero-width and direction-changing characters are dropped, because they hide text from the reader
that the machine would see.
"""

from __future__ import annotations

import re
import unicodedata

from assistant.errors import QuestionError

#: Longer input is refused whole: cutting it could drop the part that matters.
LONGEST_QUESTION = 4000


#: Everyday words and what they stand for; questions are read as if they had been written out.
_SPOKEN = (
    (re.compile(r"啥时候"), "什么时候"),
    (re.compile(r"为啥"), "为什么"),
    (re.compile(r"啥"), "什么"),
    (re.compile(r"咋样"), "怎么样"),
    (re.compile(r"咋"), "怎么"),
    (
        re.compile(
            r"谁(?:来)?(?:掏|出|给)(?:这个|这笔|的)?钱|(?:这个?|这笔|那笔)?钱谁(?:来)?[掏出给]|谁(?:来)?买单"
        ),
        "由谁出资",
    ),
    (
        re.compile(
            r"(?<![\u4e00-\u9fff])谁(?:起草|出台|制定|定|发)的|(?<=[件策案法例知告])谁(?:起草|出台|制定|定|发)的"
        ),
        "由谁发布",
    ),
    (re.compile(r"\bwho (?:drafted|wrote|made)\b", re.IGNORECASE), "who issued"),
    (re.compile(r"(?<=[效用行符合够得到算])不(?=[？?，,。]|$)"), "吗"),
    (re.compile(r"(?<=[\u4e00-\u9fff])没(?=[？?]|$)"), "了吗"),
)


def spelled_out(question: str) -> str:
    """The question with everyday words written out: 啥时候 is 什么时候, 有效不 is 有效吗."""
    for spoken, written in _SPOKEN:
        question = spoken.sub(written, question)
    return question


def clean(question: str) -> str:
    """The question without invisible characters. Raises `QuestionError` when nothing or too much is left."""
    if len(question) > 20 * LONGEST_QUESTION:
        raise _too_long(len(question))
    visible = "".join(" " if c in "\n\t\r" else c for c in question if _is_visible(c))
    text = " ".join(visible.split())
    if not any(c.isalnum() for c in text):
        raise QuestionError(
            zh="没有收到问题。",
            en="There is no question.",
            hint_zh="请输入一个关于政策的问题。",
            hint_en="Please type a question about a policy.",
        )
    if len(text) > LONGEST_QUESTION:
        raise _too_long(len(text))
    return text


def _is_visible(character: str) -> bool:
    return character in "\n\t\r" or unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Co", "Cn")


def _too_long(length: int) -> QuestionError:
    return QuestionError(
        zh=f"问题太长（{length}个字符，最多{LONGEST_QUESTION}个）。",
        en=f"The question is too long ({length} characters, at most {LONGEST_QUESTION}).",
        hint_zh="请只写要问的内容；长文件请先导入资料库再提问。",
        hint_en="Please keep to what you want to know; ingest long documents and then ask about them.",
    )
