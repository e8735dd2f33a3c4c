"""Benchmark ``rules``: how fast are rules decided? Drawn profiles against every scheme of a rulebook.

The profiles are drawn (seeded) around the thresholds of the rules themselves: each attribute is left out,
or given a value between nothing and twice a threshold it is compared with. ``data`` is a folder of rules;
a scheme whose rules have ended is judged by its last ones.
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
from assistant.eligibility.model import Criterion, Value
from assistant.eligibility.profile import Fact, Profile
from assistant.eligibility.rulebook import Rulebook, load_rulebook

DATA = Path("corpus/rules")  # measured where no other folder is named

_PROFILES = 10_000
_TOLD = 0.7  # the share of attributes that a profile tells
_ON = date(2026, 11, 23)


def measure(data: Path) -> dict[str, float]:
    """Checks in a second, and the milliseconds that one check takes (median, 99 of 100, longest)."""
    rulebook = load_rulebook(data)
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
