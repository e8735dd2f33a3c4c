from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from bs4 import BeautifulSoup
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.app import build
from assistant.domain import Section
from assistant.settings import Settings, read_settings
from assistant.validity import validity_on
from assistant.web.reading import Message, Readings, read_in_process
from assistant.web.shelf import add_shelf
from assistant.web.shelf_html import instrument_html
from assistant.web.uploads import add_uploads
from tests.web.world import DOCUMENTS, MEASURES, REPORT, ScriptedAssistant

NOWHERE = Settings(Path("/nowhere"), Path("/nowhere"), Path("/nowhere"))


def uploading(folder: Path, *messages: Message, fails: bool = False) -> TestClient:
    """The upload routes with a reader that tells ``messages``."""

    def reader(settings: Settings, paths: Any, tell: Callable[[Message], None]) -> None:
        for message in messages:
            tell(message)
        if fails:
            raise MemoryError

    app = FastAPI()
    add_uploads(app, Readings(NOWHERE, folder, reader), "zh")
    return TestClient(app)


def finished(client: TestClient, job: dict[str, Any]) -> dict[str, Any]:
    for _ in range(200):
        job = client.get(f"/api/documents/jobs/{job['id']}?lang=zh").json()
        if job["state"] in ("done", "failed"):
            return job
        time.sleep(0.01)
    raise AssertionError(f"the job did not end: {job}")


def sent(client: TestClient, **files: bytes) -> Any:
    form = [("files", (name.replace("_", "."), content)) for name, content in files.items()]
    return client.post("/api/documents?lang=zh", files=form)


def test_the_shelf_lists_every_instrument_with_its_validity(http: httpx.Client) -> None:
    page = BeautifulSoup(http.get("/documents?lang=zh&fragment=true").text, "lxml")
    rows = page.select("li a.pa-doc")
    assert [row.b.text for row in rows] == ["云溪市工坊登记办法", "云溪日报：门槛将提高"]
    assert "云政规〔2024〕3号" in rows[0].text
    assert page.select_one("form.pa-upload input[type=file]")
    assert http.get("/api/documents").json()[0]["languages"] == ["zh"]


def test_the_shelf_tells_validity_on_the_day_asked_about(http: httpx.Client) -> None:
    for day, tone in (("2029-05-31", "good"), ("2029-06-01", "bad"), ("someday", "good")):
        page = BeautifulSoup(http.get(f"/documents?lang=zh&on={day}&fragment=true").text, "lxml")
        assert page.select_one("li:has(a[href*=workshop])")["data-tone"] == tone


def test_an_instrument_can_be_read_whole(http: httpx.Client) -> None:
    page = BeautifulSoup(http.get("/instrument/workshop?lang=en").text, "lxml")
    assert "第六条 登记有效期为三年。" in page.select_one(".pa-fulltext").text
    assert "Yunxi Municipal Government" in page.text
    assert http.get("/instrument/unknown").status_code == 404


def test_headings_of_the_text_are_headings_of_the_page() -> None:
    text = "办法\n第一章 总则\n甲<b>。\n第一条 乙。"
    document = type(DOCUMENTS[0])("d", "workshop", "zh", "d.md", "md", "0", "办法", text)
    sections = [
        Section("d", 0, ("第一章 总则",), 3, len(text), 1),
        Section("d", 1, ("第一章 总则", "第一条"), text.index("第一条"), len(text), 2),
    ]
    html = instrument_html(MEASURES, validity_on(MEASURES, "2026-11-23"), document, sections, ("en",), "zh")
    full = BeautifulSoup(html, "lxml").select_one(".pa-fulltext")
    assert [heading.text for heading in full.select("h3")] == ["第一章 总则"]
    assert [p.text for p in full.select("p")] == ["甲<b>。", "第一条 乙。"]
    assert "/instrument/workshop?lang=zh&amp;text=en" in html


