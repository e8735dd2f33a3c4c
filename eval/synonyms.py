"""Words of official texts that mean the same, and words that mean the other thing. Data only."""

from __future__ import annotations

#: Words that official texts use for one another; the corpus glossary adds the names of its domain.
SAME: tuple[tuple[str, ...], ...] = (
    ("替代", "取代", "代替", "superseded", "replaced"),
    ("废止", "失效", "repealed", "abolished"),
    ("施行", "实施", "生效", "执行", "effect", "effective"),
    ("印发", "签发", "issued", "signed"),
    ("公布", "发布", "published", "released", "release"),
    ("到期", "期满", "届满", "expire", "lapse", "lapses"),
    ("职工", "员工", "从业人员", "employees", "staff"),
    ("补助", "补贴", "资助", "subsidy", "grant"),
    ("奖励", "奖金", "award", "reward"),
    ("营收", "营业收入", "主营收入", "主营业务收入", "销售收入", "revenue", "sales"),
    ("每年", "年度", "annual", "annually", "year", "yearly"),
    ("比例", "占比", "比重", "ratio", "share"),
    ("责任", "负责", "responsible"),
    ("合计", "累计", "总计", "total", "cumulative"),
    ("限", "上限", "最高", "cap", "maximum"),
    ("用户", "您", "user", "you"),
    ("内容", "文字", "文本", "text", "content"),
    ("粘贴", "贴", "给出", "提供", "pasted", "provided"),
    ("研发", "研究与试验发展", "研究开发", "r&d"),
    ("旧", "原", "以前", "old", "older", "former", "earlier"),
    ("新", "new"),
    ("吸引", "引进", "引聚", "争取", "attract", "bring"),
    ("取消", "删去", "删除", "去掉", "dropped", "removed", "deleted"),
    ("在线", "线上", "网上", "online"),
    ("新闻", "报道", "news", "reported"),
    ("一般", "普通", "general", "ordinary"),
    ("暂行", "interim", "provisional"),
    ("再", "额外", "另外", "extra", "further", "additional"),
    ("口径", "统计范围", "范围", "scope"),
    ("出处", "来源", "source", "sources"),
    ("照做", "照办", "执行", "follow", "followed", "comply", "obey"),
    ("force", "forced", "compel", "强迫", "强制"),
)


#: Words of which a rule names one or the other; to say it of the other is not to say it.
OPPOSITE: tuple[tuple[str, str], ...] = (
    ("境内", "境外"),
    ("国内", "国外"),
    ("走出去", "引进来"),
    ("省级", "市级"),
    ("费用化", "资本化"),
    ("转让方", "受让方"),
    ("domestic", "foreign"),
    ("domestic", "overseas"),
    ("outbound", "inbound"),
    ("provincial", "municipal"),
    ("expensed", "capitalized"),
)
