"""What the command line says of a mistake, in the language of the interface."""

from __future__ import annotations

import pytest

from assistant.cli import main


@pytest.mark.parametrize(
    ("arguments", "zh", "en"),
    [
        ([], "缺少 COMMAND", "required: COMMAND"),
        (["ask"], "缺少 question", "required: question"),
        (["ask", "x", "--level", "town"], "--level 不能是 town，可选：", "invalid choice: 'town'"),
        (["ask", "x", "--instrument"], "--instrument 后面缺少内容", "expected one argument"),
        (["status", "--bogus"], "不认识 --bogus", "unrecognized arguments: --bogus"),
        (["search", "x", "--limit", "many"], "--limit 应为整数，不是 many", "invalid int value: 'many'"),
        (["serve", "--port", "99999"], "--port 应为 1 到 65535 之间的数", "a number from 1 to 65535"),
    ],
)
def test_a_mistake_is_told_in_the_readers_language(
    capsys: pytest.CaptureFixture[str], arguments: list[str], zh: str, en: str
) -> None:
    for language, words in (("zh", zh), ("en", en)):
        with pytest.raises(SystemExit) as ended:
            main(arguments, {"POLICY_ASSISTANT_LANGUAGE": language})
        told = capsys.readouterr().err
        assert ended.value.code == 2
        assert words in told
        assert "--help" in told


def test_the_help_names_its_parts_in_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["ask", "--help"], {"POLICY_ASSISTANT_LANGUAGE": "zh"})
    told = capsys.readouterr().out
    assert told.startswith("用法：policy-assistant ask")
    assert "选项" in told
    assert "show this help" not in told
