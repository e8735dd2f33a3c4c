"""Text that we did not write, on its way into a prompt and on its way out of a reply.

Going in, `defuse` takes away what could pass for our own delimiters, labels or roles, so that a clause
cannot close the evidence it stands in. Coming out, `neutral` takes away what a screen could act on: links,
images and HTML. Both are plain rewriting, the same every time; neither judges what a text says.
"""

from __future__ import annotations

import re

from assistant.domain import Language

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
_OPEN_TAG = re.compile(r"<(?=[A-Za-z/!?])")


def neutral(text: str, language: Language) -> str:
    """``text`` of a reply without links, images, HTML and invisible characters; its words stay."""
    text = _INVISIBLE.sub("", text)
    link = "（链接略）" if language == "zh" else "(link omitted)"
    before = None
    while before != text:  # taking one thing away can put another together
        before = text
        text = _TAG.sub("", _REFERENCE.sub(r"\1", _LINK.sub(r"\1", _IMAGE.sub("", text))))
        text = _OPEN_TAG.sub("‹", _ADDRESS.sub(link, text))
    return text.strip()
