"""Benchmark ``laws``: are the articles of real statutes found again, each whole and under its chapter?

Each law is put together from its articles (`law_texts`), read as a plain text file named as such files are,
and taken apart again. The labels of the data (article number, headings) are what the parser must find; the
file's own name and first lines are all it knows.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from assistant.domain import Instrument
from assistant.ingest.labels import Rank
from assistant.ingest.metadata import read_record
from assistant.ingest.outline import outline
from assistant.ingest.readers import read
from assistant.ingest.versions import linked
from eval.law_texts import Article, Law, laws


def measure(data: Path) -> dict[str, float]:
    """Shares over all articles: ``article_exact``, ``path_exact``; what was missed and why; editions."""
    found = laws(data)
    count: Counter[str] = Counter()
    records: dict[str, Instrument] = {}
    for law in found:
        path = Path(f"{law.title}({law.version}).txt")
        reading = read(path, law.text().encode())
        record = records[law.id] = read_record(reading, path, "zh")
        count["title"] += record.title_zh == law.title
        parts = [p for p in outline(reading).parts if p.label is not None and p.label.rank is Rank.ARTICLE]
        texts = {
            (p.label.text if p.label else "", reading.text[p.body : p.end].rstrip("\n")): p.path[:-1]
            for p in parts
        }
        for article in law.articles:
            count["articles"] += 1
            above = texts.get((article.number, article.text))
            if above is not None:
                count["exact"] += 1
                count["path"] += tuple(map(_bare, above)) == tuple(map(_bare, article.path))
            elif _without_annex(article, texts):
                count["annex"] += 1
    marked = {instrument.id for instrument in linked(list(records.values()))}
    old = [law for law in found if law.superseded]
    newest = {law.title: law.version or "" for law in sorted(found, key=lambda law: law.version or "")}
    repealing = {name for record in records.values() for name in record.supersedes}
    wrongly = [
        law
        for law in found
        if records[law.id].id in marked and law.version == newest[law.title] and law.title not in repealing
    ]
    return {
        "laws": float(len(found)),
        "articles": float(count["articles"]),
        "article_exact": count["exact"] / count["articles"],
        "path_exact": count["path"] / count["articles"],
        # the data glues an annex to the last article; the parser makes it a section of its own
        "missed_annex_split_off": float(count["annex"]),
        "missed_other": float(count["articles"] - count["exact"] - count["annex"]),
        "title_exact": count["title"] / len(found),
        **(_editions(old, records, marked) if old else {}),
        "repealed_by_another": float(len(marked) - sum(records[law.id].id in marked for law in old)),
        "superseded_wrongly": float(len(wrongly)),
    }


def _editions(old: list[Law], records: dict[str, Instrument], marked: set[str]) -> dict[str, float]:
    recognised = sum(records[law.id].id in marked for law in old)
    return {"superseded": float(len(old)), "superseded_recognised": recognised / len(old)}


def _bare(heading: str) -> str:
    return re.sub(r"\s", "", heading)


def _without_annex(article: Article, texts: dict[tuple[str, str], tuple[str, ...]]) -> bool:
    """Whether what was found is the article without the annex that follows in its last lines."""
    for number, text in texts:
        rest = article.text.removeprefix(text)
        if number == article.number and text and rest != article.text and rest.startswith("\n附"):
            return True
    return False