def test_files_are_taken_read_and_told_of_one_by_one(tmp_path: Path) -> None:
    report = {"files": [{"path": str(tmp_path / "a.txt"), "outcome": "added", "chunks": 3}]}
    client = uploading(
        tmp_path, ("progress", {"stage": "indexing", "done": 1, "total": 2}), ("report", report)
    )
    reply = sent(client, a_txt=b"1", b_txt=b"2", c_exe=b"3")
    assert reply.status_code == 202
    assert reply.json()["taken"] == ["a.txt", "b.txt"]
    assert "格式不在可读之列" in reply.json()["refused"][0]["message"]
    job = finished(client, reply.json()["job"])
    assert [(f["name"], f["label"]) for f in job["files"]] == [("a.txt", "已收录"), ("b.txt", "没有变化")]


def test_a_file_that_could_not_be_read_is_not_kept(tmp_path: Path) -> None:
    report = {"files": [{"path": str(tmp_path / "a.txt"), "outcome": "failed", "reason_zh": "扫描件"}]}
    client = uploading(tmp_path, ("report", report))
    job = finished(client, sent(client, a_txt=b"1").json()["job"])
    assert job["files"][0]["reason"] == "扫描件"
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("fails", [True, False])
def test_a_reading_that_breaks_off_is_told_and_the_next_one_works(tmp_path: Path, fails: bool) -> None:
    client = uploading(tmp_path, fails=fails)
    for _ in range(2):
        job = finished(client, sent(client, a_txt=b"1").json()["job"])
        assert job["state"] == "failed"
        assert "错误编号" in job["problem"]


def test_a_known_problem_is_told_in_words(tmp_path: Path) -> None:
    client = uploading(tmp_path, ("problem", ("索引正被占用。", "The index is locked.")))
    assert finished(client, sent(client, a_txt=b"1").json()["job"])["problem"] == "索引正被占用。"


def test_only_files_that_were_sent_can_be_removed(tmp_path: Path) -> None:
    folder = tmp_path / "uploads"
    (tmp_path / "outside.txt").write_text("x")
    client = uploading(folder, ("report", {"files": []}))
    sent(client, a_txt=b"1")
    for name in ("..%2Foutside.txt", "missing.txt", "."):
        assert client.delete(f"/api/documents/{name}").status_code in (404, 405)
    assert client.delete("/api/documents/a.txt").status_code == 202
    assert not list(folder.iterdir())
    assert (tmp_path / "outside.txt").is_file()


def test_a_server_that_takes_no_files_says_so() -> None:
    app = FastAPI()
    add_uploads(app, None, "en")
    add_shelf(app, ScriptedAssistant(), None)  # type: ignore[arg-type]
    client = TestClient(app)
    reply = sent(client, a_txt=b"1")
    assert reply.status_code == 403
    assert "不接收上传" in reply.json()["error"]["message"]
    assert "pa-upload" not in client.get("/documents?fragment=true").text
    assert REPORT.title("zh") in client.get("/documents?fragment=true&lang=zh").text


def test_a_real_file_read_in_its_own_process_can_be_found_and_taken_out_again(tmp_path: Path) -> None:
    settings = read_settings({"POLICY_ASSISTANT_STATE": str(tmp_path / "state")})
    uploads = tmp_path / "uploads"
    uploads.mkdir()
    file = uploads / "measures.txt"
    file.write_text("云溪市工坊登记办法\n\n第五条 上一年度研发投入不低于销售收入的4.5%。\n", encoding="utf-8")
    told: list[Message] = []
    read_in_process(settings, [uploads], told.append)
    assert told[-1][0] == "report"
    assert {kind for kind, _ in told[:-1]} == {"progress"}
    with build(settings) as assistant:
        assert [i.title("zh") for i in assistant.library.instruments()] == ["云溪市工坊登记办法"]
        file.unlink()
        read_in_process(settings, [uploads], told.append)
        assert [d for i in assistant.library.instruments() for d in assistant.library.documents(i.id)] == []


def test_a_file_with_too_many_pages_is_refused_in_the_reading_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import pypdfium2

    from assistant.errors import ReadError
    from assistant.web import reading

    monkeypatch.setattr(reading, "MAX_PAGES", 2)
    pdf = pypdfium2.PdfDocument.new()
    for _ in range(3):
        pdf.new_page(200, 200).close()
    pdf.save(tmp_path / "long.pdf")
    pdf.close()
    with pytest.raises(ReadError, match="3 pages, more than 2"):
        reading._check_pages(tmp_path / "long.pdf")
    assert not (tmp_path / "long.pdf").exists()
