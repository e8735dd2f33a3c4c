"""``POST /api/check`` and ``/api/screen``: the JSON of ``policy-assistant check --json``, over HTTP."""

from __future__ import annotations

from datetime import date
from typing import Any

from fastapi import APIRouter, FastAPI
from pydantic import BaseModel, ConfigDict

from assistant.eligibility.change import changes
from assistant.eligibility.check import check, version_on
from assistant.eligibility.doubts import refuse
from assistant.eligibility.model import Scheme, Version
from assistant.eligibility.profile import Fact, Profile
from assistant.eligibility.report import check_json
from assistant.eligibility.rulebook import Rulebook
from assistant.eligibility.values import plausible, read_value
from assistant.errors import QuestionError
from assistant.web.eligibility import Desk

_NEAREST = 5


class ScreenBody(BaseModel):
    """What is known of the enterprise, and the day whose rules apply (today unless given)."""

    model_config = ConfigDict(extra="forbid")

    facts: dict[str, bool | int | float | str] = {}
    on: date | None = None


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
        profile = _profile(body, desk.rulebook)
        scheme = _named(body.scheme, desk.rulebook)
        version = version_on(scheme, profile.on)
        if version is None:
            raise _no_rule(scheme, profile.on)
        return _decided(scheme, version, profile)

    @api.post("/screen")
    def screened(body: ScreenBody) -> list[dict[str, Any]]:
        """Every scheme that has rules on that day."""
        profile = _profile(body, desk.rulebook)
        return [
            _decided(scheme, version, profile)
            for scheme in desk.rulebook.schemes.values()
            if (version := version_on(scheme, profile.on)) is not None
        ]

    app.include_router(api)


def _decided(scheme: Scheme, version: Version, profile: Profile) -> dict[str, Any]:
    done = check(scheme, version, profile)
    return check_json(done, changes(done, profile), profile)


def _scheme_json(scheme: Scheme) -> dict[str, Any]:
    attributes = dict.fromkeys(c.attribute for version in scheme.versions for c in version.criteria)
    return {
        "scheme": scheme.id,
        "name": {"zh": scheme.name_zh, "en": scheme.name_en},
        "subject": scheme.subject,
        "attributes": list(attributes),
    }


def _profile(body: ScreenBody, rulebook: Rulebook) -> Profile:
    on = body.on or date.today()  # noqa: DTZ011 - a local day
    profile = Profile(rulebook.attributes, {}, on)
    for name, raw in body.facts.items():
        attribute = rulebook.attributes.get(name)
        if attribute is None:
            raise _unknown("属性", "attribute", name, rulebook.attributes)
        value = read_value(attribute, raw)
        if not plausible(attribute, value):
            raise QuestionError(
                zh=f"“{attribute.label_zh}”（{name}）的值 {raw} 不合常理。",
                en=f"{attribute.label_en} ({name}): {raw} is not plausible.",
                hint_zh="请核对后重试。",
                hint_en="Check it and try again.",
            )
        profile = profile.with_fact(Fact(name, value, str(raw), on.isoformat()))
    refuse(profile)
    return profile


def _named(scheme: str, rulebook: Rulebook) -> Scheme:
    found = rulebook.schemes.get(scheme)
    if found is None:
        raise _unknown("政策", "scheme", scheme, rulebook.schemes)
    return found


def _unknown(zh: str, en: str, name: str, there: Any) -> QuestionError:
    from difflib import get_close_matches

    near = ", ".join(get_close_matches(name[:80], list(there), _NEAREST) or list(there)[:_NEAREST])
    name = name[:80]
    return QuestionError(
        zh=f"没有名为 {name} 的{zh}。",
        en=f"There is no {en} called {name}.",
        hint_zh=f"相近的有：{near}。",
        hint_en=f"The nearest are: {near}.",
    )


def _no_rule(scheme: Scheme, on: date) -> QuestionError:
    spans = "; ".join(f"{v.valid_from or '…'} – {v.valid_until or '…'}" for v in scheme.versions)
    return QuestionError(
        zh=f"{on} 没有适用于“{scheme.name_zh}”的规则。",
        en=f"No rule for {scheme.name_en} applied on {on}.",
        hint_zh=f"已知规则的时间：{spans}。",
        hint_en=f"Rules are known for: {spans}.",
    )
