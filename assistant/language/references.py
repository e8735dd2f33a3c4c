"""Find document numbers and article references: 国科发火〔2016〕32号, Article 11(5), 第十一条第（五）项.

The patterns expect text folded by `fold.aligned`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from assistant.language.numerals import CHINESE, parse
from assistant.language.quantity import Quantity

_HAN = "\u4e00-\u9fff"
# words that lead up to an issuer's short name and are no part of it
_LEAD = re.compile(
    r".*(?:根据|依据|按照|依照|参照|符合|执行|印发|发布|关于|以及|参见|详见|适用|废止|有关|规定|通知|和|与|及|见|按|由|的|在|为|是|以)"
)
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_NUMBER = r"(?P<number>\d{1,5})"
_NUMBER_ZH = rf"(?P<number>\d{{1,5}}|{CHINESE})"
_PATTERNS = (
    re.compile(
        rf"(?P<issuer>[{_HAN}]{{0,14}}?) ?[\[(]{_YEAR}[\])] ?第?{_NUMBER}号(?P<more>(?:、\d{{1,5}}号)*)"
    ),
    re.compile(
        rf"(?P<issuer>(?:[{_HAN}]{{2,10}}[ 、])*[{_HAN}]{{0,12}}?(?:公告|令|通告|公报))"
        rf" ?\(?{_YEAR}年\)?第?{_NUMBER}号"
    ),
    re.compile(rf"(?P<issuer>[{_HAN}]{{0,10}}?(?:令|公告|通告)) ?\(?第{_NUMBER_ZH}号\)?"),
    re.compile(rf"第{_NUMBER_ZH}号(?P<issuer>令|公告|文)?"),
    re.compile(rf"[\[(]{_YEAR}[\])],? ?no\.? ?{_NUMBER}\b"),
    re.compile(rf"\bno\.? ?{_NUMBER} ?(?:of |[\[(]){_YEAR}[\])]?"),
    re.compile(
        r"\b(?:order|decree|announcement|circular|notice|document|doc\.?|proclamation) no\.? ?"
        rf"{_NUMBER}\b"
    ),
)


def document_numbers(folded: str, text: str) -> Iterator[Quantity]:
    """Document numbers with their year; the issuer's short name goes into ``unit``."""
    for pattern in _PATTERNS:
        for match in pattern.finditer(folded):
            groups = match.groupdict()
            issuer, start = _issuer(groups.get("issuer") or "", match.start())
            year, more = groups.get("year"), groups.get("more") or ""
            spans = [(groups["number"], start, match.end() - len(more))]
            base = match.end() - len(more)
            # 财关税〔2026〕7号、8号: the later ones share issuer and year
            spans += [(m[1], base + m.start(1), base + m.end()) for m in re.finditer(r"、(\d+)号", more)]
            for written, begin, end in spans:
                value = parse(written)
                if value is not None:
                    key = f"{year}-{value}" if year else str(value)
                    yield Quantity("doc_number", value, issuer, begin, end, text[begin:end], key=key)


def _issuer(before: str, start: int) -> tuple[str, int]:
    """The issuer's short name without the words that lead up to it."""
    lead = _LEAD.match(before)
    cut = lead.end() if lead else 0
    return re.sub(r"[ 、]", "", before[cut:]), start + cut


_LEVELS_ZH = {"条": "a", "款": "p", "项": "i", "目": "j", "章": "c", "节": "s", "编": "b"}
_LEVELS_EN = {
    "article": "a", "art": "a", "section": "s", "sec": "s", "chapter": "c", "paragraph": "p", "para": "p",
    "item": "i", "subparagraph": "i", "point": "i", "clause": "i", "part": "b",
}  # fmt: skip
_STEP_ZH = rf"第\(?(?:\d{{1,4}}|{CHINESE})\)?[条款项目章节编](?:之[一二三四五六七八九十])?"
_ARTICLE_ZH = re.compile(rf"{_STEP_ZH}(?: ?{_STEP_ZH})*")
_STEP_ZH_PARTS = re.compile(
    rf"第\(?(\d{{1,4}}|{CHINESE})\)?([条款项目章节编])(?:之([一二三四五六七八九十]))?"
)
_ARTICLE_EN = re.compile(
    r"\b(?P<level>article|art|section|sec|chapter|paragraph|para|item|subparagraph|point|clause|part)s?\.? "
    r"\(?(?P<number>\d{1,4})\)?(?: ?\((?P<item>\d{1,3})\))?(?![\d%]|[.,]\d)"
)


def articles(folded: str, text: str) -> Iterator[Quantity]:
    """References to articles, paragraphs, items and chapters, as ``a11.p1.i5``."""
    for match in _ARTICLE_ZH.finditer(folded):
        parts = []
        for number, level, extra in _STEP_ZH_PARTS.findall(match.group()):
            value = parse(number)
            if value is None:
                break
            parts.append(f"{_LEVELS_ZH[level]}{value}{'-' + str(parse(extra)) if extra else ''}")
        else:
            yield _article(parts, match, text)
    for match in _ARTICLE_EN.finditer(folded):
        parts = [f"{_LEVELS_EN[match['level']]}{int(match['number'])}"]
        if match["item"]:
            parts.append(f"i{int(match['item'])}")
        yield _article(parts, match, text)


def _article(parts: list[str], match: re.Match[str], text: str) -> Quantity:
    value = Decimal(re.sub(r"\D.*", "", parts[0][1:]))
    return Quantity(
        "article",
        value,
        "",
        match.start(),
        match.end(),
        text[match.start() : match.end()],
        key=".".join(parts),
    )
