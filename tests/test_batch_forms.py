"""Every form that columns can have; and what the kernel does in slices, streams, threads and other processes."""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from batches import AD, KERNEL, RECORDS, SCHEMA, added, batch_of, texts, told
from hypothesis import strategies as st

from linter import LintKernel, batch, rows
from linter.config import Config

pa = pytest.importorskip("pyarrow")


# ---- every form that a column can have -------------------------------------------------------------------------------


FORMS = {
    "string": pa.string(),
    "large": pa.large_string(),
    "view": pa.string_view(),
    "dictionary": pa.dictionary(pa.int8(), pa.string()),
    "dictionary of large": pa.dictionary(pa.int32(), pa.large_string()),
}


@pytest.mark.parametrize("form", FORMS)
def test_every_form_of_strings(form: str) -> None:
    plain = KERNEL(batch_of())
    values = pa.array([record["text"] for record in RECORDS])
    made = values.dictionary_encode().cast(FORMS[form]) if "dict" in form else pa.array(values.to_pylist(), FORMS[form])
    result = KERNEL(batch_of().set_column(3, pa.field("text", FORMS[form]), made))
    assert added(result) == added(plain)
    assert result["text"].type == FORMS[form]


def test_slices_and_chunks() -> None:
    whole, rows_ = batch_of(), added(KERNEL(batch_of()))
    assert added(KERNEL(whole.slice(1, 3))) == rows_[1:4]
    doubled = pa.concat_arrays([whole["text"], whole["text"]])
    shifted = pa.RecordBatch.from_arrays([doubled.slice(6), *whole.columns[:3]], ["text", "id", "url", "title"])
    assert added(KERNEL(shifted)) == rows_
    chunked = pa.Table.from_batches([whole.slice(0, 1), whole.slice(1, 0), whole.slice(1, 4), whole.slice(5)])
    assert added(KERNEL(chunked)) == rows_
    uneven = pa.table([pa.chunked_array([c[:at], c[at:]]) for at, c in enumerate(whole.columns)], schema=SCHEMA)
    assert added(KERNEL(uneven)) == rows_
    assert added(pa.Table.from_batches(KERNEL.batches(chunked.to_batches()))) == rows_


def test_of_a_name_that_stands_twice_the_last_holds() -> None:
    given = pa.RecordBatch.from_arrays([pa.array(["Fine."]), pa.array([AD])], ["text", "text"])
    result = KERNEL(given)
    assert told(result, "counts") == [[("INJ005", 1)]]
    assert result.schema.names[:2] == ["text", "text"] and result.columns[:2] == given.columns


@hypothesis.settings(max_examples=30, deadline=None)
@hypothesis.given(
    st.lists(st.sampled_from([None, "", AD, "Fine.", "Share this\n\nTweet", "🎸 Ünï\n\nAdvertisement"])), st.data()
)
def test_rows_know_nothing_of_each_other(values: list[str | None], data: Any) -> None:
    alone = [row for value in values for row in added(KERNEL(texts(value)))]
    cuts = sorted(data.draw(st.lists(st.integers(0, len(values)), max_size=4)))
    given = texts(*values)
    parts = [given.slice(a, b - a) for a, b in zip([0, *cuts], [*cuts, len(values)], strict=True)]
    assert added(KERNEL(pa.Table.from_batches(parts))) == alone
    assert added(KERNEL(given)) == alone


# ---- memory, processes, threads --------------------------------------------------------------------------------------


