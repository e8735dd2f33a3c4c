"""HTML: the main content of a page with its headings, lists and tables; navigation and scripts stay out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup
from bs4.element import CData, NavigableString, PageElement, Tag

from assistant.errors import ReadError
from assistant.ingest.encodings import decode
from assistant.ingest.readers import web_frame as frame
from assistant.ingest.readers.web_frame import BLOCKS
from assistant.ingest.reading import Reading, Transcript, normalised

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
_ATTACHED = re.compile(r"\.(docx?|xlsx?|pptx?|pdf|wps|et|ofd|rtf|csv|zip|rar|7z)([?#]|$)", re.IGNORECASE)
_HEADINGS = {f"h{n}": n for n in range(1, 7)}
_DEEPEST = 200
_CJK = "\u2e80-\u9fff\uff00-\uffef\u3000-\u303f"
_SOFT_BREAK = re.compile(rf"(?<=[{_CJK}])[ \t\r\f]*\n[ \t\r\n]*(?=[{_CJK}])")
#: Page properties that Chinese government sites fill in, and what they mean here.
_DECLARED = {
    "articletitle": "title",
    "pubdate": "published",
    "publishdate": "published",
    "contentsource": "source",
}


def read(raw: bytes, name: str) -> Reading:
    """The main content of a page. Raises `ReadError` for an unknown encoding or a hostile page."""
    soup = BeautifulSoup(_decoded(raw, name), "lxml")
    title = soup.title.get_text(" ", strip=True) if soup.title else ""
    declared = _declared(soup)
    body = soup.body or soup
    _check_depth(body, name)
    frame.strip(body)
    main = frame.content(body)
    page = _Page()
    headline = frame.headline(body, main)
    if headline:
        page.transcript.heading(headline, 0)
    elif not main.find("h1") and (declared.get("title") or title):
        page.transcript.heading(declared.get("title") or re.split(r"\s*[_|]\s*", title)[0], 0)
    page.block(main)
    if page.published:
        declared.setdefault("published", page.published)
    images = [tag for tag in main.find_all("img") if tag.get("src")]
    page.transcript.unread(len(images), "张图片", "images")
    attached = [tag for tag in main.find_all("a") if _ATTACHED.search(str(tag.get("href") or ""))]
    page.transcript.unread(
        len(attached), "个链接的附件（请另行下载）", "linked attachments (download them too)"
    )
    return page.transcript.finish("html", declared)


def _check_depth(body: Tag, name: str) -> None:
    """No page is nested a hundred deep; one that is nested in thousands would take hours."""
    depths = {id(body): 0}
    for node in body.descendants:
        if isinstance(node, Tag):
            depth = depths[id(node)] = depths[id(node.parent)] + 1
            if depth > _DEEPEST:
                raise ReadError(
                    zh=f"{name} 的标签嵌套过深（超过 {_DEEPEST} 层）。",
                    en=f"The tags of {name} are nested too deep (more than {_DEEPEST}).",
                    hint_zh="请另存为文本后重试。",
                    hint_en="Save it as text and try again.",
                )


def _decoded(raw: bytes, name: str) -> str:
    """The page as text; what it says of its own encoding counts where the bytes agree."""
    named = _CHARSET.search(raw[:4096])
    charset = named[1].decode().lower() if named else ""
    if charset and not charset.startswith(("utf", "gb")):
        try:
            return raw.decode(charset)
        except (LookupError, UnicodeDecodeError):
            pass
    return decode(raw, name)


def _declared(soup: BeautifulSoup) -> dict[str, str]:
    found: dict[str, str] = {}
    for tag in soup.find_all("meta"):
        key = _DECLARED.get(str(tag.get("name") or tag.get("property") or "").lower())
        content = str(tag.get("content") or "").strip()
        if key and content:
            found.setdefault(key, content)
    return found


class _Page:
    """Walks the content and writes it down."""

    def __init__(self) -> None:
        self.transcript = Transcript()
        self._titled = False
        self.published = ""

    def block(self, tag: Tag) -> None:
        """Everything in ``tag``: runs of inline text as paragraphs, blocks by what they are."""
        inline: list[str] = []
        for child in tag.children:
            if isinstance(child, Tag) and (
                child.name in BLOCKS or child.find(lambda tag: tag.name in BLOCKS)
            ):
                self._paragraph(inline)
                self._element(child)
            else:
                inline.append(_inline(child))
        self._paragraph(inline)

    def _element(self, tag: Tag) -> None:
        if tag.name in _HEADINGS:
            level = _HEADINGS[tag.name]
            first = level == 1 and not self._titled
            self._titled = self._titled or level == 1
            self.transcript.heading(_tidy(_inline(tag)), 0 if first else level)
        elif tag.name in ("ul", "ol"):
            self._list(tag)
        elif tag.name == "table":
            self._table(tag)
        elif tag.name == "pre":
            self.transcript.paragraph(tag.get_text())
        else:
            self.block(tag)

    def _paragraph(self, inline: list[str]) -> None:
        text = _tidy("".join(inline))
        inline.clear()
        if frame.is_about_page(text):
            self.published = self.published or frame.published(text)
            return
        self.transcript.paragraph(text)

    def _list(self, tag: Tag) -> None:
        number = _number(tag.get("start"), 1)
        for item in tag.find_all("li", recursive=False):
            nested = item.find_all(["ul", "ol", "table"], recursive=False)
            for inner in nested:
                inner.extract()
            text = _tidy(_inline(item)).replace("\n", " ")
            number = _number(item.get("value"), number)
            if tag.name == "ol":
                self.transcript.paragraph(f"{number}. {text}")
                number += 1
            else:
                self.transcript.bullet(text)
            for inner in nested:
                self._element(inner)

    def _table(self, tag: Tag) -> None:
        rows = [row for row in tag.find_all("tr") if row.find_parent("table") is tag]
        grid = _grid(rows)
        layout = tag.find("table") is not None or all(len(row) < 2 for row in grid)
        if layout:
            for row in rows:
                for cell in row.find_all(["td", "th"], recursive=False):
                    self.block(cell)
            return
        caption = tag.find("caption")
        if caption:
            self.transcript.paragraph(_tidy(_inline(caption)))
        cells = rows[0].find_all(["td", "th"], recursive=False)
        header = True if cells and all(cell.name == "th" for cell in cells) and len(rows) > 1 else None
        self.transcript.table(grid, header=header)


def _grid(rows: list[Tag]) -> list[list[str]]:
    """The cells as a rectangle; a cell that spans several places stands in each of them."""
    grid: list[list[str]] = []
    hanging: dict[tuple[int, int], str] = {}
    for y, row in enumerate(rows):
        line: list[str] = []
        for cell in row.find_all(["td", "th"], recursive=False):
            while (y, len(line)) in hanging:
                line.append(hanging.pop((y, len(line))))
            text = _tidy(_inline(cell))
            for _ in range(min(_number(cell.get("colspan"), 1), 50)):
                for below in range(1, min(_number(cell.get("rowspan"), 1), len(rows) - y)):
                    hanging[y + below, len(line)] = text
                line.append(text)
        while (y, len(line)) in hanging:
            line.append(hanging.pop((y, len(line))))
        grid.append(line)
    return grid


def _number(value: object, usual: int) -> int:
    text = str(value or "").strip()
    return int(text) if text.isdecimal() and int(text) > 0 else usual


def _inline(node: PageElement) -> str:
    """The text of a node, ``<br>`` and blocks inside as line ends."""
    return "".join(_pieces(node))


def _pieces(node: PageElement) -> Iterator[str]:
    if isinstance(node, NavigableString):
        if type(node) in (NavigableString, CData):
            yield _SOFT_BREAK.sub("", str(node)).replace("\n", " ")
    elif isinstance(node, Tag):
        if node.name == "br":
            yield "\n"
            return
        if node.name in BLOCKS:
            yield "\n"
        for child in node.children:
            yield from _pieces(child)
        if node.name in BLOCKS:
            yield "\n"


def _tidy(text: str) -> str:
    lines = (re.sub(r"[ \t\xa0]+", " ", line).strip() for line in normalised(text).split("\n"))
    return "\n".join(line for line in lines if line)
