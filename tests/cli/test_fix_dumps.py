"""`newslint fix` with dumps: their records go into a new file, and only their texts are changed."""

from __future__ import annotations

import csv
import gzip
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from cli.fixing import DIRTY, FIXED, ONE, RULES

if TYPE_CHECKING:
    from conftest import Newslint


def test_a_dump_needs_a_file_to_be_written_to(fix: Newslint, project: Path) -> None:
    lines = json.dumps({"text": DIRTY}) + "\n"
    (project / "d.jsonl").write_text(lines * 50)
    (project / "one.json").write_text(json.dumps({"text": DIRTY}))
    for flags in ([], ["--diff"]):
        ran = fix("d.jsonl", "one.json", *flags)
        assert (ran.code, ran.out) == (2, "")
        what = "a dump is fixed into a new file: give --output FILE (.jsonl, .jsonl.gz, .jsonl.zst or .parquet)"
        assert ran.err == f"d.jsonl: {what}\none.json: {what}\n"
    assert (project / "d.jsonl").read_text() == lines * 50


def test_of_json_lines_only_the_text_is_changed(fix: Newslint, project: Path) -> None:
    """Not the way in which a number is written, nor what is no record."""
    dirty, fixed = json.dumps(DIRTY), json.dumps(FIXED)
    before = (
        '\ufeff{"id": 1e3, "text": ' + dirty + ', "n":NaN, "z" : 12345678901234567890123, "text2": "Advertisement"}\n'
        '\n not JSON \n{"title": "é", "content": "' + DIRTY.replace("\n", "\\n") + '", "x": 1.10}\r\n'
        '{"text": 7}\n{"text": "x", "text": ' + dirty + ', "deep": {"text": ' + dirty + "}}\n"
        '{"text": ' + json.dumps(FIXED) + ', "u": "\\u00e9"}'
    )
    after = (
        '\ufeff{"id": 1e3, "text": ' + fixed + ', "n":NaN, "z" : 12345678901234567890123, "text2": "Advertisement"}\n'
        '\n not JSON \n{"title": "é", "content": "' + FIXED.replace("\n", "\\n") + '", "x": 1.10}\r\n'
        '{"text": 7}\n{"text": "x", "text": ' + fixed + ', "deep": {"text": ' + dirty + "}}\n"
        '{"text": ' + json.dumps(FIXED) + ', "u": "\\u00e9"}'
    )
    (project / "d.jsonl").write_text(before, encoding="utf-8")
    (project / "e.jsonl.gz").write_bytes(gzip.compress(before.encode()))
    ran = fix("d.jsonl", "e.jsonl.gz", "--output", "fixed.jsonl", "--max-bad-records", "1")
    assert ran.code == 0
    assert "d.jsonl#1 (line 3): not valid JSON: expecting value at column 2" in ran.err
    assert ran.out == "fixed 12 findings in 6 of 8 records (ENC001 6, INJ005 6)\n"
    assert (project / "fixed.jsonl").read_bytes().decode() == f"{after}\n{after.removeprefix(chr(0xFEFF))}"
    again = fix("fixed.jsonl", "--output", "again.jsonl.gz", "--max-bad-records", "1", "--quiet")
    assert (again.code, again.out) == (0, "")
    assert gzip.decompress((project / "again.jsonl.gz").read_bytes()) == (project / "fixed.jsonl").read_bytes()


def rows() -> list[dict[str, Any]]:
    texts = [DIRTY, FIXED, DIRTY.replace("four", "nine")]
    return [{"id": n, "score": n / 4, "title": None, "text": text, "tags": ["a"]} for n, text in enumerate(texts)]


def mended() -> list[dict[str, Any]]:
    texts = [FIXED, FIXED, FIXED.replace("four", "nine")]
    return [{**row, "text": text} for row, text in zip(rows(), texts, strict=True)]


def page(text: str) -> str:
    return "".join(f"<p>{paragraph}</p>" for paragraph in text.split("\n\n"))


def put(path: Path) -> None:
    """Write the rows in the format of a name."""
    if path.suffix == ".parquet":
        pa, parquet = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
        types = [pa.int16(), pa.float32(), pa.null(), pa.dictionary(pa.int8(), pa.string()), pa.list_(pa.string())]
        schema = pa.schema(list(zip(rows()[0], types, strict=True)), metadata={"made": "by hand"})
        parquet.write_table(pa.Table.from_pylist(rows(), schema), path)
    elif path.suffix == ".csv":
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, ["id", "text"], extrasaction="ignore")
            writer.writeheader()
            writer.writerows(rows())
    elif path.suffix == ".json":
        path.write_text(json.dumps({"articles": rows()}), encoding="utf-8")
    elif path.suffix == ".zst":
        zstandard = pytest.importorskip("zstandard")
        path.write_bytes(zstandard.compress("".join(json.dumps(row) + "\n" for row in rows()).encode()))
    else:
        items = "".join(f"<item><description><![CDATA[{page(row['text'])}]]></description></item>" for row in rows())
        path.write_text(f"<rss version='2.0'><channel><title>x</title>{items}</channel></rss>", encoding="utf-8")


def got(path: Path) -> list[dict[str, Any]]:
    """The records of a file that was written."""
    if path.suffix == ".parquet":
        found: list[dict[str, Any]] = pytest.importorskip("pyarrow.parquet").read_table(path).to_pylist()
        return found
    data = path.read_bytes()
    if path.suffix == ".zst":
        data = pytest.importorskip("zstandard").ZstdDecompressor().decompressobj().decompress(data)
    return [json.loads(line) for line in (gzip.decompress(data) if path.suffix == ".gz" else data).splitlines()]


