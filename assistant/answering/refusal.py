"""Recognise a model's own words for "the evidence does not say"."""

from __future__ import annotations

import re

_ZH = (
    r"(?:证据|资料|材料|文件|条款|上下文|内容|信息)[^。，；]{0,12}(?:没有|未曾|并未|未能|未|无)[^。，；]{0,6}"
    r"(?:提及|提到|提供|包含|包括|说明|明确|涉及|找到|给出|规定|显示|答案|相关|足够)"
    r"|(?:没有|未能|未|无法|不能)[^。，；]{0,8}(?:回答|作答|找到|查到|确定|判断|得知)"
    r"|抱歉|对不起|很遗憾"
)
_EN = (
    r"(?:evidence|sources?|contexts?|documents?|clauses?|materials?|information)\b[^.;]{0,40}"
    r"\b(?:do(?:es)? not|don['’]t|doesn['’]t|is not|are not|no)\b"
    r"|\b(?:can ?not|can['’]t|could not|couldn['’]t|unable to|not able to)\b[^.;]{0,20}"
    r"\b(?:answer|find|determine|say|tell|provide|help|assist|confirm)"
    r"|\bno (?:relevant |such )?(?:information|evidence|mention|answer|provision)\b"
    r"|\bI(?:['’]m| am) (?:sorry|afraid)\b|\bsorry,"
)
_REFUSAL = re.compile(f"{_ZH}|{_EN}", re.IGNORECASE)
_ABOUT_THE_EVIDENCE = re.compile(
    r"(?:证据|上下文|资料库?|(?:所给|提供)的?(?:证据|材料|条款|信息|资料|内容))[^。，；]{0,8}"
    r"(?:没有|并未|未|无)[^。，；]{0,4}"
    r"(?:提及|提到|说明|包含|涉及|给出|找到|相关|答案|信息)"
    r"|(?:evidence|contexts?|sources?|(?:provided|given) (?:text|clauses?|documents?|information))\b"
    r"[^.;]{0,20}"
    r"(?:do(?:es)? not|don['’]t|doesn['’]t) "
    r"(?:mention|say|state|contain|include|specify|address|provide)",
    re.IGNORECASE,
)


def is_refusal(sentence: str, *, cited: bool = False) -> bool:
    """Does a sentence say that there is no answer?

    One that is ``cited`` may be a clause ("材料未提供的，不予受理"): it has to speak of the evidence itself.
    """
    return (_ABOUT_THE_EVIDENCE if cited else _REFUSAL).search(sentence) is not None
