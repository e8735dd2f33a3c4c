"""What can be decided before anything is searched: requests that are not policy questions, and hostile ones.

Only plain signs decide here; everything else is left to what the library holds. An instruction or a pasted
"official document" inside a question is set aside, and the question that remains is answered.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from assistant.answering import wording
from assistant.answering.about import ABOUT
from assistant.answering.hostile import gives_orders, without_orders
from assistant.answering.signs import sign
from assistant.answering.wording import Wording
from assistant.domain import Status
from assistant.language.quantities import quantities

_INSTRUCTS = sign("refuse.instructions")
_PASTED = sign("refuse.pasted")
_PERSONAL = sign("refuse.personal")
_GUARANTEE = sign("refuse.guarantee")
_FRAUD = sign("refuse.fraud")
_ASKS_ABOUT_RULE = sign("refuse.asks_rule")
_EVADES = sign("refuse.evades")
_GREETING, _THANKS = sign("refuse.greeting"), sign("refuse.thanks")
_LEGAL_HELP = sign("refuse.legal_help")
_OTHER_WORK = sign("refuse.other_work")
_QUOTED = re.compile(r"[“「『\"][^”」』\"]{2,}[”」』\"]")
#: A pasted text often stands after a colon without quotation marks.
_AFTER_COLON = re.compile(r"(?<=[:：])\s*[^。？?]{6,}?[。\n]")
_SENTENCE = re.compile(r"[^。？?！!\n.;；]+(?:[。？?！!\n;；]+|\.(?=\s|$)|\.|$)[”」』\"]?")
_ASKS = sign("refuse.still_asks")
_NAMES = re.compile(
    r"条件|要求|标准|目标|上限|下限|门槛|文号|说说|讲讲|介绍|再问"
    r"|\b(?:list|tell me|explain|compare|document number)\b",
    re.IGNORECASE,
)
_TELLS = sign("tells")
#: What is left of a sentence with an order has to ask outright: "You are ... now" does not.
_ASKS_STILL = re.compile(
    r"[？?]|[多哪谁几吗呢]|什么|怎么|如何|何时|是否|能否|\b(?:what|which|who|when|how)\b", re.IGNORECASE
)
_CONTENT = re.compile(r"[\u4e00-\u9fff]{4,}|[a-zA-Z]{3,}")


#: A status and what is said.
Refusal = tuple[Status, tuple[Wording, ...]]


@dataclass(frozen=True, slots=True)
class Triaged:
    """What is left to answer; or, with ``refusal`` set, why nothing will be.

    ``set_aside`` is pasted text that may say what the question is about but is no source. ``otherwise`` is
    what a part of the question was declined with: the answer to all of it where the rest finds none.
    """

    question: str
    refusal: Refusal | None = None
    set_aside: str = ""
    notices: tuple[Wording, ...] = ()
    otherwise: Refusal | None = None


def triage(question: str) -> Triaged:
    """Refuse, set parts aside, or let the question through as it is."""
    if any(mark.search(question) for mark, _, _ in _ABOUT):
        return _partly(Triaged(question), _ABOUT)
    triaged = Triaged(question)
    if _PASTED.search(question):
        triaged = _without(question, _PASTED, wording.PASTED_TEXT)
    elif _INSTRUCTS.search(question) or gives_orders(question):
        triaged = _without(question, _INSTRUCTS, wording.INSTRUCTION_IGNORED)
    if triaged.refusal:
        return triaged
    # a role to play is set aside, but what it was for still counts
    excused = _ASKS_ABOUT_RULE.search(question) and not _EVADES.search(question)
    if _FRAUD.search(question) and not excused:
        return replace(triaged, refusal=(Status.DECLINED, (wording.DECLINED_FRAUD,)))
    return _partly(triaged, _REFUSED)


_Kinds = Sequence[tuple[re.Pattern[str], Status, Wording]]
_ABOUT: _Kinds = tuple((sign(f"about.{name}"), Status.OUT_OF_SCOPE, words) for name, words in ABOUT.items())
_REFUSED: _Kinds = (
    (_PERSONAL, Status.DECLINED, wording.DECLINED_PERSONAL),
    (_GUARANTEE, Status.DECLINED, wording.DECLINED_GUARANTEE),
    (_THANKS, Status.OUT_OF_SCOPE, wording.THANKS),
    (_GREETING, Status.OUT_OF_SCOPE, wording.GREETING),
    (_LEGAL_HELP, Status.OUT_OF_SCOPE, wording.LEGAL_HELP),
    (_OTHER_WORK, Status.OUT_OF_SCOPE, wording.OUT_OF_SCOPE),
)
#: Nothing need be said of these where a question follows.
_POLITE = (wording.GREETING, wording.THANKS)


def _partly(triaged: Triaged, kinds: _Kinds) -> Triaged:
    """Without the pieces that are of one of ``kinds``; refused where no question is left beside them."""
    pieces = _pieces(triaged.question)
    met = [kind for kind in kinds if any(map(kind[0].search, (triaged.question, *pieces)))]
    if not met:
        return triaged
    refusal = (met[0][1], tuple(words for _, _, words in met))
    left = _joined(piece for piece in pieces if not any(mark.search(piece) for mark, _, _ in met))
    if not _asks(left, _ASKS_STILL) or any(mark.search(left) for mark, _, _ in met):
        return replace(triaged, refusal=refusal)
    rest = triage(left)  # what is left may thank, paste or order as well
    if rest.refusal:
        return replace(rest, refusal=(refusal[0], (*refusal[1], *rest.refusal[1])))
    if all(words in _POLITE for words in refusal[1]):
        return replace(rest, notices=(*triaged.notices, *rest.notices))
    return replace(rest, notices=(*triaged.notices, *refusal[1], *rest.notices), otherwise=refusal)


def _joined(pieces: Iterable[str]) -> str:
    """The pieces that are kept as one text."""
    return " ".join(filter(None, (piece.lstrip(" 。，,；;") for piece in pieces))).rstrip(" 。，,；;")


def _pieces(text: str) -> list[str]:
    """Sentences, cut at their commas."""
    sentences = (match.group() for match in _SENTENCE.finditer(text))
    return [piece.strip() for sentence in sentences for piece in re.split(r"(?<=[，,：:])(?!\d)", sentence)]


def _asks(text: str, mark: re.Pattern[str]) -> bool:
    """Does it ask something, or tell of the asker's own case?"""
    return bool(_CONTENT.search(text) and (mark.search(text) or _NAMES.search(text) or _own_case(text)))


