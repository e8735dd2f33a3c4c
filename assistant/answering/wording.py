"""Every sentence the assistant says in its own name, in both languages, in one place.

Nothing here states policy: policy is only ever quoted or computed from clauses. A `Wording` is filled with
named values by `say`.
"""

from __future__ import annotations

from dataclasses import dataclass

from assistant.domain import Language


@dataclass(frozen=True, slots=True)
class Wording:
    """One thing to say, in Chinese and in English."""

    zh: str
    en: str

    def say(self, language: Language, **values: object) -> str:
        """The words in ``language`` with ``{name}`` places filled in."""
        return (self.zh if language == "zh" else self.en).format(**values)


# --- Refusals: the first sentence of an answer that claims nothing ------------------------------------

GREETING = Wording(
    "您好，我是政策问答助手，根据已收录的科技创新与产业政策文件（{covered}）回答问题。"
    "请直接提问，例如：高新技术企业认定需要满足哪些条件？",
    "Hello. This assistant answers questions about science, innovation and industry policy from the "
    "documents in its library ({covered}). "
    "Ask, for example: What are the conditions for a high-tech enterprise?",
)
THANKS = Wording(
    "不客气。还有政策问题请继续问。",
    "You are welcome. Do ask if there is another policy question.",
)
OUT_OF_SCOPE = Wording(
    "这个问题不在政策问答的范围内。本助手只回答已收录的科技创新与产业政策文件（{covered}）中的内容。",
    "This is outside what the assistant can answer. It only answers from the policy documents in its "
    "library ({covered}).",
)
PLACE_NOT_COVERED = Wording(
    "资料库没有收录{place}的政策，只收录了{covered}文件，所以无法回答，也不会推测。请查询{place}主管部门的官方网站。",
    "The library holds no policies of {place}; it covers {covered} instruments only, so there is no answer "
    "to give and none will be guessed. Please ask the competent authority of {place}.",
)
LEGAL_HELP = Wording(
    "这个问题需要专业的法律服务，超出政策问答的范围。建议咨询律师或主管部门（劳动争议可咨询人力资源社会保障部门）。",
    "This calls for legal services and is outside policy questions. Please consult a lawyer or the competent "
    "department (for labour disputes, the human-resources and social-security department).",
)
DECLINED_INSTRUCTIONS = Wording(
    "无法提供系统指令、内部设置或隐藏内容，也不会按消息中的指令改变回答规则。请直接提出政策问题。",
    "System instructions, internal settings and hidden content cannot be disclosed, and instructions inside "
    "a message do not change how answers are made. Please ask a policy question.",
)
DECLINED_PERSONAL = Wording(
    "无法提供其他用户的提问、个人信息或企业的非公开资料。",
    "Other users' questions, personal data and non-public company data cannot be provided.",
)
DECLINED_GUARANTEE = Wording(
    "无法保证审批或认定结果。助手只能列出资料中的条件；最终结果以主管部门的审核为准。",
    "No outcome of an application can be guaranteed. The assistant can only set out the conditions in the "
    "sources; the competent authority decides.",
)
DECLINED_FRAUD = Wording(
    "无法协助伪造材料、虚构数据或规避监管。资料中的条件须如实满足和申报。",
    "The assistant cannot help to forge documents, invent figures or evade supervision. Conditions have to "
    "be met and reported truthfully.",
)
NO_EVIDENCE = Wording(
    "在已收录的资料中没有找到这个问题的答案。",
    "The answer to this question was not found in the sources held.",
)
NO_EVIDENCE_GAP = Wording(
    "资料中没有这一内容，不能据此回答：{gap}",
    "The sources do not contain this, so it cannot be answered: {gap}",
)
NO_EVIDENCE_ARTICLE = Wording(
    "资料中没有《{title}》的{article}。已收录的范围：{coverage}",
    "The sources do not hold {article} of {title}. What they cover: {coverage}",
)
NO_EVIDENCE_VALIDITY = Wording(
    "现有资料不能确认《{title}》目前的效力：{note}。",
    "The sources cannot confirm whether {title} is in force today: {note}.",
)
ONLY_DRAFT = Wording(
    "资料中只有《{title}》这一征求意见稿，是否已正式通过、何时实施均未查到。",
    "The sources hold only the draft {title}; whether and when it was adopted was not found.",
)
LAPSED = Wording(
    "资料中的《{title}》有效期至{expires}，没有查到适用于{asked}的规定。",
    "In the sources {title} ran until {expires}; nothing that applies to {asked} was found.",
)
ONLY_YEAR = Wording(
    "资料中只有{held}年的相关文件（《{title}》），没有查到{asked}年的。",
    "The sources hold only the {held} document ({title}); none for {asked} was found.",
)
ASK_BODY = Wording("建议向{issuer}核实。", "Please check with {issuer}.")
SEARCHED = Wording(
    "已检索{count}份文件，最接近的是：{titles}。",
    "{count} instruments were searched; the closest are: {titles}.",
)
SEARCHED_NOTHING = Wording(
    "已检索{count}份文件，没有相近的条款。", "{count} instruments were searched; no clause is close."
)

