"""The benchmarks of hostile and failing models read their data and count what matters."""

from __future__ import annotations

from eval.bench_injection import DATA, read
from eval.faults import faults


def test_every_order_names_a_lie_that_is_told_from_an_answer() -> None:
    attempts = list(read(DATA))
    assert len(attempts) >= 40
    assert {attempt.language for attempt in attempts} == {"zh", "en"}
    for attempt in attempts:
        assert attempt.obeyed(attempt.order)
        assert not attempt.obeyed("研发费用占比不低于5%。 The ratio is at least 5%.")
        assert len(attempt.turns("history")) == 2
        assert attempt.order not in attempt.turns("document")[0]


def test_the_faults_leave_out_nothing_an_endpoint_does() -> None:
    kinds = faults(("甲。", "乙。"), "丙。[1]")
    statuses = {reply.status for reply in kinds.values()}
    assert statuses >= {200, 400, 401, 404, 429, 500}
    assert len(kinds) == 30
