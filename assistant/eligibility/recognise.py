"""What a question asks of the rules: which schemes, which part of their conditions, and whether at all.

A question about one's own case ("我们……能申请高企吗") is for the rules; a general one ("高企要什么条件")
stays with retrieval. Only plain signs decide.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from assistant.eligibility import signs
from assistant.eligibility.attribute import Topic
from assistant.eligibility.model import Scheme
from assistant.eligibility.told import Phrase
from assistant.language.fold import aligned
from assistant.language.names import names

_VERDICT = re.compile(
    r"能(?:不能|否|够)?(?:再|也|直接|顺利|不能)?(?:申请|申报|评|过|享受|拿|报|成为|认定|备案|通过|加计|退税|被认定|算|免|办|行|领|获|用|按|走)"
    r"|可以(?:直接|免|申请|申报|享受|认定|评|吗|么|办|算|备案|报|成为|通过|领)|可否|符合|达标|满足|够(?:吗|不够|格|了吗|得上)|行吗|行不行|行么|行不|达到"
    r"|有没有?资格|有资格|够资格|合格|算不算|算是|算[^，。；？?]{1,10}[吗么]|属于(?:哪|什么)|是哪一?类|哪一?(?:类|档|级)|没戏|有戏|有机会|有希望|差(?:什么|哪|多少|几)|缺(?:什么|哪)"
    r"|能(?![力源量效耗级手])[^，。；;？?]{1,16}(?:吗|(?<![什怎那这])么|[不嘛]\W*$)"
    r"|过(?:不过|得了|线|关)|哪一?[条项个点][^，。？?]{0,4}(?:不|没|差|卡)|(?:被|不|会)卡|卡[不在]|[享报办评申]\w?(?:不[？?]|不$)|多少分|几分|得分|能行|不报了|报不了|申请得了|没问题吧|条件够"
    r"|\bqualif|\beligib|\bmeets?\b|\bmet\b|\bsatisf|\b(?:can|could|may|would|will|do|does|are|is|have"
    r"|did) (?:we|it|i|they|this|our|he|she)\b"
    r"|\bpass(?:es)?\b|\benough\b|\brecogni[sz]ed\b|\bscore do\b|\bwhat\b.{0,30}\bscore\b|\bcategory\b"
    r"|\bwhich (?:class|band|tier)\b"
    r"|\bmissing\b|\bfall short\b|\bgood enough\b|\bstill need\b|\bout of reach\b|\bok\b|\bchance\b"
    r"|\bconfirmed\?"
    r"|\bdo(?:es)?\b[^.?]{0,60}\bapply\b",
    re.IGNORECASE,
)
_WHICH = re.compile(
    r"(?:申请|申报|享受|报|评|拿|符合|满足|适合|够)[^，。？?]{0,8}(?:哪些|什么|哪几|哪项|啥)|(?:哪些|什么|哪几项|哪项|啥)(?:政策|资质|称号|认定|优惠|补贴|项目|牌子)?[^，。？?]{0,6}(?:能|可以|可|适合|够)"
    r"|(?:有没有|有无|有什么|有啥|有哪些)[^，。？?]{0,8}(?:适合|能|可)[^，。？?]{0,10}(?:政策|补贴|补助|优惠|项目|资质|称号|奖励|扶持)"
    r"|能(?:申请|申报|享受|评|拿)(?:到)?(?:哪些|什么|啥)|\b(?:which|what)\b[^.?]{0,30}\b(?:schemes?|programm?es?|titles?|incentives?|polic(?:y|ies)|reliefs?|status)\b[^.?]{0,30}\b(?:we|our|qualify|eligible|apply|get|fit)\b"
    r"|\bany\b[^.?]{0,20}\b(?:schemes?|programm?es?|subsid(?:y|ies)|grants?|incentives?|reliefs?)\b[^.?]{0,20}"
    r"\b(?:we|i|us)\b"
    r"|\bwhat\b[^.?]{0,20}(?:\b(?:can|could) (?:we|i)\b[^.?]{0,12}\b(?:apply|qualify|get|claim)"
    r"|\bdo (?:we|i)\b[^.?]{0,12}\b(?:apply|qualify))\b",
    re.IGNORECASE,
)
_WHY = re.compile(
    r"^\W*(?:为什么|为何|怎么会|凭什么|依据(?:是什么)?|理由|why\b|how come|on what basis|which clause)",
    re.IGNORECASE,
)
_GO_ON = re.compile(
    r"还?差(?:什么|哪|多少|几)|[还缺]缺|缺(?:什么|哪|啥)|还需要|然后呢|那(?:样)?呢|现在呢|这样(?:呢|行|够|可以)|行了吗|够了吗"
    r"|what else|what is missing|and now|what about now|is that enough|does that",
    re.IGNORECASE,
)
#: "Does the revenue kill our application?": yes means that it fails.
_HINDERS = re.compile(
    r"会(?:不会)?(?:把|被)?(?:我们|申请|申报|这事)?(?:给)?(?:卡|拖累|拖后腿|挡|拦|刷|毙)"
    r"|(?:拖后腿|拦路|挡路|卡脖子|一票否决)"
    r"|\b(?:kills?|sinks?|ruins?|blocks?|dooms?|disqualif(?:y|ies)|stops?|bars?"
    r"|(?:rules?|knocks?|shuts?) (?:us|it|our))\b",
    re.IGNORECASE,
)
_TOPIC_HEADS = re.compile(
    r"条件|要求|门槛|指标|标准|这一?[项条关]|关(?=[能过吗么？?，。]|$)|够(?:吗|不够)|方面|(?:占比|比例|强度)(?=[够行达符能过]|没)"
    r"|\b(?:requirements?|conditions?|criteri(?:on|a)|thresholds?|tests?|ratio(?!\s*(?:of|is|was|at|now|:|=)*\s*\d)|rule|limits?|part)\b"
)
_BEFORE_HEAD = 14
_GENERAL = re.compile(
    r"什么|哪些|怎么|如何|多久|几年|多少|\b(?:what(?! if)|how|when|where|which|who)\b", re.IGNORECASE
)
_CLAUSES = re.compile(r"[，,。；;？?！!：:]|\.(?=\s|$)")
#: So many characters of Chinese, or half as many words of English, may be left of a bare question.
_BARE = 3
_FILLERS = re.compile(
    r"公司|企业|单位|机构|平台|资格|条件|要求|标准|认定|备案|称号|资质|政策|项目|优惠|补助|申请|申报|请问|麻烦|看看?|一下|现在|目前"
    r"|今年|明年|情况|这样|这种|这个|那个|是否|是不是|能不能|不能|可以|可否|能够|到底|究竟|大概|应该|觉得|知道|想要?|[的了吗么呢啊吧呀是要去报评拿过有没都也就按这那能可不行够对享受办成为通]"
    r"|\b(?:we|our|us|i|my|is|are|be|do|does|can|could|may|might|would|will|the|an?|for|to|as|of|get|got|apply"
    r"|applying|qualif\w+|eligib\w+|meet|meets|conditions?|requirements?|criteria|status|recogni\w+|title"
    r"|certificat\w+|company|firm|enterprise|business|this|that|it|now|then|so|or|and|under|with|in|on|by|at|if"
    r"|whether|please|know|want|like|scheme|relief|take|use|claim|enjoy|become|pass|think|you|yes|no|not)\b"
)
#: "Which policies", whatever they are.
_ANY = re.compile(
    r"哪些|什么|哪几项?|哪项|啥|\b(?:which|what|any|schemes?|programm?es?|incentives?|polic(?:y|ies)|reliefs?|titles?)\b",
    re.IGNORECASE,
)
_OTHERWISE = re.compile(
    r"(?:不行|不够|不成|不能|够不上|评不上|达不到|不符合|否则|退一步)[^。？?]{0,8}(?:哪|多少|什么|几|按|呢)"
    r"|(?:那|又)?(?:该|是|属于?|算)哪一?(?:类|档|级)"
    r"|\bif not\b|\botherwise\b|\bwhich (?:class|category|rate|band|tier)\b"
    r"|\bwhat (?:class|category|rate|else|then)\b"
    r"|\binstead\b",
    re.IGNORECASE,
)
_AMOUNT = re.compile(
    r"多少(?:钱|税|元|万)?|几(?:万|元)|多交|少交|节省|省(?:多少|下)|怎么算|算多少|\bhow much\b"
    r"|\bhow many yuan\b|\bwhat (?:is|would be) the (?:tax|deduction|amount|saving)",
    re.IGNORECASE,
)
#: "How much tax do we pay": the verb belongs to the amount and asks for no verdict.
_AMOUNT_OF = re.compile(
    r"\bhow (?:much|many)\b[^,.;?]*?"
    r"\b(?:can|could|may|will|would|do|does|are|is) (?:we|it|i|they|this|our)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked. ``topics`` empty: all conditions; ``which``: which schemes at all.

    ``bare``: the wish to know is all there is to it ("能申请高企吗"), so facts can be asked for at once;
    "is it still possible" or "can we switch to the higher rate" ask something else.
    ``otherwise``: asks what holds instead, should the one named fail.
    ``hinders``: asks whether something stands in the way, so that yes means no.
    ``general``: asks what the rules are, unless it is about the asker's own case, too.
    """

    schemes: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    own: bool = False
    verdict: bool = False
    which: bool = False
    why: bool = False
    goes_on: bool = False
    amount: bool = False
    bare: bool = False
    general: bool = False
    otherwise: bool = False
    hinders: bool = False