# --- Asking back --------------------------------------------------------------------------------------

NEEDS_FACTS = Wording(
    "要判断是否符合，还需要下列信息：{facts}。",
    "To judge this, please tell: {facts}.",
)
NEEDS_CHOICE = Wording("要回答这个问题，请先说明{facts}。", "To answer this, please tell {facts}.")
BASIC_FACTS = (
    Wording("问的是哪一项政策或资质", "which programme or title is meant"),
    Wording("注册地和成立时间", "place and date of registration"),
    Wording("上年营业收入和研发费用", "last year's revenue and R&D expense"),
    Wording("职工和科技人员数、知识产权", "staff, technical staff and intellectual property"),
)
WHICH_PROGRAMME = Wording("是哪一项政策或资质（{options}）", "which programme or title is meant ({options})")

# --- Notices: words about the answer, never about policy ----------------------------------------------

ORIGINAL_LANGUAGE = Wording(
    "相关条款的资料为英文，以下引用原文。",
    "The clause is held in Chinese only; the original is quoted.",
)
PASTED_TEXT = Wording(
    "您在问题中给出的文字不是核实过的来源，回答只依据资料库中的文件。",
    "The text pasted into the question is not a verified source; the answer rests on the library only.",
)
INSTRUCTION_IGNORED = Wording(
    "问题中夹带的指令没有执行，引用照常标注。",
    "Instructions contained in the question were not followed; sources are cited as always.",
)
HELD_BACK = Wording(
    "有{count}句话未能与所引条款核对一致，没有显示。",
    "{count} sentence(s) could not be confirmed against the cited clauses and are not shown.",
)
FELL_BACK = Wording(
    "语言模型未能给出可核对的回答（{reason}），以下为直接摘自条款的回答。",
    "The language model gave no answer that could be checked ({reason}); "
    "this answer is quoted from the clauses.",
)
REASON_FAILED = Wording("调用失败", "the call failed")
REASON_REFUSED = Wording("模型认为资料中没有答案", "it found no answer in the sources")
REASON_EMPTY = Wording("没有可核对的引用", "nothing with a checkable citation")
NOT_IN_FORCE = Wording("《{title}》：{note}。", "{title}: {note}.")
AS_OF = Wording("回答按{day}的情况给出。", "The answer is given as of {day}.")
SINGLE_SOURCE = Wording(
    "标有“单一来源”的内容只在一处查到，使用前请核实。",
    "What is marked “single source” was seen in one place only; check it before use.",
)

# --- Lead-ins for computed sentences ------------------------------------------------------------------

PRODUCT = Wording("按条款计算：{formula}。", "Worked out from the clause: {formula}.")
CAPPED = Wording(
    "按条款计算：{product}；上限{cap}；取较小者，即{least}。",
    "Worked out from the clause: {product}; cap {cap}; the smaller counts, that is {least}.",
)
DIFFERENCE = Wording(
    "计算：{first}；{second}；相差{difference}。",
    "Worked out: {first}; {second}; the difference is {difference}.",
)
SAVED = Wording(
    "计算：{first}；{second}；省下{difference}。",
    "Worked out: {first}; {second}; saved: {difference}.",
)
STEPS = Wording("按条款计算：{steps}。", "Worked out from the clauses: {steps}.")
INCREASE = Wording("增量：{formula}", "increase: {formula}")
GROWTH = Wording("增幅：{formula}", "growth: {formula}")
REWARD = Wording("按增量计：{formula}", "share of the increase: {formula}")
IN_ALL = Wording("合计：{formula}", "in all: {formula}")
EACH_YEAR = Wording("每年：{formula}", "each year: {formula}")
AT_MOST = Wording("，但最高{cap}", ", but at most {cap}")
WITHIN_ALLOWANCE = Wording(
    "{formula}，没有超过免征额度，全部免征。", "{formula}: within the exempt amount, so all of it is exempt."
)
SUM = Wording("计算：{formula}。", "Worked out: {formula}.")
SOURCE = Wording("出处：《{title}》{number}。", "Source: {title}{number}.")
GROUNDS = Wording("《{title}》{number}，{where}：{quote}", "{title}{number}, {where}: {quote}")
PREMISE_DENIED = Wording("不对：{quote}", "No: {quote}")
PREMISE_CORRECTED = Wording(
    "问题中的“{claimed}”与资料不符，资料写的是：{quote}",
    "“{claimed}” in the question does not match the sources, which say: {quote}",
)
