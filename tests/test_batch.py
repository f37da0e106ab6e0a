"""The contract of the Arrow kernel: rows, order, types, errors; and the verdicts of a dump of the same records."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from batches import AD, KERNEL, NEW, NO_TEXT, RECORDS, SCHEMA, batch_of, texts, told
from kinds.checks import PROSE
from msgspec.structs import replace

from linter import LintKernel, api
from linter.config import Config, ConfigError, SourceTable, SuppressTable

if TYPE_CHECKING:
    from conftest import Run

pa = pytest.importorskip("pyarrow")
parquet = pytest.importorskip("pyarrow.parquet")


# ---- rows and columns ------------------------------------------------------------------------------------------------


def test_the_same_rows_come_out_in_the_same_order_with_more_columns() -> None:
    given = batch_of()
    result = KERNEL(given)
    assert isinstance(result, pa.RecordBatch)
    assert result.schema.names == [*SCHEMA.names, *(f"newslint_{name}" for name in NEW)]
    assert result.select(SCHEMA.names).equals(given)
    assert told(result, "score") == [100, None, None, None, api.lint(RECORDS[4]["text"]).score, None]
    assert [[finding["rule"] for finding in row if not finding["value"]] for row in told(result, "findings")[:5]] == [
        [], ["INJ005"], [], [], ["INJ001"],
    ]  # fmt: skip
    assert told(result, "error") == [None, None, NO_TEXT, None, None, None]
    assert told(result, "decision") == ["pass", "fail", "fail", "warn", "warn", "warn"]
    assert told(result, "language")[4:] == ["en", "de"]
    assert len(set(told(result, "rulebook"))) == 1


@pytest.mark.parametrize("suffix", ["jsonl", "parquet"])
def test_a_dump_of_the_same_records_is_given_the_same_verdicts(suffix: str, run: Run, tmp_path: Path) -> None:
    table = pa.Table.from_batches([batch_of()])
    parquet.write_table(table, tmp_path / "dump.parquet")
    (tmp_path / "dump.jsonl").write_text("".join(json.dumps(record) + "\n" for record in RECORDS))
    flags = ["--annotate", "annotated.parquet", "--fail-on", "error", "--max-bad-records", "1", "--isolated"]
    run([sys.executable, "-m", "linter", "check", f"dump.{suffix}", *flags], tmp_path, 1)
    annotated = parquet.read_table(tmp_path / "annotated.parquet")
    expected = annotated.select([name for name in annotated.schema.names if name.startswith("newslint_")])
    expected = expected.drop_columns(["newslint_path", "newslint_record"])
    result = LintKernel(keep=False)(table)
    assert result.schema.equals(expected.schema)
    assert result.to_pylist() == expected.to_pylist()


def test_findings_are_those_of_the_wire_format(run: Run, tmp_path: Path) -> None:
    (tmp_path / "dump.jsonl").write_text("".join(json.dumps(record) + "\n" for record in RECORDS))
    command = ["check", "dump.jsonl", "--format", "jsonl", "--isolated", "--max-bad-records", "1"]
    lines = run([sys.executable, "-m", "linter", *command], tmp_path, 1).stdout.splitlines()
    assert [json.dumps(findings) for findings in told(KERNEL(batch_of()), "findings")] == [
        json.dumps(json.loads(line)["findings"]) for line in lines
    ]


def test_what_there_was_is_neither_changed_nor_copied() -> None:
    schema = pa.schema(
        [
            pa.field("text", pa.large_string(), nullable=False, metadata={"of": "a field"}),
            pa.field("when", pa.timestamp("us", "UTC")),
            pa.field("tags", pa.list_(pa.string())),
            pa.field("kind", pa.dictionary(pa.int8(), pa.string())),
            pa.field("newslint_score", pa.string()),
            pa.field("newslint_path", pa.string()),
        ],
        {"made": "by a test"},
    )
    columns = [[AD, PROSE], [0, None], [["x"], None], ["news", "blog"], ["old", "older"], ["p", "q"]]
    arrays = [pa.array(values, field.type) for values, field in zip(columns, schema, strict=True)]
    result = KERNEL(pa.RecordBatch.from_arrays(arrays, schema=schema))
    assert result.schema.equals(KERNEL.schema(schema), check_metadata=True)
    assert [result.schema.field(at) for at in range(4)] == [schema.field(at) for at in range(4)]
    assert result.schema.metadata == {b"made": b"by a test"} and result.schema.names[4:] == KERNEL.added.names
    for before, after in zip(arrays[:4], result.columns[:4], strict=True):
        assert [b and b.address for b in before.buffers()] == [a and a.address for a in after.buffers()]
    assert told(result, "score") == [None, 100]


def test_compact_and_only_what_is_new() -> None:
    full = KERNEL(batch_of())
    compact = LintKernel(columns="compact")(batch_of())
    assert compact.schema.names == [name for name in full.schema.names if name != "newslint_findings"]
    assert compact.equals(full.select(compact.schema.names))
    alone = LintKernel(keep=False)(batch_of())
    assert alone.equals(full.select(KERNEL.added.names)) and alone.schema == KERNEL.added


@pytest.mark.parametrize("columns", ["full", "compact"])
def test_the_schema_is_always_the_same(columns: Any) -> None:
    kernel = LintKernel(columns=columns)
    schema = kernel.schema(SCHEMA)
    empty, spare, bad = batch_of([]), batch_of(RECORDS[:1]), batch_of(RECORDS[2:3])
    for one in (empty, spare, bad, batch_of(), batch_of().slice(2, 0)):
        assert kernel(one).schema.equals(schema, check_metadata=True)
        assert kernel(pa.Table.from_batches([one])).schema.equals(schema, check_metadata=True)
    assert (kernel(empty).num_rows, kernel(SCHEMA.empty_table()).num_rows) == (0, 0)
    assert kernel(pa.Table.from_batches([], SCHEMA)).schema == schema
    assert [kernel.added.field(f"newslint_{name}").type for name in ("score", "words", "coverage", "counts")] == [
        pa.int32(), pa.int32(), pa.float64(), pa.map_(pa.string(), pa.int32()),
    ]  # fmt: skip


# ---- what is wrong with a row, or with all of them -------------------------------------------------------------------


def test_errors_stand_beside_good_rows_in_the_words_of_a_dump(run: Run, tmp_path: Path) -> None:
    wrong: dict[Any, list[Any]] = {
        pa.int64(): [5, None],
        pa.bool_(): [True],
        pa.float64(): [0.5],
        pa.list_(pa.string()): [["a"]],
        pa.struct([("a", pa.string())]): [{"a": "b"}],
        pa.null(): [None],
    }
    for kind, values in wrong.items():
        (tmp_path / "dump.jsonl").write_text("".join(json.dumps({"text": value}) + "\n" for value in values))
        command = ["check", "dump.jsonl", "--format", "jsonl", "--isolated", "--quiet"]
        lines = run([sys.executable, "-m", "linter", *command], tmp_path, 2).stdout.splitlines()
        result = KERNEL(pa.RecordBatch.from_arrays([pa.array(values, kind)], ["text"]))
        assert told(result, "error") == [json.loads(line)["error"] for line in lines], kind
        assert all(told(result, "error"))
    binary = KERNEL(pa.RecordBatch.from_arrays([pa.array([b"bytes"])], ["text"]))
    assert told(binary, "error") == ["field 'text' is bytes, not a string"]


def test_all_null_columns() -> None:
    nulls = pa.RecordBatch.from_arrays([pa.nulls(3, field.type) for field in SCHEMA], schema=SCHEMA)
    untyped = pa.RecordBatch.from_arrays([pa.nulls(3)] * 2, ["text", "title"])
    for given in (nulls, untyped):
        result = KERNEL(given)
        assert told(result, "error") == [NO_TEXT] * 3 and told(result, "decision") == ["fail"] * 3
        assert (told(result, "score"), told(result, "findings"), told(result, "counts")) == (
            [None] * 3,
            [[]] * 3,
            [[]] * 3,
        )


def test_no_column_with_a_text_is_every_rows_error_and_can_be_asked_for() -> None:
    given = pa.RecordBatch.from_pydict({"body_text": ["a", "b"], "title": ["c", "d"]})
    assert told(KERNEL(given), "error") == [NO_TEXT] * 2
    said = 'no column with a text: found body_text, title; say which with field={"text": "NAME"}'
    for ask in (lambda: KERNEL.check(given.schema.names), lambda: KERNEL.stream(pa.Table.from_batches([given]))):
        with pytest.raises(ConfigError) as error:
            ask()
        assert str(error.value) == said
    with pytest.raises(ConfigError, match="found none"):
        KERNEL.check([])
    named = LintKernel(Config(field={"text": "body_text"}))
    named.check(given.schema.names)
    assert told(named(given), "error") == [None, None]
    with pytest.raises(ConfigError):
        named.check(["text"])
    pages = LintKernel(Config(field={"html": "markup"}))
    pages.check(["markup"])
    assert told(pages(given), "error") == ["no text: expected 'markup'"] * 2


def test_a_text_that_is_too_long_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    kernel = LintKernel()
    kernel._rows.options = replace(kernel._rows.options, max_size=1024)
    assert told(kernel(texts("é" * 513, "é" * 512)), "error") == ["longer than 1 KiB", None]


class Broken(pa.ExtensionScalar):  # type: ignore[misc]
    def as_py(self, **options: Any) -> Any:
        raise TypeError("no value")


class BrokenType(pa.ExtensionType):  # type: ignore[misc]
    def __init__(self) -> None:
        super().__init__(pa.string(), "newslint.test")

    def __arrow_ext_serialize__(self) -> bytes:
        return b""

    def __arrow_ext_scalar_class__(self) -> type:
        return Broken


def test_a_cell_that_can_not_be_read_takes_only_its_row_down() -> None:
    bad = pa.ExtensionArray.from_storage(BrokenType(), pa.array(["x", "y"]))
    result = KERNEL(pa.RecordBatch.from_arrays([pa.array([AD, AD]), bad], ["text", "title"]))
    assert told(result, "error") == ["internal error while reading: TypeError: no value"] * 2
    late = pa.array([2**62, 0], pa.timestamp("s"))  # a year that Python doesn't know
    result = KERNEL(pa.RecordBatch.from_arrays([pa.array([AD, AD]), late], ["text", "date"]))
    assert told(result, "error") == [None, None]


def test_bytes_that_are_no_utf8_are_read_as_a_dump_reads_them() -> None:
    raw = "The café opened.\n\nAdvertisement".encode("cp1252")
    array = pa.Array.from_buffers(
        pa.string(), 1, [None, pa.array([0, len(raw)], pa.int32()).buffers()[1], pa.py_buffer(raw)]
    )
    result = KERNEL(pa.RecordBatch.from_arrays([array], ["text"]))
    assert (told(result, "error"), told(result, "counts")) == ([None], [[("INJ005", 1)]])
    assert told(result, "findings")[0][0]["start"] == 18


@pytest.mark.parametrize(
    ("make", "error", "said"),
    [
        (lambda: LintKernel(columns="all"), ConfigError, "columns: expected 'full' or 'compact', got 'all'"),  # type: ignore[arg-type]
        (lambda: KERNEL([{"text": "a"}]), TypeError, "expected a pyarrow.RecordBatch or Table, got list"),
        (lambda: LintKernel(Config(select=["NOPE"]))(texts("a")), ConfigError, "unknown rule 'NOPE'"),
        (lambda: LintKernel(Config(select=["NOPE"])).check(), ConfigError, "unknown rule 'NOPE'"),
    ],
)
def test_wrong_use_is_told_in_one_line(make: Any, error: type[Exception], said: str) -> None:
    with pytest.raises(error) as raised:
        make()
    assert said in str(raised.value) and "\n" not in str(raised.value)


def test_an_empty_batch_needs_no_linter() -> None:
    kernel = LintKernel(Config(select=["NOPE"]))
    assert kernel(texts()).num_rows == 0
    assert [part.schema for part in kernel.batches([texts(), texts()])] == [kernel.schema(texts().schema)] * 2


# ---- the configuration -----------------------------------------------------------------------------------------------


def test_the_configuration_holds_as_for_a_dump(tmp_path: Path) -> None:
    (tmp_path / "sources.txt").write_text("example.org blocked\n")
    config = Config(
        source=[SourceTable(["partner.example"], {"ignore": ["INJ005"], "min_score": 10})],
        suppress=[SuppressTable(id="7", rules=["INJ005"])],
        source_list=str(tmp_path / "sources.txt"),
        fail_on="never",
        unscored="pass",
    )
    given = pa.RecordBatch.from_pydict(
        {
            "id": [5, 6, 7, 8],
            "url": ["https://www.example.org/5", "https://news.partner.example/6", None, None],
            "text": [AD] * 4,
        }
    )
    result = LintKernel(config)(given)
    assert told(result, "counts") == [[("INJ005", 1)], [], [], [("INJ005", 1)]]
    assert told(result, "source") == ["blocked", None, None, None]
    assert told(result, "decision") == ["warn", "pass", "pass", "warn"]
    strict = LintKernel(Config(min_score=100, fail_on="never"))(batch_of(RECORDS[4:5]))
    assert told(strict, "because") == [f"the score is {told(strict, 'score')[0]}, under 100"]


def test_pages_are_read_as_pages() -> None:
    page = "<html><head><title>T</title></head><body><p>Fish &amp; chips</p><p>Advertisement</p></body></html>"
    given = pa.RecordBatch.from_pydict({"text": [None, AD], "html": [page, page]})
    ((finding,), (second,)) = told(LintKernel(Config(select=["INJ005"]))(given), "findings")
    assert page[finding["start"] : finding["end"]] == finding["text"] == "Advertisement"
    assert AD[second["start"] : second["end"]] == "Advertisement"


def test_decisions_are_those_of_a_linter() -> None:
    linter = api.Linter()
    result = KERNEL(batch_of(RECORDS[:2]))
    verdicts = [linter.lint(r["text"], title=r["title"], url=r["url"]) for r in RECORDS[:2]]
    assert [(v.decision, v.because) for v in verdicts] == list(
        zip(told(result, "decision"), told(result, "because"), strict=True)
    )
