"""``python -m eval.count_words --data FOLDER``: count how common words are, for `faithfulness_words`.

Document frequencies over public texts, English and Chinese apart, as levels of inverse document frequency in
steps of a half; only counts are kept, no text. The list of ignored words is kept as it stands in the table.
"""

from __future__ import annotations

import argparse
import json
import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from assistant.answering.faithfulness_words import TABLE, content, roots
from assistant.domain import Language
from assistant.language.sentences import sentences
from eval.calibration_data import rows

_RAREST: dict[Language, int] = {"en": 4, "zh": 12}  # words in fewer texts are left to the default weight
_UNKNOWN = 8


def texts(data: Path) -> Iterator[tuple[Language, str]]:
    """The texts that are counted: guidance, laws, policies, news; answers of people or models are not."""
    for name in ("doc2dial/passages", "conditionalqa/sections", "or_sharc/snippets"):
        yield from (("en", row["text"]) for row in rows(data / f"{name}.jsonl.gz"))
    contexts = {row["context"] for row in rows(data / "ragtruth" / "responses.dev.jsonl.gz")}
    for name in ("human_eval", "un_generation"):
        path = data / "mtrag" / f"{name}.dev.jsonl.gz"
        contexts |= {context["text"] for row in rows(path) for context in row.get("contexts", [])}
    yield from (("en", context) for context in sorted(contexts))
    yield from (("zh", row["text"]) for row in rows(data / "laws_zh" / "articles.jsonl.gz"))
    for row in rows(data / "policy_zh_gov" / "documents.jsonl.gz"):
        yield from (("zh", sentence.text) for sentence in sentences(row["text"]))
    for row in rows(data / "uhgeval" / "items.dev.jsonl.gz"):
        yield from (("zh", s.text) for s in sentences(f"{row['beginning']}\n{row['remainder']}"))


def count(data: Path, ignored: str) -> dict[str, object]:
    """The table: levels with their words."""
    totals: Counter[Language] = Counter()
    found: dict[Language, Counter[str]] = {"en": Counter(), "zh": Counter()}
    for language, text in texts(data):
        words = content(text)
        totals[language] += 1
        found[language].update(
            {w for w in (*words, *roots(words)) if (w[0] > "\u2fff") == (language == "zh")}
        )
    levels: dict[float, list[str]] = defaultdict(list)
    for language, counter in found.items():
        for word, number in counter.items():
            if number >= _RAREST[language]:
                levels[round(2 * math.log((totals[language] + 1) / (number + 0.5))) / 2].append(word)
    return {
        "source": "document frequencies over public texts; python -m eval.count_words",
        "unknown": _UNKNOWN,
        "ignored": ignored,
        "weights": {f"{level:g}": " ".join(sorted(levels[level])) for level in sorted(levels)},
    }


def main(argv: Sequence[str] | None = None) -> int:
    """Count and write the table."""
    parser = argparse.ArgumentParser(prog="python -m eval.count_words", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, metavar="FOLDER", help="folder of the benchmarks")
    parser.add_argument("--out", type=Path, default=TABLE, metavar="FILE", help="where to write the table")
    args = parser.parse_args(argv)
    table = count(args.data, json.loads(TABLE.read_text(encoding="utf-8"))["ignored"])
    args.out.write_text(json.dumps(table, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
