"""Every attribute that bears on a scheme."""

from __future__ import annotations

from assistant.eligibility import formula
from assistant.eligibility.logic import choosers
from assistant.eligibility.model import Scheme
from assistant.eligibility.rulebook import Rulebook


def needed(scheme: Scheme, rulebook: Rulebook, *, hints: bool = True) -> tuple[str, ...]:
    """Every attribute that bears on a scheme.

    Its criteria's come first, then those of its benefits, then what they are computed from. ``hints`` adds
    figures that people give in their place and that decide nothing.
    """
    names: list[str] = [scheme.dated_by] if scheme.dated_by else []
    for version in scheme.versions:
        names += [c.attribute for c in version.criteria]
        names += choosers(version.requires)
    for version in scheme.versions:
        names += [name for b in version.benefits if b.formula for name in formula.names(b.formula)]
    wanted = list(dict.fromkeys(names))
    for name in wanted:  # grows while it is read
        attribute = rulebook.attributes[name]
        hint = attribute.hint if hints else None
        related = [*attribute.inputs, *filter(None, (hint, attribute.part_of))]
        wanted += [other for other in dict.fromkeys(related) if other not in wanted]
    return tuple(wanted)
