"""Facts read from 255 utterances in Chinese and English: never with a wrong value."""

from __future__ import annotations

from pathlib import Path

from assistant.eligibility.extract import extractor_for
from assistant.eligibility.rulebook import load_rulebook
from eval.slots import read_utterances, slot_f1, slots

UTTERANCES = read_utterances(Path(__file__).parent / "utterances.yaml")


def test_facts_are_found_in_varied_writing_and_never_with_a_wrong_value() -> None:
    rulebook = load_rulebook(Path(__file__).parents[2] / "corpus" / "rules")
    extractor = extractor_for(rulebook)
    outcomes = [slots(case, extractor, rulebook) for case in UTTERANCES]
    report = "\n".join(str(o) for o in outcomes if o.false or o.missed)
    assert len(outcomes) >= 120
    assert sum(o.false for o in outcomes) == 0, report
    assert slot_f1(outcomes) >= 0.95, report
