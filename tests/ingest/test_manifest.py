"""The manifest: what is read, and where a mistake is found."""

from pathlib import Path

import pytest

from assistant.domain import Authority, Kind, Level, ValidityStatus
from assistant.errors import CorpusError
from assistant.ingest.manifest import load_manifest

GOOD = """\
instruments:
- id: hnte-2016
  title_zh: 高新技术企业认定管理办法
  kind: normative
  level: national
  issued: 2016-01-29
  effective: '2016-01'
  status: in_force
  supersedes: [高新技术企业认定管理办法（2008年）]
  sources: [{url: 'https://example.org/a', type: official}]
  documents:
  - {path: documents/zh/hnte-2016.md, language: zh}
"""


def corpus(tmp_path: Path, manifest: str) -> Path:
    (tmp_path / "documents" / "zh").mkdir(parents=True)
    (tmp_path / "documents" / "zh" / "hnte-2016.md").write_text("# 办法\n", encoding="utf-8")
    (tmp_path / "manifest.yaml").write_text(manifest, encoding="utf-8")
    return tmp_path


def test_a_record_becomes_an_instrument_and_its_files(tmp_path: Path) -> None:
    manifest = load_manifest(corpus(tmp_path, GOOD))
    (instrument,) = manifest.instruments
    assert (instrument.kind, instrument.level) == (Kind.NORMATIVE, Level.NATIONAL)
    assert instrument.authority is Authority.NORMATIVE  # that of its kind, as nothing else is said
    assert instrument.status is ValidityStatus.IN_FORCE
    assert (instrument.issued, instrument.effective) == ("2016-01-29", "2016-01")
    assert instrument.sources[0].url == "https://example.org/a"
    assert instrument.read_fields == ()
    (file,) = manifest.files
    assert (file.instrument_id, file.language, file.path.name) == ("hnte-2016", "zh", "hnte-2016.md")


@pytest.mark.parametrize(
    ("before", "after", "line", "field"),
    [
        ("kind: normative", "kind: normativ", 4, "kind"),
        ("issued: 2016-01-29", "issued: 29.1.2016", 6, "issued"),
        ("effective: '2016-01'", "effective: '2016-13'", 7, "effective"),
        ("effective:", "efective:", 7, "efective"),
        ("  title_zh: 高新技术企业认定管理办法\n", "", 2, "title_zh"),
        ("language: zh}", "language: cn}", 12, "language"),
        ("zh/hnte-2016.md", "zh/absent.md", 12, "path"),
        ("documents/zh/hnte-2016.md", "../outside.md", 12, "path"),
        ("supersedes: [高新技术企业认定管理办法（2008年）]", "supersedes: [hnte-2008]", 9, "supersedes"),
        ("- id: hnte-2016\n", "- {id: a, title_zh: x}\n- id: a\n", 3, "id"),
        ("sources: [{url: 'https://example.org/a', type", "sources: [{type", 10, "url"),
    ],
)
def test_a_mistake_is_named_with_line_and_field(
    tmp_path: Path, before: str, after: str, line: int, field: str
) -> None:
    assert before in GOOD
    with pytest.raises(CorpusError) as error:
        load_manifest(corpus(tmp_path, GOOD.replace(before, after)))
    assert f"line {line}, {field}:" in error.value.en
    assert f"第 {line} 行，{field}：" in error.value.zh


def test_broken_yaml_is_named_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(CorpusError) as error:
        load_manifest(corpus(tmp_path, "instruments:\n- id: [a\n"))
    assert "line 3" in error.value.en


def test_the_demo_corpus_has_a_good_manifest() -> None:
    manifest = load_manifest(Path(__file__).parents[2] / "corpus")
    assert manifest.instruments
    assert {file.language for file in manifest.files} == {"zh", "en"}