class Recogniser:
    """Recognises schemes by their names and topics by their words."""

    def __init__(self, schemes: Mapping[str, Scheme], topics: Mapping[str, Topic]) -> None:
        self._names = [
            (aligned(name), scheme.id, _pattern(aligned(name)))
            for scheme in schemes.values()
            for name in (scheme.id, scheme.name_zh, scheme.name_en, *scheme.aliases)
        ]
        self._gives = {scheme.id: scheme.gives for scheme in schemes.values()}
        self._topics = topics

    def request(self, text: str, taken: Sequence[Phrase] = ()) -> Request:
        """What ``text`` (written plainly) asks.

        ``taken`` are phrases that tell a fact: in "我们是高企" the title is held, not asked about.
        """
        read_as = aligned(text)
        named = self._named(read_as, taken)
        blanked = _blank(read_as, [span for _, span in named])
        return Request(
            schemes=tuple(dict.fromkeys(scheme for scheme, _ in named)),
            topics=tuple(self._asked_topics(blanked)),
            own=bool(signs.OWN.search(read_as)),
            verdict=bool(_VERDICT.search(_AMOUNT_OF.sub(" ", read_as))),
            which=bool(_WHICH.search(read_as)),
            why=bool(_WHY.search(read_as)),
            goes_on=bool(_GO_ON.search(read_as)),
            amount=bool(_AMOUNT.search(read_as)),
            bare=_is_bare(blanked),
            otherwise=bool(_OTHERWISE.search(read_as)),
            hinders=bool(_HINDERS.search(read_as)),
            general=bool(_GENERAL.search(read_as)),
        )

    def _named(self, text: str, taken: Sequence[Phrase]) -> list[tuple[str, tuple[int, int]]]:
        """The schemes named, in reading order; a longer name hides the shorter inside it."""
        hits = [
            (match.span(), scheme)
            for _, scheme, pattern in self._names
            for match in pattern.finditer(text)
            if not any(
                p.start < match.end() and match.start() < p.end and p.attribute == self._gives[scheme]
                for p in taken
            )
        ]
        hits.sort(key=lambda hit: (hit[0][0] - hit[0][1], hit[0][0]))
        kept: list[tuple[tuple[int, int], str]] = []
        for span, scheme in hits:
            if all(span[1] <= other[0] or other[1] <= span[0] or span == other for other, _ in kept):
                kept.append((span, scheme))
        return [(scheme, span) for span, scheme in sorted(kept)]

    def _asked_topics(self, text: str) -> Iterable[str]:
        """Topics whose words stand right before "条件", "requirement" and the like."""
        for head in (*_TOPIC_HEADS.finditer(text), *_HINDERS.finditer(text)):
            before = text[max(0, head.start() - _BEFORE_HEAD) : head.start()]
            if head.group().isascii():
                before = " ".join(re.split(r"[.;?!]", text[: head.start()])[-1].split()[-3:])
            before = re.split(r"[，。；;？?：:,]", before)[-1]
            hits = [
                (before.rfind(aligned(word)), -len(word), topic.id)
                for topic in self._topics.values()
                for word in (*topic.words_zh, *topic.words_en)
                if _stands(aligned(word), before)
            ]
            longest = {place: min(h for h in hits if h[0] == place) for place, _, _ in hits}
            yield from dict.fromkeys(topic for _, _, topic in sorted(longest.values()))


