"""Small plots as inline SVG: no script, no font, nothing fetched. Numbers in, one string out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from math import ceil, floor, log10

_INK, BAR, SOFT, LINE = "#1b2733", "#1f6f6b", "#dfe7e6", "#b9c6c4"
_CURVES = ("#1f6f6b", "#1b2733", "#b8860b", "#a33b3b", "#7a4ea3")


def bars(values: Mapping[str, float | None], *, top: float = 1.0, unit: str = "") -> str:
    """Horizontal bars, one a name; a missing value is said, not drawn as zero."""
    row, width = 22, 300
    label = max([60, *(_width(name) + 12 for name in values)])
    rows = []
    for number, (name, value) in enumerate(values.items()):
        y = number * row
        rows.append(text(label - 8, y + 15, name, anchor="end"))
        rows.append(f'<rect x="{label}" y="{y + 4}" width="{width}" height="14" fill="{SOFT}"/>')
        if value is None:
            rows.append(text(label + 6, y + 15, "not scored"))
            continue
        length = width * min(1, value / (top or 1))
        rows.append(f'<rect x="{label}" y="{y + 4}" width="{length:.1f}" height="14" fill="{BAR}"/>')
        shown = f"{value:.0f}" if top > 1 else f"{value:.2f}"
        rows.append(text(label + width + 6, y + 15, f"{shown}{unit}"))
    return svg(label + width + 70, len(values) * row, rows)


def _width(text: str) -> int:
    """About how wide a text is drawn, in pixels: a Chinese character is as wide as the font is high."""
    return sum(12 if character > "\u2e7f" else 7 for character in text)


def histogram(values: Sequence[float], *, low: float, high: float, bins: int = 20, unit: str = "") -> str:
    """How often each range of values occurs."""
    width, height, foot = 420, 120, 18
    counts = [0] * bins
    for value in values:
        place = int((value - low) / ((high - low) or 1) * bins)
        counts[min(bins - 1, max(0, place))] += 1
    most = max([*counts, 1])
    step = width / bins
    drawn = [
        f'<rect x="{i * step + 1:.1f}" y="{height - height * count / most:.1f}" width="{step - 2:.1f}" '
        f'height="{height * count / most:.1f}" fill="{BAR}"><title>{count}</title></rect>'
        for i, count in enumerate(counts)
    ]
    axis = [
        f'<line x1="0" y1="{height}" x2="{width}" y2="{height}" stroke="{LINE}"/>',
        text(0, height + 14, f"{low:g}{unit}"),
        text(width, height + 14, f"{high:g}{unit}", anchor="end"),
        text(width / 2, height + 14, f"n = {len(values)}", anchor="middle"),
    ]
    return svg(width, height + foot, [*drawn, *axis])


def growth(curves: Mapping[str, Sequence[tuple[float, float]]], *, across: str, up: str) -> str:
    """A line a name through its points, both axes logarithmic: equal slopes are equal growth."""
    width, height, left = 420, 260, 50
    points = [point for curve in curves.values() for point in curve]
    xs, ys = [log10(x) for x, _ in points], [log10(y) for _, y in points]
    low_x, high_x, low_y, high_y = min(xs), max(xs), floor(min(ys)), ceil(max(ys))

    def place(x: float, y: float) -> tuple[float, float]:
        along = (log10(x) - low_x) / ((high_x - low_x) or 1)
        above = (log10(y) - low_y) / ((high_y - low_y) or 1)
        return left + along * width, 10 + height - above * height

    drawn = []
    for power in range(low_y, high_y + 1):
        _, y = place(10**low_x, 10**power)
        drawn.append(f'<line x1="{left}" y1="{y:.1f}" x2="{left + width}" y2="{y:.1f}" stroke="{SOFT}"/>')
        drawn.append(text(left - 6, y + 4, f"{10.0**power:g}", anchor="end"))
    drawn += [
        text(place(x, 10**low_y)[0], height + 26, f"{x:,.0f}", anchor="middle")
        for x in sorted({x for x, _ in points})
    ]
    for number, (name, curve) in enumerate(curves.items()):
        if not curve:
            continue
        ink = _CURVES[number % len(_CURVES)]
        placed = [place(x, y) for x, y in curve]
        line = " ".join(f"{x:.1f},{y:.1f}" for x, y in placed)
        drawn.append(f'<polyline points="{line}" fill="none" stroke="{ink}" stroke-width="2"/>')
        drawn += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{ink}"/>' for x, y in placed]
        key = 20 + 18 * number
        drawn.append(f'<rect x="{left + width + 30}" y="{key - 9}" width="10" height="10" fill="{ink}"/>')
        drawn.append(text(left + width + 46, key, name))
    drawn.append(text(left + width / 2, height + 44, f"{up} by {across}", anchor="middle"))
    return svg(left + width + 220, height + 52, drawn)


def text(x: float, y: float, words: str, *, anchor: str = "start") -> str:
    """Words at a place, in the picture's own units."""
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(words)}</text>'


def svg(width: float, height: float, parts: Sequence[str]) -> str:
    """The picture around its parts."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" '
        f'width="{width:.0f}" height="{height:.0f}" role="img" '
        f'font-size="12" fill="{_INK}">{"".join(parts)}</svg>'
    )
