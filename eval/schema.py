"""The JSON Schema of case files, for editors; `suites` checks the same."""

from __future__ import annotations

from typing import Any

from assistant.domain import LANGUAGES, Status
from assistant.eligibility.model import Verdict

_TEXT = {"type": "string", "minLength": 1}
_TEXTS = {"type": "array", "items": _TEXT}
_FACT = {
    "anyOf": [
        {"type": ["string", "number"]},
        {
            "type": "object",
            "properties": {"text": _TEXT, "any": _TEXTS, "turn": {"type": "integer", "minimum": 1}},
            "anyOf": [{"required": ["text"]}, {"required": ["any"]}],
            "additionalProperties": False,
        },
    ]
}

SCHEMA: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "Evaluation cases",
    "type": "array",
    "items": {
        "type": "object",
        "required": ["id", "lang"],
        "oneOf": [{"required": ["question"]}, {"required": ["turns"]}],
        "additionalProperties": False,
        "properties": {
            "id": {**_TEXT, "description": "unique in the suite"},
            "lang": {"enum": list(LANGUAGES)},
            "type": {**_TEXT, "description": "groups the tables of the report"},
            "question": _TEXT,
            "turns": {**_TEXTS, "minItems": 1, "description": "a conversation, one question a turn"},
            "expected": {
                "type": "array",
                "items": _FACT,
                "description": "what a good answer says; as many as turns: one for each turn",
            },
            "facts": {"type": "array", "items": _FACT, "description": "used instead of expected"},
            "must_not": {**_TEXTS, "description": "statements a good answer does not make"},
            "gold": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["instrument"],
                    "properties": {"instrument": _TEXT, "ref": {"type": ["string", "null"]}},
                    "additionalProperties": False,
                },
            },
            "answerable": {"type": "boolean", "default": True},
            "status": {
                "anyOf": [
                    {"enum": [str(s) for s in Status]},
                    {"type": "array", "items": {"enum": [str(s) for s in Status]}},
                ],
                "description": "accepted statuses of the last turn; default: from answerable and type",
            },
            "verdict": {
                "anyOf": [
                    {"enum": [str(v) for v in Verdict]},
                    {"type": "array", "items": {"enum": [str(v) for v in Verdict]}},
                ],
                "description": "are the conditions met? accepted verdicts of the last turn",
            },
            "as_of": {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"},
            "without": {**_TEXTS, "description": "instruments hidden from the assistant"},
            "only_languages": {"type": "array", "items": {"enum": list(LANGUAGES)}},
            "notes": {"type": ["string", "null"]},
        },
    },
}
