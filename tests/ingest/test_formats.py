"""Formats: the same text gives the same sections; what cannot be read is said."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import docx
import openpyxl
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Frame,
    PageTemplate,
    Paragraph,
    SimpleDocTemplate,
    Table,
    TableStyle,
)

from assistant.errors import ReadError
from assistant.ingest.outline import outline
from assistant.ingest.readers import read
from assistant.ingest.readers.word_numbering import Numbering, chinese, formatted, roman
from eval.bench_formats import sections
from eval.law_texts import Article, Law
from eval.rendering import renderings

LONG = "企业应当按照规定建立健全研究开发费用的核算制度，接受主管部门的监督检查，并将材料保存不少于10年。"
LAW = Law(
    "x",
    "某市科技创新促进办法",
    ("2019年3月1日 某市人民政府令第15号公布",),
    "2019-03-01",
    False,
    tuple(
        Article(f"第{number}条", path, text)
        for number, path, text in [
            ("一", ("第一章 总则",), LONG * 3),
            (
                "二",
                ("第一章 总则",),
                f"申请人应当具备下列条件：\n（一）研发投入占比不低于3.5%；\n（二）{LONG}",
            ),
            ("三", ("第二章 支持", "第一节 资金"), LONG * 2 + "\n前款所称材料包括申请书。"),
            ("四", ("第二章 支持", "第一节 资金"), "给予最高5,000万元的支持。"),
            ("五", ("第二章 支持", "第二节 人才"), LONG * 12),
            ("六", ("第三章 附则",), "本办法自2019年5月1日起施行，有效期5年。"),
        ]
    ),
)


@pytest.mark.parametrize("name", ["docx", "pdf_one_column", "pdf_two_columns", "html", "gb18030"])
def test_a_law_has_the_same_sections_in_every_format(name: str) -> None:
    expected = sections(Path("law.txt"), LAW.text().encode())
    assert len(expected) == 13
    file, raw = next((file, raw) for key, file, raw in renderings(LAW) if key == name)
    assert sections(Path(file), raw) == expected


def test_word_keeps_tables_footnotes_changes_and_lists() -> None:
    document = docx.Document()
    document.add_heading("办法", 0)
    changed = document.add_paragraph("支持标准为")
    for tag, word in (("ins", "200"), ("del", "100")):
        text = "delText" if tag == "del" else "t"
        changed._p.append(
            parse_xml(f"<w:{tag} {nsdecls('w')}><w:r><w:{text}>{word}</w:{text}></w:r></w:{tag}>")
        )
    changed.add_run("万元。")
    document.add_paragraph("第一项", style="List Bullet")
    table = document.add_table(rows=3, cols=3)
    for row, words in zip(
        table.rows, (("类别", "金额", "依据"), ("国家级", "1000", "文件"), ("", "200", "文件")), strict=True
    ):
        for cell, word in zip(row.cells, words, strict=True):
            cell.text = word
    table.cell(1, 0).merge(table.cell(2, 0))
    document.add_picture(BytesIO(_png()))
    buffer = BytesIO()
    document.save(buffer)
    reading = read(Path("a.docx"), buffer.getvalue())
    assert reading.text.split("\n") == [
        "办法",
        "支持标准为200万元。",
        "第一项",
        "类别：国家级；金额：1000；依据：文件",
        "类别：国家级；金额：200；依据：文件",
        "",
    ]
    assert reading.title == "办法"
    assert reading.bullets
    assert [(unread.count, unread.en) for unread in reading.unread] == [(1, "images")]


def test_a_text_box_is_read_once_after_the_paragraph_it_is_anchored_in() -> None:
    document = docx.Document()
    document.add_paragraph("正文第一段。").add_run()._r.append(
        parse_xml(_text_box("框内第一段。", "框内第二段。"))
    )
    document.add_paragraph("正文第二段。")
    buffer = BytesIO()
    document.save(buffer)
    assert read(Path("a.docx"), buffer.getvalue()).text.split("\n") == [
        *("正文第一段。", "框内第一段。", "框内第二段。", "正文第二段。", "")
    ]


def _text_box(*paragraphs: str) -> str:
    """A text box as Word writes it: the shape, and once more the same for old readers."""
    box = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
    box = f"<w:txbxContent>{box}</w:txbxContent>"
    return (
        f'<mc:AlternateContent {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml"'
        ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
        ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
        '<mc:Choice Requires="wps"><w:drawing><wps:wsp><wps:txbx>'
        f"{box}</wps:txbx></wps:wsp></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict></mc:Fallback>"
        "</mc:AlternateContent>"
    )


def _png() -> bytes:
    from PIL import Image

    buffer = BytesIO()
    Image.new("RGB", (4, 4)).save(buffer, "PNG")
    return buffer.getvalue()


def test_the_numbers_that_word_shows_are_counted_as_word_counts() -> None:
    assert [chinese(n) for n in (1, 10, 11, 20, 21, 100, 101, 110, 119, 210)] == [
        *("一", "十", "十一", "二十", "二十一", "一百", "一百零一", "一百一十", "一百一十九", "二百一十"),
    ]
    assert [roman(n) for n in (1, 4, 9, 14, 40, 90)] == ["i", "iv", "ix", "xiv", "xl", "xc"]
    assert formatted(3, "decimalEnclosedCircle") == "③"
    assert (formatted(27, "lowerLetter"), formatted(12, "chineseLegalSimplified")) == ("aa", "壹拾贰")


def test_a_list_of_word_may_count_on_through_all_chapters() -> None:
    levels = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>{restart}'
        f'<w:lvlText w:val="{text}"/><w:suff w:val="nothing"/></w:lvl>'
        for i, (text, restart) in enumerate(
            [
                ("第%1章", ""),
                ("第%2条", '<w:lvlRestart w:val="0"/>'),
                ("（%3）", ""),
                ("%4.", '<w:lvlRestart w:val="1"/>'),
            ]
        )
    )
    numbering = Numbering(
        parse_xml(
            f'<w:numbering {nsdecls("w")}><w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>'
            '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
        )
    )
    shown = [numbering.next("1", level) for level in (0, 1, 2, 3, 2, 3, 0, 1, 2, 3)]
    assert shown == [
        *("第一章", "第一条", "（一）", "一.", "（二）", "二."),
        *("第二章", "第二条", "（一）", "一."),
    ]


def test_column_names_in_two_rows_are_said_together() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (
        ["某市补助标准表", None, None],
        ["类别", "补助（万元）", None],
        [None, "首年", "次年"],
        ["甲", 6, 3],
    ):
        sheet.append(row)
    for area in ("A1:C1", "A2:A3", "B2:C2"):
        sheet.merge_cells(area)
    buffer = BytesIO()
    book.save(buffer)
    reading = read(Path("a.xlsx"), buffer.getvalue())
    assert reading.text == "某市补助标准表\n类别：甲；补助（万元） 首年：6；补助（万元） 次年：3\n"
    assert reading.title == "某市补助标准表"
    page = (
        "<h1>标准</h1><table><tr><th rowspan=2>类别</th><th colspan=2>补助</th></tr>"
        "<tr><th>首年</th><th>次年</th></tr>"
        "<tr><td>甲</td><td>6</td><td>3</td></tr></table>"
        "<table><tr><th>类别</th><th colspan=2>条件</th></tr><tr><td>甲类</td><td>注册</td><td>纳税</td></tr>"
        "<tr><td>乙类</td><td>注册</td><td>纳税</td></tr></table>"
    )
    lines = read(Path("a.html"), page.encode()).text.split("\n")
    assert "类别：甲；补助 首年：6；补助 次年：3" in lines
    assert "类别：甲类；条件：注册；条件：纳税" in lines  # the second row holds no names


def test_a_sheet_has_one_passage_a_row_with_its_column_names() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "指标"
    for row in (
        ["2025年指标表", None, None],
        ["指标", "目标", "期限"],
        ["投入强度", 0.042, "2027年"],
        ["平台数", 1500, None],
        [2026, 1800, None],
    ):
        sheet.append(row)
    sheet.merge_cells("A1:C1")
    sheet["B3"].number_format = "0.0%"
    buffer = BytesIO()
    book.save(buffer)
    reading = read(Path("a.xlsx"), buffer.getvalue())
    parts = outline(reading).parts
    assert [(part.path, reading.text[part.body : part.end].strip()) for part in parts] == [
        (
            ("指标",),
            "2025年指标表\n指标：投入强度；目标：4.2%；期限：2027年\n指标：平台数；目标：1500\n指标：2026；目标：1800",
        ),
        (("指标", "第3行"), "指标：投入强度；目标：4.2%；期限：2027年"),
        (("指标", "第4行"), "指标：平台数；目标：1500"),
        (("指标", "第5行"), "指标：2026；目标：1800"),
    ]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_delimited_text_is_read_like_a_sheet(delimiter: str) -> None:
    lines = [
        delimiter.join(row)
        for row in (["name", "amount"], ["centre", "5 million"], ["platform", "2 million"])
    ]
    reading = read(Path("a.csv"), "\r\n".join(lines).encode("utf-16"))
    assert reading.text == "name：centre；amount：5 million\nname：platform；amount：2 million\n"
    assert [part.path for part in outline(reading).parts] == [("row 2",), ("row 3",)]


def test_a_table_in_a_pdf_is_read_by_rows_where_it_stands() -> None:
    registerFont(UnicodeCIDFont("STSong-Light"))
    body = ParagraphStyle("body", fontName="STSong-Light", fontSize=11, leading=18, wordWrap="CJK")
    table = Table([["类别", "金额（万元）"], ["国家级", "1000"], ["省级", "200"]])
    table.setStyle(
        TableStyle([("GRID", (0, 0), (-1, -1), 0.5, "black"), ("FONT", (0, 0), (-1, -1), "STSong-Light")])
    )
    buffer = BytesIO()
    SimpleDocTemplate(buffer, pagesize=A4).build(
        [Paragraph("第一条 标准如下：", body), table, Paragraph("第二条 自公布之日起施行。", body)]
    )
    reading = read(Path("a.pdf"), buffer.getvalue())
    assert reading.text.split("\n") == [
        "第一条 标准如下：",
        "类别：国家级；金额（万元）：1000",
        "类别：省级；金额（万元）：200",
        "第二条 自公布之日起施行。",
        "",
    ]


def test_a_table_in_the_right_column_does_not_break_into_the_left_one() -> None:
    registerFont(UnicodeCIDFont("STSong-Light"))
    body = ParagraphStyle("body", fontName="STSong-Light", fontSize=11, leading=18, wordWrap="CJK")
    table = Table([["类别", "金额（万元）"], ["国家级", "1000"], ["省级", "200"]])
    table.setStyle(
        TableStyle([("GRID", (0, 0), (-1, -1), 0.5, "black"), ("FONT", (0, 0), (-1, -1), "STSong-Light")])
    )
    story = [Paragraph(f"第{n}条 {LONG * 5}", body) for n in "一二三四五"]
    buffer = BytesIO()
    columns = [Frame(left, 50, 235, 740) for left in (50, 305)]
    template = BaseDocTemplate(buffer, pagesize=A4, pageTemplates=[PageTemplate(frames=columns)])
    template.build([*story, table, Paragraph("第六条 自公布之日起施行。", body)])
    assert read(Path("a.pdf"), buffer.getvalue()).text.split("\n") == [
        *(f"第{n}条 {LONG * 5}" for n in "一二三四五"),
        "类别：国家级；金额（万元）：1000",
        "类别：省级；金额（万元）：200",
        "第六条 自公布之日起施行。",
        "",
    ]


def test_pages_are_kept_for_citations_also_inside_a_paragraph() -> None:
    law = replace(LAW, articles=(Article("第一条", (), LONG * 90), Article("第二条", (), LONG)))
    raw = next(raw for key, _, raw in renderings(law) if key == "pdf_one_column")
    reading = read(Path("a.pdf"), raw)
    first = outline(reading).parts[0]
    assert reading.page_starts[0] == 0
    assert len(reading.page_starts) > 2
    assert all(first.body < start < first.end for start in reading.page_starts[1:])


def pdf(*, encrypt: str | None = None, picture: bool = False) -> bytes:
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=A4, encrypt=encrypt)
    if picture:
        from PIL import Image
        from reportlab.lib.utils import ImageReader

        canvas.drawImage(ImageReader(Image.new("RGB", (50, 50))), 0, 0, 500, 700)
    else:
        canvas.drawString(100, 700, "Article 1 The purpose of these measures is growth.")
    canvas.save()
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("file", "raw", "said"),
    [
        ("scan.pdf", pdf(picture=True), "ocrmypdf"),
        ("locked.pdf", pdf(encrypt="secret"), "password"),
        ("broken.pdf", b"%PDF-1.4 nothing", "damaged"),
        ("broken.docx", b"PK\x03\x04 nothing", "save it as .docx"),
        ("broken.xlsx", b"PK\x03\x04 nothing", "save it as .xlsx"),
        ("old.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "save it as .docx"),
    ],
)
def test_what_cannot_be_read_is_named_with_the_next_step(file: str, raw: bytes, said: str) -> None:
    with pytest.raises(ReadError) as error:
        read(Path(file), raw)
    assert file in error.value.localized("en")
    assert file in error.value.localized("zh")
    assert said in error.value.localized("en")


PAGE = """<html><head><title>关于某事的通知_某政府网</title>
<meta name="PubDate" content="2024-01-05 10:00"></head>
<body><div class="nav menu"><ul><li><a href="/">首页</a></li></ul></div>
<div class="sidebar-layout"><h1>关于某事的通知</h1><div id="zoom">
<p>各单位：</p><p>现就有关
事项通知如下，<b>请遵照执行</b>。</p>
<p>发布时间：2024-01-05 来源：某市科技局 字号：[<a>大</a> <a>中</a> <a>小</a>] 打印</p>
<p>字号标准由商标局公布。</p><p>来源：自有资金，用于打印机采购</p>
<h2>一、目标</h2><ol><li>甲目标<ul><li>子项</li></ul></li><li>乙目标</li></ol>
<table><tr><th>指标</th><th>2027年</th></tr>
<tr><td rowspan="2">投入</td><td>4%</td></tr><tr><td>5%</td></tr></table>
<p style="display: none">看不见</p><script>var x;</script><p>图：<img src="a.png"></p></div></div>
<div class="footer"><p>版权所有</p></div></body></html>"""


def test_a_web_page_gives_its_content_and_not_its_frame() -> None:
    reading = read(Path("a.html"), PAGE.encode("gb18030"))
    assert reading.text.split("\n") == [
        "关于某事的通知",
        "各单位：",
        "现就有关事项通知如下，请遵照执行。",
        "字号标准由商标局公布。",
        "来源：自有资金，用于打印机采购",
        "一、目标",
        "1. 甲目标",
        "子项",
        "2. 乙目标",
        "指标：投入；2027年：4%",
        "指标：投入；2027年：5%",
        "图：",
        "",
    ]
    assert reading.declared == {"published": "2024-01-05 10:00"}
    assert [unread.en for unread in reading.unread] == ["images"]
