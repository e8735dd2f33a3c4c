"""What happens when a visitor does something on the chat page.

Handlers move a `Session` on and draw the page from it. Failures end inside `converse` or, while drawing,
inside `Page.messages`: no exception reaches Gradio, and the box is never left disabled.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import TYPE_CHECKING, Any

import gradio as gr

from assistant.domain import LANGUAGES, Language
from assistant.errors import AssistantError
from assistant.web.answer_html import exchange_html, problem_html, question_html
from assistant.web.examples import examples
from assistant.web.exchange import Session, converse, unexpected
from assistant.web.masthead import limits_html, masthead_html, welcome_html
from assistant.web.stepwise import stepwise
from assistant.web.tabs import TABS
from assistant.web.words import WORDS, known, preferred

if TYPE_CHECKING:
    from assistant.app import Assistant

LANGUAGE_COOKIE = "pa_language"


class Page:
    """The handlers; they hold the assistant and no visitor's data."""

    def __init__(self, assistant: Assistant) -> None:
        self.assistant = assistant

    async def ask(self, question: str, session: Session, language: Language) -> AsyncIterator[list[Any]]:
        """Answer what is in the box; an empty box changes nothing."""
        async for drawn in stepwise(self._answering(question.strip(), session, language)):
            yield drawn

    async def ask_again(self, session: Session, language: Language) -> AsyncIterator[list[Any]]:
        """Ask the last question once more, in place of its old answer."""
        async for drawn in self.ask(session.last_question or "", session.without_last(), language):
            yield drawn

    async def ask_example(
        self, session: Session, language: Language, event: gr.SelectData
    ) -> AsyncIterator[list[Any]]:
        """Ask the example that was clicked."""
        async for drawn in self.ask(str(event.value["text"]), session, language):
            yield drawn

    def _answering(self, question: str, session: Session, language: Language) -> Iterator[list[Any]]:
        if not question:
            yield self.draw(session.settled(), language)
            return
        for moment in converse(self.assistant, session, question):
            yield self.draw(moment, language)

    def settle(self, session: Session, language: Language) -> list[Any]:
        """Stop: what was released stays."""
        return self.draw(session.settled(), language)

    def start_afresh(self, language: Language) -> list[Any]:
        """Forget the conversation."""
        return self.draw(Session(), language)

    def arrive(self, request: gr.Request) -> Language:
        """The language for a new visitor: in the address, chosen before, or what the browser prefers."""
        return (
            known(request.query_params.get("lang"))
            or known(request.cookies.get(LANGUAGE_COOKIE))
            or preferred(request.headers.get("accept-language"), self.assistant.settings.language)
        )

    def speak(self, session: Session, language: Language) -> list[Any]:
        """Every text of the page in ``language``."""
        language = language if language in LANGUAGES else "zh"
        words = WORDS[language]
        return [
            masthead_html(self.assistant.mode, language),
            gr.update(label=words.ask_tab),
            *(gr.update(label=getattr(words, tab.name)) for tab in TABS),
            gr.update(
                value=self.messages(session, language),
                placeholder=welcome_html(language),
                examples=self.examples(language),
            ),
            gr.update(placeholder=words.placeholder),
            gr.update(value=words.send),
            gr.update(value=words.stop),
            gr.update(value=words.retry),
            gr.update(value=words.fresh),
            limits_html(language),
        ]

    def draw(self, session: Session, language: Language) -> list[Any]:
        """The page for ``session``; after a failure the question is back in the box."""
        last = session.exchanges[-1] if session.exchanges else None
        running = bool(last and last.running)
        failed = bool(last and last.problem)
        starting = bool(last and last.running and not last.sentences and last.stage == "understanding")
        box = (
            gr.update(value=last.question)
            if last and failed
            else gr.update(value="")
            if starting
            else gr.skip()
        )
        return [
            session,
            self.messages(session, language),
            box,
            gr.update(visible=not running),
            gr.update(visible=running),
            gr.update(visible=bool(last) and not running),
            gr.update(visible=bool(last) and not running),
        ]

    def messages(self, session: Session, language: Language) -> list[dict[str, str]]:
        """The conversation as the chat shows it."""
        shown = []
        for exchange in session.exchanges:
            try:
                answer = exchange_html(exchange, self.assistant.library, language)
            except Exception:  # noqa: BLE001 - an answer that cannot be drawn must not stop the page
                problem = unexpected("an exchange could not be drawn")
                answer = problem_html(problem, language)
            shown.append({"role": "user", "content": question_html(exchange.question)})
            shown.append({"role": "assistant", "content": answer})
        return shown

    def examples(self, language: Language) -> list[dict[str, str]]:
        """The questions to start with; none while nothing has been ingested."""
        try:
            found = examples(self.assistant.settings.corpus, self.assistant.library, language)
        except AssistantError:
            found = ()
        return [{"text": question} for question in found]
