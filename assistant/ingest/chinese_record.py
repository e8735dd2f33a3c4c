"""What a Chinese instrument says of itself: number, issuer, kind, level, what it repeals, shorter names.

Each is looked for where such documents put it; a number in a sentence is a reference to another instrument.
"""

from __future__ import annotations

import re

from assistant.domain import Kind, Level

_HEAD = 1500  # characters in which title, number and history stand
_N = "[一二三四五六七八九十]"
_NUMBER = r"[\u4e00-\u9fff]{1,14}[〔\[［（(【][12][0-9]{3}[〕\]］）)】]\s*第?\s*[0-9]+\s*号"
_ON_A_LINE = re.compile(rf"^\s*(?:发?文(?:件)?(?:字|编)?号[:：]\s*)?({_NUMBER})\s*$", re.MULTILINE)
_IN_A_CELL = re.compile(
    rf"(?:发\s*文\s*字|文)\s*号\s*[:：]?\s*[|：]\s*({_NUMBER})(?=\s*(?:[|；]|$))", re.MULTILINE
)
_ANNOUNCEMENT = re.compile(
    r"^\s*([\u4e00-\u9fff、 ]{2,60}(?:公告|令)\s*[12][0-9]{3}\s*年第\s*[0-9]+\s*号)\s*$", re.MULTILINE
)
_ORDER = re.compile(
    r"^\s*([\u4e00-\u9fff]{2,30}令)\s*\n?\s*(?:\([^)]*\))?\s*(第\s*[0-9〇零一二三四五六七八九十百]+\s*号)",
    re.MULTILINE,
)
_FROM_TITLE = re.compile(r"^([\u4e00-\u9fff、 ]{2,60}?)(?:关于|对|转发|印发)")
_BODY = re.compile(
    r"(?:国务院|人民政府|人民代表大会|常务委员会|委员会|办公厅|办公室|厅|局|部|院|署|会|中心|总局|银行|法院|检察院)$"
)
_CONGRESS = re.compile(
    rf"(?:^|日|[\s（(])(?P<place>[\u4e00-\u9fff]{{2,9}}(?:省|市|自治区|自治州|县|区))?第{_N}+届(?P<nation>全国)?"
    rf"(?P<body>人民代表大会(?:常务委员会)?)第{_N}+次会议"
)
_SIGNATURE = re.compile(r"^\s*([\u4e00-\u9fff ]{2,40})\s*$")
_REPEAL = re.compile(r"同时废止|予以废止|即行废止|停止执行|同时失效")
_NAMED = re.compile(r"《([^《》]{2,80})》(?:[（(]([^（）()]{2,40}号)[）)])?")
_INNER_TITLE = re.compile(r"(?:印发|发布|公布|下发)[《〈]?([^《》〈〉]{4,60}?)[》〉]?的(?:通知|函|公告|决定)")
_PROVINCE = re.compile(
    r"[\u4e00-\u9fff]{2,3}省(?![\u4e00-\u9fff]{2,4}市)|[\u4e00-\u9fff]{2,8}自治区|(?:北京|上海|天津|重庆)市"
)
_CITY = re.compile(r"[\u4e00-\u9fff]{1,8}?(?:(?<![城都超上股])市(?!场|政)|自治州|[区县]人民政府|开发区管)")
_NATION = re.compile(
    r"国务院|中华人民共和国|国家|全国|中共中央|中国人民银行|.{2,20}(?:部|总局|署)(?:$|[、 ])"
)


#: How titles end, the more particular ending first.
_ENDINGS = {
    Kind.NORMATIVE: ("办法", "规定", "细则", "规则", "意见", "措施", "指引", "指南", "决定", "标准", "政策"),
    Kind.LAW: ("法",),
    Kind.REGULATION: ("条例",),
    Kind.PLAN: ("方案", "规划", "计划", "纲要", "行动", "预案"),
    Kind.NOTICE: ("通知", "公告", "通报", "批复", "函", "答复", "通告", "名单"),
    Kind.REFERENCE: ("解读", "问答", "报告"),
}


def document_number(text: str) -> str | None:
    """The instrument's own number, which stands on a line of its own; numbers in sentences are references."""
    head = text[:_HEAD]
    if match := _ON_A_LINE.search(head) or _IN_A_CELL.search(head):
        return re.sub(r"\s", "", match[1])
    if match := _ANNOUNCEMENT.search(head):
        return " ".join(match[1].split())
    if match := _ORDER.search(head):
        return re.sub(r"\s", "", match[1].replace("中华人民共和国", "") + match[2])
    return None


def issuer_of(title: str, text: str) -> str | None:
    """Who issued it: as the title begins, as the order is headed, as the history or the signature says."""
    if (match := _FROM_TITLE.match(title)) and _BODY.search(match[1].strip()):
        return match[1].strip()
    head = text[:_HEAD]
    if match := _ORDER.search(head):
        return match[1].removesuffix("令").removeprefix("中华人民共和国")
    if match := _CONGRESS.search(head):
        return (match["place"] or match["nation"] or "") + match["body"]
    for line in reversed(_before_date(text)):
        signed = _SIGNATURE.match(line)
        if signed and _BODY.search(signed[1].strip()):
            return " ".join(signed[1].split())
    return None


def _before_date(text: str) -> list[str]:
    """The lines above the first date that stands alone: a signature."""
    lines = text.split("\n")
    for i, line in enumerate(lines):
        if i >= 2 and re.fullmatch(r"\s*[0-9〇○零一二三四五六七八九]{4}\s*年.{1,6}月.{1,6}日\s*", line):
            return lines[max(0, i - 2) : i]
    return []


def kind_of(title: str) -> Kind:
    """The sort of instrument that a Chinese title names; a notice that distributes a text is of its kind."""
    inner = _INNER_TITLE.search(title)
    name = re.sub(r"[（(].*?[）)]", "", inner[1] if inner else title)
    if "征求意见稿" in title or re.search(r"[（(]草案", title):
        return Kind.DRAFT
    return next((kind for kind, ends in _ENDINGS.items() if name.endswith(ends)), Kind.OTHER)


def level_of(names: str, text: str = "") -> Level:
    """Who stands behind it, by the name of issuer or title, else by whether it speaks of 本市 or 本省."""
    names = names.removeprefix("中共")
    for level, pattern in (
        (Level.PROVINCIAL, _PROVINCE),
        (Level.MUNICIPAL, _CITY),
        (Level.NATIONAL, _NATION),
    ):
        if pattern.match(names):
            return level
    city, province = len(re.findall("本市|我市|全市", text)), len(re.findall("本省|我省|全省", text))
    if city == province:
        return Level.UNKNOWN
    return Level.MUNICIPAL if city > province else Level.PROVINCIAL


def repealed(text: str, title: str) -> tuple[str, ...]:
    """What the text says it repeals, by document number where it gives one, else by title."""
    found = []
    for repeal in _REPEAL.finditer(text):
        start = max(text.rfind(mark, 0, repeal.start()) for mark in "。；\n") + 1
        for name, number in _NAMED.findall(text[start : repeal.start()]):
            if name != title:
                found.append(re.sub(r"\s", "", number) if number else name)
    return tuple(dict.fromkeys(found))


def aliases_of(title: str) -> tuple[str, ...]:
    """Shorter names that people use: without the name of the state, and what a notice distributes."""
    names = [title.removeprefix("中华人民共和国")] if title.startswith("中华人民共和国") else []
    if inner := _INNER_TITLE.search(title):
        names.append(inner[1])
    return tuple(name for name in names if name)
