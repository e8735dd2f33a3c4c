"""The runs as the reader sees them: the list, one run, and two side by side. Everything is escaped here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from urllib.parse import quote, urlencode

from assistant.domain import Language
from assistant.presentation import pick
from assistant.web import run_words as words
from assistant.web.run_comparison import Comparison, Pair, Row
from assistant.web.run_words import metric_name, type_name, written
from assistant.web.stored_runs import CaseResult, Figure, Significance, StoredRun

MOST_CASES = 100


def runs_html(runs: Sequence[StoredRun], language: Language) -> str:
    """The list, with two columns of buttons that choose what to compare."""
    if not runs:
        return f'<p class="pa-lead">{pick(words.EMPTY, language)}</p>{command("python -m eval run")}'
    readable = [run.name for run in runs if run.readable]
    chosen = {"b": readable[0], "a": readable[1]} if len(readable) > 1 else {}
    heads = [*(("A", "B") if chosen else ()), *(pick(w, language) for w in _COLUMNS)]
    heads += [metric_name(metric, language) for metric in words.HEADLINE]
    rows = "".join(_listed(run, chosen, language) for run in runs)
    button = (
        f'<p class="pa-actions"><button class="pa-act">{pick(words.COMPARE, language)}</button> '
        f"<small>{pick(words.CHOOSE, language)}</small></p>"
    )
    return (
        f"<h2>{pick(words.RUNS, language)}</h2>"
        f'<form class="pa-form" method="get" action="/runs/compare">{button if chosen else ""}'
        f"{_table(heads, rows, len(chosen) + 2)}</form>"
    )


_COLUMNS = (words.STARTED, words.SUITE, words.CASES)


def _listed(run: StoredRun, chosen: Mapping[str, str], language: Language) -> str:
    cells: list[str] = []
    for side in chosen:
        checked = " checked" if chosen[side] == run.name else ""
        radio = (
            f'<input type="radio" name="{side}" value="{escape(run.name)}"{checked} '
            f'aria-label="{side.upper()}: {escape(run.started or run.name)}">'
        )
        cells.insert(0, f'<td class="pa-pick-run">{radio if run.readable else ""}</td>')
    link = f'<a class="pa-go" href="{escape(_address(run.name))}">{escape(run.started or run.name)}</a>'
    if not run.readable:
        span = len(_COLUMNS) + len(words.HEADLINE) - 1
        name = f'<td>{escape(run.name)}</td><td colspan="{span}" class="pa-soft">'
        return f"<tr>{''.join(cells)}{name}{pick(words.UNREADABLE, language)}</td></tr>"
    cells += [
        f'<td>{link}<small class="pa-target">{escape(run.target)}</small></td>',
        f"<td>{escape(run.suite)}</td>",
        f'<td class="pa-num">{run.n}</td>',
    ]
    for metric in words.HEADLINE:
        figure = run.figures.get(metric)
        cells.append(f'<td class="pa-num">{written(metric, figure.value) if figure else "–"}</td>')
    return f"<tr>{''.join(cells)}</tr>"


def run_html(run: StoredRun, language: Language, rescore: str) -> str:
    """One run: what it was, its figures with intervals, by type, and the cases that failed."""
    facts = ((words.SUITE, run.suite), (words.TARGET, run.target), (words.CASES, str(run.n)))
    record = "".join(f"<dt>{pick(w, language)}</dt><dd>{escape(value)}</dd>" for w, value in facts)
    if run.has_page:
        page = (
            f'<p class="pa-actions"><a class="pa-act" href="{escape(_address(run.name, "/report"))}" '
            f'target="_blank" rel="noopener">{pick(words.REPORT, language)}</a> '
            f'<a class="pa-act" href="{escape(_address(run.name, "/report.json"))}" download>'
            f"{pick(words.REPORT_JSON, language)}</a></p>"
        )
    else:
        page = f'<p class="pa-note">{pick(words.NO_PAGE, language)}</p>{command(rescore)}'
    failed = [case for case in run.cases if case.error or case.scores.get("success") == 0]
    return (
        f'{_back(language)}<h2 tabindex="-1">{escape(run.started or run.name)}</h2>'
        f'<dl class="pa-record">{record}</dl>{page}{_figures(run.figures, language)}'
        f"{_types(run, language)}{_cases(words.FAILED, [(None, case) for case in failed], language)}"
    )


def comparison_html(
    found: Comparison, tested: Mapping[str, Significance], language: Language, compare: str
) -> str:
    """Two runs side by side. ``compare`` is the command that tests the differences."""
    swap = urlencode({"a": found.b.name, "b": found.a.name})
    sides = "".join(
        f"<dt>{side}</dt><dd>{escape(run.started or run.name)} · {escape(run.suite)} · {run.n} "
        f'<small class="pa-soft">{escape(run.target)}</small></dd>'
        for side, run in (("A", found.a), ("B", found.b))
    )
    head = (
        f'{_back(language)}<h2 tabindex="-1">A → B</h2><dl class="pa-record">{sides}</dl>'
        f'<p class="pa-actions"><a class="pa-go" href="/runs/compare?{escape(swap)}">'
        f"{pick(words.SWAP, language)}</a></p>"
    )
    if not found.shared:
        return f'{head}<p class="pa-lead">{pick(words.NOTHING_SHARED, language)}</p>'
    note = ""
    if not found.same_cases:
        counts = {"shared": found.shared, "a": len(found.a.cases), "b": len(found.b.cases)}
        note = f'<p class="pa-note">{pick(words.PAIRED_ONLY, language).format(**counts)}</p>'
    test = "" if tested else f'<p class="pa-note">{pick(words.UNTESTED, language)}</p>{command(compare)}'
    return (
        f"{head}{note}{_rows(found.rows, tested, language)}{test}"
        f"{_cases(words.WORSE, found.worse, language)}{_cases(words.BETTER, found.better, language)}"
    )


def gone_run_html(language: Language) -> str:
    """What is shown when a run is not there."""
    return f'{_back(language)}<p class="pa-lead" tabindex="-1">{pick(words.GONE, language)}</p>'


def command(text: str) -> str:
    """A command to copy."""
    return f'<pre class="pa-command"><code>{escape(text)}</code></pre>'


def _rows(rows: Iterable[Row], tested: Mapping[str, Significance], language: Language) -> str:
    shown = {row.metric: row for row in rows}
    heads = [pick(words.METRIC, language), "A", "B", pick(words.DIFFERENCE, language)]
    heads.append(pick(words.SCORED, language))
    heads += [pick(words.SIGNIFICANCE, language)] if tested else []
    return _table(heads, "".join(_row(shown[m], tested, language) for m in words.METRICS if m in shown))


def _row(row: Row, tested: Mapping[str, Significance], language: Language) -> str:
    tone, sign = {None: ("", "="), True: (" pa-good", "▲"), False: (" pa-bad", "▼")}[row.better]
    change = "" if row.better is None else f" {written(row.metric, row.difference, signed=True)}"
    cells = [
        f"<th>{escape(metric_name(row.metric, language))}</th>",
        f'<td class="pa-num">{written(row.metric, row.a)}</td>',
        f'<td class="pa-num">{written(row.metric, row.b)}</td>',
        f'<td class="pa-num{tone}">{sign}{change}</td>',
        f'<td class="pa-num">{"" if row.n is None else row.n}</td>',
    ]
    if tested:
        cells.append(f"<td>{_tested(row.metric, tested.get(row.metric), language)}</td>")
    return f"<tr>{''.join(cells)}</tr>"


def _tested(metric: str, found: Significance | None, language: Language) -> str:
    if found is None:
        return ""
    verdict = pick(words.VERDICTS[found.verdict], language)
    p = "" if found.p is None else f" · p = {found.p:.3f}"
    bounds = ""
    if found.low is not None and found.high is not None:
        low, high = (written(metric, end, signed=True) for end in (found.low, found.high))
        bounds = f" · [{low}, {high}]"
    return f"{verdict}<small>{p}{bounds}</small>"


def _figures(figures: Mapping[str, Figure], language: Language) -> str:
    rows = []
    for metric in words.METRICS:
        figure = figures.get(metric)
        if figure is None:
            continue
        interval = ""
        if figure.low is not None and figure.high is not None:
            interval = f"{written(metric, figure.low)} – {written(metric, figure.high)}"
        rows.append(
            f'<tr><th>{escape(metric_name(metric, language))}</th><td class="pa-num">'
            f'{written(metric, figure.value)}</td><td class="pa-num">{interval}</td>'
            f'<td class="pa-num">{"" if figure.n is None else figure.n}</td></tr>'
        )
    heads = [pick(w, language) for w in (words.METRIC, words.VALUE, words.INTERVAL, words.SCORED)]
    return _table(heads, "".join(rows))


def _types(run: StoredRun, language: Language) -> str:
    rows = "".join(
        f"<tr><th>{escape(type_name(name, language))}</th>"
        + "".join(
            f'<td class="pa-num">{written(m, group[m].value) if m in group else "–"}</td>'
            for m in words.HEADLINE
        )
        + "</tr>"
        for name, group in run.by_type.items()
    )
    if not rows:
        return ""
    heads = [pick(words.TYPE, language), *(metric_name(metric, language) for metric in words.HEADLINE)]
    return f"<h3>{pick(words.BY_TYPE, language)}</h3>{_table(heads, rows)}"


def _cases(heading: words.Pair, pairs: Sequence[Pair | tuple[None, CaseResult]], language: Language) -> str:
    rows = "".join(_case(before, after, language) for before, after in pairs[:MOST_CASES])
    left = len(pairs) - MOST_CASES
    more = f'<p class="pa-note">{pick(words.MORE, language).format(count=left)}</p>' if left > 0 else ""
    body = f"{rows}{more}" if pairs else f'<p class="pa-note">{pick(words.NO_CHANGE, language)}</p>'
    return f"<h3>{pick(heading, language)} <small>{len(pairs)}</small></h3>{body}"


def _case(before: CaseResult | None, after: CaseResult, language: Language) -> str:
    facts = " → ".join(
        written("key_fact_recall", case.scores["key_fact_recall"])
        for case in (before, after)
        if case and "key_fact_recall" in case.scores
    )
    cause = pick(words.CAUSES.get(after.cause, (after.cause, after.cause)), language)
    small = " · ".join(escape(part) for part in (type_name(after.type, language), facts, cause) if part)
    sides = "".join(
        f"<div>{f'<h4>{side}</h4>' if before else ''}{_said(case)}</div>"
        for side, case in (("A", before), ("B", after))
        if case
    )
    return (
        f'<details class="pa-case"><summary><b>{escape(" / ".join(after.questions) or after.id)}</b> '
        f'<small>{escape(after.id)} · {small}</small></summary><div class="pa-sides">{sides}</div></details>'
    )


def _said(case: CaseResult) -> str:
    texts = [case.error] if case.error else case.answers
    return "".join(f"<blockquote>{escape(text)}</blockquote>" for text in texts)


def _table(heads: Iterable[str], rows: str, figures_from: int = 1) -> str:
    """``figures_from`` is the first column of figures, whose heads stand over them."""
    cells = "".join(f"<th{' class=pa-num' * (i >= figures_from)}>{head}</th>" for i, head in enumerate(heads))
    return f'<div class="pa-scroll"><table class="pa-table"><tr>{cells}</tr>{rows}</table></div>'


def _back(language: Language) -> str:
    return f'<p class="pa-back"><a class="pa-go" href="/runs">← {pick(words.BACK, language)}</a></p>'


def _address(name: str, rest: str = "") -> str:
    return f"/run/{quote(name, safe='')}{rest}"
