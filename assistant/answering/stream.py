"""Turn a model's reply, as it streams in, into drafts: one sentence or list item with its labels.

`ReplyParser` reads one character after the other, so the result cannot depend on how the reply was cut into
deltas. A sentence is handed out as soon as the next one has begun, which shows that no more labels follow;
half a label never gets out. A sentence without a label waits for the next label of its line, and a lead-in
for that of its first list item: models often cite once for several sentences. The grounding check decides
whether such a label holds.
"""

from __future__ import annotations

import re

from assistant.answering.composer import Draft
from assistant.answering.hostile import SENTINEL, neutral
from assistant.answering.labels import take_labels
from assistant.answering.markdown import LineReader, Unit, is_row, plain
from assistant.answering.refusal import is_refusal
from assistant.domain import Language
from assistant.language.sentences import sentences

_SENTINEL = re.compile(SENTINEL.replace("_", r"[\s_\\]{1,2}"), re.IGNORECASE)
_STOPS = frozenset("。！？!?.…")
_OPENS_SENTENCE = frozenset("《“「『〈")
_BRACKETS = dict(zip("（([［【《〈「『“", "）)]］】》〉」』”", strict=True))
_LEADS_IN = re.compile(r"[:：]$")
_LONGEST_GAP = 200  # characters of what the model says is missing


class ReplyParser:
    """Feed it the reply; it gives back the drafts that are complete.

    ``answerless`` turns true when the model says that the evidence holds no (further) answer; ``missing`` is
    what it names. Nothing after that is read.
    """

    def __init__(self, language: Language) -> None:
        self.answerless = False
        self._language = language
        self._reader = LineReader(language)
        self._line = ""  # what has not been read of the current line
        self._begun = False  # has its beginning been read?
        self._stopped = False  # has the line had a stop since it was last looked at?
        self._open: list[str] = []  # closing brackets that are still to come in this line
        self._held: list[Unit] = []  # without labels, waiting for those of what follows
        self._new_line = True
        self._gap = ""

    @property
    def missing(self) -> str:
        """What the model says the evidence does not hold; its own words, not checked."""
        return neutral(plain(self._gap), self._language).strip(" :：-—–*_.。\n")[:_LONGEST_GAP]

    def feed(self, text: str) -> list[Draft]:
        """The drafts that ``text`` completes."""
        return [draft for character in text for draft in self._read(character)]

    def end(self, *, truncated: bool = False) -> list[Draft]:
        """The drafts left at the end; ``truncated``: the last one was cut off and is dropped."""
        units = self._take_line()
        if truncated and units and not re.search(r"[。！？!?.]\W*$", units[-1].text):
            units.pop()
        drafts = self._follow([*units, *self._reader.end()])
        return [*drafts, *self._release()]

    def _read(self, character: str) -> list[Draft]:
        if self.answerless:
            self._gap += character if "\n" not in self._gap else ""
            return []
        if character in "\r\n":
            return self._end_line()
        if self._stopped and self._begins_sentence(character):
            return self._hand_out(character)
        self._line += character
        if character in "eE" and (found := _SENTINEL.search(self._line)):
            self._line = self._line[: found.start()]
            self.answerless = True
            return self._end_line()
        self._stopped = self._stopped or character in _STOPS
        if self._open and character == self._open[-1]:
            self._open.pop()
        elif character in _BRACKETS:
            self._open.append(_BRACKETS[character])
        return []

    def _begins_sentence(self, character: str) -> bool:
        """Could a sentence begin here, the labels of the one before being complete?"""
        return (
            not self._open
            and (character.isalnum() or character in _OPENS_SENTENCE)
            and (self._begun or not is_row(self._line))
            and not re.search(r"\^\d*$", self._line)
        )

    def _hand_out(self, character: str) -> list[Draft]:
        """The sentences of the line so far, if ``character`` really begins a new one."""
        self._stopped = False
        begun = character if character.isalnum() else "甲"
        spans = sentences(take_labels(plain(self._line)).text + begun)
        drafts: list[Draft] = []
        if len(spans) > 1 and spans[-1].text == begun:
            drafts = self._follow(self._take_line())
            self._begun = True
        return [*drafts, *self._read(character)]

    def _end_line(self) -> list[Draft]:
        drafts = self._follow(self._take_line())
        self._begun, self._stopped, self._open = False, False, []
        self._new_line = True
        return drafts

    def _take_line(self) -> list[Unit]:
        line, self._line = self._line, ""
        return self._reader.read_on(line) if self._begun else self._reader.read(line)

    def _follow(self, units: list[Unit]) -> list[Draft]:
        """Hand out ``units``, those without a label once it is known whether they get one."""
        drafts: list[Draft] = []
        for unit in units:
            if not unit.text:
                drafts += self._release(unit.labels)
                continue
            if self._new_line:
                lead_in = self._held[-1:] if self._held and _LEADS_IN.search(self._held[-1].text) else []
                self._held = self._held[: len(self._held) - len(lead_in)]
                drafts += self._release()
                self._held, self._new_line = lead_in, False
            if unit.labels:
                drafts += [*self._release(unit.labels), Draft(unit.text, unit.labels)]
            else:
                self._held.append(unit)
        return drafts

    def _release(self, labels: tuple[int, ...] = ()) -> list[Draft]:
        """What was held, with ``labels``, except where it says that there is no answer."""
        held, self._held = self._held, []
        return [Draft(unit.text, () if is_refusal(unit.text) else labels) for unit in held]
