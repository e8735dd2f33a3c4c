"""What can be known about an enterprise, and how to ask for it and recognise it in a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from assistant.domain import Language
from assistant.eligibility import formula


class AttributeKind(StrEnum):
    """How an attribute's value is written and asked for."""

    MONEY = "money"  # yuan
    MONEY_USD = "money_usd"
    PERCENT = "percent"
    COUNT = "count"
    NUMBER = "number"
    YES_NO = "yes_no"
    DATE = "date"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the answers to a question with fixed answers."""

    id: str
    label_zh: str
    label_en: str
    words_zh: tuple[str, ...] = ()
    words_en: tuple[str, ...] = ()

    def label(self, language: Language) -> str:
        """Its name for a reader."""
        return self.label_zh if language == "zh" else self.label_en


@dataclass(frozen=True, slots=True)
class PointsTable:
    """Points by the size of another fact: the first step whose ``at_least`` is reached counts.

    ``text`` states the table as a sentence, so that its clause can be found and cited.
    """

    by: str
    steps: tuple[tuple[Decimal, Decimal], ...]  # (at least, points), highest first
    text_zh: str = ""
    text_en: str = ""
    clause: str | None = None

    def points(self, value: Decimal) -> Decimal:
        """The points for ``value``; 0 below the lowest step."""
        return next((points for low, points in self.steps if value >= low), Decimal(0))

    def text(self, language: Language) -> str:
        """The table as a sentence."""
        return self.text_zh if language == "zh" else self.text_en


@dataclass(frozen=True, slots=True)
class Attribute:
    """One thing that can be known, and how to ask for it.

    It can follow from others: ``formulas`` are tried in order when no value was given; ``any_of`` names
    yes/no facts of which one is enough; ``part_of`` names an attribute it can never exceed (class-I rights
    tied to the main product are some of the class-I rights). ``share_of`` is the amount a ratio divides.
    ``hint`` is a figure that is close but does not decide, such as the ratio of one year where three count.
    ``asked``: ask for it as it is, even though it could be computed.
    ``low`` and ``high`` bound what is plausible; a value outside is asked about, not swallowed.
    """

    name: str
    kind: AttributeKind
    unit: str
    label_zh: str
    label_en: str
    question_zh: str
    question_en: str
    topics: tuple[str, ...] = ()
    counter_zh: str = ""  # 项, 家, 场: how things are counted in Chinese
    help_zh: str | None = None
    help_en: str | None = None
    formulas: tuple[str, ...] = ()
    any_of: tuple[str, ...] = ()
    part_of: str | None = None
    share_of: str | None = None
    hint: str | None = None
    asked: bool = False
    points: tuple[PointsTable, ...] = ()  # the best of them counts
    choices: tuple[Choice, ...] = ()
    low: Decimal | None = None
    high: Decimal | None = None
    words_zh: tuple[str, ...] = ()  # how people name it in a sentence
    words_en: tuple[str, ...] = ()
    denied_zh: tuple[str, ...] = ()  # how people say no to a yes/no attribute
    denied_en: tuple[str, ...] = ()

    def label(self, language: Language) -> str:
        """Its name for a reader."""
        return self.label_zh if language == "zh" else self.label_en

    def question(self, language: Language) -> str:
        """How to ask for it."""
        return self.question_zh if language == "zh" else self.question_en

    def explanation(self, language: Language) -> str | None:
        """What is meant, where the question alone does not say."""
        return self.help_zh if language == "zh" else self.help_en

    @property
    def inputs(self) -> tuple[str, ...]:
        """The attributes it can be computed from."""
        found = [name for text in self.formulas for name in formula.names(text) if name != formula.ON]
        return tuple(dict.fromkeys([*found, *(table.by for table in self.points), *self.any_of]))


@dataclass(frozen=True, slots=True)
class Topic:
    """What a group of attributes is about, so that "研发条件" can name all of them."""

    id: str
    label_zh: str
    label_en: str
    words_zh: tuple[str, ...]
    words_en: tuple[str, ...]

    def label(self, language: Language) -> str:
        """Its name for a reader."""
        return self.label_zh if language == "zh" else self.label_en