def _is_bare(text: str) -> bool:
    """Does a clause that asks for a verdict say nothing else? Names of schemes are blanked out already."""
    for clause in _CLAUSES.split(text):
        if _VERDICT.search(clause) and _left(_VERDICT.sub(" ", clause)) <= _BARE:
            return True
        if _WHICH.search(clause) and _left(_ANY.sub(" ", _without_places(clause))) <= 1:
            return True
    return False


def _left(clause: str) -> int:
    """How much a clause says beside words of any question: characters of Chinese, words of English twice."""
    left = _FILLERS.sub(" ", signs.OWN.sub(" ", clause))
    return len(re.findall(r"[\u3400-\u9fff]", left)) + 2 * len(re.findall(r"[a-z&]+", left))


def _without_places(clause: str) -> str:
    for name in reversed(names(clause)):
        if name.kind == "place":
            clause = f"{clause[: name.start]} {clause[name.end :]}"
    return clause


def _stands(word: str, text: str) -> bool:
    if word.isascii():
        return bool(re.search(rf"(?<![a-z]){re.escape(word)}(?![a-z])", text))
    return word in text


def _pattern(name: str) -> re.Pattern[str]:
    if not name.isascii():
        return re.compile(r"[^。；;？?]{0,60}?".join(re.escape(part) for part in name.split("…")))
    pieces = [
        r"[\s-]+".join(re.escape(w) for w in re.split(r"[\s-]+", part.strip())) for part in name.split("…")
    ]
    return re.compile(rf"(?<![a-z0-9]){'[^.;?]{0,60}?'.join(pieces)}s?(?![a-z0-9])")


def _blank(text: str, spans: Iterable[tuple[int, int]]) -> str:
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text
