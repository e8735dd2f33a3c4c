"""``POST /api/check`` and ``/api/screen``: the JSON of ``policy-assistant check --json``, over HTTP."""

from __future__ import annotations

from datetime import date
from difflib import get_close_matches
from typing import Any

from fastapi import APIRouter, FastAPI
from pydantic import BaseModel, ConfigDict

from assistant.eligibility.model import Scheme
from assistant.eligibility.outcome import decide, screen
from assistant.eligibility.profile import Profile
from assistant.eligibility.profiles import read_facts
from assistant.eligibility.report import check_json, screen_json
from assistant.eligibility.rulebook import Rulebook
from assistant.errors import QuestionError
from assistant.web.eligibility import Desk

_NEAREST = 5


class ScreenBody(BaseModel):
    """What is known of the enterprise, and the day whose rules apply (today unless given)."""

    model_config = ConfigDict(extra="forbid")

    facts: dict[str, bool | int | float | str] = {}
    on: date | None = None

    def profile(self, rulebook: Rulebook) -> Profile:
        """The facts. Raises `QuestionError` naming the field."""
        on = self.on or date.today()  # noqa: DTZ011 - a local day
        places = {name: (f"字段 facts.{name[:80]}：", f"field facts.{name[:80]}: ") for name in self.facts}
        return read_facts(self.facts, rulebook.attributes, on, places=places).believed()


class CheckBody(ScreenBody):
    """The same, for one scheme."""

    scheme: str


def add_check_api(app: FastAPI, desk: Desk) -> None:
    """Both routes."""
    api = APIRouter(prefix="/api")

    @api.get("/schemes")
    def schemes() -> list[dict[str, Any]]:
        """Every scheme with the attributes that bear on it."""
        return [_scheme_json(scheme) for scheme in desk.rulebook.schemes.values()]

    @api.post("/check")
    def checked(body: CheckBody) -> dict[str, Any]:
        """One scheme: verdict, every criterion, what is missing, what would change it."""
        profile = body.profile(desk.rulebook)
        scheme = _named(body.scheme, desk.rulebook)
        outcome = decide(scheme, profile)
        if outcome is None:
            raise _no_rules_yet(scheme, profile.on)
        return check_json(outcome)

    @api.post("/screen")
    def screened(body: ScreenBody) -> list[dict[str, Any]]:
        """Every scheme that had rules by that day; those that have ended say so."""
        return screen_json(screen(desk.rulebook.schemes.values(), body.profile(desk.rulebook)))

    app.include_router(api)


def _scheme_json(scheme: Scheme) -> dict[str, Any]:
    attributes = dict.fromkeys(c.attribute for version in scheme.versions for c in version.criteria)
    return {
        "scheme": scheme.id,
        "name": {"zh": scheme.name_zh, "en": scheme.name_en},
        "subject": scheme.subject,
        "attributes": list(attributes),
    }


def _named(scheme: str, rulebook: Rulebook) -> Scheme:
    found = rulebook.schemes.get(scheme)
    if found is None:
        there = list(rulebook.schemes)
        name, near = scheme[:80], get_close_matches(scheme[:80], there, _NEAREST) or there[:_NEAREST]
        raise QuestionError(
            zh=f"没有名为 {name} 的政策。",
            en=f"There is no scheme called {name}.",
            hint_zh=f"相近的有：{'、'.join(near)}。",
            hint_en=f"The nearest are: {', '.join(near)}.",
        )
    return found


def _no_rules_yet(scheme: Scheme, on: date) -> QuestionError:
    spans = "; ".join(f"{v.valid_from or '…'} – {v.valid_until or '…'}" for v in scheme.versions)
    return QuestionError(
        zh=f"{on} 还没有适用于“{scheme.name_zh}”的规则。",
        en=f"No rule for {scheme.name_en} applied yet on {on}.",
        hint_zh=f"已知规则的时间：{spans}。",
        hint_en=f"Rules are known for: {spans}.",
    )
