"""A scored run as one HTML page that needs nothing else: figures, plots, causes, the worst cases.

Everything a model or a document said is escaped; the page has no script.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any

from assistant.web.run_words import metric_name
from eval import plots
from eval.diagrams import reliability
from eval.record import Record, TurnRecord
from eval.reliability import Bin
from eval.report_text import HEADLINE
from eval.run_folder import RunFolder
from eval.summary import SUMMED, TIMED

WORST = 25
_STYLE = """
body{font:15px/1.55 system-ui,"PingFang SC","Noto Sans CJK SC","Microsoft YaHei",sans-serif;color:#1b2733;
margin:0 auto;max-width:1080px;padding:24px}
h1{font-size:24px}h2{font-size:18px;margin-top:36px;border-bottom:1px solid #dfe7e6;padding-bottom:4px}
h2 small,h1 small{font-weight:400;color:#5c6b73}table{border-collapse:collapse;width:100%}
td,th{padding:3px 10px;text-align:left;border-bottom:1px solid #eef2f1;vertical-align:top}
td.n{text-align:right;font-variant-numeric:tabular-nums}.plots{display:flex;flex-wrap:wrap;gap:32px}
figure{margin:0}figcaption{color:#5c6b73;margin-bottom:6px}details{border:1px solid #dfe7e6;border-radius:6px;
margin:8px 0;padding:8px 14px}summary{cursor:pointer}
.pair{display:grid;grid-template-columns:1fr 1fr;gap:24px}
svg{max-width:100%;height:auto}
.wide{overflow-x:auto}.wide td,.wide th{white-space:nowrap}summary,.pair>div{overflow-wrap:anywhere}
.pair>div{min-width:0}.bad{color:#a3341f}.good{color:#1f6f6b}.soft{color:#5c6b73}
blockquote{margin:6px 0;padding-left:10px;border-left:3px solid #dfe7e6;white-space:pre-wrap}
@media(max-width:760px){body{padding:14px}.pair{grid-template-columns:1fr}td,th{padding:3px 6px}}
"""


def page(report: Mapping[str, Any], folder: RunFolder) -> str:
    """The whole page."""
    cases: list[dict[str, Any]] = report["cases"]
    source = f"{report['target']} · suite {report['cases_from']} ({report['suite']})"
    body = [
        f"<h1>Evaluation <small>评测 · {report['n']} cases · {escape(_day(report['started']))}</small></h1>",
        f'<p class="soft">{escape(source)}</p>',
        _section("Figures", "指标", _figures(report)),
        _section("Plots", "图", _plots(report, cases)),
        _section("Why cases fail", "失败原因", _causes(report)),
        *([_section("The judge", "评审模型", _judged(report["judge"]))] if report.get("judge") else []),
        _section("Worst cases", "最差的题目", "".join(_worst(cases, folder))),
    ]
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Evaluation</title>'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        '<meta http-equiv="Content-Security-Policy" '
        """content="default-src 'none'; style-src 'unsafe-inline'">"""
        f"<style>{_STYLE}</style></head><body>{''.join(body)}</body></html>"
    )


def _day(started: str) -> str:
    return started[:16].replace("T", " ")


def _section(en: str, zh: str, content: str) -> str:
    return f"<h2>{en} <small>{zh}</small></h2>{content}"


def _figures(report: Mapping[str, Any]) -> str:
    rows = []
    for name in HEADLINE:
        figure = report["metrics"].get(name)
        if figure is None:
            continue
        bounds = report["intervals"].get(name)
        why = "; ".join(f"{count} {reason}" for reason, count in figure.get("unscored", {}).items())
        rows.append(
            f"<tr><td>{escape(name)} <small class='soft'>{_chinese(name)}</small></td>"
            f'<td class="n">{_number(figure["value"], name)}</td>'
            f"<td>{f'{bounds[0]:.3f} – {bounds[1]:.3f}' if bounds else ''}</td>"
            f'<td class="n">{figure["n"]}</td><td class="soft">{escape(why)}</td></tr>'
        )
    head = "<tr><th>metric</th><th>value</th><th>95% interval</th><th>n</th><th>not scored</th></tr>"
    return f'<div class="wide"><table>{head}{"".join(rows)}</table></div>'


def _chinese(metric: str) -> str:
    name = metric_name(metric, "zh")
    return "" if name == metric else escape(name)


def _plots(report: Mapping[str, Any], cases: Sequence[Mapping[str, Any]]) -> str:
    seconds = [s for case in cases for s in case["seconds"]]
    slowest = max([*seconds, 0.001])
    labelled: Mapping[str, Any] = report.get("reliability") or {}
    recalls = [v for c in cases if (v := c["scores"].get("key_fact_recall", {}).get("value")) is not None]
    return (
        '<div class="plots">'
        + "".join(
            f"<figure><figcaption>{title}</figcaption>{plot}</figure>"
            for title, plot in (
                ("success by type 按题型", plots.bars(_groups(report["by_type"], "success"))),
                (
                    "key-fact recall by type 关键事实召回",
                    plots.bars(_groups(report["by_type"], "key_fact_recall")),
                ),
                ("success by language 按语言", plots.bars(_groups(report["by_lang"], "success"))),
                ("key-fact recall, distribution 分布", plots.histogram(recalls, low=0, high=1, bins=10)),
                ("seconds per turn 用时", plots.histogram(seconds, low=0, high=round(slowest, 3), unit=" s")),
            )
        )
        + "".join(_reliability(source, found) for source, found in labelled.items())
        + "</div>"
        + ("" if labelled else f'<p class="soft">{_NO_LABELS}</p>')
    )


_NO_LABELS = (
    "No reliability diagram of the faithfulness score: nobody has labelled these answers. Judge the run "
    "(eval judge), or put labels.jsonl beside its answers, then score it again. "
    "没有可靠性图：这些回答还没有人工标注或模型评审。"
)


def _reliability(source: str, found: Mapping[str, Any]) -> str:
    """Does the faithfulness score mean what it says? Against people, or against a judge."""
    bins = [Bin(part["score"], part["share"], part["n"]) for part in found["bins"]]
    title = f"faithfulness score against {source}, n = {found['n']}, ECE {found['ece']:.3f} 可靠性"
    return f"<figure><figcaption>{escape(title)}</figcaption>{reliability(bins)}</figure>"


def _judged(found: Mapping[str, Any]) -> str:
    """What a model judge found, and how far it agrees with the scorer and with itself."""
    rows = "".join(
        f'<tr><td>{escape(name)}</td><td class="n">'
        f"{_number(value) if value is None or isinstance(value, float) else value}</td></tr>"
        for name, value in found.items()
    )
    return f"<table>{rows}</table>"


def _groups(groups: Mapping[str, Mapping[str, Any]], metric: str) -> dict[str, float | None]:
    return {name: group.get(metric, {}).get("value") for name, group in groups.items()}


def _causes(report: Mapping[str, Any]) -> str:
    causes: dict[str, float | None] = dict(report["causes"])
    return plots.bars(causes, top=max(report["causes"].values())) if causes else "<p>No case failed.</p>"


def _worst(cases: Sequence[Mapping[str, Any]], folder: RunFolder) -> Iterator[str]:
    """The failed cases, least recalled first, with what was said and the evidence side by side."""
    failed = [case for case in cases if case["cause"]]
    failed.sort(key=lambda case: (case["scores"].get("key_fact_recall", {}).get("value") or 0, case["id"]))
    index = folder.index()
    if len(failed) > WORST:
        yield f'<p class="soft">{WORST} of {len(failed)} failed cases; all are in report.json.</p>'
    for case in failed[:WORST]:
        known = index.get((case["id"], case["repeat"]))
        yield _case(case, folder.read(known) if known else Record(case["id"]))


def _case(case: Mapping[str, Any], record: Record) -> str:
    turns = (
        "".join(_turn(turn) for turn in record.turns) or f'<p class="bad">{escape(str(case["error"]))}</p>'
    )
    facts = "".join(
        f'<li class="{"good" if fact["said"] else "bad"}">{escape(fact["fact"])}'
        f"{'' if fact['said'] else ' — ' + escape(fact['reason'])}</li>"
        for fact in case["facts"]
    )
    wrong = "".join(f'<li class="bad">must not be said: {escape(phrase)}</li>' for phrase in case["violated"])
    gold = ", ".join(f"{name} {ref or ''}".strip() for name, ref in case["gold"])
    return (
        f"<details><summary><b>{escape(case['id'])}</b> {escape(case['questions'][-1])} "
        f'<span class="bad">{escape(case["cause"])}</span></summary>'
        f"<p>status {escape(', '.join(case['status']))}; accepted "
        f"{escape(' | '.join(', '.join(a) for a in case['accepted']))}; gold {escape(gold or 'none')}</p>"
        f"<ul>{facts}{wrong}</ul>{turns}</details>"
    )


def _turn(turn: TurnRecord) -> str:
    said = "".join(
        f"<p>{escape(s.text)}{''.join(f'<sup>[{c.label}]</sup>' for c in s.citations)}</p>"
        for s in turn.sentences
    )
    beside = "".join(f'<p class="soft">{escape(text)}</p>' for text in turn.beside)
    given = "".join(
        f'<blockquote><span class="soft">[{e.label}] {escape(" › ".join((e.instrument, *e.path)))}</span>\n'
        f"{escape(e.text)}</blockquote>"
        for e in turn.evidence
    )
    return (
        f'<div class="pair"><div><b>{escape(turn.question)}</b>{said}{beside}</div>'
        f"<div>{given or '<p class=soft>no evidence</p>'}</div></div>"
    )


def _number(value: float | None, metric: str = "") -> str:
    if value is None:
        return "–"
    if metric in SUMMED or metric == "errors":
        return f"{value:,.0f}"
    return f"{value:.3f}{' s' if metric.startswith(TIMED) else ''}"
