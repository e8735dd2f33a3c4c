"""Say in both languages why a sentence is held back or marked."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.domain import Conflict, Grounding, Support

_NAMES: dict[str, tuple[str, str]] = {
    "number": ("数量", "number"),
    "percent": ("比例", "percentage"),
    "money": ("金额", "amount"),
    "unit": ("单位", "unit"),
    "date": ("日期", "date"),
    "year": ("年份", "year"),
    "duration": ("期限", "period"),
    "doc_number": ("文号", "document number"),
    "article": ("条款号", "article"),
    "comparator": ("上下限", "bound"),
    "modality": ("义务或许可", "obligation or permission"),
    "negation": ("肯定或否定", "denial"),
    "scope": ("范围词", "scope"),
    "condition": ("条件", "condition"),
    "instrument": ("文件名称", "instrument"),
    "body": ("机关名称", "body"),
    "place": ("地名", "place"),
    "code": ("编号", "code"),
    "subject": ("主体", "subject"),
    "question_only": ("数值", "figure"),
}


def held_back(conflicts: Sequence[Conflict]) -> Grounding:
    """The grounding of a sentence that contradicts its clauses."""
    kinds = tuple(conflicts)
    return Grounding(Support.UNSUPPORTED, kinds, None, *_say(kinds))


def marked_for(marks: Sequence[Conflict], score: float | None, *, foreign: bool = False) -> Grounding:
    """The grounding of a sentence that is shown with a mark."""
    if marks:
        return Grounding(Support.WEAK, tuple(marks), score, *_say(marks))
    if foreign:
        zh, en = (
            "所引条款为另一种语言，无法比对措辞",
            "the cited clauses are in the other language and cannot be compared",
        )
    else:
        zh, en = "措辞与所引条款差别较大", "its wording differs much from the cited clauses"
    return Grounding(Support.WEAK, (), score, zh, en)


def _say(conflicts: Sequence[Conflict]) -> tuple[str, str]:
    pairs = [_one(conflict) for conflict in conflicts[:3]]
    return "；".join(zh for zh, _ in pairs), "; ".join(en for _, en in pairs)


def _one(conflict: Conflict) -> tuple[str, str]:
    kind_zh, kind_en = _NAMES.get(conflict.type, (conflict.type, conflict.type))
    found_zh = "、".join(f"“{text}”" for text in conflict.found)
    found_en = ", ".join(f"“{text}”" for text in conflict.found)
    if conflict.type == "question_only":
        return (
            f"“{conflict.claimed}”只见于提问，所引条款中没有",
            f"“{conflict.claimed}” stands in the question only, not in the cited clauses",
        )
    if not conflict.claimed:
        return f"没有写出条款中的{kind_zh}：{found_zh}", f"leaves out the clause's {kind_en}: {found_en}"
    if not conflict.found:
        return (
            f"{kind_zh}“{conflict.claimed}”在所引条款中没有",
            f"the {kind_en} “{conflict.claimed}” is not in the cited clauses",
        )
    return (
        f"{kind_zh}“{conflict.claimed}”与所引条款不同，条款为{found_zh}",
        f"the {kind_en} “{conflict.claimed}” differs from the cited clauses, which say {found_en}",
    )
