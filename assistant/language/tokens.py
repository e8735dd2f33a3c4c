"""Cut text into the terms that are indexed and compared.

Chinese gives single characters and pairs, English gives stems and pairs of stems, numbers and document
numbers stay whole. Pairs with single characters beat a word segmenter on lay questions (DESIGN, section
4: Recall@10 .500 against .465). No term holds white space, so an index can split on it.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from operator import add
from threading import Lock
from typing import Any

from snowballstemmer import stemmer

from assistant.language.fold import fold

CJK = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_RUN = re.compile(
    rf"([{CJK}\u3007]+)"
    r"|(\[(?:19|20)\d\d\]\d{1,4}号)"  # 国科发火〔2016〕32号, whoever issued it
    r"|(\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)*)"
    rf"|((?:(?![{CJK}])[^\W\d_])+(?:['’](?:(?![{CJK}])[^\W\d_])+)*)",  # OPC社区 is two words
)
_PLURAL_ABBREVIATION = re.compile(r"(?<=[A-Z]{2})s\b")

# What a question says to be a question. The index decides whether to leave it out.
_BOILERPLATE_ZH = re.compile(
    r"请问一下|请问|麻烦问下|想问一下|想问下|想问|想了解一下|想了解|想知道|我想咨询|咨询一下|咨询|请告诉我|告诉我|请介绍一下|"
    r"介绍一下|请说明|请解释|帮我查一下|帮我|能不能告诉|你好|您好|谢谢|怎么办|怎么样|是怎样的|是怎么规定的|是如何规定的|有什么规定|"
    r"有哪些规定|有哪些|是什么|是多少|什么是|为什么|多少|哪些|什么|怎么|如何|吗|呢|吧"
)
_BOILERPLATE_EN = re.compile(
    r"an?|the|is|are|was|were|be|been|do|does|did|can|could|would|will|shall|what|which|who|whom|whose|when|where|"
    r"why|how|much|many|please|tell|explain|describe|me|us|about|there|it|its|this|that|these|those|i|we|you|my|"
    r"our|your|of|to|for|in|on|at|and|or|if|with|by|from|as|have|has|had|get|know|want|need"
)

_TRE = re.compile(r"(?<=[ent])tre(?=s?$)")
_ISE = re.compile(r"([ln]|thor|dard|bsid)is(e[sd]?|ing|ations?)$")

_LOCK = Lock()  # a stemmer keeps the word it works on in itself


@cache
def _stemmer(name: str) -> Any:
    return stemmer(name)


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """The English stem of a lower-case word."""
    with _LOCK:
        return str(_stemmer("english").stemWord(word))


@lru_cache(maxsize=100_000)
def _sought_stem(word: str) -> str:
    """The stem under which a word is sought: Porter's of 1980, which finds more than its successor.

    Spelling is American, as in the texts, however the asker spells.
    """
    word = _ISE.sub(r"\1iz\2", _TRE.sub("ter", word))
    with _LOCK:
        return str(_stemmer("porter").stemWord(word)) or word  # of "s" it leaves nothing


def singular(text: str) -> str:
    """The text with HNTEs as HNTE: no stemmer knows an abbreviation's plural. Keeps every offset."""
    return _PLURAL_ABBREVIATION.sub(" ", text)


def terms(text: str) -> list[str]:
    """The terms of ``text`` in reading order: characters, stems and numbers, and the pairs of them."""
    found: list[str] = []
    previous = ""
    for zh, document, number, word in _RUN.findall(fold(singular(text))):
        if word:
            stemmed = _sought_stem(word)
            found.append(stemmed)
            if previous:
                found.append(f"{previous}_{stemmed}")
            previous = stemmed
            continue
        previous = ""
        if zh:
            found.extend(zh)
            found.extend(map(add, zh, zh[1:]))
        elif document:
            found.extend((document, *re.findall(r"\d+", document)))
        else:
            found.append(number.replace(",", ""))
    return found


def without_boilerplate(question: str) -> str:
    """The question without the words that only make it a question; unchanged where nothing would be left."""
    stripped = _BOILERPLATE_ZH.sub(" ", question)
    words = [
        word
        for word in stripped.split(" ")
        if word and not _BOILERPLATE_EN.fullmatch(word.strip("?,.!'\"").lower())
    ]
    left = " ".join(words)
    return left if re.search(r"\w", left) else question
