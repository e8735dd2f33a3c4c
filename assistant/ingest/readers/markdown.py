"""Markdown: headings, lists and tables keep their meaning, the marks themselves go.

Reads line by line: the documents at hand use a small part of Markdown, and what is quoted must stand in
the text as it will be shown.
"""

from __future__ import annotations

import re

from assistant.ingest.encodings import decode
from assistant.ingest.reading import Reading, Transcript, normalised

_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*$")
_BULLET = re.compile(r"[-*+]\s+(.*)")
_RULE = re.compile(r"([-*_])(\s*\1){2,}$|={3,}$")
_DIVIDER = re.compile(r"\|?\s*:?-{2,}:?\s*(\|\s*:?-{2,}:?\s*)*\|?$")
_IMAGE = re.compile(r"!\[([^\]]*)\]\([^)]*\)")
_LINK = re.compile(r"\[([^\]]+)\]\((?:[^()\s]|\([^)]*\))*(?:\s+\"[^\"]*\")?\)")
_STRONG = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_EMPHASIS = re.compile(r"(?<![\w*])([*_])(?=[^\s*_])(.+?)(?<=[^\s*_])\1(?![\w*])")
_CODE = re.compile(r"`([^`]+)`")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|>~])")
_FOOTNOTE = re.compile(r"\[\^([^\]]+)\]:?")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)


def read(raw: bytes, name: str) -> Reading:
    """The text of ``raw``. Raises `ReadError` for an unknown encoding."""
    source = _COMMENT.sub("", normalised(decode(raw, name)))
    transcript = Transcript()
    transcript.unread(len(_IMAGE.findall(source)), "张图片", "images")
    lines = _without_front_matter(source.split("\n"))
    titled = False
    i = 0
    while i < len(lines):
        line = lines[i].strip()
        if i + 1 < len(lines) and "|" in line and _DIVIDER.match(lines[i + 1].strip()):
            i = _table(transcript, lines, i)
            continue
        i += 1
        if match := _HEADING.match(line):
            level = len(match[1])
            transcript.heading(_inline(match[2]), 0 if level == 1 and not titled else level)
            titled = titled or level == 1
        elif match := _BULLET.match(line):
            if not _RULE.match(line):
                transcript.bullet(_inline(match[1]))
        elif match := _FOOTNOTE.match(line):
            transcript.footnote(f"[{match[1]}] {_inline(line[match.end() :])}")
        elif not _RULE.match(line):
            transcript.paragraph(_inline(line.lstrip("> ") if line.startswith(">") else line))
    return transcript.finish("markdown")


def _without_front_matter(lines: list[str]) -> list[str]:
    if lines and lines[0].strip() == "---" and "---" in lines[1:]:
        return lines[lines.index("---", 1) + 1 :]
    return lines


def _table(transcript: Transcript, lines: list[str], i: int) -> int:
    rows = [_cells(lines[i])]
    i += 2
    while i < len(lines) and "|" in lines[i]:
        rows.append(_cells(lines[i]))
        i += 1
    transcript.table(rows, header=any(rows[0]))
    return i


def _cells(line: str) -> list[str]:
    return [_inline(cell) for cell in re.split(r"(?<!\\)\|", line.strip().strip("|"))]


def _inline(text: str) -> str:
    """Words without marks of emphasis, code, links and images."""
    text = _BREAK.sub(" ", _IMAGE.sub(r"\1", text))
    text = _FOOTNOTE.sub(r"[\1]", _LINK.sub(r"\1", text))
    text = _CODE.sub(r"\1", _STRONG.sub(r"\2", text))
    return _ESCAPE.sub(r"\1", _EMPHASIS.sub(r"\2", text)).strip()
