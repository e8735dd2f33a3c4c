"""Advice over many schemes at once: which of them come into question, and which one is meant.

"What can we apply for?" is answered scheme by scheme in one sentence each; "is our R&D ratio enough?" without
a scheme names the schemes that ask for it, with their figures.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from assistant.domain import Citation, Language, Sentence, Status
from assistant.eligibility.advice import Advice
from assistant.eligibility.case import Case
from assistant.eligibility.lines import Lines
from assistant.eligibility.logic import relevant
from assistant.eligibility.model import Verdict
from assistant.eligibility.remarks import echo
from assistant.eligibility.rulebook import Rulebook
from assistant.eligibility.sources import Sources, sentence
from assistant.eligibility.statement import Line

#: More schemes than this are not told one by one.
_MOST = 6
_ASKED = 3


def screened(
    cases: Sequence[Case], sources: Sources, language: Language, rulebook: Rulebook
) -> Advice | None:
    """Which schemes come into question for what was told; None where nothing bears on any."""
    told = [(case, lines) for case in cases if (lines := _lines(case, language))]
    open_cases = [pair for pair in told if pair[0].verdict is not Verdict.NOT_MET]
    out = [pair for pair in told if pair[0].verdict is Verdict.NOT_MET]
    open_cases.sort(key=lambda pair: -sum(line.verdict is Verdict.MET for line in pair[1]))
    sentences = [_possible(case, lines, sources, language) for case, lines in open_cases[:_MOST]]
    sentences += [_ruled_out(case, lines, sources, language) for case, lines in out[:_MOST]]
    if not any(s.citations for s in sentences):
        return None
    lead = (
        "按已提供的信息，各项政策的初步情况如下（只列出与这些信息有关的）："
        if language == "zh"
        else "On what was told so far, this is where the schemes stand (only those it bears on):"
    )
    asked = _questions([case for case, _ in open_cases[:_MOST]], rulebook, language)
    return Advice(
        Status.ANSWERED,
        (sentence(lead, []), *sentences),
        sources.evidence,
        tuple(echo(cases, language)) if cases else (),
        asked,
        tuple(case for case, _ in told),
    )


def what_to_tell(cases: Sequence[Case], rulebook: Rulebook, language: Language) -> Advice:
    """The facts that tell most about most schemes, and the titles that they would be held against."""
    zh = language == "zh"
    asked = _questions(cases, rulebook, language)
    names = [case.check.scheme.name(language) for case in cases if case.check.scheme.gives][:_MOST]
    listed = ("、" if zh else ", ").join(names)
    lead = (
        f"能享受哪些政策要看企业的情况，可以对照的有{listed}等。请先告诉我：{''.join(asked)}"
        if zh
        else f"Which schemes fit depends on the enterprise. It can be held against {listed} and others. "
        f"Please tell: {' '.join(asked)}"
    )
    return Advice(Status.NEEDS_FACTS, (sentence(lead, []),), (), (), asked, tuple(cases))


def which_one(
    cases: Sequence[Case], sources: Sources, language: Language, rulebook: Rulebook
) -> Advice | None:
    """The schemes that have a condition on the topic asked about, to choose from."""
    asking = [case for case in cases if list(relevant(case.part, case.profile.value))][:_MOST]
    if not asking:
        return None
    zh = language == "zh"
    names = [case.check.scheme.name(language) for case in asking]
    listed = ("、" if zh else "; ").join(names)
    which = f"是哪一项政策或资质（{listed}）？" if zh else f"Which scheme or title is meant ({listed})?"
    questions = _topic_questions(asking, rulebook, language)
    needs = "".join(questions) if zh else " ".join(questions)
    lead = (
        f"不同政策的要求不一样，要判断是否达标，请先告诉我：{which}{needs}"
        if zh
        else f"The schemes differ. To judge this, please tell: {which} {needs}"
    )
    sentences = [sentence(lead, [])]
    for case in asking:
        lines = _lines(case, language)
        criteria = [c for line in lines for c in line.criteria] or list(
            relevant(case.part, case.profile.value)
        )
        texts = [line.text for line in lines] or [c.text(language) for c in criteria]
        joined = ("；" if zh else "; ").join(text.rstrip("。.") for text in texts)
        name = case.check.scheme.name(language)
        text = f"{name}：{joined}。" if zh else f"{_capital(name)}: {joined}."
        check = case.check
        cited = [sources.criterion(check.scheme, check.version, c) for c in dict.fromkeys(criteria)]
        sentences.append(sentence(text, cited))
    return Advice(
        Status.NEEDS_FACTS,
        tuple(sentences),
        sources.evidence,
        tuple(echo(asking, language)),
        (which, *questions),
        tuple(asking),
        tuple(names),
    )


def which_at_all(cases: Sequence[Case], language: Language) -> Advice:
    """Nothing tells what is asked about: which scheme is meant? Titles are named, national ones first."""
    zh = language == "zh"
    titles = [case.check.scheme for case in cases if case.check.scheme.gives][:_MOST]
    names = tuple(scheme.name(language) for scheme in titles)
    listed = ("、" if zh else "; ").join(names)
    which = (
        f"想申请的是哪一项政策或资质（例如{listed}）？"
        if zh
        else f"Which scheme or title is meant (such as {listed})?"
    )
    lead = "要判断是否符合条件，请先告诉我：" if zh else "To judge this, please tell: "
    told = tuple(echo(cases, language)) if cases else ()
    asked = (sentence(f"{lead}{which}", []),)
    return Advice(Status.NEEDS_FACTS, asked, (), told, (which,), tuple(cases), names)


def _lines(case: Case, language: Language) -> list[Line]:
    return Lines.of(case.check, case.profile, language).write(case.part)


def _possible(case: Case, lines: Sequence[Line], sources: Sources, language: Language) -> Sentence:
    zh = language == "zh"
    met = list(dict.fromkeys(line.name for line in lines if line.verdict is Verdict.MET))
    attributes = case.profile.attributes
    missing = [attributes[n].label(language) for n in case.check.missing if n in attributes][:4]
    name = case.check.scheme.name(language)
    joiner = "、" if zh else ", "
    if case.verdict is Verdict.MET:
        parts = ["条件均达标" if zh else "Every condition is met"]
    else:
        parts = [f"{joiner.join(met)}达标" if zh else f"Met: {joiner.join(met)}"] if met else []
        parts += [f"还需要{joiner.join(missing)}等信息" if zh else f"Still needed: {joiner.join(missing)}"]
    text = f"{name}：{'；'.join(parts)}。" if zh else f"{_capital(name)}. {'. '.join(parts)}."
    return sentence(text, _cite(case, lines, sources))


def _ruled_out(case: Case, lines: Sequence[Line], sources: Sources, language: Language) -> Sentence:
    failed = [line for line in lines if line.verdict is Verdict.NOT_MET]
    texts = [line.bare.rstrip("。.") for line in failed]
    name = case.check.scheme.name(language)
    if language == "zh":
        return sentence(f"{name}：目前不符合，{'；'.join(texts)}。", _cite(case, failed, sources))
    text = f"{_capital(name)}: not eligible as things are. {'. '.join(texts)}."
    return sentence(text, _cite(case, failed, sources))


def _capital(name: str) -> str:
    """A name as a sentence begins with it."""
    return name[:1].upper() + name[1:]


def _cite(case: Case, lines: Sequence[Line], sources: Sources) -> list[Citation | None]:
    criteria = dict.fromkeys(c for line in lines for c in line.criteria)
    return [sources.criterion(case.check.scheme, case.check.version, c) for c in criteria]


def _questions(cases: Sequence[Case], rulebook: Rulebook, language: Language) -> tuple[str, ...]:
    """What would tell most about most schemes."""
    counts = Counter(name for case in cases for name in case.check.missing[:4])
    names = [name for name, _ in counts.most_common(_ASKED)]
    return tuple(rulebook.attributes[n].question(language) for n in names)


def _topic_questions(cases: Sequence[Case], rulebook: Rulebook, language: Language) -> tuple[str, ...]:
    counts: Counter[str] = Counter()
    for case in cases:
        wanted = [c.attribute for c in relevant(case.part, case.profile.value)]
        needs = [n for name in wanted for n in case.profile.missing_inputs(name)]
        counts.update(list(dict.fromkeys(needs)))  # in their order: a set has none
    return tuple(rulebook.attributes[n].question(language) for n, _ in counts.most_common(4))
