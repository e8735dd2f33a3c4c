"""Colours and type for Gradio's own components, so that they sit quietly beside our style sheet.

System fonts only: nothing is fetched, and Chinese is set in the reader's own best face.
"""

from __future__ import annotations

import gradio as gr

_SANS = (
    "system-ui", "-apple-system", "Segoe UI", "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei",
    "Noto Sans CJK SC", "Source Han Sans SC", "sans-serif",
)  # fmt: skip
_MONO = ("ui-monospace", "SFMono-Regular", "Consolas", "monospace")


def theme() -> gr.themes.Base:
    """The theme; `static/assistant.css` does the rest."""
    return gr.themes.Base(
        primary_hue="blue", secondary_hue="slate", neutral_hue="slate", font=_SANS, font_mono=_MONO
    ).set(
        body_background_fill="#f6f7f9",
        body_background_fill_dark="#12161c",
        body_text_color="#1c2430",
        body_text_color_dark="#e4e8ee",
        button_primary_background_fill="#1f4e8c",
        button_primary_background_fill_hover="#183f72",
        button_primary_background_fill_dark="#2f6ab5",
        button_primary_background_fill_hover_dark="#3b7bcb",
        button_primary_text_color="#ffffff",
        background_fill_primary="#ffffff",
        background_fill_primary_dark="#1a2029",
        border_color_primary="#d9dee6",
        border_color_primary_dark="#313a47",
    )
