"""What of a web page is content and what its frame: menus, buttons, the line that says who published when."""

from __future__ import annotations

import re

from bs4.element import Tag

_DROP = re.compile(
    r"script|style|noscript|template|nav|header|footer|aside|form|iframe|svg|button|select|object|embed|head"
    r"|canvas|audio|video|input|textarea"
)
_NOISE = re.compile(
    r"(^|[-_ ])(nav|navbar|menu|breadcrumb|crumb|footer|share|sharing|related|sidebar|copyright|toolbar"
    r"|qrcode|recommend|advert|comment|pagination|skip-link|cookie)s?($|[-_ ])",
    re.IGNORECASE,
)
BLOCKS = frozenset(
    [
        *("p", "div", "section", "article", "main", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li"),
        *("table", "tbody", "tr", "td", "dl", "dt", "dd", "blockquote", "pre", "figure", "figcaption"),
        *("address", "center", "details", "summary", "fieldset"),
    ]
)
_MAIN_SHARE = 0.75  # of the page's own words; a child that holds as many is the content
#: The line under a headline: who published when, with buttons for the reader. It needs a button to be one.
_BUTTONS = re.compile(
    r"字\s*[号体](?:大小)?\s*[:：]?\s*[【〖\[(（]?\s*(?:超大|特大|大|默认|小|A)"
    r"|(?:浏览|阅读|点击)(?:次数|量|数)\s*[:：]"
    r"|[【〖\[(（]\s*(?:打\s*印|关闭|分享|收藏)\S{0,2}\s*[】〗\])）]"
    r"|(?:打\s*印|关闭窗口|分享到?|收藏)\s*[:：]?\s*$"
)
_ABOUT_PAGE = re.compile(
    r"[【〖\[(（\s]*(?:发布时间|发布日期|来源|信息来源|文章来源|责任编辑|字\s*[号体]|打\s*印|浏览次数|阅读次数|点击数"
    r"|\d{4}[-年/.]\d)"
)
_PUBLISHED = re.compile(r"(?:发布|发文)?(?:时间|日期)\s*[:：]\s*(\d{4}[-年/.]\d{1,2}[-月/.]\d{1,2}日?)")
_LONGEST_LINE = 150


def strip(body: Tag) -> None:
    """Take the frame out of a page."""
    for tag in body.find_all(lambda tag: bool(_DROP.fullmatch(tag.name))):
        tag.decompose()
    most = _own_words(body) / 2  # a wrapper of half the page is no menu, whatever its name
    for tag in body.find_all(_is_noise):
        if not tag.decomposed and _own_words(tag) < most:
            tag.decompose()


def _is_noise(tag: Tag) -> bool:
    if tag.name in ("body", "html", "article", "main"):
        return False
    style = str(tag.get("style") or "").replace(" ", "").lower()
    if tag.has_attr("hidden") or "display:none" in style or tag.get("role") in ("navigation", "banner"):
        return True
    names = f"{tag.get('id') or ''} {' '.join(tag.get_attribute_list('class'))}"
    return bool(_NOISE.search(names))


def _own_words(tag: Tag) -> int:
    """Characters that are no links: menus hardly have any."""
    linked = sum(len(link.get_text(strip=True)) for link in tag.find_all("a"))
    return max(len(tag.get_text(strip=True)) - linked, 0)


def content(body: Tag) -> Tag:
    """The element that holds the content: goes down as long as one child holds nearly all of it."""
    current = body
    total = _own_words(body)
    while True:
        children = [child for child in current.find_all(recursive=False) if child.name in BLOCKS]
        inner = [
            child
            for child in children
            if child.name not in ("p", "ul", "ol", "dl", "table", "h1", "h2", "h3", "h4", "h5", "h6")
        ]
        largest = max(inner, key=_own_words, default=None)
        if largest is None or _own_words(largest) < _MAIN_SHARE * total:
            return current
        current = largest


def headline(body: Tag, main: Tag) -> str | None:
    """The page's only first-level heading, when it stands outside the content."""
    found = body.find_all("h1")
    if len(found) == 1 and main not in found[0].parents:
        return found[0].get_text(" ", strip=True)
    return None


def is_about_page(text: str) -> bool:
    """Whether a paragraph tells of the page, with its buttons, and not of its subject."""
    short = len(text) <= _LONGEST_LINE and "。" not in text
    return short and bool(_ABOUT_PAGE.match(text) and _BUTTONS.search(text))


def published(text: str) -> str:
    """The day of publication in such a paragraph, or nothing."""
    found = _PUBLISHED.search(text)
    return found[1] if found else ""
