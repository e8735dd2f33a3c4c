"""Places of China with policies of their own, and which of them a library covers.

A question about a place that no instrument is about cannot be answered from national rules alone, so it is
told apart before anything is searched. Only provinces, their capitals and the larger cities are known here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from assistant.domain import Instrument

_PLACES = """
北京 Beijing|天津 Tianjin|上海 Shanghai|重庆 Chongqing|河北 Hebei|山西 Shanxi|辽宁 Liaoning|吉林 Jilin
黑龙江 Heilongjiang|江苏 Jiangsu|浙江 Zhejiang|安徽 Anhui|福建 Fujian|江西 Jiangxi|山东 Shandong|河南 Henan
湖北 Hubei|湖南 Hunan|广东 Guangdong|海南 Hainan|四川 Sichuan|贵州 Guizhou|云南 Yunnan|陕西 Shaanxi|甘肃 Gansu
青海 Qinghai|台湾 Taiwan|内蒙古 Inner Mongolia|广西 Guangxi|西藏 Tibet|宁夏 Ningxia|新疆 Xinjiang
香港 Hong Kong|澳门 Macao|澳门 Macau|深圳 Shenzhen|广州 Guangzhou|杭州 Hangzhou|南京 Nanjing|苏州 Suzhou
成都 Chengdu|西安 Xi'an|长沙 Changsha|合肥 Hefei|郑州 Zhengzhou|青岛 Qingdao|济南 Jinan|宁波 Ningbo
无锡 Wuxi|厦门 Xiamen|福州 Fuzhou|东莞 Dongguan|佛山 Foshan|珠海 Zhuhai|大连 Dalian|沈阳 Shenyang
哈尔滨 Harbin|长春 Changchun|石家庄 Shijiazhuang|太原 Taiyuan|南昌 Nanchang|南宁 Nanning|昆明 Kunming
贵阳 Guiyang|海口 Haikou|兰州 Lanzhou|西宁 Xining|银川 Yinchuan|乌鲁木齐 Urumqi|呼和浩特 Hohhot|拉萨 Lhasa
武汉 Wuhan|宜昌 Yichang|襄阳 Xiangyang|常州 Changzhou|南通 Nantong|温州 Wenzhou|嘉兴 Jiaxing|绍兴 Shaoxing
雄安 Xiongan|浦东 Pudong|中关村 Zhongguancun
美国 United States|日本 Japan|德国 Germany|英国 United Kingdom|法国 France|韩国 South Korea|新加坡 Singapore
印度 India|欧盟 European Union|俄罗斯 Russia
"""
# 5 km from Shenzhen and a move out of Shanghai, or there, are not questions about their policies
_FROM = re.compile(
    r"(?:从|由|自|来自|离开|搬离|迁出|(?:搬|迁|转|移)(?:到|去|往|入|至)了?)\s*$"
    r"|\b(?:from|out of|leaving|(?:moved?|moving|relocat\w+) to)\s+$",
    re.IGNORECASE,
)
# a German engineer, a firm's Japanese parent: somebody's origin, not the place whose rules are asked for
_OF = re.compile(
    r"(?:籍|人(?!民|才|工)|国籍|护照|(?:的)?(?:工程师|专家|学者|博士|教授|员工|雇员|留学生|客户|母公司|总部|投资者|股东|公司|企业))"
    r"|(?:ese|an|ish)?\s+(?:engineers?|experts?|nationals?|citizens?|parent|headquarters|investors?|clients?|customers?)\b",
    re.IGNORECASE,
)


@cache
def _known() -> tuple[tuple[str, str], ...]:
    pairs = (entry.strip() for line in _PLACES.strip().splitlines() for entry in line.split("|"))
    return tuple((pair.partition(" ")[0], pair.partition(" ")[2]) for pair in pairs)


def places(text: str) -> list[str]:
    """The places a text is about, by their Chinese names."""
    return [zh for zh, en in _known() if _is_about(text, zh, en)]


def _is_about(text: str, zh: str, en: str) -> bool:
    mentions = re.finditer(rf"{zh}(?!路|街|大学|银行)|\b{re.escape(en)}\b", text, re.IGNORECASE)
    return any(not (_FROM.search(text[: m.start()]) or _OF.match(text[m.end() :])) for m in mentions)


def english(place: str) -> str:
    """The English name of a place."""
    return next((en for zh, en in _known() if zh == place), place)


def covered(instruments: Iterable[Instrument]) -> frozenset[str]:
    """The places that some instrument of the library is about."""
    texts = (
        " ".join(filter(None, (i.title_zh, i.title_en, i.issuer_zh, i.issuer_en, *i.aliases)))
        for i in instruments
    )
    return frozenset(place for text in texts for place in places(text))
