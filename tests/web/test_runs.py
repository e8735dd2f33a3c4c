"""The runs over HTTP and in the browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from shutil import rmtree
from typing import Any

import httpx
import pytest
from bs4 import BeautifulSoup

from tests.web.browsing import NEEDS_BROWSER
from tests.web.conftest import Served
from tests.web.reports import NEW, OLD, PAGE, case, report, store


@pytest.fixture
def runs(served: Served) -> Iterator[Path]:
    """The folder of runs, with two in it."""
    folder = served.assistant.settings.state / "runs"
    store(folder, "old", OLD)
    store(folder, "new", NEW, page=PAGE)
    yield folder
    rmtree(folder)


def test_a_run_is_shown_with_its_figures_and_the_cases_it_failed(http: httpx.Client, runs: Path) -> None:
    page = BeautifulSoup(http.get("/run/new?lang=zh").text, "lxml")
    assert "整题答对" in page.text
    assert "25.0% – 75.0%" in page.text
    assert [d.summary.b.text for d in page.select("details.pa-case")] == ["甲？", "乙？"]
    assert "误拒" in page.select("details.pa-case")[0].text


def test_a_run_that_is_not_there_says_so(http: httpx.Client, runs: Path) -> None:
    for address in (
        "/run/none",
        "/run/none/report",
        "/run/old/report",
        "/runs/compare?a=old&b=none",
        "/run/%2e%2e",
    ):
        assert http.get(address).status_code == 404


def test_two_runs_are_compared_with_the_command_that_tests_them(http: httpx.Client, runs: Path) -> None:
    page = BeautifulSoup(http.get("/runs/compare?a=old&b=new&lang=en").text, "lxml")
    rows = {row.th.text: [cell.text for cell in row.select("td")] for row in page.select("tr")[1:]}
    assert rows["Key facts stated"] == ["50.0%", "83.3%", "▲ +33.3", "3"]
    assert rows["Case success"] == ["33.3%", "33.3%", "=", "3"]
    assert f"--json {runs}/new/compare-old.json" in page.text


def test_what_a_report_says_stays_words(http: httpx.Client, runs: Path) -> None:
    evil = "<img src=x onerror=alert(1)>"
    failed = case(evil, 0, 0, questions=[evil], answer=[evil], cause=evil, type=evil)
    content = report(failed) | {"target": evil, "started": evil, "cases_from": evil, "by_type": {evil: {}}}
    store(runs, f"{evil.replace('/', '')}", content)
    for address in (
        "/runs",
        f"/run/{evil}",
        f"/runs/compare?a=old&b={evil}",
        f"/runs/compare?a={evil}&b={evil}",
    ):
        page = BeautifulSoup(http.get(address).text, "lxml")
        assert not page.select("img, [onerror]")
        assert evil in page.text


def test_the_figures_of_a_run_can_be_saved(http: httpx.Client, runs: Path) -> None:
    reply = http.get("/run/new/report.json")
    assert reply.headers["content-disposition"] == "attachment; filename*=UTF-8''new.json"
    assert reply.json()["by_type"]
    assert http.get("/run/none/report.json").status_code == 404


def test_the_report_page_is_sent_where_it_can_do_nothing(http: httpx.Client, runs: Path) -> None:
    reply = http.get("/run/new/report")
    policy = reply.headers["content-security-policy"].split("; ")
    assert reply.text == PAGE
    assert {"sandbox", "default-src 'none'", "form-action 'none'", "frame-ancestors 'none'"} <= set(policy)
    assert not any("script" in part for part in policy)
    assert "script-src" in http.get("/run/new").headers["content-security-policy"]


@pytest.mark.browser
class TestInTheBrowser:
    pytestmark = NEEDS_BROWSER

    def test_runs_are_listed_compared_and_opened(self, page: Any, runs: Path) -> None:
        page.click("#pa-runs-button")
        page.wait_for_selector("#pa-runs .pa-table")
        assert page.is_checked("input[name=a][value=old]")
        assert page.is_checked("input[name=b][value=new]")
        page.click("#pa-runs .pa-form button")
        page.wait_for_selector("#pa-runs >> text=变好的题")
        assert page.locator("#pa-runs details.pa-case").count() == 3
        page.click("#pa-runs .pa-back a")
        page.click("#pa-runs td a >> nth=0")
        page.wait_for_selector("#pa-runs >> text=打开完整报告")

    def test_the_opened_report_cannot_act_as_the_app(self, page: Any, context: Any, runs: Path) -> None:
        page.click("#pa-runs-button")
        page.click("#pa-runs td a >> nth=0")
        with context.expect_page() as opening:
            page.click("#pa-runs a.pa-act")
        report_tab = opening.value
        report_tab.wait_for_selector("text=完整报告")
        assert report_tab.title() == "Evaluation"
        assert report_tab.evaluate("window.origin") == "null"
        report_tab.close()

    def test_the_runs_change_language_with_the_page(self, page: Any, runs: Path) -> None:
        page.click("#pa-runs-button")
        page.wait_for_selector("#pa-runs >> text=整题答对")
        page.click("#pa-language label >> nth=1")
        page.wait_for_selector("#pa-runs >> text=Case success")