def test_slices_bound_what_is_held(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = KERNEL(batch_of())
    monkeypatch.setattr(batch, "SLICE", 100)
    assert KERNEL(batch_of()).equals(whole)
    parts = list(KERNEL.batches([batch_of()]))
    assert [part.num_rows for part in parts] == [1, 4, 1]
    assert pa.Table.from_batches(parts).combine_chunks().to_batches()[0].equals(whole)


def test_a_stream_is_read_as_it_is_asked_for() -> None:
    pulled: list[int] = []

    def source() -> Iterator[Any]:
        for number in range(50):
            pulled.append(number)
            yield texts(AD)

    stream = KERNEL.stream(pa.RecordBatchReader.from_batches(texts().schema, source()))
    assert pulled == []
    assert told(stream.read_next_batch(), "counts") == [[("INJ005", 1)]]
    assert len(pulled) == 1
    assert stream.read_all().num_rows == 49
    table = KERNEL.stream(pa.Table.from_batches([batch_of()])).read_all()
    assert added(table) == added(KERNEL(batch_of()))
    for nothing in (pa.Table.from_batches([], SCHEMA), SCHEMA.empty_table()):
        assert [part.num_rows for part in KERNEL.stream(nothing)] == [0]
        assert KERNEL.stream(nothing).read_all().schema == KERNEL.schema(SCHEMA)


@pytest.mark.parametrize("pickler", ["pickle", "cloudpickle"])
def test_only_the_configuration_travels(pickler: str) -> None:
    library = pytest.importorskip(pickler)
    kernel = LintKernel(Config(ignore=["SRC"], min_score=99), columns="compact", keep=False)
    result = kernel(batch_of())
    sent = library.dumps(kernel)
    assert len(sent) < 4_000
    arrived = pickle.loads(sent)
    assert (arrived.config, arrived.added) == (kernel.config, kernel.added)
    assert arrived(batch_of()).equals(result)


def test_a_process_keeps_one_linter_for_equal_configurations() -> None:
    def made() -> int:
        return len(rows._known)

    kernel = LintKernel(Config(ignore=["SRC", "STY", "QUO"]))
    before = made()
    for _ in range(3):
        pickle.loads(pickle.dumps(kernel))(texts(AD))
    assert made() == before + 1
    assert rows._linters.of(Config(ignore=["SRC", "STY", "QUO"])) is rows._linters.of(kernel.config)


def test_another_process_finds_the_same(tmp_path: Path) -> None:
    (tmp_path / "kernel").write_bytes(pickle.dumps(KERNEL))
    with pa.OSFile(str(tmp_path / "in"), "wb") as file, pa.ipc.new_stream(file, SCHEMA) as writer:
        writer.write_batch(batch_of())
    code = (
        "import pickle, pyarrow as pa\n"
        "kernel = pickle.load(open('kernel', 'rb'))\n"
        "result = kernel.stream(pa.ipc.open_stream('in')).read_all()\n"
        "with pa.OSFile('out', 'wb') as file, pa.ipc.new_stream(file, result.schema) as writer:\n"
        "    writer.write_table(result)\n"
    )
    subprocess.run([sys.executable, "-c", code], cwd=tmp_path, check=True, timeout=120)
    with pa.OSFile(str(tmp_path / "out"), "rb") as file:
        result = pa.ipc.open_stream(file).read_all()
    assert result.combine_chunks().to_batches()[0].equals(KERNEL(batch_of()))


def test_several_threads_find_the_same() -> None:
    expected = KERNEL(batch_of())
    fresh = LintKernel(Config(time_limit=0))
    with ThreadPoolExecutor(4) as threads:
        results = list(threads.map(lambda _: fresh(batch_of()), range(12)))
    assert all(result.equals(expected) for result in results)


def test_importing_it_imports_no_engine(tmp_path: Path) -> None:
    code = "import sys, linter.batch; from linter import LintKernel; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, timeout=60)
    modules = {name.partition(".")[0] for name in done.stdout.split()}
    heavy = {"ray", "pyspark", "datatrove", "pandas", "numpy", "pyarrow", "polars", "duckdb", "multiprocessing", "rich"}
    assert "linter" in modules and modules & heavy == set(), done.stderr


def test_a_collector_that_its_host_has_turned_off_stays_off(tmp_path: Path) -> None:
    code = "import gc; gc.disable(); from linter.rows import RowLinter; RowLinter().prepare(); print(gc.isenabled())"
    code += "; from linter.parallel import lasting_linter as make; from linter.config import Config; make(Config())"
    code += "; print(gc.isenabled()); gc.enable(); make(Config()); print(gc.isenabled())"
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert done.stdout.split() == ["False", "False", "True"], done.stderr
