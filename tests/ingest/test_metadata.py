"""Records read from texts: what is said is found, what is not said stays unknown."""

from pathlib import Path

import pytest

from assistant.domain import Authority, Instrument, Kind, Level, ValidityStatus
from assistant.ingest.chinese_record import level_of
from assistant.ingest.metadata import read_record
from assistant.ingest.readers import read
from assistant.ingest.versions import linked


def record(text: str, name: str = "a.txt") -> Instrument:
    reading = read(Path(name), text.encode())
    return read_record(reading, Path(name), "zh")


NOTICE = """某市人民政府办公厅关于印发
研发平台建设管理办法的通知
某政规〔2024〕15号
各区人民政府：
根据国科发〔2020〕1号文件精神，现将办法印发给你们。
某市人民政府办公厅
2024年1月15日
研发平台建设管理办法
第一条　高新技术企业证书有效期三年。
第二条　本办法自2024年2月1日起施行，有效期5年。《某市研发平台管理暂行办法》（某政规〔2019〕3号）同时废止。
"""


def test_a_notice_gives_title_number_issuer_dates_and_what_it_repeals() -> None:
    found = record(NOTICE)
    assert found.title_zh == "某市人民政府办公厅关于印发研发平台建设管理办法的通知"
    assert found.aliases == ("研发平台建设管理办法",)
    assert found.doc_number == "某政规〔2024〕15号"
    assert found.issuer_zh == "某市人民政府办公厅"
    assert (found.issued, found.effective, found.expires) == ("2024-01-15", "2024-02-01", "2029-01-31")
    assert (found.kind, found.authority) == (Kind.NORMATIVE, Authority.NORMATIVE)
    assert found.level is Level.MUNICIPAL
    assert found.supersedes == ("某政规〔2019〕3号",)
    assert found.status is ValidityStatus.IN_FORCE_PRESUMED
    assert set(found.read_fields) == {
        *("title_zh", "doc_number", "issuer_zh", "issued", "effective", "expires", "kind", "authority"),
        *("level", "supersedes", "status"),
    }


def test_the_number_is_read_from_the_table_above_a_web_page() -> None:
    rows = (
        "索 引 号： | 11-22 | 成文日期： | 2024年5月6日\n发文字号： | 某政办〔2024〕7号 | 有 效 性： | 有效\n"
    )
    assert record(rows + NOTICE.replace("某政规〔2024〕15号\n", "")).doc_number == "某政办〔2024〕7号"
    assert record("某市办法\n见发文字号：某政办〔2024〕7号的附件。\n").doc_number is None


def test_full_width_figures_are_read_and_the_signature_names_the_issuer() -> None:
    wide = str.maketrans("0123456789", "０１２３４５６７８９")
    text = (
        "某市平台管理办法\n某科发〔2024〕5号\n各区：\n第一条　本办法自2024年5月1日起施行，有效期3年。\n"
        "某市科学技术局\n2024年4月6日\n"
    )
    found = record(text.translate(wide))
    assert (found.doc_number, found.issuer_zh) == ("某科发〔2024〕5号", "某市科学技术局")
    assert (found.issued, found.effective, found.expires) == ("2024-04-06", "2024-05-01", "2027-04-30")


def test_a_law_is_dated_by_its_last_amendment() -> None:
    found = record(
        "中华人民共和国某法\n（1984年3月12日第六届全国人民代表大会常务委员会第四次会议通过　根据"
        "2008年12月27日第十一届全国人民代表大会常务委员会第六次会议《关于修改〈某法〉的决定》第三次修正）\n"
        "第一条　为了保护权益，制定本法。\n第二条　本法自1985年4月1日起施行。\n"
    )
    assert (found.kind, found.level, found.issued) == (Kind.LAW, Level.NATIONAL, "2008-12-27")
    assert found.effective == "1985-04-01"
    assert found.issuer_zh == "全国人民代表大会常务委员会"


