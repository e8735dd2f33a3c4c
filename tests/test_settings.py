from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import SettingsError
from assistant.settings import VARIABLES, read_settings

README = Path(__file__).parents[1] / "README.md"


def test_without_any_variable_the_assistant_needs_no_key() -> None:
    settings = read_settings({})
    assert settings.chat is None
    assert settings.embedding.kind == "builtin"
    assert settings.host == "127.0.0.1"


def test_a_model_name_turns_the_generative_composer_on_and_a_key_alone_does_not() -> None:
    assert read_settings({"OPENAI_API_KEY": "k"}).chat is None
    chat = read_settings({"OPENAI_MODEL": "m", "OPENAI_BASE_URL": "http://127.0.0.1:1/v1"}).chat
    assert chat is not None
    assert (chat.model, chat.base_url, chat.api_key) == ("m", "http://127.0.0.1:1/v1", None)


@pytest.mark.parametrize(
    ("env", "named"),
    [
        ({"POLICY_ASSISTANT_PORT": "0"}, "POLICY_ASSISTANT_PORT"),
        ({"POLICY_ASSISTANT_PORT": "many"}, "POLICY_ASSISTANT_PORT"),
        ({"POLICY_ASSISTANT_LANGUAGE": "fr"}, "zh, en"),
        ({"POLICY_ASSISTANT_EMBEDDER": "openai"}, "POLICY_ASSISTANT_EMBEDDING_MODEL"),
        ({"POLICY_ASSISTANT_RERANKER": "cohere"}, "none, endpoint, local"),
        ({"POLICY_ASSISTANT_RERANKER": "endpoint"}, "POLICY_ASSISTANT_RERANKER_URL"),
        ({"POLICY_ASSISTANT_RERANKER": "local"}, "POLICY_ASSISTANT_RERANKER_MODEL"),
        ({"POLICY_ASSISTANT_RERANKER_TIMEOUT": "0"}, "POLICY_ASSISTANT_RERANKER_TIMEOUT"),
        ({"OPENAI_BASE_URL": "localhost:8000"}, "http://"),
        ({"POLICY_ASSISTANT_PROT": "7860"}, "POLICY_ASSISTANT_PROT"),
    ],
)
def test_a_wrong_setting_is_named_with_what_it_may_be(env: dict[str, str], named: str) -> None:
    with pytest.raises(SettingsError) as caught:
        read_settings(env)
    for language in ("zh", "en"):
        assert named in caught.value.localized(language)


def test_the_readme_documents_every_variable() -> None:
    text = README.read_text(encoding="utf-8")
    missing = [name for name in VARIABLES if f"`{name}`" not in text]
    assert not missing


def test_the_key_of_the_chat_endpoint_is_not_given_to_the_reranker() -> None:
    env = {
        "OPENAI_API_KEY": "k",
        "POLICY_ASSISTANT_RERANKER": "endpoint",
        "POLICY_ASSISTANT_RERANKER_URL": "http://127.0.0.1:1/rerank",
    }
    assert read_settings(env).reranker.api_key is None


def test_prices_are_read_as_a_pair() -> None:
    chat = read_settings({"OPENAI_MODEL": "m", "OPENAI_PRICES": "2/8"}).chat
    assert chat is not None
    assert chat.prices == (2.0, 8.0)
    for wrong in ("2", "2/-1", "a/b", "1/2/3", "nan/1"):
        with pytest.raises(SettingsError, match="OPENAI_PRICES"):
            read_settings({"OPENAI_MODEL": "m", "OPENAI_PRICES": wrong})
