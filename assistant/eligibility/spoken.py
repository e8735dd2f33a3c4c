"""Put what people type into the writing that amounts are read in: 5000w, 1.2个亿, 4.4个点, 50m yuan.

Everything else stays as it is. Knows nothing of attributes.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from assistant.language.fold import aligned
from assistant.language.quantities import Quantity, quantities
from assistant.validity import last_day

_MAGNITUDE = {"k": "thousand", "m": "million", "mn": "million", "mio": "million", "bn": "billion"}
_SMALL = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_DIGIT = {word: str(number) for number, word in enumerate(_SMALL, 1)}

_ONES = "零一二三四五六七八九"
_NUMERAL = r"(?:\d[\d,.]*|[一二两三四五六七八九十百千]+)"
_PERIOD = r"(?:近|最近|过去)[一二两三四五\d]\s*个?年"
#: Whose number is told, where it is not all of the staff.
_GROUP = r"[\u4e00-\u9fff]{0,4}(?:团队|人员|队伍|中心|部门|小组|(?:搞|做)?研发(?=\d))"


def _people(group: str) -> str:
    """研发25人 are 研发人员."""
    return f"{group}人员" if group.endswith("研发") else group


_REWRITES: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"(?<=\d)\s*[wW](?![a-zA-Z])"), "万"),
    (re.compile(r"(?<=[近去])\s*3\s*个?(?=年)"), "三"),
    (re.compile(r"(?<=[近去])\s*2\s*个?(?=年)"), "两"),
    # "近三年销售合计6亿、研发合计1900万": the period holds for both
    (re.compile(rf"({_PERIOD})([^，。；;、]*\d[^，。；;、]*)、(?=[^，。；;、\d]{{2,12}}\d)"), r"\1\2、\1"),
    (
        re.compile(
            rf"({_PERIOD})([^，。；;、]*(?:合计|累计|总共|一共)[^，。；;、]*\d[^，。；;、]*)，"
            r"(?=[^，。；;、\d年]{2,8}(?:合计|累计|总共|一共)\s*\d)"
        ),
        r"\1\2，\1",
    ),
    (re.compile(r"(?<=\d月)(\d{1,2})号"), r"\1日"),
    # 六十来个人, 两千来万, 小两千万, 刚过10%, 500人出头
    (re.compile(rf"({_NUMERAL})来(?=[个人家名号项件台位万亿])"), r"约\1"),
    (re.compile(rf"(?<![中最较微大减缩])小(?={_NUMERAL}[万亿])"), "不到"),
    (re.compile(rf"(?:刚刚?|略|稍)(?:微)?(?:超过?|过)了?(?={_NUMERAL})"), "超过"),
    (re.compile(rf"({_NUMERAL}[%万亿]?[元人家个名项]?)(?:出头|挂零)"), r"超过\1"),
    (re.compile(r"(?<=[\d十百千多余])号人"), "人"),
    # 100人里有9个是搞研发的, 研发团队25人里4个是高校的: the whole first, then a part of it
    (
        re.compile(
            rf"({_GROUP})?({_NUMERAL})(?:个|名|位)?(?:人|员工|职工)(?:里面?|里头|当中|之?中)，?"
            rf"(?:只)?有?({_NUMERAL})(?:个|名|位)(?:人|员工)?"
            r"(?:是|为|属于?|算)?(?:搞|做|从事|干)?([\u4e00-\u9fff]{2,6}?)(?:工作)?(?:人员)?的?(?=[，。；;？?！!]|$)"
        ),
        lambda m: (
            f"{_people(m[1])}{m[2]}人，{m[3]}个是{m[4]}的" if m[1] else f"职工{m[2]}人，{m[4]}人员{m[3]}人"
        ),
    ),
    (
        re.compile(
            r"\b(\d+) (?:out )?of (?:our |the |its )?(\d+) (?:employees|staff|people|workers) (?:are |is )?"
            r"(?:doing |do |does |work(?:ing|s)? (?:in|on) |in )?(r&d|tech|technical|research)\b"
            r"(?: staff| people| work)?",
            re.IGNORECASE,
        ),
        r"\2 employees, \1 \3 staff",
    ),
    (re.compile(r"(?<=亿)零(?=\d)"), ""),
    (re.compile(r"(?<=[\d一二三四五六七八九十百千][万亿])(?=股权)"), "元"),
    (
        re.compile(r"([一二三四五六七八九])成([一二三四五六七八九半])"),
        lambda m: f"{_ONES.index(m[1])}{5 if m[2] == '半' else _ONES.index(m[2])}%",
    ),
    (re.compile(r"(?<=\d)(?:st|nd|rd|th)\b", re.IGNORECASE), ""),
    (re.compile(r"(?<=[\d一二两三四五六七八九十百千])个(?=[多]?[亿万])"), ""),
    (re.compile(r"([\d.]+)\s*个(?:百分)?点(?!名)"), r"\1%"),
    (re.compile(r"百分点"), "%"),
    (re.compile(r"[％﹪]"), "%"),
    (re.compile(r"(?<=\d)\s+(?=[%万亿])"), ""),
    (
        re.compile(r"(?<=[名列内国])前([一二三四五六七八九])(?![年个次季])"),
        lambda m: f"前{_ONES.index(m[1])}",
    ),
    (re.compile(r"占(?:到了|了|到)?(?:一半|半数|五成)"), "占50%"),
    (re.compile(r"(?<![a-zA-Z])half of\b", re.IGNORECASE), "50% of"),
    (re.compile(r"\bRMB\s?(?=\d)|¥\s?(?=\d)", re.IGNORECASE), "RMB "),
    (
        re.compile(r"(?<![\w.])(\d[\d,]*(?:\.\d+)?)\s?(k|mn|mio|bn|m)(?![\w²³])(?!\s*[²2])", re.IGNORECASE),
        lambda m: f"{m[1]} {_MAGNITUDE[m[2].lower()]}",
    ),
    (
        re.compile(r"(million|billion|thousand) (rmb|cny|usd)\b", re.IGNORECASE),
        lambda m: f"{m[1]} {'dollars' if m[2].lower() == 'usd' else 'yuan'}",
    ),
    (
        re.compile(
            r"(?<=\d)\s*(?:square met(?:er|re)s?|sq\.? ?m\b|sqm\b|m²|㎡|平米|平方(?!米|公)"
            r"|平(?=[，。；;、,.\s]|$))",
            re.IGNORECASE,
        ),
        "平方米",
    ),
    (re.compile(r"(?<=\d)\s*m2\b", re.IGNORECASE), "平方米"),
    (
        re.compile(rf"\b({'|'.join(_SMALL)})\b(?= [a-z])", re.IGNORECASE),
        lambda m: _DIGIT[m[1].lower()],
    ),
    (re.compile(r"\bper ?cent\b", re.IGNORECASE), "%"),
)


_RELATIVE_YEAR = re.compile(r"(今|去|前)年(?=的?\s*\d{1,2}\s*月)")
_APPLYING_AFTER = re.compile(
    r"[^，。；,;？?\d]{0,6}(?:申请|申报|递交|提交|上报|交材料|交(?=[申材]))(?!的?了|过|于)"
)
_APPLYING_BEFORE = re.compile(
    r"\b(?:apply|applying|file|filing|submit)\b[^,.;\d]{0,40}\b(?:on|in|by|at)\s*(?:the )?$", re.IGNORECASE
)
_YEARS_BACK = {"今": 0, "去": 1, "前": 2}


def plainly(text: str, on: date | None = None) -> str:
    """``text`` with colloquial amounts written out; 去年3月 becomes a date where ``on``, today, is given."""
    for pattern, replacement in _REWRITES:
        text = pattern.sub(replacement, text)
    return _RELATIVE_YEAR.sub(lambda m: f"{on.year - _YEARS_BACK[m[1]]}年", text) if on else text


def applying_day(plain: str) -> date | None:
    """The day on which the asker says the application is to be filed ("到2026年3月10日想交申请材料").

    Of a month it is the last day: nobody can have waited longer.
    """
    for quantity in quantities(plain):
        if is_applying(plain, quantity) and quantity.key.count("-") and not quantity.key.startswith("-"):
            try:
                return last_day(quantity.key)
            except ValueError:  # 2月30日
                return None
    return None


def is_applying(plain: str, quantity: Quantity) -> bool:
    """Is it the time at which something is to be applied for?"""
    if quantity.kind != "date":
        return False
    before, after = plain[: quantity.start], plain[quantity.end :]
    return bool(_APPLYING_AFTER.match(after) or _APPLYING_BEFORE.search(before))


def folded(text: str) -> str:
    """``text`` as words are looked for in it: width, case and look-alikes folded, offsets kept."""
    return aligned(text)
