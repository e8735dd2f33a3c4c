"""Questions about the assistant itself: what it does, what it holds, how new that is, what to trust.

Answered from the records of the library, never from policy texts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.answering import places
from assistant.answering.wording import Wording
from assistant.domain import Instrument, Language, Level

#: What is said, by the name of the sign ``about.*`` that asks for it.
ABOUT: Mapping[str, Wording] = {
    "abilities": Wording(
        "可以这样用：问政策的目标、条件、金额、流程、责任部门和效力；说出企业情况，"
        "判断是否符合某项资质并列出还缺什么；比较两份文件或新旧标准；按条款算账。每句话都注明所引条款，资料里没有的会直说。",
        "Ask for targets, conditions, amounts, procedures, responsible bodies and validity; tell about a "
        "company to see whether it qualifies and what is missing; compare two documents or an old and a new "
        "standard; have sums worked out from the clauses. Every sentence cites its clause; what the sources "
        "lack is said.",
    ),
    "currency": Wording(
        "资料库现有{count}份文件（{covered}），其中最新的一份是{newest}的《{title}》。"
        "之后出台的规定不在其中，办事前请向主管部门核实。",
        "The library holds {count} instruments ({covered}); the newest is {title} of {newest}. Later rules "
        "are not in it: check with the competent authority before you act.",
    ),
    "coverage": Wording(
        "资料库收录了{count}份文件，包括{levels}；地方文件只有{covered}的。问到没有收录的内容会直说。",
        "The library holds {count} instruments: {levels}. It covers {covered}; what it lacks is said.",
    ),
    "originals": Wording(
        "点开句末的引用编号，可以看到所引条款、文号和来源网址。资料库中的文本不一定是官方全文，"
        "有的是转述或只收录了一部分，各文件的说明里写明了范围；正式文本以发布机关公布的为准。",
        "Open the citation after a sentence to see its clause, the document number and the address of the "
        "source. Texts in the library are not always the official full text: some restate it or hold a part, "
        "and say so. The text published by the issuing authority prevails.",
    ),
    "trust": Wording(
        "回答由资料库中的条款摘引或按条款计算而成，每句注明出处，核对不上的不显示。它不是官方答复，没有法律效力；"
        "申报和缴税前请点开条款核对，并以主管部门的答复为准。",
        "Answers are quoted or worked out from clauses in the library; each sentence names its source and "
        "what cannot be confirmed is not shown. They are no official reply and not binding: check the "
        "clause, and follow the competent authority before you file or pay.",
    ),
}
_LEVELS = {
    Level.NATIONAL: Wording("国家{n}份", "{n} national"),
    Level.PROVINCIAL: Wording("省级{n}份", "{n} provincial"),
    Level.MUNICIPAL: Wording("市级{n}份", "{n} municipal"),
    Level.INTERNATIONAL: Wording("国际参考资料{n}份", "{n} international, for reference"),
}


def library_words(instruments: Sequence[Instrument], language: Language) -> dict[str, object]:
    """What `ABOUT` and refusals may say of a library, by the names of their places."""
    dated = [(i.published or i.issued or "", i) for i in instruments]
    newest, latest = max(dated, key=lambda pair: pair[0], default=("", None))
    counts = {level: sum(i.level is level for i in instruments) for level in _LEVELS}
    joiner = "、" if language == "zh" else ", "
    return {
        "count": len(instruments),
        "covered": covered(instruments, language),
        "newest": newest,
        "title": latest.title(language) if latest else "",
        "levels": joiner.join(_LEVELS[level].say(language, n=n) for level, n in counts.items() if n),
    }


def covered(instruments: Sequence[Instrument], language: Language) -> str:
    """What the library covers, in a few words: its levels and its places."""
    held = {instrument.level for instrument in instruments}
    words = ["国家" if language == "zh" else "national"] if Level.NATIONAL in held else []
    local = sorted(places.covered(i for i in instruments if i.level in (Level.PROVINCIAL, Level.MUNICIPAL)))
    words += [place if language == "zh" else places.english(place) for place in local]
    return ("、" if language == "zh" else ", ").join(words) or (
        "已导入的" if language == "zh" else "ingested"
    )
