"""The words of the eligibility form, in Chinese and English."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.eligibility.attribute import AttributeKind
from assistant.eligibility.model import Verdict

Pair = tuple[str, str]

INTRO: Pair = (
    "填写已知情况，逐条对照条件和条款。没填的按“未知”处理，不当作不符合。填写内容不在服务器上保存。",
    "Fill in what you know; empty counts as unknown, not as no. Nothing is kept on the server.",
)
SCHEME: Pair = ("政策", "Scheme")
ALL: Pair = ("全部政策（逐项筛查）", "All schemes (screen)")
ON: Pair = ("判断日期", "As of")
CHECK: Pair = ("判断", "Check")
SAVE: Pair = ("保存企业信息", "Save the profile")
LOAD: Pair = ("载入企业信息", "Load a profile")
CLEAR: Pair = ("清空", "Clear")
OTHER: Pair = ("其他", "Other")
COMPUTED: Pair = (
    "已知比率或合计时，可直接填写（否则由上面的数字算出）",
    "Ratios and totals, if known (else computed)",
)
UNANSWERED: Pair = ("未知", "Unknown")
YES: Pair = ("是", "Yes")
NO: Pair = ("否", "No")
EXAMPLES: Mapping[AttributeKind, Pair] = {
    AttributeKind.MONEY: ("如 5,000万元", "e.g. 50 million yuan"),
    AttributeKind.MONEY_USD: ("如 800万美元", "e.g. USD 8 million"),
    AttributeKind.PERCENT: ("如 6.5%", "e.g. 6.5%"),
    AttributeKind.COUNT: ("如 80", "e.g. 80"),
    AttributeKind.NUMBER: ("如 3", "e.g. 3"),
    AttributeKind.DATE: ("如 2019年3月1日", "e.g. 2019-03-01"),
}
UNITS: Mapping[str, Pair] = {
    "CNY": ("元", "yuan"),
    "CNY_per_month": ("元/月", "yuan a month"),
    "USD": ("美元", "USD"),
    "percent": ("%", "%"),
    "persons": ("人", "people"),
    "days": ("天", "days"),
    "years": ("年", "years"),
    "points": ("分", "points"),
    "m2": ("平方米", "m²"),
    "times": ("倍", "times"),
}
SUBJECTS: Mapping[str, Pair] = {
    "person": ("对象：个人", "for a person"),
    "institution": ("对象：机构", "for an institution"),
    "community": ("对象：社区", "for a community"),
}
RESULT: Pair = ("判断结果", "Result")
CONDITION: Pair = ("条件", "Condition")
FACT: Pair = ("所用情况", "Fact used")
VERDICT: Pair = ("判断", "Verdict")
CLAUSE: Pair = ("条款", "Clause")
OPEN_CLAUSE: Pair = ("查看条款", "Open the clause")
SINGLE: Pair = ("单一来源", "single source")
NEAR: Pair = ("差距很小", "near miss")
MISSING: Pair = ("还需要知道（最能决定结果的在前）", "Still needed (what decides most comes first)")
CHANGES: Pair = ("怎样才能符合", "What would change it")
EITHER: Pair = ("以下任一种都可以：", "Any one of these would do:")
BENEFITS: Pair = ("可享受的支持", "What it brings")
STEPS: Pair = ("办理与时间", "Procedure and dates")
RULES: Pair = ("适用规则", "Rules applied")
ENDED: Pair = ("规则已于{day}到期", "rules ended on {day}")
NO_RULES: Pair = ("判断日期之前还没有适用的规则。", "No rules applied by that day.")
REPORT_MD: Pair = ("下载报告（Markdown）", "Report (Markdown)")
REPORT_DOCX: Pair = ("下载报告（Word）", "Report (Word)")
DETAILS: Pair = ("逐条查看", "Details")
UNMET: Pair = ("未达到 {count} 项", "{count} not met")
OPEN: Pair = ("待补充 {count} 项", "{count} open")
SAID: Pair = ("填写的情况", "What was filled in")
QUOTED: Pair = ("条款原文", "Clauses quoted")
FILE: Pair = ("资格自查", "eligibility")
DISCLAIMER: Pair = (
    "本结果由程序按注明日期的规则得出，不是法律意见；申报前请以主管部门发布的正式文本为准。",
    "Decided by code from dated rules; not legal advice. Rely on the published text before you apply.",
)
SIGNS: Mapping[Verdict, tuple[str, str]] = {
    Verdict.MET: ("good", "✓"),
    Verdict.NOT_MET: ("bad", "✕"),
    Verdict.UNKNOWN: ("unsure", "?"),
}
