"""A filled form decided: every scheme asked about, its verdict, and the clause behind each condition."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.domain import Citation, Language
from assistant.eligibility.clauses import Clauses
from assistant.eligibility.outcome import Outcome, screen
from assistant.eligibility.rulebook import Rulebook
from assistant.web.check_form import Filled, profile_of


def outcomes_of(filled: Filled, rulebook: Rulebook) -> tuple[Outcome, ...]:
    """The outcomes, eligible ones first; a scheme without any rule by that day is left out."""
    schemes = [filled.scheme] if filled.scheme else rulebook.schemes.values()
    return screen(schemes, profile_of(filled, rulebook))


def cite(outcome: Outcome, clauses: Clauses, language: Language) -> Mapping[str, Citation]:
    """The clause that states each criterion, by its id; one that no text states has none."""
    found = {}
    for finding in outcome.check.findings:
        criterion = finding.criterion
        threshold = None if isinstance(criterion.threshold, tuple) else criterion.threshold
        citation = clauses.cite(
            outcome.check.version.instrument,
            criterion,
            language,
            threshold=threshold,
            unit=criterion.unit,
        )
        if citation is not None:
            found[criterion.id] = citation
    return found
