"""The eligibility form over HTTP: from what is filled in to a verdict whose clauses open."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import docx
import httpx
import pytest
from bs4 import BeautifulSoup

from assistant.eligibility.profiles import MAX_PROFILE
from tests.web.browsing import NEEDS_BROWSER, PANEL

GOOD = {"workshop_sales": "2,000万元", "workshop_rd": "一百万元", "workshop_staff": "12人"}
DAY = "2026-11-23"


def sent(http: httpx.Client, what: str, facts: dict[str, str], **fields: Any) -> httpx.Response:
    """The form as the page sends it."""
    files = {"profile": fields.pop("profile", ("", b""))}
    form = {"scheme": "workshop", "on": DAY} | fields | {f"fact.{n}": v for n, v in facts.items()}
    lang = form.pop("lang", "zh")
    return http.post(f"/eligibility/{what}?lang={lang}&fragment=true", data=form, files=files)


def result(http: httpx.Client, facts: dict[str, str], **fields: str) -> BeautifulSoup:
    return BeautifulSoup(sent(http, "check", facts, **fields).text, "lxml").select_one(".pa-result")


def test_the_form_asks_for_what_the_scheme_needs_and_nothing_else(http: httpx.Client) -> None:
    page = BeautifulSoup(http.get("/eligibility?scheme=workshop&lang=en").text, "lxml")
    plain = [f["name"] for f in page.select(".pa-check > .pa-fields [name^=fact]")]
    assert plain == ["fact.workshop_staff", "fact.workshop_rd", "fact.workshop_sales"]
    assert [f["name"] for f in page.select("details [name^=fact]")] == ["fact.workshop_rd_ratio"]
    assert "How many people work there full time?" in page.text
    assert page.select_one("#field-workshop_rd")["placeholder"] == "e.g. 50 million yuan"


def test_the_form_keeps_its_language_and_says_where_it_comes_from(http: httpx.Client) -> None:
    reply = http.get("/eligibility?scheme=workshop&lang=en")
    page = BeautifulSoup(reply.text, "lxml")
    assert page.select_one("form")["action"].endswith("/check?lang=en")
    # under no-referrer a browser sends "Origin: null" with a form, which is refused
    assert reply.headers["referrer-policy"] == "same-origin"


def test_every_condition_has_its_verdict_the_fact_its_working_and_a_clause_that_opens(
    http: httpx.Client,
) -> None:
    page = result(http, GOOD)
    assert "符合" in page.select_one("h2 .pa-is-good").text
    rows = [[cell.get_text(" ", strip=True) for cell in row.select("td")] for row in page.select("tr")[1:]]
    assert rows[0][1] == "100万元 ÷ 2000万元 = 5%"
    assert [row[2] for row in rows] == ["✓ 达到", "✓ 达到"]
    assert "单一来源" in rows[1][0]
    clause = http.get(page.select_one("a.pa-source-link")["href"])
    assert "<mark>" in clause.text
    assert "研发投入不低于销售收入的4.5%" in clause.text
    for words in ("门槛可能提高。", "补助八万元", "每年九月办理", "云溪市工坊登记办法"):
        assert words in page.text


def test_what_is_left_empty_is_asked_for_and_is_never_a_no(http: httpx.Client) -> None:
    page = result(http, {"workshop_staff": "80"})
    assert "尚不能判断" in page.select_one("h2").text
    assert [row.a.text for row in page.select("ol li")] == ["研发投入", "销售收入"]
    assert page.select_one("ol a")["href"] == "#field-workshop_rd"


def test_a_no_comes_with_what_would_change_it(http: httpx.Client) -> None:
    page = result(http, GOOD | {"workshop_rd": "800000"})
    assert "不符合" in page.select_one("h2 .pa-is-bad").text
    assert "研发投入达到2000万元 × 4.5% = 90万元" in page.text
    thirds = result(http, GOOD | {"workshop_sales": "1.8亿元", "workshop_rd": "350万元"})
    assert "研发投入达到1.8亿元 × 4.5% = 810万元" in thirds.text  # 1/180,000,000 has no last digit


def test_a_value_that_cannot_be_read_is_told_beside_its_field_and_counts_as_unknown(
    http: httpx.Client,
) -> None:
    page = BeautifulSoup(sent(http, "check", GOOD | {"workshop_staff": "很多"}, lang="en").text, "lxml")
    field = page.select_one("#field-workshop_staff")
    assert field["aria-invalid"] == "true"
    assert field["value"] == "很多"
    assert "cannot be read" in page.select_one(f"#{field['aria-errormessage']}").text
    assert "cannot tell yet" in page.select_one(".pa-result h2").text
    absurd = BeautifulSoup(sent(http, "check", {"workshop_staff": "9000000"}).text, "lxml")
    assert "不合理" in absurd.select_one(".pa-wrong").text


def test_the_day_decides_which_rules_apply(http: httpx.Client) -> None:
    assert "还没有适用的规则" in result(http, GOOD, on="2020-01-01").text
    assert "到期" in result(http, GOOD, on="2030-01-01").text
    page = BeautifulSoup(sent(http, "check", GOOD, on="tomorrow").text, "lxml")
    assert "不是日期" in page.select_one(".pa-problem").text


def test_screening_puts_the_open_doors_first_and_says_what_cannot_be_combined(http: httpx.Client) -> None:
    page = result(http, GOOD, scheme="all")
    rows = page.select("tr")[1:]
    assert [row.button["value"] for row in rows] == ["workshop", "studio"]
    assert "待补充 1 项" in rows[1].text
    both = result(http, GOOD | {"has_master": "yes"}, scheme="all")
    assert "不能同时享受：云溪市" in both.text


def test_a_profile_is_saved_as_written_and_loaded_again(http: httpx.Client) -> None:
    saved = sent(http, "profile", GOOD)
    assert "attachment" in saved.headers["content-disposition"]
    assert json.loads(saved.text) == GOOD
    loaded = sent(http, "form", {"workshop_staff": "1"}, profile=("p.json", saved.content))
    page = BeautifulSoup(loaded.text, "lxml")
    assert {n: page.select_one(f"#field-{n}")["value"] for n in GOOD} == GOOD


DEEP = b"[" * 50_000


@pytest.mark.parametrize(
    "content", [b"", b"\xff", b"[]", b"3", DEEP, b'{"a": {"b": 1}}', b'{"a": "' + b"x" * MAX_PROFILE + b'"}']
)
def test_a_file_that_is_no_profile_is_told_and_what_was_filled_in_stays(
    http: httpx.Client, content: bytes
) -> None:
    page = BeautifulSoup(sent(http, "form", GOOD, profile=("p.json", content)).text, "lxml")
    assert "不是可读的企业信息文件" in page.select_one(".pa-problem").text
    assert page.select_one("#field-workshop_staff")["value"] == "12人"


def test_a_hostile_profile_stays_words(http: httpx.Client) -> None:
    evil = "<img src=x onerror=alert(1)>"
    content = json.dumps({"workshop_staff": f'"{evil}', evil: "1", "has_master": f"'>{evil}\ud800"}).encode()
    for what in ("form", "check"):
        page = BeautifulSoup(sent(http, what, {}, scheme="all", profile=("p.json", content)).text, "lxml")
        assert not page.select("img, [onerror]")
        assert "有些项目不认识" in page.text


def test_the_report_to_print_says_the_same_with_its_clauses(http: httpx.Client) -> None:
    facts = GOOD | {"workshop_rd": "800000"}
    text = sent(http, "report.md", facts).text
    for words in (
        "# 云溪市工坊登记：不符合",
        "80万元 ÷ 2000万元 = 4%",
        "第五条 登记条件",
        "研发投入达到2000万元 × 4.5% = 90万元",
    ):
        assert words in text
    document = docx.Document(io.BytesIO(sent(http, "report.docx", facts, lang="en").content))
    assert document.paragraphs[0].text == "Yunxi workshop registration: not eligible"
    assert document.tables[0].rows[1].cells[1].text == "800,000 yuan ÷ 20 million yuan = 4%"


def test_the_api_decides_as_the_command_line_does(http: httpx.Client) -> None:
    body = {"scheme": "workshop", "on": DAY, "facts": {"workshop_rd_ratio": 4.5, "workshop_staff": "11人"}}
    reply = http.post("/api/check", json=body).json()
    assert reply["verdict"] == "not_met"
    assert [c["verdict"] for c in reply["criteria"]] == ["met", "not_met"]
    assert reply["changes"] == [[{"criterion": "staff", "attribute": "workshop_staff", "needed": 12}]]
    screened = http.post("/api/screen", json={"on": DAY, "facts": {"has_master": True}}).json()
    assert {each["scheme"]: each["verdict"] for each in screened} == {"studio": "met", "workshop": "unknown"}
    assert [each["scheme"] for each in http.get("/api/schemes").json()] == ["studio", "workshop"]


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ({"scheme": "work"}, "The nearest are: workshop"),
        ({"scheme": "workshop", "facts": {"staff": 3}}, "no attribute called staff"),
        ({"scheme": "workshop", "facts": {"workshop_staff": "many"}}, "cannot be read"),
        ({"scheme": "workshop", "facts": {"workshop_staff": -3}}, "not plausible"),
        ({"scheme": "x" * 100_000}, "no scheme called x"),
        ({"scheme": "workshop", "on": "2020-01-01"}, "Rules are known for: 2024-06-01"),
    ],
)
def test_the_api_says_what_is_wrong_and_what_there_is(
    http: httpx.Client, body: dict[str, Any], told: str
) -> None:
    reply = http.post("/api/check", json=body, headers={"accept-language": "en"})
    error = reply.json()["error"]
    assert reply.status_code == 400
    assert told in error["message"] + error["hint"]


@pytest.mark.browser
class TestInTheBrowser:
    pytestmark = NEEDS_BROWSER

    def test_a_check_is_made_read_and_its_clause_opened(self, page: Any) -> None:
        page.click("#pa-eligibility-button")
        page.wait_for_selector("#pa-eligibility select")
        page.fill("#field-workshop_staff", "12人")
        page.select_option("#pa-eligibility select[name=scheme]", "workshop")
        page.wait_for_selector("#field-has_master", state="detached")
        assert page.input_value("#field-workshop_staff") == "12人"
        page.click("[data-checks]")
        page.click("#pa-eligibility ol a >> text=研发投入")
        page.wait_for_function("document.activeElement.id === 'field-workshop_rd'")
        page.keyboard.type("100万元")
        page.fill("#field-workshop_sales", "2000万元")
        page.keyboard.press("Enter")
        page.wait_for_selector("#pa-eligibility h2 .pa-is-good")
        page.click("#pa-eligibility a.pa-source-link >> nth=0")
        page.wait_for_selector(f"{PANEL} mark")

    def test_what_was_filled_in_survives_a_change_of_language_and_of_tab(self, page: Any) -> None:
        page.click("#pa-eligibility-button")
        page.fill("#field-workshop_staff", "很多")
        page.click("[data-checks]")
        page.wait_for_selector(".pa-wrong >> text=看不懂")
        page.click("#pa-documents-button")
        page.click("#pa-language label >> nth=1")
        page.click("#pa-eligibility-button")
        page.wait_for_selector(".pa-wrong >> text=cannot be read")
        assert page.input_value("#field-workshop_staff") == "很多"

    def test_a_profile_goes_to_a_file_and_comes_back(self, page: Any, tmp_path: Path) -> None:
        page.click("#pa-eligibility-button")
        page.fill("#field-workshop_staff", "12人")
        with page.expect_download() as saving:
            page.click("[data-save='profile.json']")
        saving.value.save_as(tmp_path / "profile.json")
        page.click("[data-clears]")
        page.wait_for_function("document.querySelector('#field-workshop_staff').value === ''")
        page.set_input_files("#pa-eligibility input[type=file]", tmp_path / "profile.json")
        page.wait_for_function("document.querySelector('#field-workshop_staff').value === '12人'")

    def test_on_a_phone_the_form_and_its_result_fit(self, page: Any) -> None:
        page.set_viewport_size({"width": 390, "height": 844})
        page.click("#pa-eligibility-button")
        page.click("[data-checks]")
        page.click("#pa-eligibility .pa-link >> nth=0")
        page.wait_for_selector(".pa-conditions")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        assert (
            page.evaluate("(v => v.scrollWidth - v.clientWidth)(document.querySelector('#pa-eligibility'))")
            <= 0
        )


def test_for_all_schemes_the_fields_fold_by_topic_and_what_was_filled_in_is_open(http: httpx.Client) -> None:
    page = BeautifulSoup(sent(http, "form", GOOD, scheme="all").text, "lxml")
    topics = page.select("details.pa-topic")
    assert topics
    folded = [f["name"] for topic in topics for f in topic.select("[name^=fact]")]
    assert {f"fact.{name}" for name in GOOD} <= set(folded)
    assert len(folded) == len(set(folded))
    assert all(
        topic.has_attr("open") for topic in topics if topic.select("[name^=fact][value]:not([value=''])")
    )
