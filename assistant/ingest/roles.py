"""Second pass: is a numbered line a heading, a clause in its own right, or an item of a list?

The role decides what a citation can point at: headings and clauses have chunks of their own, the items of
a list stay with the words that introduce them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.ingest.labels import FIXED, Label, Rank
from assistant.ingest.lines import Line
from assistant.ingest.parts import Part
from assistant.ingest.reading import closed_up

_COLON = ("：", ":")
_ITEM_END = ("；", ";", "，", ",", "、", "；和", "; and", "; or")
_ONE_OF = re.compile(r"(?:下列|以下)[^，。；]{1,15}之一的?，[^；\n]*。$")  # the list follows the full stop
_LONGEST_HEADING = 45  # characters; the longest chapter title of 326 statutes has 29
_SHORT_ITEM = 30
_LONGEST_TITLE = 26  # characters of a title that its text follows on the same line


def assign_roles(parts: list[Part], lines: Sequence[Line]) -> None:
    """Give every part its role; with it its title, and where its own words begin."""
    titled = _articles_have_titles(parts, lines)
    groups: dict[tuple[int, Rank | None], list[int]] = {}
    for i, part in enumerate(parts):
        if part.level is not None or part.label is None:
            continue
        if part.label.rank in FIXED:
            _settle_fixed(part, lines, titled)
        else:
            groups.setdefault((part.parent, part.label.rank), []).append(i)
    labelled = {part.line for part in parts}
    runs: dict[tuple[int, ...], bool] = {}  # kind and number -> whether it was an item of a list
    for members in groups.values():
        numbers = [(label.rank, *label.number) for i in members if (label := parts[i].label)]
        listed = runs.get((*numbers[0][:-1], numbers[0][-1] - 1)) if len(members) == 1 else None
        if listed is None or _inside_article(parts, parts[members[0]]):
            # else an only one, which counts on from those under another heading, is what they are
            listed = _is_list(parts, members, lines, labelled)
        runs.update(dict.fromkeys(numbers, listed))
        for i in members:
            _settle_item(parts[i], lines, listed, labelled)
    for part in parts:
        if part.parent >= 0 and parts[part.parent].role == "item":
            part.role = "item"


def _articles_have_titles(parts: list[Part], lines: Sequence[Line]) -> bool:
    """Whether the articles of this document bear titles: most do, or a short line is just that."""
    articles = [
        part for part in parts if part.level is None and part.label and part.label.rank is Rank.ARTICLE
    ]
    return sum(_is_bare_title(part, lines) for part in articles) > len(articles) / 2


def _settle_fixed(part: Part, lines: Sequence[Line], titled: bool) -> None:
    line, label = lines[part.line], part.label
    assert label is not None
    rest = line.text[label.body :]
    if label.rank is Rank.ARTICLE and not (titled and _is_bare_title(part, lines)):
        part.role, part.title = "clause", label.text
        part.body = line.start + label.body if rest else line.end
        return
    rest = "".join(map(closed_up, (rest, *line.more)))
    part.role, part.body = "heading", line.body or line.end
    space = "" if label.text.endswith(("、", "）", ")")) else " "
    part.title = f"{label.text}{space}{rest}".strip()


def _is_bare_title(part: Part, lines: Sequence[Line]) -> bool:
    """第十一条 认定条件 on a line of its own, the words of the article below."""
    rest = lines[part.line].text[part.label.body :] if part.label else ""
    if not rest or len(rest) > _LONGEST_HEADING or re.search(r"[。；;]|[：:，,.]$", rest):
        return False
    follows = lines[part.line + 1] if part.line + 1 < len(lines) else None
    return follows is not None and (follows.label is None or follows.label.rank not in FIXED)


def _is_list(parts: list[Part], members: list[int], lines: Sequence[Line], labelled: set[int]) -> bool:
    """Whether a run of numbered lines is a list inside its clause, not clauses in their own right."""
    first = parts[members[0]]
    if _inside_article(parts, first):
        return True
    texts = [lines[parts[i].line].text for i in members]
    if sum(text.endswith(_ITEM_END) for text in texts) * 2 >= len(texts):
        return True
    clauses = first.label is not None and first.label.rank in (Rank.CLAUSE, Rank.DECIMAL)
    inner = members if clauses else members[:-1]  # what follows a list's last item may belong to its clause
    if any(_plain(lines, parts[i].line + 1, labelled) for i in inner):
        return False
    if any(parts[i].children for i in members):
        return False
    typical = sorted(map(len, texts))[len(texts) // 2]
    if clauses:
        return typical <= _SHORT_ITEM / 2
    before = lines[first.line - 1].text if first.line else ""
    introduced = before.endswith(_COLON) or bool(_ONE_OF.search(before))
    return typical <= _SHORT_ITEM or (introduced and typical <= 3 * _LONGEST_HEADING)


def _inside_article(parts: list[Part], part: Part) -> bool:
    while part.parent >= 0:
        part = parts[part.parent]
        if part.label is not None and part.label.rank is Rank.ARTICLE:
            return True
    return False


def _plain(lines: Sequence[Line], i: int, labelled: set[int]) -> bool:
    return i < len(lines) and i not in labelled and lines[i].heading is None and not lines[i].is_row


def _settle_item(part: Part, lines: Sequence[Line], listed: bool, labelled: set[int]) -> None:
    line, label = lines[part.line], part.label
    assert label is not None
    rest = line.text[label.body :]
    part.title = label.text
    if listed:
        part.role = "item"
        return
    if not rest and _is_title_below(part, lines, labelled):
        below = lines[part.line + 1]
        part.role, part.body, part.title = "heading", below.end, _joined(label, below.text)
        return
    bare = rest.rstrip("。.")
    unended = bare == rest and not rest.endswith(("，", ",", "、"))
    says_more = re.search(r"[。；;：:]" if unended else r"[。；;：:，,]", bare)
    if bare and len(line.text) <= _LONGEST_HEADING and not says_more:
        part.title = _joined(label, bare)
        if part.children or _plain(lines, part.line + 1, labelled):
            part.role = "heading"  # a full stop may mean that it says something: then it stays in the text
            part.body = line.end if unended else part.start
            return
    part.role = "clause"
    opening = re.match(rf"[^。，；：,;:]{{2,{_LONGEST_TITLE}}}(?=[。：:])", rest)
    if opening:
        part.title = _joined(label, opening.group())


def _is_title_below(part: Part, lines: Sequence[Line], labelled: set[int]) -> bool:
    """Whether a number that stands alone has its title on the next line, with something under it."""
    i = part.line + 1
    if not _plain(lines, i, labelled) or len(lines[i].text) > _LONGEST_TITLE:
        return False
    below = bool(part.children) or _plain(lines, i + 1, labelled)
    return below and not re.search(r"[。；;：:，,]", lines[i].text)


def _joined(label: Label, words: str) -> str:
    spaced = label.language == "en" or label.rank is Rank.DECIMAL or words[0].isascii()
    return f"{label.text} {words}" if spaced else f"{label.text}{words}"
