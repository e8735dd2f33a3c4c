"""``python -m eval judge RUN``: let a model judge the stored answers of a run.

Reports (and keeps with the run, for its page) faithfulness as the judge sees it, how often it agrees with
the deterministic scorer (share and Cohen's kappa), what was disputed or fell back, what it cost, and with
``--repeat`` how often it agrees with itself, which is the noise below which two runs cannot be told
apart.
"""

from __future__ import annotations

import argparse
import json
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.domain import LANGUAGES, Language
from assistant.llm import OpenAIChat
from assistant.settings import read_settings
from eval import lines
from eval.abstention import status_of
from eval.errors import RunError
from eval.judge import DETERMINISTIC, DISPUTED, JUDGE, Judge, Judged
from eval.judge_prompt import JudgePrompt, load_judge_prompt
from eval.record import TurnRecord, from_json, to_json
from eval.run_folder import RunFolder
from eval.statistics import kappa
from eval.suites import load_suite

_FILE = "judged.jsonl"
SUMMARY = "judge.json"  # the figures, where the run's page looks for them


@dataclass(frozen=True, slots=True)
class Line:
    """One judged answer as it is stored."""

    key: str
    case: str
    turn: int
    repeat: int
    judged: Judged


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of ``judge``."""
    parser.add_argument("run", type=Path, help="folder of a run")
    parser.add_argument("--repeat", type=int, default=1, metavar="K", help="judge every answer K times (1)")
    parser.add_argument("--budget", type=int, metavar="TOKENS", help="stop when so many tokens are spent")
    parser.add_argument("--limit", type=int, metavar="N", help="only the first N answers")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures here")


def run(args: argparse.Namespace) -> int:
    """Judge what is not judged yet, then report."""
    judge = configured_judge()
    folder = RunFolder(args.run)
    judged = list(judge_run(folder, judge, args.repeat, budget=args.budget, limit=args.limit))
    content = figures(judged)
    (folder.path / SUMMARY).write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")
    for name, value in content.items():
        print(f"  {name:<28}{value if not isinstance(value, float) else f'{value:.3f}'}")
    if args.json:
        args.json.write_text(json.dumps({"metrics": content}, ensure_ascii=False, indent=1), encoding="utf-8")
    return 0


def configured_judge() -> Judge:
    """The judge that the environment names. Raises `RunError` when it names none."""
    settings = read_settings(os.environ)
    if settings.chat is None:
        raise RunError(
            zh="没有配置评审用的模型。",
            en="No model is configured to judge.",
            hint_zh="请设置 OPENAI_MODEL（以及 OPENAI_BASE_URL、OPENAI_API_KEY）。",
            hint_en="Set OPENAI_MODEL (and OPENAI_BASE_URL, OPENAI_API_KEY).",
        )
    prompts: dict[Language, JudgePrompt] = {
        language: load_judge_prompt(settings.prompts, language) for language in LANGUAGES
    }
    return Judge(OpenAIChat(settings.chat), prompts)


def judge_run(
    folder: RunFolder, judge: Judge, repeats: int, *, budget: int | None = None, limit: int | None = None
) -> Iterator[Line]:
    """Every answer of a run judged; what is stored is not judged again."""
    languages = {case.id: case.language for case in load_suite(Path(folder.about().cases))}
    path = folder.path / _FILE
    lines.repair(path)
    known = {line.key: line for _, data in lines.read(path) for line in [from_json(Line, data)]}
    spent = 0
    todo = [(r, n, t) for r in folder.records() if r.case in languages for n, t in _answers(r.turns)][:limit]
    for record, number, turn in todo:
        for repeat in range(repeats):
            key = f"{record.key}/{number}/{repeat}/{judge.key}"
            if key not in known:
                if budget is not None and spent >= budget:
                    return
                judged = judge.judge(turn, languages[record.case])
                spent += judged.prompt_tokens + judged.completion_tokens
                known[key] = Line(key, record.case, number, repeat, judged)
                lines.append(path, to_json(known[key]))
            yield known[key]


def judged_figures(folder: RunFolder) -> dict[str, Any] | None:
    """What ``judge`` found of this run; None where it was not judged."""
    path = folder.path / SUMMARY
    return dict(json.loads(path.read_text(encoding="utf-8"))) if path.is_file() else None


def figures(judged: Sequence[Line]) -> dict[str, Any]:
    """Faithfulness by the judge, agreement with the scorer, noise, cost; absent figures are None."""
    first = [line for line in judged if line.repeat == 0]
    made = [j for line in first for j in line.judged.judgements]
    ruled = [j for j in made if j.by == JUDGE and j.supported is not None]
    answers = [[j for j in line.judged.judgements if j.supported is not None] for line in first]
    judged_answers = [a for a in answers if a]
    by = Counter(j.by for j in made)
    return {
        "answers": len(first),
        "claims": len(made),
        "judge_faithfulness": _share([all(j.supported for j in a) for a in judged_answers]),
        "judge_faithfulness_claims": _share([bool(j.supported) for j in ruled]),
        "agreement": _share([j.supported == j.computed for j in ruled]),
        "kappa": kappa([(bool(j.supported), j.computed) for j in ruled]),
        "asked_again": sum(j.first is not None for j in made),
        "changed_when_asked_again": sum(j.first not in (None, j.verdict) for j in made),
        "disputed": by[DISPUTED],
        "fell_back": by[DETERMINISTIC],
        "self_agreement": _self_agreement(judged),
        "prompt_tokens": sum(line.judged.prompt_tokens for line in judged),
        "completion_tokens": sum(line.judged.completion_tokens for line in judged),
    }


def _self_agreement(judged: Sequence[Line]) -> float | None:
    """Share of claims on which all repeats of the judge agree."""
    verdicts: dict[tuple[str, int, int], list[bool | None]] = {}
    for line in judged:
        for number, judgement in enumerate(line.judged.judgements):
            verdicts.setdefault((line.case, line.turn, number), []).append(judgement.supported)
    return _share([len(set(given)) == 1 for given in verdicts.values() if len(given) > 1])


def _answers(turns: Sequence[TurnRecord]) -> list[tuple[int, TurnRecord]]:
    """The turns that claim something and show their evidence."""
    return [(n, t) for n, t in enumerate(turns) if t.evidence and not status_of(t).is_refusal]


def _share(marks: Sequence[bool]) -> float | None:
    return sum(marks) / len(marks) if marks else None
