"""The page: Gradio components, and which handler each event goes to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import gradio as gr

from assistant.domain import Language
from assistant.web.exchange import Session
from assistant.web.handlers import Page
from assistant.web.masthead import limits_html, masthead_html, welcome_html
from assistant.web.tabs import TABS, Tab
from assistant.web.words import LANGUAGE_NAMES, WORDS

if TYPE_CHECKING:
    from assistant.app import Assistant

CONCURRENCY = 8  # answers being made at once; retrieval releases the interpreter, models are waited for
SESSION_SECONDS = 12 * 3600
_OPEN_VIEW = '() => {{ window.policyAssistant?.view("#{}"); }}'
_TELL_PAGE = "(language) => { window.policyAssistant?.speak(language); }"


def build_chat(assistant: Assistant) -> gr.Blocks:
    """The page for ``assistant``; nothing on it is shared between visitors."""
    default = assistant.settings.language
    page = Page(assistant)
    quiet: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}

    with gr.Blocks(
        title=f"{WORDS['zh'].title} · {WORDS['en'].title}", analytics_enabled=False, fill_height=True
    ) as blocks:
        session = gr.State(Session(), time_to_live=SESSION_SECONDS)
        with gr.Row(elem_id="pa-top"):
            masthead = gr.HTML(masthead_html(assistant.mode, default), elem_id="pa-masthead")
            language = gr.Radio(
                [(name, code) for code, name in LANGUAGE_NAMES.items()],
                value=default,
                label=WORDS[default].language,
                show_label=False,
                container=False,
                elem_id="pa-language",
            )
        with gr.Tabs(elem_id="pa-tabs"):
            with gr.Tab(WORDS[default].ask_tab, elem_id="pa-ask") as ask_tab:
                chat = gr.Chatbot(
                    elem_id="pa-chat",
                    show_label=False,
                    container=False,
                    buttons=[],
                    feedback_options=None,
                    latex_delimiters=[],
                    allow_tags=False,
                    autoscroll=False,  # our script shows the start of an answer, not its end
                    layout="bubble",
                    height="100%",
                    placeholder=welcome_html(default),
                    examples=page.examples(default),
                    group_consecutive_messages=False,
                )
                with gr.Row(elem_id="pa-compose"):
                    box = gr.Textbox(
                        elem_id="pa-box",
                        show_label=False,
                        container=False,
                        placeholder=WORDS[default].placeholder,
                        lines=1,
                        max_lines=8,
                        autofocus=True,
                        scale=8,
                    )
                    send = gr.Button(
                        WORDS[default].send, variant="primary", elem_id="pa-send", scale=0, min_width=88
                    )
                    stop = gr.Button(
                        WORDS[default].stop, elem_id="pa-stop", scale=0, min_width=88, visible=False
                    )
                with gr.Row(elem_id="pa-more"):
                    retry = gr.Button(
                        WORDS[default].retry, size="sm", elem_id="pa-retry", scale=0, visible=False
                    )
                    fresh = gr.Button(
                        WORDS[default].fresh, size="sm", elem_id="pa-fresh", scale=0, visible=False
                    )
                limits = gr.HTML(limits_html(default), elem_id="pa-limits")
            views = [_view(tab, default) for tab in TABS]

        drawn = [session, chat, box, send, stop, retry, fresh]
        asking = {"outputs": drawn, "concurrency_limit": CONCURRENCY, "concurrency_id": "ask", **quiet}
        asked = [
            gr.on([box.submit, send.click], page.ask, [box, session, language], **asking),
            retry.click(page.ask_again, [session, language], **asking),
            chat.example_select(page.ask_example, [session, language], **asking),
        ]
        stop.click(page.settle, [session, language], drawn, cancels=asked, queue=False, **quiet)
        fresh.click(page.start_afresh, [language], drawn, cancels=asked, queue=False, **quiet)

        labelled = [masthead, ask_tab, *views, chat, box, send, stop, retry, fresh, limits]
        for view in views:
            view.select(None, js=_OPEN_VIEW.format(view.elem_id), **quiet)
        language.change(page.speak, [session, language], labelled, queue=False, **quiet)
        language.change(None, [language], js=_TELL_PAGE, **quiet)
        blocks.load(page.arrive, None, [language], queue=False, **quiet).then(
            page.speak, [session, language], labelled, queue=False, **quiet
        ).then(None, [language], js=_TELL_PAGE, **quiet)
    return blocks


def _view(tab: Tab, language: Language) -> gr.Tab:
    with gr.Tab(getattr(WORDS[language], tab.name), elem_id=tab.element, elem_classes="pa-tab") as view:
        gr.HTML(f'<div class="pa-view" data-from="{tab.address}"></div>', apply_default_css=False)
    return view
