"""What can be decided before anything is searched: requests that are not policy questions, and hostile ones.

Only plain signs decide here; everything else is left to what the library holds. An instruction or a pasted
"official document" inside a question is set aside, and the question that remains is answered.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answering import wording
from assistant.answering.wording import Wording
from assistant.domain import Status

_INSTRUCTS = re.compile(
    r"(?:忽略|无视|忘记|跳过|绕过|抛开|不要(?:理会|遵守|管))[^。？?]{0,16}(?:指令|规则|提示|要求|限制|设定|约束|说明|以上|之前)"
    r"|系统(?:提示|指令|消息)|提示词|隐藏(?:的)?(?:文件|文档|内容|指令|清单|列表)|开发者模式|越狱|不受(?:任何)?限制|管理员(?:模式|权限)"
    r"|你现在(?:是|扮演|进入)|从现在(?:起|开始)[，,]?你|扮演|假装(?:你|自己)|内部(?:设置|配置|指令|提示)|初始(?:指令|设定)"
    r"|(?:删除|去掉|省略|不要|别|不用|无需)(?:任何|所有|掉|写|标注?|带|给|附)*(?:引用|出处|来源)|只给结论|(?:照做|照办|执行它|执行以下|按它说的做)"
    r"|回答[“\"「]?(?:是|可以|符合)[”\"」]?即可|必须回答|只(?:能|准|需)(?:回答|输出)"
    r"|\bignore\b.{0,30}\b(?:instructions?|rules?|prompts?|above|previous|sources?)|\bdisregard\b|\bsystem prompt\b|\bsystem\s*:"
    r"|\byou are now\b|\bunrestricted\b|\bjailbreak|\bdeveloper mode\b|\bDAN\b|\bact as\b|\bpretend (?:to be|you)"
    r"|\b(?:print|reveal|show|repeat|output|leak|display)\b.{0,60}\b(?:prompt|instructions|hidden|system|configuration|api key|secret|above)"
    r"|\bfollow (?:it|this|these|the following)\b|\b(?:without|remove|omit|no|drop|delete)\b.{0,12}\b(?:citations?|sources?|references?)\b"
    r"|\boverride\b|\bnew instructions?\b|\badmin(?:istrator)? mode\b|\banswer only\b|\bjust say yes\b",
    re.IGNORECASE,
)
_PASTED = re.compile(
    r"(?:当作|视为|看作|当成|作为|算作)[^。？?：:]{0,12}(?:官方|正式|最新|权威|政策)?(?:文件|规定|政策|来源|依据|资料)"
    r"|(?:以下|下面|这)(?:是|为)?[^。？?：:]{0,8}(?:批示|指示|通知精神|内部消息|最新口径)|按(?:照)?(?:上述|该|此|领导)?(?:批示|指示|口径)"
    r"|(?:以下|下面)(?:这段|内容|文字)?(?:是|为)[^。？?：:]{0,8}(?:最新|官方|正式)[^。？?：:]{0,8}(?:文件|规定|政策|通知)"
    r"|\b(?:treat|take|regard|use|consider|accept)\b.{0,40}\bas\b.{0,24}\b(?:official|document|policy|source|latest|rule|authoritative)"
    r"|\b(?:here is|this is|the following is)\b.{0,16}\b(?:the )?(?:new|latest|official)\b.{0,16}\b(?:document|policy|rule|notice)",
    re.IGNORECASE,
)
_PERSONAL = re.compile(
    r"其他(?:用户|人|企业)(?:的)?(?:问过|提问|提过|问题|对话|记录|聊天|信息|资料|联系方式)|别人(?:问过|的问题|的对话)|用户(?:数据|记录|名单)|聊天记录"
    r"|(?:身份证|手机号|电话号码|家庭住址|银行卡|密码|私人电话|个人信息|住址)(?!保护)"
    r"|\bother (?:users?|people|companies)\b.{0,30}\b(?:ask(?:ed)?|questions?|data|conversations?|history|information)"
    r"|\b(?:phone number|home address|id number|passport number|password|private (?:phone|email|data)|personal data of)\b",
    re.IGNORECASE,
)
_GUARANTEE = re.compile(
    r"(?:保证|担保|承诺|打包票|确保)[^。？?]{0,14}(?:通过|批准|拿到|成功|获批|认定|中标|过审|下来)|百分之?百(?:通过|能过|成功)|包过"
    r"|\bguarantee\b.{0,40}\b(?:approv|pass|get|receive|success|recogni|qualif)|\bpromise\b.{0,30}\b(?:approv|pass|success)",
    re.IGNORECASE,
)
_FRAUD = re.compile(
    r"(?:伪造|造假|虚开|假(?:发票|合同|专利|材料|证明)|虚构|编造|做假|篡改)|(?:怎么|如何)[^。？?]{0,10}(?:骗取|套取|逃税|偷税|规避(?:审查|监管|检查))"
    r"|\b(?:forge|fake|falsify|fabricate)\b|\bevade tax|\bcheat\b.{0,20}\b(?:audit|subsid|tax)",
    re.IGNORECASE,
)
_ASKS_ABOUT_RULE = re.compile(
    r"后果|处罚|取消|追缴|会怎样|责任|penalt|consequence|what happens|revok|punish", re.IGNORECASE
)
_LEGAL_HELP = re.compile(
    r"(?:起诉状|诉状|答辩状|律师函|仲裁申请书|遗嘱|离婚|打官司|代理词)|(?:拖欠|欠)(?:我|了我)?[^。？?]{0,6}工资"
    r"|\blawsuit\b|\bsue\b|\bcomplaint against\b|\bdivorce\b|\bmy (?:will|landlord|boss)\b",
    re.IGNORECASE,
)
_OTHER_WORK = re.compile(
    r"房价|股价|股票|基金(?:推荐|买)|彩票|天气|菜谱|食谱|星座|算命|笑话|写(?:一?首|篇|个)?(?:诗|歌|小说|作文|情书|代码|程序|脚本)|翻译成|旅游攻略|电影|球赛|明星"
    r"|减肥|看病|症状|吃什么药|谈恋爱|机票|酒店预订|编程|解方程|(?:预测|预言)(?:一下)?[^。？?]{0,14}(?:走势|涨跌|结果|价格|房|股|市)"
    r"|\bweather\b|\bstock (?:price|tip|market)|\bwhich stocks?\b|\bhouse prices?\b|\bhousing prices?\b|\brecipe\b|\bpoem\b|\bjoke\b|\bsong\b|\bhoroscope\b|\blottery\b"
    r"|\bwrite (?:me )?(?:a |an |some )?(?:python|code|essay|story|poem|script|novel)|\bmovie\b|\bflight\b|\brestaurant\b|\bfootball\b|\bsymptoms?\b|\bforecast\b.{0,20}\bprice",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[“「『\"][^”」』\"]{2,}[”」』\"]|(?<=[:：])\s*[^。？?]{6,}?[。\n]")
_SENTENCE = re.compile(r"[^。？?！!\n.;；]+(?:[。？?！!\n;；]+|\.(?=\s|$)|\.|$)[”」』\"]?")
_ASKS = re.compile(
    r"[？?]|多少|什么|哪|谁|几|吗|怎么|如何|何时|是否|能否|\b(?:what|which|who|when|how|is|are|does|can)\b",
    re.IGNORECASE,
)
_NAMES = re.compile(r"条件|要求|标准|目标|^(?:list|tell|explain|compare)\b", re.IGNORECASE)
_CONTENT = re.compile(r"[\u4e00-\u9fff]{4,}|[a-zA-Z]{3,}")


@dataclass(frozen=True, slots=True)
class Triaged:
    """What is left to answer; or, with ``refusal`` set, why nothing will be.

    ``set_aside`` is pasted text that may say what the question is about but is no source.
    """

    question: str
    refusal: tuple[Status, Wording] | None = None
    set_aside: str = ""
    notices: tuple[Wording, ...] = ()


def triage(question: str) -> Triaged:
    """Refuse, set parts aside, or let the question through as it is."""
    triaged = Triaged(question)
    if _PASTED.search(question):
        triaged = _without(question, _PASTED, wording.PASTED_TEXT)
    elif _INSTRUCTS.search(question):
        triaged = _without(question, _INSTRUCTS, wording.INSTRUCTION_IGNORED)
    if triaged.refusal:
        return triaged
    for sign, status, words in _REFUSED:
        asked = triaged.question
        if sign.search(asked) and not (sign is _FRAUD and _ASKS_ABOUT_RULE.search(asked)):
            return replace(triaged, refusal=(status, words))
    return triaged


_REFUSED: Sequence[tuple[re.Pattern[str], Status, Wording]] = (
    (_PERSONAL, Status.DECLINED, wording.DECLINED_PERSONAL),
    (_GUARANTEE, Status.DECLINED, wording.DECLINED_GUARANTEE),
    (_FRAUD, Status.DECLINED, wording.DECLINED_FRAUD),
    (_LEGAL_HELP, Status.OUT_OF_SCOPE, wording.LEGAL_HELP),
    (_OTHER_WORK, Status.OUT_OF_SCOPE, wording.OUT_OF_SCOPE),
)


def _without(question: str, sign: re.Pattern[str], notice: Wording) -> Triaged:
    """The question without quoted text and without the sentences that carry the sign."""
    quoted = " ".join(match.group() for match in _QUOTED.finditer(question))
    bare = _QUOTED.sub(" ", question)
    sentences = (match.group() for match in _SENTENCE.finditer(bare))
    pieces = (piece.strip() for sentence in sentences for piece in re.split(r"(?<=[，,：])(?!\d)", sentence))
    left = " ".join(kept for piece in pieces if (kept := _harmless(piece).strip(" 。，,；;")))
    if not _CONTENT.search(left) or not (_ASKS.search(left) or _NAMES.search(left)):
        return Triaged(question, (Status.DECLINED, wording.DECLINED_INSTRUCTIONS))
    pasted = quoted.strip('“”「」『』" ') if sign is _PASTED else ""
    return Triaged(left, set_aside="" if _INSTRUCTS.search(pasted) else pasted, notices=(notice,))


def _harmless(piece: str) -> str:
    """The piece without its sign if it still asks something, else nothing; unchanged where it has no sign."""
    left = _PASTED.sub(" ", _INSTRUCTS.sub(" ", piece))
    return left if left == piece or _ASKS.search(left) else ""
