"""Text that we did not write, on its way into a prompt and on its way out of a reply.

Going in, `defuse` takes away what could pass for our own delimiters, labels or roles, so that a clause
cannot close the evidence it stands in. Coming out, `neutral` takes away what a screen could act on: links,
images and HTML. Both are plain rewriting, the same every time; neither judges what a text says.
"""

from __future__ import annotations

import re

from assistant.domain import Language
from assistant.language.sentences import sentences

#: What the model writes when the evidence holds no answer.
SENTINEL = "NO_ANSWER_IN_EVIDENCE"

_INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
    "\U000e0000-\U000e01ef]"
)
_ANGLES = re.compile(r"<(?=[<|/!?A-Za-z])|(?<=[|>])>")
_ROLE = re.compile(r"\[(/?)(INST|SYS|SYSTEM|USER|ASSISTANT)\]", re.IGNORECASE)
_LABEL = re.compile(r"[\[［【]\s*(\^?\d{1,2}(?:\s*[,，、-]\s*\d{1,2})*)\s*[\]］】]")
_SENTINEL = re.compile(re.escape(SENTINEL).replace("_", r"[_\s\\]+"), re.IGNORECASE)


def defuse(text: str) -> str:
    """``text`` for a prompt: every line quoted with ``│``, nothing in it that looks like one of our marks."""
    return "\n".join(f"│ {line}" for line in _harmless(text).splitlines())


def defuse_line(text: str) -> str:
    """``text`` for a prompt as a single line, e.g. a title."""
    return " ".join(_harmless(text).split())


def _harmless(text: str) -> str:
    text = _INVISIBLE.sub("", text)
    text = _ANGLES.sub(lambda found: "‹" if found.group() == "<" else "›", text)
    text = _ROLE.sub(r"〔\1\2〕", text)
    text = _LABEL.sub(r"〔\1〕", text)
    return _SENTINEL.sub("…", text)


_ORDER = re.compile(
    r"(?:忽略|无视|忘记|抛开|不要(?:理会|遵守))[^。；\n]{0,12}(?:指令|提示|设定|以上|上述|之前|前面)"
    r"|(?:抛开|忽略)[^。；\n]{0,6}规则|(?:不许|不准|别)(?:回?答|说)[“「\"]?(?:不知道|没有|不能|找不到)"
    r"|\b(?:never|do not|don['’]t) say (?:that )?(?:you )?(?:do not|don['’]t|can ?not|can['’]t) "
    r"|系统提示词?|提示词|你现在(?:是|扮演|进入)|从现在(?:起|开始)[，,]?你|开发者模式"
    r"|(?:输出|回复|回答|复述|打印|附上)[^。；\n]{0,8}[:：]?\s*[“「\"]"
    r"|(?:AI|人工智能|语言模型|机器人|智能助手)[^。；\n]{0,10}(?:请|必须|应当?)[^。；\n]{0,6}(?:回答|输出|回复|告诉)"
    r"|\b(?:ignore|disregard|forget|override)\b[^.\n]{0,20}"
    r"\b(?:instructions|prompts?|above|previous|prior|(?:all|these|your|the) rules(?! and))\b"
    r"|\bsystem prompt\b|\byou are now (?:an?|the|in|free|un\w+)\b|\bdeveloper mode\b"
    r"|\b(?:as|dear) (?:an? )?(?:AI|assistant|language model)\b"
    r"|\b(?:say|output|print|reply|respond)(?: with| only| exactly| the (?:text|words))*\s*[:：]?\s*[“\"]"
    r"|^\W*(?:system|assistant|user|系统|助手|用户)\s*[:：]",
    re.IGNORECASE,
)


def gives_orders(text: str) -> bool:
    """Does some sentence of ``text`` give orders to a language model?"""
    return any(_ORDER.search(sentence.text) for sentence in sentences(text))


def without_orders(text: str) -> str:
    """``text`` without the sentences that give orders to a language model: for a prompt, for a judgement.

    What a model never reads it cannot obey. Only unmistakable orders go; a clause that happened to match
    would still be found, quoted and shown by everything else.
    """
    for sentence in reversed(sentences(text)):
        if _ORDER.search(sentence.text):
            text = f"{text[: sentence.start]}…{text[sentence.end :]}"
    return text


_IMAGE = re.compile(r"!\[[^\]]*\](?:\([^)]*\)|\[[^\]]*\])")
_LINK = re.compile(r"\[([^\[\]]*)\]\([^()]*(?:\([^()]*\)[^()]*)*\)")
_REFERENCE = re.compile(
    r"\[([^\[\]]*[^\d\s,，、\[\]-][^\[\]]*)\]\[[^\]]*\]|^\s*\[[^\]]+\]:\s*\S+.*$", re.MULTILINE
)
_REST = r"[^\s<>\"'`，。；：、）】》」”’\u3400-\u9fff]"
_ADDRESS = re.compile(
    rf"(?:https?://|www\.){_REST}*"
    rf"|(?<![A-Za-z0-9])(?:https?:|ftp:|file:|data:\w+/|javascript:|vbscript:|mailto:){_REST}+",
    re.IGNORECASE,
)
_TAG = re.compile(r"<!--.*?-->|</?[A-Za-z!?][^<>]*>", re.DOTALL)
_OPEN_LINK = re.compile(r"\](?=\()")
_OPEN_TAG = re.compile(r"<(?=[A-Za-z/!?])")


def neutral(text: str, language: Language) -> str:
    """``text`` of a reply without links, images, HTML and invisible characters; its words stay."""
    text = _INVISIBLE.sub("", text)
    link = "（链接略）" if language == "zh" else "(link omitted)"
    before = None
    while before != text:  # taking one thing away can put another together
        before = text
        text = _TAG.sub("", _REFERENCE.sub(r"\1", _LINK.sub(r"\1", _IMAGE.sub("", text))))
        text = _OPEN_LINK.sub("] ", _OPEN_TAG.sub("‹", _ADDRESS.sub(link, text)))
    return text.strip()
