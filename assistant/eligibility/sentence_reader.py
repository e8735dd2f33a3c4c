"""Facts from one sentence: which figure tells what, and which phrases say yes or no."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from assistant.eligibility import signs
from assistant.eligibility.attribute import AttributeKind
from assistant.eligibility.mentions import Mention
from assistant.eligibility.pairing import Pair, pairs
from assistant.eligibility.reading import Read, read
from assistant.eligibility.spoken import folded, is_applying
from assistant.eligibility.told import Claim, Extraction, Phrase, Told
from assistant.eligibility.vocabulary import Vocabulary
from assistant.eligibility.years import YearsAgo, years_ago
from assistant.language.quantities import quantities
from assistant.language.quantity import Quantity

_CLAUSE = re.compile(r"[，、,](?!\d{3})|\b(?:and|but)\b|而且|并且|但是?|不过")
_PLUS = re.compile(r"(?:再?加上?|另有|外加|还有)[^，。；;,.\d]{0,6}$|\b(?:plus|and another)\b[^,.;\d]{0,12}$")
_APPLYING = re.compile(r"申|办|入职|appl")
_SHARE = re.compile(
    r"(?:^|[，,、(（\s])?(?:也就是|即|约)?占(?:比|到|了)?(?:近?三年|同期|总|年|全年)?(?:营收|收入"
    r"|销售收入|销售额|营业收入|年收入)?的?\s*$|\b(?:is|or|i\.e\.|which is|equal to|making)\s*$"
)


@dataclass
class SentenceReader:
    """Reads one sentence; ``prefer`` are the attributes that the scheme needs, best first."""

    vocabulary: Vocabulary
    plain: str
    text: str  # folded
    prefer: Sequence[str]
    on: date | None
    facts: list[Told] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    phrases: list[Phrase] = field(default_factory=list)

    def read(self) -> Extraction:
        """Everything the sentence tells."""
        mentions = self.vocabulary.mentions(self.text)
        found = quantities(self.plain)
        hypothetical = bool(signs.HYPOTHETICAL.search(self.text))
        self._phrases(mentions)
        none = [m for m in mentions if self._none_of(m)]
        homeless = self._figures(found, [m for m in mentions if m.attributes and m not in none])
        facts = [replace(fact, hypothetical=hypothetical) for fact in self.facts]
        return Extraction(tuple(facts), tuple(self.claims), tuple(homeless), tuple(self.phrases))

    # --- yes/no phrases ---

    def _phrases(self, mentions: Sequence[Mention]) -> None:
        for mention in mentions:
            names = [n for n in mention.attributes if self._kind(n) is AttributeKind.YES_NO]
            before, after = self._around(mention.start, mention.end)
            phrase = self.text[mention.start : mention.end]
            if not names or signs.is_asked(before, phrase, after):
                continue
            value = mention.denied is signs.is_denied(before)
            said = self.plain[mention.start : mention.end].strip()
            wanted = [n for n in names if n in self.prefer] or [n for n in names if self._is_general(n)]
            self.phrases += [Phrase(mention.start, mention.end, name) for name in wanted]
            self.facts += [
                Told(name, value, said if value or mention.denied else f"{before[-2:]}{said}")
                for name in wanted
            ]
        self._choices()

    def _is_general(self, name: str) -> bool:
        """May it be told without bearing on the scheme asked about?"""
        return not self.prefer or "title" in self.vocabulary.attribute(name).topics

    def _none_of(self, mention: Mention) -> bool:
        """ "没有发明专利": none of a thing that is counted; its words belong to no figure."""
        names = [n for n in mention.attributes if self.vocabulary.attribute(n).unit == "count"]
        before, after = self._around(mention.start, mention.end)
        if not names or not signs.is_none(before, after):
            return False
        name = self.vocabulary.choose(names, self.prefer)
        if name is not None:
            said = self.plain[mention.start : mention.end].strip()
            self.facts.append(Told(name, Decimal(0), f"{before[-2:]}{said}"))
            self.phrases.append(Phrase(mention.start, mention.end, name))
        return True

    def _choices(self) -> None:
        for name in self.prefer:
            attribute = self.vocabulary.attribute(name)
            if attribute.kind is not AttributeKind.CHOICE:
                continue
            named = [
                (choice.id, word)
                for choice in attribute.choices
                for word in (*choice.words_zh, *choice.words_en)
                if self._is_said(folded(word))
            ]
            if len({choice for choice, _ in named}) == 1:
                self.facts.append(Told(name, named[0][0], named[0][1]))

    def _is_said(self, word: str) -> bool:
        """Does the sentence name it, and not deny or ask for it: "不是专利"?"""
        places = [match.span() for match in re.finditer(re.escape(word), self.text)]
        around = [(self._around(start, end), self.text[start:end]) for start, end in places]
        return any(
            not signs.is_denied(before) and not signs.is_asked(before, said, after)
            for (before, after), said in around
        )

    # --- figures ---

    def _figures(self, found: Sequence[Quantity], mentions: Sequence[Mention]) -> list[Quantity]:
        ages = years_ago(self.text, found, self.on)
        taken: dict[int, str] = {}
        wanted = frozenset(self.prefer)
        for pair in pairs(
            self.text, found, mentions, self._fits, lambda names: not wanted or bool(wanted & {*names})
        ):
            if self._is_share(pair.quantity, found):
                continue
            kept = self._keep(pair, found[pair.quantity], ages.get(pair.quantity))
            if kept is not None:
                taken[pair.quantity] = kept
        for index, quantity in enumerate(found):
            if index not in taken:
                name = (
                    self._added(index, found, taken)
                    or self._inherited(index, quantity, found, taken, ages)
                    or self._heads(quantity)
                )
                if name:
                    taken[index] = name
        return [
            q for i, q in enumerate(found)
            if i not in taken and q.kind not in ("date", "article", "doc_number", "duration")
        ]  # fmt: skip

    def _added(self, index: int, found: Sequence[Quantity], taken: Mapping[int, str]) -> str | None:
        """ "设备国产1500万加进口600万": an amount to be added to the one before it."""
        name, quantity = taken.get(index - 1), found[index]
        fact = next((f for f in self.facts if f.attribute == name), None)
        if name is None or fact is None or not isinstance(fact.value, Decimal) or quantity.high is not None:
            return None
        before = found[index - 1]
        between = self.text[before.end : quantity.start]
        if (before.kind, before.unit) != (quantity.kind, quantity.unit) or not _PLUS.search(between):
            return None
        parts = (*(fact.parts or (fact.value,)), quantity.value)
        said = f"{fact.said}{self.plain[before.end : quantity.end]}"
        added = replace(fact, value=sum(parts, Decimal(0)), parts=parts, said=said)
        self.facts = [added if f is fact else f for f in self.facts]
        return name

    def _is_share(self, index: int, found: Sequence[Quantity]) -> bool:
        """ "研发210万占6%": a share of the amount right before it, and of nothing named earlier."""
        if index == 0 or found[index].kind != "percent" or found[index - 1].kind not in ("money", "number"):
            return False
        between = self.text[found[index - 1].end : found[index].start]
        return bool(between.strip()) and bool(_SHARE.fullmatch(between.strip()))

    def _fits(self, mention: Mention, quantity: Quantity) -> tuple[str, ...]:
        """The attributes of ``mention`` that ``quantity`` can be a value of.

        The day of applying is nothing but that: it is not when the firm was registered.
        """
        if is_applying(self.text, quantity) and not _APPLYING.search(self.text[mention.start : mention.end]):
            return ()
        before, after = self._around(quantity.start, quantity.end)
        return tuple(
            n
            for n in mention.attributes
            if read(self.vocabulary.attribute(n), quantity, before, after) is not None
        )

    def _keep(self, pair: Pair, quantity: Quantity, ago: YearsAgo | None) -> str | None:
        """Note what a pair tells; the attribute it is about, None where the figure has found no place."""
        before, after = self._around(quantity.start, quantity.end)
        if signs.is_rule(before, after):
            self.claims.append(Claim(pair.attributes, quantity.value, quantity.text))
            return pair.attributes[0]
        if signs.is_negated(before):
            return pair.attributes[0]
        growth = any("growth" in self.vocabulary.attribute(n).topics for n in pair.attributes)
        if signs.is_no_value(before, self._clause(quantity.start)) and not growth:
            return pair.attributes[0]
        name = self.vocabulary.choose(pair.attributes, self.prefer)
        if name is not None and ago is not None and self.vocabulary.is_yearly(name):
            name = self.vocabulary.in_year(name, ago)
        if name is None:
            return None
        value = read(self.vocabulary.attribute(name), quantity, before, after)
        if value is not None:
            self._tell(name, value, pair, quantity)
        return name

    def _tell(self, name: str, value: Read, pair: Pair | None, quantity: Quantity) -> None:
        start = min(pair.mention.start, quantity.start) if pair else quantity.start
        end = max(pair.mention.end, quantity.end) if pair else quantity.end
        if any(fact.attribute == name for fact in self.facts):
            self.facts = [f for f in self.facts if f.attribute != name]
        self.facts.append(Told(name, value.value, self.plain[start:end].strip(), value.about))

    def _inherited(
        self, index: int, quantity: Quantity, found: Sequence[Quantity], taken: Mapping[int, str],
        ages: Mapping[int, YearsAgo],
    ) -> str | None:  # fmt: skip
        """A figure without words of its own is about what the figure before it was about.

        "占10%" after an amount is its share; "我们只有5.5%" after a rule's 6% is the same ratio;
        "2024年400万" after "2023年研发300万" the same thing in another year.
        """
        before, after = self._around(quantity.start, quantity.end)
        last = max((i for i in taken if i < index), default=None)
        if last is None or signs.is_rule(before, after) or signs.is_negated(before):
            return None
        earlier = taken[last]
        name: str | None = None
        if (
            quantity.kind == "percent"
            and self._kind(earlier) is AttributeKind.MONEY
            and _SHARE.search(before)
        ):
            name = self.vocabulary.share_of(earlier)
        elif (ago := ages.get(index)) is not None:
            name = self._in_another_year(index, ago, found, taken)
        elif quantity.kind == found[last].kind and (
            (claimed := next((c.attributes for c in self.claims if c.said == found[last].text), ()))
            or signs.is_negated(self._around(found[last].start, 0)[0])
        ):
            name = self.vocabulary.choose(claimed or (earlier,), self.prefer)
        if name is None:
            return None
        value = read(self.vocabulary.attribute(name), quantity, before, after)
        if value is None:
            return None
        self._tell(name, value, None, quantity)
        return name

    def _in_another_year(
        self, index: int, ago: YearsAgo, found: Sequence[Quantity], taken: Mapping[int, str]
    ) -> str | None:
        """ "去年研发130万占4%，前年95万": the nearest figure before it of its kind, in the year it names."""
        of_kind = [i for i in taken if i < index and found[i].kind == found[index].kind]
        earlier = taken[max(of_kind)] if of_kind else None
        if earlier is None or not self.vocabulary.is_yearly(earlier):
            return None
        return self.vocabulary.in_year(earlier, ago)

    def _heads(self, quantity: Quantity) -> str | None:
        """ "80个人", "我们80人": people without another word are the staff."""
        before, after = self._around(quantity.start, quantity.end)
        counted = quantity.unit in ("", "个") and after.lstrip().startswith(("人", "号人", "people"))
        if quantity.kind not in ("count", "number") or not (quantity.unit == "人" or counted):
            return None
        if any(mention.attributes for mention in self.vocabulary.mentions(before + after)):
            return None
        if "employees" not in self.prefer or signs.is_rule(before, after):
            return None
        value = read(
            self.vocabulary.attribute("employees"), replace(quantity, kind="count", unit="人"), before, after
        )
        if value is None:
            return None
        self._tell("employees", value, None, quantity)
        return "employees"

    # --- the sentence's parts ---

    def _kind(self, name: str) -> AttributeKind:
        return self.vocabulary.attribute(name).kind

    def _clause(self, position: int) -> str:
        start = max((m.end() for m in _CLAUSE.finditer(self.text, 0, position)), default=0)
        following = _CLAUSE.search(self.text, position)
        return self.text[start : following.start() if following else len(self.text)]

    def _around(self, start: int, end: int) -> tuple[str, str]:
        """The words before and after, within the clause."""
        begin = max((m.end() for m in _CLAUSE.finditer(self.text, 0, start)), default=0)
        following = _CLAUSE.search(self.text, end)
        return self.text[begin:start], self.text[end : following.start() if following else len(self.text)]
