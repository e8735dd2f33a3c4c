"""Readers: whatever the encoding, the words come out; marks of the format do not."""

import codecs
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from assistant.errors import ReadError
from assistant.ingest.outline import outline
from assistant.ingest.readers import read
from assistant.ingest.titles import title_of

LAW = "某办法\n第一条　企业研发费用占比不低于５％。\n第二条　自2024年1月1日起施行。\n"


@pytest.mark.parametrize(
    "raw",
    [
        LAW.encode("utf-8"),
        codecs.BOM_UTF8 + LAW.encode("utf-8"),
        LAW.encode("gb18030"),
        LAW.encode("utf-16"),
        LAW.encode("utf-16-le"),
        LAW.encode("utf-16-be"),
        codecs.BOM_UTF32_LE + LAW.encode("utf-32-le"),
        LAW.replace("\n", "\r\n").encode("utf-8"),
    ],
)
def test_a_text_is_the_same_in_every_encoding(raw: bytes) -> None:
    assert read(Path("a.txt"), raw).text == LAW


def test_bytes_that_are_no_text_are_refused_by_name() -> None:
    for raw in (b"\xff\xfe\xff\xff\xff\xd8\x00" * 9, bytes(range(256)) * 20, b"PK\x03\x04\x14\x00\x06" * 50):
        with pytest.raises(ReadError) as error:
            read(Path("a.txt"), raw)
        assert "a.txt" in error.value.en


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_few_broken_bytes_are_counted_and_the_rest_is_read(encoding: str) -> None:
    raw = (LAW * 50).encode(encoding).replace("企业".encode(encoding), b"\xff" + "企业".encode(encoding), 1)
    reading = read(Path("a.txt"), raw)
    assert reading.text.count("企业") == 50
    assert [(unread.count, unread.en) for unread in reading.unread] == [
        (1, "characters that could not be decoded")
    ]


def test_an_unknown_format_and_an_empty_file_are_refused() -> None:
    with pytest.raises(ReadError, match="not supported"):
        read(Path("a.exe"), b"MZ")
    with pytest.raises(ReadError, match="no text"):
        read(Path("a.md"), b" \n\n")


def test_markdown_keeps_meaning_and_drops_marks() -> None:
    reading = read(
        Path("a.md"),
        "---\na: b\n---\n# 方案\n\n## 一、目标\n\n- 到**2027年**，投入达到[4.2%](http://x.org/a_(b))；\n"
        "- 平台 `1500` 个。![图](a.png)\n\n| 指标 | 目标 |\n|---|---:|\n| 平台 | 1500 |\n| 强度 | 4.2% |\n\n"
        "2^3*4*5 与 a_b_c 不变[^1]。\n\n[^1]: 见公告。\n".encode(),
    )
    assert reading.text.split("\n") == [
        "方案",
        "一、目标",
        "到2027年，投入达到4.2%；",
        "平台 1500 个。图",
        "指标：平台；目标：1500",
        "指标：强度；目标：4.2%",
        "2^3*4*5 与 a_b_c 不变[1]。",
        "[1] 见公告。",
        "",
    ]
    assert reading.title == "方案"
    assert (len(reading.tables), reading.footnotes, reading.unread[0].count) == (1, 1, 1)


def test_look_alike_radicals_become_the_characters_they_look_like() -> None:
    assert read(Path("a.txt"), "⼀、⻓期⽬标，（⾼新）".encode()).text == "一、长期目标，（高新）\n"


def test_lines_broken_at_the_margin_are_joined() -> None:
    paragraph = (
        "企业应当按照国家有关规定建立健全研究开发费用的核算制度并接受主管部门的监督检查，" * 4 + "保存备查。"
    )
    broken = [paragraph[i : i + 30] for i in range(0, len(paragraph), 30)]
    raw = "\n".join(["第一条　总的规定。", *broken, "第二条　其他。", *broken]).encode()
    reading = read(Path("a.txt"), raw)
    assert reading.text.split("\n")[:-1] == ["第一条　总的规定。", paragraph, "第二条　其他。", paragraph]
    assert [part.path for part in outline(reading).parts] == [("第一条",), ("第二条",)]


def test_a_page_names_the_attachments_it_only_links_to() -> None:
    page = b"<html><body><h1>Notice</h1><p><a href='/form.XLSX?id=1'>form</a>, <a href='/a'>more</a></p>"
    (unread,) = read(Path("a.html"), page).unread
    assert (unread.count, unread.en) == (1, "linked attachments (download them too)")


def test_a_row_is_no_title_and_a_total_is_a_row_of_its_own() -> None:
    found = read(Path("资金安排.csv"), "项目,金额\n甲项目方案,10万元\n合计：10万元,\n".encode())
    assert title_of(found, "zh") is None
    assert [heading.title for heading in found.headings] == ["第2行", "第3行"]


def test_a_formula_that_was_never_calculated_is_named() -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in (("项目", "金额"), ("甲", 10), ("乙", "=B2*2")):
        book.active.append(row)
    buffer = BytesIO()
    book.save(buffer)
    (unread,) = read(Path("a.xlsx"), buffer.getvalue()).unread
    assert (unread.count, unread.en) == (1, "formulas never calculated")


@pytest.mark.parametrize(
    ("name", "raw", "hint"),
    [
        ("old.doc", b"\xd0\xcf\x11\xe0", "Save it as DOCX"),
        ("a.wps", b"\xd0\xcf\x11\xe0", "Save it as DOCX"),
        ("empty.docx", b"", "Check that it was copied whole"),
        ("empty.pdf", b"", "Check that it was copied whole"),
    ],
)
def test_what_cannot_be_read_comes_with_the_next_step(name: str, raw: bytes, hint: str) -> None:
    with pytest.raises(ReadError, match=hint):
        read(Path(name), raw)