@pytest.mark.parametrize(
    ("sentence", "effective", "expires"),
    [
        ("本办法自印发之日起施行，有效期三年。", "2024-01-15", "2027-01-14"),
        ("本通知自2024年3月1日起执行，至2027年12月31日止。", "2024-03-01", "2027-12-31"),
        ("本政策自2024年3月1日起施行，有效期至2026年12月31日。", "2024-03-01", "2026-12-31"),
        ("本办法自2024年3月1日起实施，试行期18个月。", "2024-03-01", "2025-08-31"),
        ("上述政策适用于所有企业，执行期限为2024年3月1日至2027年12月31日。", "2024-03-01", "2027-12-31"),
        ("项目执行期限为2024年3月1日至2027年12月31日。", None, None),
        ("获批的资格自批准之日起生效，有效期三年。", None, None),
        ("证书有效期5年。", None, None),
    ],
)
def test_only_the_instruments_own_term_counts(
    sentence: str, effective: str | None, expires: str | None
) -> None:
    found = record(f"某局关于某事的通知\n各单位：\n第一条　{sentence}\n某局\n2024年1月15日\n")
    assert (found.effective, found.expires) == (effective, expires)


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("国务院办公厅", Level.NATIONAL),
        ("科技部、财政部", Level.NATIONAL),
        ("国家市场监督管理总局", Level.NATIONAL),
        ("湖北省科学技术厅", Level.PROVINCIAL),
        ("上海市人民政府", Level.PROVINCIAL),
        ("内蒙古自治区人民政府", Level.PROVINCIAL),
        ("湖北省武汉市人民政府", Level.MUNICIPAL),
        ("武汉市科学技术局", Level.MUNICIPAL),
        ("城市维护建设办法", Level.UNKNOWN),
        ("互联网信息服务管理办法", Level.UNKNOWN),
    ],
)
def test_the_level_follows_from_who_stands_behind_it(name: str, level: Level) -> None:
    assert level_of(name) is level


def test_what_the_text_does_not_say_stays_unknown() -> None:
    found = record("这里只有一句话。\n另一句话。\n", "笔记.txt")
    assert found.title_zh == "笔记"
    assert (found.doc_number, found.issued, found.issuer_zh, found.expires) == (None, None, None, None)
    assert (found.status, found.level, found.kind) == (ValidityStatus.UNKNOWN, Level.UNKNOWN, Kind.OTHER)
    assert found.read_fields == ("title_zh",)


def test_a_later_edition_and_a_repeal_end_the_older_text_the_day_before() -> None:
    old = record("某条例\n（2015年5月1日公布）\n第一条　甲。\n")
    new = record(
        "某条例（2022年修订）\n（2015年5月1日公布　2022年6月1日修订）\n"
        "第一条　乙。\n第二条　自2022年9月1日起施行。\n"
    )
    repealed = record("某市研发平台管理暂行办法\n某政规〔2019〕3号\n第一条　丙。\n某局\n2019年3月1日\n")
    changed = {instrument.id: instrument for instrument in linked([old, new, repealed, record(NOTICE)])}
    assert set(changed) == {old.id, repealed.id}
    assert changed[old.id].status is ValidityStatus.SUPERSEDED
    assert (changed[old.id].superseded_by, changed[old.id].expires) == (new.id, "2022-08-31")
    assert (changed[repealed.id].superseded_by, changed[repealed.id].expires) == (
        record(NOTICE).id,
        "2024-01-31",
    )
    assert linked([*changed.values(), new, record(NOTICE)]) == []


def test_a_record_is_released_when_its_successor_is_gone() -> None:
    old = record("某条例\n（2015年5月1日公布）\n第一条　甲。\n")
    new = record("某条例\n（2022年6月1日公布）\n第一条　乙。\n")
    (ended,) = linked([old, new])
    assert linked([ended]) == [old]


def test_an_english_notice_gives_its_record_too() -> None:
    text = (
        "Ministry of Science and Technology\nNotice on Supporting Foreign-Funded R&D Centers\nNo. 7 [2023]\n"
        "Issued by the Ministry of Science and Technology on January 11, 2023\n1. Purpose\n"
        "This notice takes effect on February 1, 2023 and is valid until December 31, 2027.\n"
    )
    found = read_record(read(Path("a.txt"), text.encode()), Path("a.txt"), "en")
    assert found.title_en == "Notice on Supporting Foreign-Funded R&D Centers"
    assert (found.doc_number, found.issuer_en) == ("No. 7 [2023]", "Ministry of Science and Technology")
    assert (found.issued, found.effective, found.expires) == ("2023-01-11", "2023-02-01", "2027-12-31")
    assert (found.kind, found.level) == (Kind.NOTICE, Level.NATIONAL)