@pytest.mark.parametrize(
    ("name", "output"),
    [
        ("d.parquet", "out.jsonl"),
        ("d.csv", "out.jsonl.gz"),
        ("d.json", "out.jsonl.zst"),
        ("d.jsonl.zst", "out.jsonl"),
        ("d.xml", "out.jsonl"),
    ],
)
def test_the_records_of_every_dump_stay_in_order_with_only_their_texts_changed(
    name: str, output: str, fix: Newslint, project: Path
) -> None:
    put(project / name)
    ran = fix(name, "--output", output)
    assert (ran.code, ran.out) == (0, "fixed 4 findings in 2 of 3 records (ENC001 2, INJ005 2)\n")
    records = got(project / output)
    if name == "d.csv":
        assert records == [{"id": str(row["id"]), "text": row["text"]} for row in mended()]
    elif name == "d.xml":
        assert [record["html"] for record in records] == [page(row["text"]) for row in mended()]
    else:
        assert records == mended()


def test_a_table_keeps_its_columns_types_and_metadata(fix: Newslint, project: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    put(project / "d.parquet")
    assert fix("d.parquet", "--output", "out.parquet").code == 0
    assert parquet.read_schema(project / "out.parquet").equals(
        parquet.read_schema(project / "d.parquet"), check_metadata=True
    )
    assert got(project / "out.parquet") == mended()
    put(project / "d.json")
    assert fix("d.json", "--output", "article.parquet").code == 0
    records = got(project / "article.parquet")
    assert [record["text"] for record in records] == [row["text"] for row in mended()]
    assert [json.loads(record["fields"])["tags"] for record in records] == [["a"]] * 3
    assert not any("Advertisement" in str(record) for record in records)


def test_another_key_than_the_usual_may_hold_the_text(fix: Newslint, project: Path) -> None:
    (project / "d.jsonl").write_text(json.dumps({"text": "a label", "story": DIRTY}) + "\n")
    assert fix("d.jsonl", "--output", "out.jsonl", "--field", "text=story").code == 0
    assert got(project / "out.jsonl") == [{"text": "a label", "story": FIXED}]
    record = {"text": "a label", "html": f"<p>{ONE}</p><p>Advertisement</p>"}
    (project / "d.jsonl").write_text(json.dumps(record) + "\n")
    assert fix("d.jsonl", "--output", "out.jsonl", "--field", "html=html").code == 0
    assert got(project / "out.jsonl") == [{"text": "a label", "html": f"<p>{ONE}</p>"}]


def test_pages_and_texts_go_into_the_new_file_beside_records_and_stay_as_they_are(fix: Newslint, project: Path) -> None:
    (project / "a.txt").write_text(DIRTY)
    (project / "d.jsonl").write_text(json.dumps({"text": DIRTY}))
    assert fix("d.jsonl", "a.txt", "--output", "out.jsonl").code == 0
    assert got(project / "out.jsonl") == [{"text": FIXED}, {"text": FIXED}]
    assert (project / "a.txt").read_text() == DIRTY


def test_an_output_is_no_input_and_has_a_known_name(fix: Newslint, project: Path) -> None:
    (project / "d.jsonl").write_text(json.dumps({"text": DIRTY}) + "\n")
    (project / "link.jsonl").symlink_to("d.jsonl")
    for output in ("d.jsonl", "link.jsonl"):
        ran = fix("d.jsonl", "--output", output)
        assert (ran.code, ran.err.count("\n")) == (2, 1)
        assert "an input can't be the output, too" in ran.err
    ran = fix("d.jsonl", "--output", "out.csv")
    assert (ran.code, ran.err) == (
        2,
        "newslint: out.csv: unknown format, expected a name that ends in .jsonl, .jsonl.gz, .jsonl.zst or .parquet\n",
    )
    # An earlier output in the same folder is not read again.
    assert fix("d.jsonl", "--output", "out.jsonl", "--quiet").code == 0
    (project / "link.jsonl").unlink()
    assert fix(".", "--output", "out.jsonl", "--no-gitignore").out.startswith("fixed 2 findings in 1 of 1 records")


def test_a_damaged_dump_is_told_and_what_could_be_read_is_written(fix: Newslint, project: Path) -> None:
    lines = "".join(json.dumps({"n": n, "text": DIRTY}) + "\n" for n in range(400))
    (project / "d.jsonl.gz").write_bytes(gzip.compress(lines.encode())[:-60])
    ran = fix("d.jsonl.gz", "--output", "out.jsonl")
    assert ran.code == 2
    assert "d.jsonl.gz: gzip data ends early\n" in ran.err
    numbers = [json.loads(line)["n"] for line in (project / "out.jsonl").read_text().splitlines() if line.endswith("}")]
    assert numbers == list(range(len(numbers)))
    assert numbers


@pytest.mark.skipif(os.name != "posix", reason="needs SIGINT")
def test_an_interrupted_run_leaves_no_half_of_a_file(project: Path, caches: Path) -> None:
    command = [sys.executable, "-m", "linter", "fix", "--isolated", *RULES, "-", "--stdin-filename", "d.jsonl"]
    keywords: dict[str, Any] = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
    environment = {**os.environ, "NEWSLINT_CACHE_DIR": str(caches)}
    command += ["--output", "out.jsonl"]
    with subprocess.Popen(command, cwd=project, text=True, env=environment, **keywords) as process:
        assert process.stdin is not None
        process.stdin.write(json.dumps({"text": DIRTY}) + "\n")
        process.stdin.flush()
        deadline = time.monotonic() + 30
        while not (project / "out.jsonl.part").exists() and time.monotonic() < deadline:
            time.sleep(0.05)
        time.sleep(0.5)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "interrupted: out.jsonl is not written\n" in err
    assert not list(project.glob("out.jsonl*"))
