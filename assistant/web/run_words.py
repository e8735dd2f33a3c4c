"""The words of the runs, in Chinese and English: the names of metrics and how their values are written."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.domain import Language
from assistant.presentation import pick

Pair = tuple[str, str]

#: Named metrics, in the order they are shown; any other keeps the name the evaluation gave it.
METRICS: Mapping[str, Pair] = {
    "success": ("整题答对", "Case success"),
    "key_fact_recall": ("关键事实召回", "Key facts stated"),
    "faithfulness": ("全部有依据的回答", "Answers fully supported"),
    "faithfulness_claims": ("有依据的说法", "Claims supported"),
    "citation_validity": ("引用可打开", "Citations that resolve"),
    "citation_precision": ("引用精确率", "Citation precision"),
    "citation_recall": ("引用召回率", "Citation recall"),
    "status_accuracy": ("状态正确", "Right status"),
    "verdict_accuracy": ("资格结论正确", "Right verdict on eligibility"),
    "answer_relevance": ("切题程度", "Answer relevance"),
    "refusal_precision": ("拒答精确率", "Refusal precision"),
    "refusal_recall": ("拒答召回率", "Refusal recall"),
    "refusal_f1": ("拒答 F1", "Refusal F1"),
    "over_refusal": ("误拒率", "Wrongly refused"),
    "must_not_violations": ("说了不该说的", "Forbidden statements"),
    "unsupported_numbers": ("无出处的数字", "Unsupported numbers"),
    "hit@1": ("首条命中", "Hit at 1"),
    "hit@5": ("前五命中", "Hit at 5"),
    "mrr": ("MRR", "MRR"),
    "recall@10": ("前十召回", "Recall at 10"),
    "ndcg@10": ("nDCG@10", "nDCG@10"),
    "clause_hit@5": ("条款前五命中", "Clause hit at 5"),
    "clause_mrr": ("条款 MRR", "Clause MRR"),
    "conversation_success": ("整段对话答对", "Conversation success"),
    "latency_p50": ("用时中位数", "Time, median"),
    "latency_p95": ("用时 P95", "Time, 95th percentile"),
    "prompt_tokens": ("提示词元数", "Prompt tokens"),
    "completion_tokens": ("回复词元数", "Reply tokens"),
    "cost": ("费用", "Cost"),
    "errors": ("出错题数", "Errors"),
}
#: What the list of runs shows of each.
HEADLINE = ("success", "key_fact_recall", "faithfulness", "status_accuracy", "latency_p50")
_SECONDS = ("latency_p50", "latency_p95", "latency")
_COUNTS = ("must_not_violations", "unsupported_numbers", "errors", "prompt_tokens", "completion_tokens")
_RANKED = ("mrr", "ndcg@10", "clause_mrr", "clause_ndcg@10")

RUNS: Pair = ("评测记录", "Evaluation runs")
STARTED: Pair = ("开始时间", "Started")
SUITE: Pair = ("题集", "Suite")
TARGET: Pair = ("对象", "Target")
CASES: Pair = ("题数", "Cases")
CASE: Pair = ("题目", "Case")
METRIC: Pair = ("指标", "Metric")
VALUE: Pair = ("数值", "Value")
INTERVAL: Pair = ("95% 区间", "95% interval")
SCORED: Pair = ("计分题数", "Scored")
DIFFERENCE: Pair = ("差（B−A）", "Difference (B−A)")
TYPE: Pair = ("类型", "Type")
COMPARE: Pair = ("比较所选两次", "Compare the two chosen")
BACK: Pair = ("返回列表", "Back to the list")
REPORT: Pair = ("打开完整报告", "Open the full report")
REPORT_JSON: Pair = ("下载数据（JSON）", "Download the figures (JSON)")
SWAP: Pair = ("对调 A 与 B", "Swap A and B")
BY_TYPE: Pair = ("分类型", "By type")
FAILED: Pair = ("没有答对的题", "Cases not answered right")
BETTER: Pair = ("变好的题", "Cases that got better")
WORSE: Pair = ("变差的题", "Cases that got worse")
NO_CHANGE: Pair = ("没有", "None")
SIGNIFICANCE: Pair = ("配对检验", "Paired test")
VERDICTS: Mapping[str, Pair] = {
    "better": ("显著变好", "better"),
    "worse": ("显著变差", "worse"),
    "no difference": ("无显著差别", "no difference"),
}
CAUSES: Mapping[str, Pair] = {
    "the target failed": ("对象出错", "the target failed"),
    "wrongly refused": ("误拒", "wrongly refused"),
    "should have refused": ("应拒未拒", "should have refused"),
    "refused under another status": ("拒答状态不对", "refused under another status"),
    "wrong verdict": ("资格结论错误", "wrong verdict"),
    "said what it must not say": ("说了不该说的", "said what it must not say"),
    "retrieval missed the instrument": ("没有检索到文件", "retrieval missed the instrument"),
    "retrieval missed the clause": ("没有检索到条款", "retrieval missed the clause"),
    "found, but not given to the composer": ("检索到但未入选", "found, but not given to the composer"),
    "rests on a text that is not in force": ("依据了失效文本", "rests on a text that is not in force"),
    "figure not worked out": ("没有算出数字", "figure not worked out"),
    "no verdict given": ("没有给出结论", "no verdict given"),
    "evidence given, fact not said": ("有依据但没有说出", "evidence given, fact not said"),
}
EMPTY: Pair = (
    "还没有评测记录。在服务器上运行下面的命令，完成后重新打开这一页：",
    "There is no run yet. Make one on the server with this command, then open this tab again:",
)
CHOOSE: Pair = ("勾选 A 与 B，再比较。", "Tick an A and a B, then compare.")
UNREADABLE: Pair = ("没有可读的报告", "no readable report")
GONE: Pair = ("找不到这次评测，可能已被删除。", "This run was not found; it may have been deleted.")
NO_PAGE: Pair = (
    "这次评测没有网页报告；可用下面的命令补上：",
    "This run has no page of its own; this command adds it:",
)
PAIRED_ONLY: Pair = (
    "两次评测的题目不完全相同：以下只比较共有的 {shared} 题（A 共 {a} 题，B 共 {b} 题）。",
    "The runs do not have the same cases: below are the {shared} that both have (A has {a}, B has {b}).",
)
NOTHING_SHARED: Pair = (
    "两次评测没有相同的题目，无法比较。",
    "The runs share no case, so there is nothing to compare.",
)
UNTESTED: Pair = (
    "差别是否出于偶然，要做配对检验才知道：",
    "Whether a difference is more than chance takes a paired test:",
)
MORE: Pair = ("另有 {count} 题未列出，见完整报告。", "{count} more are not listed; see the full report.")


#: The types of question that suites use; any other keeps the name its suite gave it.
TYPES: Mapping[str, Pair] = {
    "action": ("行动任务", "action items"),
    "benefit": ("支持内容", "benefits"),
    "clarification": ("需要追问", "asking back"),
    "comparison": ("比较", "comparisons"),
    "conflict": ("来源不一致", "sources that disagree"),
    "definition": ("定义", "definitions"),
    "eligibility": ("资格", "eligibility"),
    "false_premise": ("前提有误", "false premises"),
    "injection": ("夹带指令", "injected orders"),
    "multi_turn": ("多轮对话", "conversations"),
    "numeric": ("计算", "sums"),
    "out_of_scope": ("超出范围", "out of scope"),
    "procedure": ("办理", "procedures"),
    "target": ("目标", "targets"),
    "unanswerable": ("没有依据", "no source"),
    "validity": ("效力", "validity"),
}


def type_name(kind: str, language: Language) -> str:
    """What a type of question is called."""
    return pick(TYPES.get(kind, (kind, kind)), language)


def metric_name(metric: str, language: Language) -> str:
    """What a metric is called."""
    return pick(METRICS.get(metric, (metric, metric)), language)


def written(metric: str, value: float, *, signed: bool = False) -> str:
    """A value as its metric is written: shares in percent, times in seconds, counts whole."""
    sign = "+" if signed else ""
    if metric in _SECONDS:
        return f"{value:{sign}.2f} s"
    if metric in _COUNTS:
        return f"{value:{sign}.0f}"
    if metric == "cost":
        return f"{value:{sign}.4f}"
    if metric in _RANKED:
        return f"{value:{sign}.3f}"
    return f"{value * 100:{sign}.1f}" + ("" if signed else "%")
