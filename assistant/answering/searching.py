"""What is looked for: the question, the sides of a comparison, the sources that disagree on what is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from assistant.answering.conflicts import KnownConflict, asked_about
from assistant.answering.evidence import pack
from assistant.answering.in_force import asks_standing
from assistant.answering.rephrase import Rephraser, Restated
from assistant.answering.sides import Side, compares, sides
from assistant.answering.signs import sign
from assistant.answering.understanding import Understood
from assistant.answering.wording import Wording
from assistant.domain import Evidence, Instrument, Language, Passage, Query, Retrieval
from assistant.language.glossary import Glossary
from assistant.ports import Library, Retriever
from assistant.validity import begins_after

#: Words by which a text speaks of its own validity.
_STANDING = Wording(
    "现行有效 施行 有效期 终止日期 失效 取代 替代",
    "in force effective end date expired replaced",
)
#: Words by which a text tells about itself, and the sign that this is asked.
_ITSELF = Wording(
    "发布 印发 通过 公布 施行 起 文号 文件说明",
    "issued by published adopted effective from number about this document",
)
_ASKS_ITSELF = sign("asks.itself")
_OF_ITSELF: Sequence[tuple[Wording, Callable[[str], object]]] = (
    (_STANDING, asks_standing),
    (_ITSELF, _ASKS_ITSELF.search),
)
#: Below this answerability the question is also put in the other language, where a model can translate it.
WEAK = 0.4
#: Passages that show in which language the texts are.
_FIRST = 5
#: Passages added for each side of a comparison or disagreement.
FURTHER_PASSAGES = 6


@dataclass(frozen=True, slots=True)
class Found:
    """What a search brought: every passage, and those given to a composer.

    ``translation`` is the question in the other language, where that found them.
    """

    retrieval: Retrieval
    evidence: tuple[Evidence, ...]
    translation: str = ""
    prompt_digests: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Search:
    """Searches for understood questions."""

    retriever: Retriever
    library: Library
    conflicts: Sequence[KnownConflict]
    glossary: Glossary
    rephraser: Rephraser | None = None

    def find(self, understood: Understood, instruments: Sequence[Instrument]) -> Found:
        """The passages for a question and the evidence packed from them."""
        found = self.retriever.retrieve(understood.query)
        translated = self._translated(understood, found)
        query = understood.query
        if translated.by_model:
            query = replace(query, context=(*query.context, (translated.question, 1.0)))
            found = max(found, self.retriever.retrieve(query), key=lambda r: r.answerability or 0.0)
        more: list[Passage] = []
        allowed = understood.query.filters.instruments
        for query in self._further(understood, found, instruments):
            if allowed and not set(query.filters.instruments) <= set(allowed):
                continue
            more += self.retriever.retrieve(query).passages[:FURTHER_PASSAGES]
        if more:
            best = {p.chunk.id: p for p in sorted((*more, *found.passages), key=lambda p: p.score)}
            found = replace(found, passages=tuple(sorted(best.values(), key=lambda p: -p.score)))
        return Found(
            found,
            pack(found.passages, understood.language, self.library.chunks),
            translated.question if found.query is query and translated.by_model else "",
            translated.prompt_digests,
        )

    def _translated(self, understood: Understood, found: Retrieval) -> Restated:
        """The question in the other language, where the texts are in that or little was found in this."""
        own = any(p.chunk.language == understood.language for p in found.passages[:_FIRST])
        if self.rephraser is None or (own and (found.answerability or 0.0) >= WEAK):
            return Restated(understood.question)
        other: Language = "en" if understood.language == "zh" else "zh"
        return self.rephraser.translated(understood.question, other)

    def _further(
        self, understood: Understood, found: Retrieval, instruments: Sequence[Instrument]
    ) -> Iterator[Query]:
        """What else must be looked for beside the question itself."""
        # what the question names, or goes on about, has to be among the evidence
        for named in understood.focus[: 1 if understood.before else 2]:
            yield _for_side(understood.query, Side("", instrument=named.id))
        if compares(understood.question, understood.language):
            by_id = {instrument.id: instrument for instrument in instruments}
            near = [
                by_id[name]
                for name in dict.fromkeys(p.instrument.id for p in found.passages)
                if name in by_id
            ]
            near += [by_id[i.superseded_by] for i in near if i.superseded_by in by_id]
            pair = sides(understood.question, understood.focus, near, self.glossary, understood.language)
            yield from (_for_side(understood.query, side) for side in pair)
        yield from _about_text(understood, found)
        late = {p.instrument.id for p in found.passages if begins_after(p.instrument, understood.as_of)}
        for before in (i for i in instruments if i.superseded_by in late):  # what held on the day asked about
            yield _for_side(understood.query, Side("", instrument=before.id))
        for conflict in asked_about(self.conflicts, understood.asked, understood.before):
            for instrument, text in conflict.claims:
                claim = replace(understood.query, text=text[understood.language])
                yield _for_side(claim, Side("", instrument=instrument))


def _about_text(understood: Understood, found: Retrieval) -> Iterator[Query]:
    """What a text says of itself, where that is asked: it seldom shares words with the question."""
    asked = [words for words, asks in _OF_ITSELF if asks(understood.question)]
    if not asked or len(understood.focus) > 1:
        return
    named = [*understood.focus, *(passage.instrument for passage in found.passages[:1])][:1]
    for words in asked:
        query = replace(understood.query, text=words.say(understood.language), context=())
        for name in filter(None, (i for held in named for i in (held.id, held.superseded_by))):
            yield _for_side(query, Side("", instrument=name))


def _for_side(query: Query, side: Side) -> Query:
    if side.level is not None:
        return replace(query, filters=replace(query.filters, levels=(side.level,)), focus=())
    if side.instrument is None:
        return replace(query, context=(*query.context, (side.name, 1.0)))
    filters = replace(query.filters, instruments=(side.instrument,), include_superseded=True)
    return replace(query, filters=filters)
