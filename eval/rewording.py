"""Ask the same in other words, by rule: what people write instead, never what means something else."""

from __future__ import annotations

import re

from assistant.domain import Language

_ZH = (
    (r"^", "想请教一下，"),
    (r"要做到多少|是多少", "具体是什么数"),
    (r"多少家", "几家"),
    (r"多少钱", "什么金额"),
    (r"由谁负责", "哪些部门牵头"),
    (r"行吗？|行不行？|能过吗？", "可不可以？"),
    (r"我们公司|我们", "本企业"),
    (r"什么时候", "哪一天"),
    (r"有什么好处", "能得到哪些支持"),
    (r"打算有", "计划拥有"),
    (r"还在吗", "现在还能用吗"),
)
_EN = (
    (r"^", "Quick question: "),
    (r"How many", "What number of"),
    (r"What can (.+?) get", r"What support is there for \1"),
    (r"still in force", "still valid"),
    (r"When must", "By when must"),
    (r"What counts as", "What is regarded as"),
    (r"Who issued", "Which body issued"),
)


def reword(question: str, language: Language) -> str:
    """``question`` in other words; unchanged where no rule but the opening applies."""
    (_, opening), *rules = _ZH if language == "zh" else _EN
    changed = question
    for pattern, replacement in rules:
        changed = re.sub(pattern, replacement, changed)
    return f"{opening}{changed}" if changed != question else question
