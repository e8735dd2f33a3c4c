"""The reliability diagram as inline SVG, alone or several in one picture."""

from __future__ import annotations

from collections.abc import Sequence

from eval.plots import BAR, LINE, SOFT, svg, text
from eval.reliability import Bin


def reliability(bins: Sequence[Bin]) -> str:
    """Score against share supported, a dot a bin, its area the number of answers; the diagonal is ideal."""
    size, left, top = 220, 34, 8
    most = max([part.n for part in bins] or [1])

    def at(x: float, y: float) -> tuple[float, float]:
        return left + x * size, top + size - y * size

    ticks = []
    for value in (0, 0.25, 0.5, 0.75, 1):
        (x, floor), (edge, y) = at(value, 0), at(0, value)
        ticks.append(
            f'<path d="M{x:.0f} {floor:.0f}V{top}M{edge:.0f} {y:.0f}H{left + size}" stroke="{SOFT}"/>'
        )
        ticks.append(text(x, floor + 15, f"{value:g}", anchor="middle"))
        ticks.append(text(edge - 5, y + 4, f"{value:g}", anchor="end"))
    (x0, y0), (x1, y1) = at(0, 0), at(1, 1)
    ideal = f'<path d="M{x0:.0f} {y0:.0f}L{x1:.0f} {y1:.0f}" stroke="{LINE}" stroke-dasharray="4 3"/>'
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in (at(part.score, part.share) for part in bins))
    line = f'<polyline points="{path}" fill="none" stroke="{BAR}" stroke-opacity=".4"/>'
    dots = [
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{3 + 4 * (part.n / most) ** 0.5:.1f}" fill="{BAR}" '
        f'fill-opacity=".75"><title>{part.score:.2f} / {part.share:.2f}, n = {part.n}</title></circle>'
        for part in bins
        for x, y in [at(part.score, part.share)]
    ]
    label = text(left + size / 2, top + size + 32, "score → share supported ↑", anchor="middle")
    return svg(left + size + 16, top + size + 40, [*ticks, ideal, line, *dots, label])


def side_by_side(plots: Sequence[tuple[str, str]], *, columns: int = 2) -> str:
    """Titled plots in one picture that stands alone as a file."""
    width, height = 350, 310
    parts = ['<rect width="100%" height="100%" fill="#fff"/>']
    for number, (title, plot) in enumerate(plots):
        x, y = width * (number % columns) + 12, height * (number // columns) + 20
        parts.append(text(x, y, title))
        parts.append(f'<g transform="translate({x} {y + 10})">{plot}</g>')
    rows = -(-len(plots) // columns)
    drawn = f'<g font-family="system-ui,sans-serif">{"".join(parts)}</g>'
    return svg(width * min(columns, len(plots)), height * rows + 8, [drawn])
