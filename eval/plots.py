"""Small plots as inline SVG: no script, no font, nothing fetched. Numbers in, one string out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

_INK, _BAR, _SOFT, _LINE = "#1b2733", "#1f6f6b", "#dfe7e6", "#b9c6c4"


def bars(values: Mapping[str, float | None], *, top: float = 1.0, unit: str = "") -> str:
    """Horizontal bars, one a name; a missing value is said, not drawn as zero."""
    row, label, width = 22, 150, 300
    rows = []
    for number, (name, value) in enumerate(values.items()):
        y = number * row
        rows.append(_text(label - 8, y + 15, name, anchor="end"))
        rows.append(f'<rect x="{label}" y="{y + 4}" width="{width}" height="14" fill="{_SOFT}"/>')
        if value is None:
            rows.append(_text(label + 6, y + 15, "not scored"))
            continue
        length = width * min(1, value / (top or 1))
        rows.append(f'<rect x="{label}" y="{y + 4}" width="{length:.1f}" height="14" fill="{_BAR}"/>')
        shown = f"{value:.0f}" if top > 1 else f"{value:.2f}"
        rows.append(_text(label + width + 6, y + 15, f"{shown}{unit}"))
    return _svg(label + width + 70, len(values) * row, rows)


def histogram(values: Sequence[float], *, low: float, high: float, bins: int = 20, unit: str = "") -> str:
    """How often each range of values occurs."""
    width, height, floor = 420, 120, 18
    counts = [0] * bins
    for value in values:
        place = int((value - low) / ((high - low) or 1) * bins)
        counts[min(bins - 1, max(0, place))] += 1
    most = max([*counts, 1])
    step = width / bins
    drawn = [
        f'<rect x="{i * step + 1:.1f}" y="{height - height * count / most:.1f}" width="{step - 2:.1f}" '
        f'height="{height * count / most:.1f}" fill="{_BAR}"><title>{count}</title></rect>'
        for i, count in enumerate(counts)
    ]
    axis = [
        f'<line x1="0" y1="{height}" x2="{width}" y2="{height}" stroke="{_LINE}"/>',
        _text(0, height + 14, f"{low:g}{unit}"),
        _text(width, height + 14, f"{high:g}{unit}", anchor="end"),
        _text(width / 2, height + 14, f"n = {len(values)}", anchor="middle"),
    ]
    return _svg(width, height + floor, [*drawn, *axis])


def reliability(points: Sequence[tuple[float, float, int]]) -> str:
    """Score against share supported, a dot a bin, its area the number of cases; the diagonal is ideal."""
    size = 220
    most = max([count for _, _, count in points] or [1])
    dots = [
        f'<circle cx="{x * size:.1f}" cy="{size - y * size:.1f}" r="{3 + 7 * (count / most) ** 0.5:.1f}" '
        f'fill="{_BAR}" fill-opacity=".75"><title>{x:.2f} / {y:.2f}, n = {count}</title></circle>'
        for x, y, count in points
    ]
    frame = f'<rect width="{size}" height="{size}" fill="none" stroke="{_LINE}"/>'
    ideal = f'<line x1="0" y1="{size}" x2="{size}" y2="0" stroke="{_LINE}" stroke-dasharray="4 3"/>'
    labels = [_text(size / 2, size + 15, "score", anchor="middle"), _text(size + 6, 12, "share supported")]
    return _svg(size + 110, size + 20, [frame, ideal, *dots, *labels])


def _text(x: float, y: float, text: str, *, anchor: str = "start") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(text)}</text>'


def _svg(width: float, height: float, parts: Sequence[str]) -> str:
    return (
        f'<svg viewBox="0 0 {width:.0f} {height:.0f}" width="{width:.0f}" height="{height:.0f}" role="img" '
        f'font-size="12" fill="{_INK}">{"".join(parts)}</svg>'
    )
