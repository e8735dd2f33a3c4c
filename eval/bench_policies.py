"""Benchmark ``policies``: is the record and the outline of real policy documents read from their text?

Title, issuer and document number are compared with what the publisher's page gives. No truth is given for
the outline; it is measured against the numbering in the text itself: every line that opens with 一、 or
（一） or 第X条 and the like, and whose number is due, should be a section, and no other line should.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from assistant.ingest.metadata import read_record
from assistant.ingest.outline import outline
from assistant.ingest.readers import read
from eval.law_texts import rows

_NUMBERED = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|第[一二三四五六七八九十百]+[章条][\s\u3000])"
)


def measure(data: Path) -> dict[str, float]:
    """Shares over all documents; ``outline_found`` over all lines that open with Chinese numbering."""
    count: Counter[str] = Counter()
    for row in rows(data / "documents.jsonl.gz"):
        path = Path("document.txt")
        reading = read(path, row["text"].encode())
        record = read_record(reading, path, "zh")
        count["documents"] += 1
        count["title"] += _bare(record.title_zh) == _bare(row["title"])
        count["issuer"] += _bare(record.issuer_zh) == _bare(row["issuer"])
        count["number"] += _bare(record.doc_number).replace("国务院令", "国令") == _bare(row["doc_no"])
        year = re.search(r"〔(\d{4})〕", row["doc_no"])
        if year and record.issued:
            count["dated"] += 1
            count["year"] += record.issued.startswith(year[1])
        if record.issued and record.issued <= row["pub_hint"]:
            count["before_publication"] += 1
        starts = {part.start for part in outline(reading).parts}
        position = 0
        for line in reading.text.split("\n"):
            if _NUMBERED.match(line):
                count["numbered"] += 1
                count["found"] += position + len(line) - len(line.lstrip()) in starts
            position += len(line) + 1
    documents = count["documents"]
    return {
        "documents": float(documents),
        "title_exact": count["title"] / documents,
        "issuer_exact": count["issuer"] / documents,
        "doc_number_exact": count["number"] / documents,
        "issued_found": count["before_publication"] / documents,
        "issued_in_the_year_of_its_number": count["year"] / count["dated"],
        "numbered_lines": float(count["numbered"]),
        "outline_found": count["found"] / count["numbered"],
    }


def _bare(text: str | None) -> str:
    return re.sub(r"\s", "", text or "")
