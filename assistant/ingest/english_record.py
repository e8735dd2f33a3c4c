"""What an English instrument says of itself: number, issuer, kind, level."""

from __future__ import annotations

import re

from assistant.domain import Kind, Level

_HEAD = 1500
_NUMBER = re.compile(
    r"^\s*((?:(?:[A-Z][\w&.]*\s){0,6})?(?:No\.?\s?[0-9]+(?:\s?[\[(][0-9]{4}[\])]|\s+of\s+[0-9]{4})?"
    r"|[\[(][0-9]{4}[\])]\s?(?:No\.?\s?)?[0-9]+))\s*$",
    re.MULTILINE,
)
_ISSUER = re.compile(
    r"^\s*(?:issued|promulgated|adopted|published) by:?\s+(?:the\s+)?([A-Z][^.;\n]{3,80}?)(?:\s+on\s.*)?$",
    re.IGNORECASE | re.MULTILINE,
)
_KINDS = (
    (Kind.DRAFT, r"draft|exposure draft|consultation"),
    (Kind.PLAN, r"plan|programme|program|strategy|roadmap|blueprint"),
    (Kind.NORMATIVE, r"measures|rules|provisions|guidelines?|opinions|standards?|policy|policies|guidance"),
    (Kind.REGULATION, r"regulations?|ordinance|decree|bylaws?"),
    (Kind.LAW, r"law|act|code|constitution"),
    (Kind.NOTICE, r"notice|announcement|circular|reply|letter|memorandum"),
    (Kind.REFERENCE, r"report|questions and answers|faq|handbook"),
)
_LEVELS = (
    (Level.MUNICIPAL, r"municipal(?:ity)?|city of|county|district"),
    (Level.PROVINCIAL, r"provinc(?:e|ial)|autonomous region|state government"),
    (
        Level.NATIONAL,
        r"state council|ministry|national|people's republic|state (?:administration|taxation)|federal",
    ),
)


def document_number(text: str) -> str | None:
    """The number that stands on a line of its own below the title."""
    match = _NUMBER.search(text[:_HEAD])
    return " ".join(match[1].split()) if match else None


def issuer_of(text: str) -> str | None:
    """The body named in a line that begins with "Issued by"."""
    match = _ISSUER.search(text[:_HEAD])
    return match[1].strip(" ,") if match else None


def kind_of(title: str) -> Kind:
    """The sort of instrument that an English title names."""
    for kind, words in _KINDS:
        if re.search(rf"\b(?:{words})\b", title, re.IGNORECASE):
            return kind
    return Kind.OTHER


def level_of(names: str) -> Level:
    """Who stands behind it, by the names of issuer and title."""
    for level, words in _LEVELS:
        if re.search(rf"\b(?:{words})\b", names, re.IGNORECASE):
            return level
    return Level.UNKNOWN


def is_title(line: str) -> bool:
    """Whether a line names an instrument, as a title does."""
    return kind_of(line) is not Kind.OTHER and len(line) <= 160 and not line.endswith((".", ":", ";", ","))
