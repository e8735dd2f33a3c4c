"""Every word of the page, in Chinese and English, and which of the two a visitor reads first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.domain import LANGUAGES, Authority, Kind, Language, Level


@dataclass(frozen=True, slots=True)
class Words:
    """The page's own text in one language."""

    title: str
    subtitle: str
    intro: str
    limits: str
    examples: str
    placeholder: str
    send: str
    stop: str
    retry: str
    fresh: str
    language: str
    stopped: str
    stopped_early: str
    sources: str
    source: str
    why: str
    held_back: str
    conflict: str
    recommended: str
    missing: str
    copy: str
    searched: str
    issuer: str
    doc_number: str
    kind: str
    level: str
    authority: str
    confidence: str
    coverage: str
    text_language: str
    dates: str
    original: str
    record: str
    before: str
    after: str
    quoted: str
    gone: str
    changed: str
    page: str  # with {page}
    quoting: str
    by_rules: str
    written_by: str  # with {model}
    failed: str
    reference: str  # with {reference}
    ask_tab: str
    eligibility_tab: str
    documents_tab: str
    runs_tab: str
    narrow: str
    any_level: str
    any_validity: str
    in_force: str
    not_in_force: str
    not_confirmed: str
    as_of: str  # with {day}
    as_of_day: str
    none_found: str
    uploaded: str
    upload: str
    upload_note: str  # with {megabytes}
    remove: str


_ZH = Words(
    title="政策助手",
    subtitle="每一句都能点开看到原条款",
    intro="可以问目标、条件、金额、期限、办理部门和文件效力。先检索已收录的政策条款，再逐句核对后作答。",
    limits="依据仅限已收录的文件，不是法律意见；申报前请以主管部门发布的正式文本为准。",
    examples="可以这样问",
    placeholder="请输入关于政策的问题",
    send="发送",
    stop="停止",
    retry="重新回答",
    fresh="新对话",
    language="界面语言",
    stopped="已停止。以上是停止前已核对的内容。",
    stopped_early="已停止，还没有核对好的内容。",
    sources="来源",
    source="来源",
    why="核对",
    held_back="未显示的原因",
    conflict="来源不一致",
    recommended="建议采用",
    missing="还需要知道",
    copy="复制",
    searched="检索范围",
    issuer="发文机关",
    doc_number="文号",
    kind="类型",
    level="层级",
    authority="效力位阶",
    confidence="可信程度",
    coverage="收录范围",
    text_language="文本语言",
    dates="日期",
    original="查看官方出处",
    record="查看资料来源",
    before="上文",
    after="下文",
    quoted="引用的条款",
    gone="这一条款已不在当前收录的文件里，可能文件已更新。请重新提问。",
    changed="文件在作答之后有变动，无法标出当时引用的文字。",
    page="第 {page} 页",
    quoting="摘录条款原文",
    by_rules="按规则逐条判断，附条款依据",
    written_by="由 {model} 撰写，逐句核对",
    failed="刚才出了问题，没有得到答案。您的问题仍在输入框里，请再试一次。",
    reference="错误编号 {reference}，管理员可据此在日志中查找。",
    ask_tab="问答",
    eligibility_tab="资格自查",
    documents_tab="文件库",
    runs_tab="评测",
    narrow="按名称、文号筛选",
    any_level="全部层级",
    any_validity="全部效力",
    in_force="有效",
    not_in_force="已失效或未生效",
    not_confirmed="效力待核实",
    as_of="判断日期 {day}",
    as_of_day="判断日期",
    none_found="没有符合条件的文件。",
    uploaded="上传的文件",
    upload="上传文件",
    upload_note=(
        "也可把文件拖到这里。PDF、Word、Excel、网页或文本，每个不超过 {megabytes} MB。"
        "上传后所有使用者都能查到；宏不会运行。"
    ),
    remove="移除",
)
_EN = Words(
    title="Policy Assistant",
    subtitle="Every sentence opens its clause",
    intro=(
        "Ask about targets, conditions, amounts, deadlines, responsible bodies and validity. "
        "It searches the clauses it holds and checks every sentence against them before showing it."
    ),
    limits=(
        "From the documents held here only; not legal advice. "
        "Check the text published by the authority before you apply."
    ),
    examples="Questions to start with",
    placeholder="Ask about a policy",
    send="Send",
    stop="Stop",
    retry="Answer again",
    fresh="New conversation",
    language="Language",
    stopped="Stopped. What you see had been checked by then.",
    stopped_early="Stopped before any sentence had been checked.",
    sources="Sources",
    source="Source",
    why="check",
    held_back="Why sentences were held back",
    conflict="Sources disagree",
    recommended="Recommended reading",
    missing="Still needed",
    copy="Copy",
    searched="Searched",
    issuer="Issued by",
    doc_number="Document number",
    kind="Kind",
    level="Level",
    authority="Weight",
    confidence="Confidence",
    coverage="What is held",
    text_language="Language of the text",
    dates="Dates",
    original="Official publication",
    record="Where this record comes from",
    before="Text before",
    after="Text after",
    quoted="Clause quoted",
    gone="This clause is no longer in the documents held; they may have been updated. Please ask again.",
    changed="The document has changed since the answer, so the quoted words cannot be marked.",
    page="page {page}",
    quoting="Quoted from the clauses",
    by_rules="Decided by the rules, clause by clause",
    written_by="Written by {model}, each sentence checked",
    failed="Something went wrong and there is no answer. Your question is back in the box; please try again.",
    reference="Error reference {reference}: the operator can find it in the log.",
    ask_tab="Ask",
    eligibility_tab="Eligibility",
    documents_tab="Documents",
    runs_tab="Evaluation",
    narrow="Narrow by title or number",
    any_level="Every level",
    any_validity="Any validity",
    in_force="In force",
    not_in_force="Not in force",
    not_confirmed="Not confirmed",
    as_of="as of {day}",
    as_of_day="Validity as of",
    none_found="No document fits.",
    uploaded="Uploaded",
    upload="Upload documents",
    upload_note=(
        "Or drop files here. PDF, Word, Excel, web pages or text, up to {megabytes} MB each. "
        "Everyone who uses this server can then find them; macros never run."
    ),
    remove="Remove",
)
WORDS: Mapping[Language, Words] = {"zh": _ZH, "en": _EN}