def _without(question: str, sign: re.Pattern[str], notice: Wording) -> Triaged:
    """The question without quoted text and without the sentences that carry the sign."""
    quotation = re.compile(f"{_QUOTED.pattern}|{_AFTER_COLON.pattern}") if sign is _PASTED else _QUOTED
    quoted = " ".join(match.group() for match in quotation.finditer(question))
    bare = quotation.sub(" ", question)
    left = _joined(map(_harmless, _pieces(bare)))
    if not _asks(left, _ASKS):
        return Triaged(question, (Status.DECLINED, (wording.DECLINED_INSTRUCTIONS,)))
    pasted = quoted.strip('“”「」『』" ') if sign is _PASTED else ""
    return Triaged(left, set_aside="" if _INSTRUCTS.search(pasted) else pasted, notices=(notice,))


def topic(pasted: str) -> str:
    """What a pasted text is about: its words without the figures it claims."""
    for claimed in sorted(quantities(pasted), key=lambda q: -q.start):
        if claimed.kind not in ("date", "doc_number"):
            pasted = f"{pasted[: claimed.start]} {pasted[claimed.start + len(claimed.text) :]}"
    return re.sub(r"(?:改|调整|提高|降低|修改|更新)?[为成到至]\s|[。；]", " ", f"{pasted} ").strip()


def _own_case(text: str) -> bool:
    """Does it tell about the asker, with figures? That is a question whether it fits."""
    return bool(_TELLS.search(text)) and any(q.kind != "date" for q in quantities(text))


def _harmless(piece: str) -> str:
    """The piece without its sign if it still asks something, else nothing; unchanged where it has no sign."""
    left = _PASTED.sub(" ", _INSTRUCTS.sub(" ", without_orders(piece)))
    return left if left == piece or _ASKS_STILL.search(left) else ""
