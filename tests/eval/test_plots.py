"""Plots put numbers where they belong."""

from __future__ import annotations

import re

from eval.plots import growth


def test_equal_factors_are_equal_steps_on_both_axes() -> None:
    drawn = growth({"ours": [(100, 1), (1000, 10), (10_000, 100)], "none": []}, across="chunks", up="ms")
    (line,) = re.findall(r'points="([^"]+)"', drawn)
    (x1, y1), (x2, y2), (x3, y3) = (map(float, point.split(",")) for point in line.split())
    assert x2 - x1 == x3 - x2 > 0
    assert y1 - y2 == y2 - y3 > 0
    assert ">10,000<" in drawn
