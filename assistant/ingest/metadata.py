"""Reads an instrument's record from its own text, for files that no manifest describes.

Every field found this way is named in ``read_fields``, so that doors can mark it as read and not given.
What the text does not say stays unknown.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import fields, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from assistant.domain import Authority, Instrument, Kind, Language, Level, ValidityStatus
from assistant.ingest.periods import Period, period_of
from assistant.ingest.reading import Reading
from assistant.ingest.titles import title_of

_HEAD = 1500  # characters in which title, number and history stand
_N = "[一二三四五六七八九十]"
_NUMBER = r"[\u4e00-\u9fff]{1,14}[〔\[［（(【][12][0-9]{3}[〕\]］）)】]\s*第?\s*[0-9]+\s*号"
_ON_A_LINE = re.compile(rf"^\s*(?:发?文(?:件)?(?:字|编)?号[:：]\s*)?({_NUMBER})\s*$", re.MULTILINE)
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


#: What a given record may still learn from the text; kind, level and status are a person's judgement.
_COMPLETED = ("doc_number", "issuer_zh", "issuer_en", "issued", "published", "effective", "expires")
#: How titles end, the more particular ending first.
_ENDINGS = {
    Kind.NORMATIVE: ("办法", "规定", "细则", "规则", "意见", "措施", "指引", "指南", "决定", "标准", "政策"),
    Kind.LAW: ("法",),
    Kind.REGULATION: ("条例",),
    Kind.PLAN: ("方案", "规划", "计划", "纲要", "行动", "预案"),
    Kind.NOTICE: ("通知", "公告", "通报", "批复", "函", "答复", "通告", "名单"),
    Kind.REFERENCE: ("解读", "问答", "报告"),
}


def read_record(reading: Reading, path: Path, language: Language) -> Instrument:
    """The record as far as the text tells; the title falls back on the name of the file."""
    title = title_of(reading, language)
    period = period_of(reading.text, language, path.stem)
    number = document_number(reading.text)
    found: dict[str, Any] = {
        "title_zh" if language == "zh" else "title_en": title,
        "doc_number": number,
        "issued": period.issued or _day(reading.declared.get("published")),
        "published": _day(reading.declared.get("published")),
        "effective": period.effective,
        "expires": period.expires,
    }
    if language == "zh":
        issuer = issuer_of(title or "", reading.text)
        kind = kind_of(title or "")
        found |= {
            "issuer_zh": issuer,
            "kind": kind,
            "level": level_of(issuer or title or "", reading.text),
            "supersedes": repealed(reading.text, title or ""),
            "aliases": _aliases(title or ""),
        }
        found["status"] = _status(title or "", kind, period)
    defaults = {field.name: field.default for field in fields(Instrument)}
    found = {name: value for name, value in found.items() if value and value != defaults[name]}
    name = title or path.stem
    found["title_zh" if language == "zh" else "title_en"] = name
    read = tuple(name for name in found if name != "aliases")
    authority = Authority[found.get("kind", Kind.OTHER).name]
    version = found.get("issued") or found.get("effective")
    return Instrument(
        id=instrument_id(name, number, version),
        authority=authority,
        read_fields=(*read, *(("authority",) if "kind" in found else ())),
        **found,
    )


def completed(given: Instrument, read: Instrument) -> Instrument:
    """A manifest's record, with what it leaves open taken from the text and marked as read."""
    return _with(given, read, [name for name in _COMPLETED if name in read.read_fields])


def kept(given: Instrument, known: Instrument | None) -> Instrument:
    """A manifest's record with what had been read from the text before, where it still leaves that open."""
    return _with(given, known, known.read_fields) if known else given


def _with(given: Instrument, other: Instrument, names: Sequence[str]) -> Instrument:
    values = {name: getattr(other, name) for name in names if getattr(given, name) is None}
    return replace(given, **values, read_fields=(*given.read_fields, *values)) if values else given


def instrument_id(title: str, doc_number: str | None, version: str | None) -> str:
    """An id from what names the instrument, so that a renamed file stays the same instrument."""
    key = "\x1f".join(re.sub(r"\s", "", part or "") for part in (title, doc_number, version))
    return f"doc-{sha256(key.encode()).hexdigest()[:12]}"


def document_number(text: str) -> str | None:
    """The instrument's own number, which stands on a line of its own; numbers in sentences are references."""
    head = text[:_HEAD]
    for pattern in (_ON_A_LINE, _ANNOUNCEMENT):
        if match := pattern.search(head):
            return re.sub(r"\s", "", match[1]) if pattern is _ON_A_LINE else " ".join(match[1].split())
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
        if i >= 2 and re.fullmatch(r"\s*[0-9〇○零一二三四五六七八九]{4}\s*年.{2,6}月.{1,6}日\s*", line):
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


def _aliases(title: str) -> tuple[str, ...]:
    """Shorter names that people use: without the name of the state, and what a notice distributes."""
    names = [title.removeprefix("中华人民共和国")] if title.startswith("中华人民共和国") else []
    if inner := _INNER_TITLE.search(title):
        names.append(inner[1])
    return tuple(name for name in names if name)


def _status(title: str, kind: Kind, period: Period) -> ValidityStatus:
    if re.search(r"[（(](?:已)?(?:废止|失效)[）)]", title):
        return ValidityStatus.EXPIRED
    if kind is Kind.DRAFT:
        return ValidityStatus.DRAFT
    if kind is Kind.REFERENCE:
        return ValidityStatus.REFERENCE
    return ValidityStatus.IN_FORCE_PRESUMED if period.issued or period.effective else ValidityStatus.UNKNOWN


def _day(text: str | None) -> str | None:
    match = re.match(r"(\d{4})[-/年.](\d{1,2})[-/月.](\d{1,2})", text or "")
    return f"{match[1]}-{int(match[2]):02d}-{int(match[3]):02d}" if match else None
