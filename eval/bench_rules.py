"""Benchmark ``rules``: how right and how fast are rules decided?

Right: situations worked out by hand (verdicts, and verdicts on single criteria) and utterances with the facts
in them (slot F1, and values that were never told). These read what lies under ``tests`` of a checkout and are
left out where that is not at hand.

Fast: drawn profiles against every scheme of a rulebook. The profiles are drawn (seeded) around the thresholds
of the rules themselves: each attribute is left out, or given a value between nothing and twice a threshold it
is compared with. ``data`` is a folder of rules; a scheme whose rules have ended is judged by its last ones.
Loading the rules is not counted; deriving facts and ordering what to ask are.
"""

from __future__ import annotations

import statistics
import time
from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random

from assistant.eligibility.check import applicable, check
from assistant.eligibility.extract import extractor_for
from assistant.eligibility.model import Criterion, Value
from assistant.eligibility.profile import Fact, Profile
from assistant.eligibility.rulebook import Rulebook, load_rulebook
from eval.situations import read_situations, work_out
from eval.slots import read_utterances, slot_f1, slots

DATA = Path("corpus/rules")  # measured where no other folder is named
_TESTS = Path("tests/eligibility")

_PROFILES = 10_000
_TOLD = 0.7  # the share of attributes that a profile tells
_ON = date(2026, 11, 23)


def measure(data: Path) -> dict[str, float]:
    """How right (see the module), checks in a second, and the milliseconds that one takes."""
    rulebook = load_rulebook(data)
    return {**_right(rulebook), **_fast(rulebook)}


def _right(rulebook: Rulebook) -> dict[str, float]:
    if not _TESTS.is_dir():
        return {}
    worked = [work_out(s, rulebook) for s in read_situations(_TESTS / "situations")]
    criteria = sum(w.criteria for w in worked)
    extractor = extractor_for(rulebook)
    read = [slots(case, extractor, rulebook) for case in read_utterances(_TESTS / "utterances.yaml")]
    return {
        "situations": float(len(worked)),
        "situations_verdict_accuracy": sum(not w.wrong for w in worked) / len(worked),
        "situations_criteria": float(criteria),
        "situations_criterion_accuracy": 1 - sum(len(w.wrong_criteria) for w in worked) / criteria,
        "utterances": float(len(read)),
        "slot_f1": slot_f1(read),
        "slots_wrong_or_made_up": float(sum(outcome.false for outcome in read)),
    }


def _fast(rulebook: Rulebook) -> dict[str, float]:
    """Checks in a second, and the milliseconds that one check takes (median, 99 of 100, longest)."""
    live = [(s, a.version) for s in rulebook.schemes.values() if (a := applicable(s, _ON)) is not None]
    random = Random(7)  # noqa: S311 - drawn, not secret
    drawn = _drawn(rulebook)
    took: list[float] = []
    verdicts: Counter[str] = Counter()
    for _ in range(_PROFILES):
        facts = _facts(drawn, random)
        for scheme, version in live:
            profile = Profile(rulebook.attributes, facts, _ON)  # anew: nothing derived is kept
            began = time.perf_counter()
            done = check(scheme, version, profile)
            took.append(time.perf_counter() - began)
            verdicts[done.verdict.value] += 1
    return {
        "profiles": float(_PROFILES),
        "schemes": float(len(live)),
        "checks_per_second": len(took) / sum(took),
        "check_ms_median": 1000 * statistics.median(took),
        "check_ms_p99": 1000 * statistics.quantiles(took, n=100)[-1],
        "check_ms_longest": 1000 * max(took),
        **{f"verdict_{name}": count / len(took) for name, count in sorted(verdicts.items())},
    }


def _drawn(rulebook: Rulebook) -> Mapping[str, list[Criterion]]:
    """The criteria of every attribute that is compared with something."""
    found: dict[str, list[Criterion]] = {}
    for scheme in rulebook.schemes.values():
        for version in scheme.versions:
            for criterion in version.criteria:
                found.setdefault(criterion.attribute, []).append(criterion)
    return found


def _facts(drawn: Mapping[str, list[Criterion]], random: Random) -> dict[str, Fact]:
    return {
        name: Fact(name, _value(random.choice(criteria), random))
        for name, criteria in drawn.items()
        if random.random() < _TOLD
    }


def _value(criterion: Criterion, random: Random) -> Value:
    threshold = criterion.threshold
    if isinstance(threshold, tuple):
        return random.choice(threshold)
    if isinstance(threshold, bool):
        return random.random() < 0.8
    if isinstance(threshold, Decimal):
        return threshold * Decimal(random.randrange(201)) / 100
    if isinstance(threshold, date):
        return threshold + timedelta(days=random.randrange(-400, 400))
    return threshold