LANGUAGE_NAMES: Mapping[Language, str] = {"zh": "中文", "en": "English"}
KINDS: Mapping[Kind, tuple[str, str]] = {
    Kind.LAW: ("法律", "law"),
    Kind.REGULATION: ("法规", "regulation"),
    Kind.NORMATIVE: ("规范性文件", "normative document"),
    Kind.PLAN: ("规划方案", "plan"),
    Kind.NOTICE: ("通知公告", "notice"),
    Kind.DRAFT: ("征求意见稿", "draft"),
    Kind.REFERENCE: ("参考资料", "reference material"),
    Kind.NEWS: ("新闻报道", "news report"),
    Kind.OTHER: ("其他", "other"),
}
LEVELS: Mapping[Level, tuple[str, str]] = {
    Level.NATIONAL: ("国家", "national"),
    Level.PROVINCIAL: ("省级", "provincial"),
    Level.MUNICIPAL: ("市级", "municipal"),
    Level.INTERNATIONAL: ("国际", "international"),
    Level.UNKNOWN: ("不详", "unknown"),
}
AUTHORITIES: Mapping[Authority, tuple[str, str]] = {
    Authority.LAW: ("法律", "law"),
    Authority.REGULATION: ("法规", "regulation"),
    Authority.NORMATIVE: ("规范性文件", "normative document"),
    Authority.PLAN: ("规划方案", "plan"),
    Authority.NOTICE: ("通知公告", "notice"),
    Authority.OTHER: ("其他", "other"),
    Authority.DRAFT: ("征求意见稿", "draft"),
    Authority.REFERENCE: ("参考资料", "reference material"),
    Authority.NEWS: ("新闻报道", "news report"),
}
OUTCOMES: Mapping[str, tuple[str, str]] = {
    "added": ("已收录", "added"),
    "changed": ("已更新", "updated"),
    "renamed": ("已更名", "renamed"),
    "unchanged": ("没有变化", "unchanged"),
    "removed": ("已移除", "removed"),
    "superseded": ("留作旧版", "kept as an older version"),
    "duplicate": ("已有相同内容，未重复收录", "already held, not added again"),
    "failed": ("未能读入", "could not be read"),
    "ignored": ("格式不支持", "format not supported"),
}
JOB_STATES: Mapping[str, tuple[str, str]] = {
    "waiting": ("排队中", "waiting"),
    "scanning": ("正在查看文件", "looking at the files"),
    "reading": ("正在读取", "reading"),
    "indexing": ("正在建立索引", "indexing"),
    "done": ("完成", "done"),
    "failed": ("没有完成", "not finished"),
}


def known(language: str | None) -> Language | None:
    """``language`` if the page speaks it."""
    return language if language in LANGUAGES else None


def preferred(accept_language: str | None, default: Language) -> Language:
    """The first language of an Accept-Language header that the page speaks, by its weights; else default."""
    ranked: list[tuple[float, int, str]] = []
    for position, part in enumerate((accept_language or "").split(",")):
        tag, _, parameter = part.strip().partition(";")
        weight = parameter.strip().removeprefix("q=")
        try:
            ranked.append((-float(weight) if weight else -1.0, position, tag.lower()[:2]))
        except ValueError:
            continue
    return next((found for _, _, tag in sorted(ranked) if (found := known(tag))), default)
