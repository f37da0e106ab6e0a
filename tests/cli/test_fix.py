"""`newslint fix`: what it writes and says, and that what it wrote can be taken back."""

from __future__ import annotations

import csv
import gzip
import json
import os
import shutil
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from conftest import Newslint

ONE = "The ferry was repaired in four days, and sails again."
TWO = "Its owner had feared that it would take until the autumn."
DIRTY = f"{ONE}\n\nAdvertisement\n\nThe mayorâ€™s boat is late. {TWO}\n"
FIXED = f"{ONE}\n\nThe mayor’s boat is late. {TWO}\n"
TOLD = "2 fixed (ENC001 1, INJ005 1)"
ASKED = f"{ONE}\n\n{TWO}\n\nReading time: 7 min. | Views: 3 518 | June 4, 2021\n\n{TWO}\n"  # a date goes with the line

RULES = ("--select", "ENC001,INJ005,SHR002,TPL007")  # all of them take a second to compile

needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")


@pytest.fixture
def fix(newslint_here: Newslint, project: Path) -> Newslint:
    """`newslint fix` with some of the shipped rules, in the project's directory."""
    return lambda *arguments, **options: newslint_here("fix", "--isolated", *RULES, *arguments, **options)


# ---- files -----------------------------------------------------------------------------------------------------------


def test_files_are_mended_in_their_place_and_told_of_line_by_line(fix: Newslint, project: Path) -> None:
    (project / "a.txt").write_text(DIRTY)
    (project / "b.md").write_text(f"---\ntitle: Ferry\n---\n\n{DIRTY}")
    (project / "c.txt").write_text(FIXED)
    ran = fix("a.txt", "b.md", "c.txt")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == (f"a.txt: {TOLD}\nb.md: {TOLD}\nfixed 4 findings in 2 of 3 files (ENC001 2, INJ005 2)\n")
    assert (project / "a.txt").read_text() == FIXED
    assert (project / "b.md").read_text() == f"---\ntitle: Ferry\n---\n\n{FIXED}"
    again = fix("a.txt", "b.md", "c.txt")
    assert (again.code, again.out) == (0, "fixed 0 findings in 0 of 3 files\n")


def test_what_is_left_is_counted_and_mended_when_asked_for(fix: Newslint, project: Path) -> None:
    (project / "a.txt").write_text(ASKED)
    ran = fix("a.txt")
    assert ran.out == (
        "a.txt: 1 left that needs --unsafe\nfixed 0 findings in 0 of 1 files; 1 left that needs --unsafe\n"
    )
    assert (project / "a.txt").read_text() == ASKED
    assert fix("a.txt", "--unsafe", "--quiet").out == ""
    assert (project / "a.txt").read_text() == f"{ONE}\n\n{TWO}\n\n{TWO}\n"


def test_the_flags_of_check_say_which_rules_mend(fix: Newslint, project: Path) -> None:
    (project / "a.txt").write_text(DIRTY)
    assert fix("a.txt", "--ignore", "INJ005").out.startswith("a.txt: 1 fixed (ENC001 1)\n")
    assert (project / "a.txt").read_text() == DIRTY.replace("â€™", "’")
    (project / "drafts").mkdir()
    (project / "drafts" / "d.txt").write_text(DIRTY)
    assert fix("drafts/d.txt", "--exclude", "drafts/", "--force-exclude").code == 0
    assert (project / "drafts" / "d.txt").read_text() == DIRTY


ENCODINGS = {
    "mark": b"\xef\xbb\xbf" + DIRTY.encode(),
    "crlf": DIRTY.replace("\n", "\r\n").encode(),
    "utf16": DIRTY.encode("utf-16"),
    "cp1252": DIRTY.replace("mayor", "maître").encode("cp1252"),
}


@pytest.mark.parametrize("name", ENCODINGS)
def test_a_file_keeps_its_encoding_its_mark_and_its_line_ends(name: str, fix: Newslint, project: Path) -> None:
    before = ENCODINGS[name]
    codec = {"utf16": "utf-16-le", "cp1252": "cp1252"}.get(name, "utf-8")
    gone = "Advertisement\r\n\r\n" if name == "crlf" else "Advertisement\n\n"
    after = before.replace(gone.encode(codec), b"").replace("â€™".encode(codec), "’".encode(codec))
    (project / "a.txt").write_bytes(before)
    assert fix("a.txt").code == 0
    assert (project / "a.txt").read_bytes() == after != before


def test_what_the_encoding_has_no_sign_for_is_told_and_the_rest_is_mended(fix: Newslint, project: Path) -> None:
    before = f"{ONE}\n\nThe maître said &#275; to it.\n\nAdvertisement\n\n{TWO}\n".encode("cp1252")
    (project / "a.txt").write_bytes(before)
    (project / "b.txt").write_text(DIRTY)
    ran = fix("a.txt", "b.txt", "--unsafe")
    assert ran.code == 2
    assert "a.txt: 'ē' (U+0113) can't be written in cp1252, the file's encoding; left as it is\n" in ran.err
    assert (project / "a.txt").read_bytes() == before
    assert (project / "b.txt").read_text() == FIXED


def test_bytes_that_are_no_text_of_the_declared_encoding_are_not_lost(fix: Newslint, project: Path) -> None:
    page = f'<html><head><meta charset="shift_jis"></head><body><p>{ONE}</p><p>Advertisement</p><p>{TWO}</p>'.encode()
    page += b"<p>\x83t\x83F\x83\x8a\x81[ \x83</p>"
    (project / "a.html").write_bytes(page)
    ran = fix("a.html", "--unsafe")
    assert ran.code == 2
    assert "a.html: holds bytes that are no cp932, which can't be written back; left as it is\n" in ran.err
    assert (project / "a.html").read_bytes() == page


def test_inputs_that_can_t_be_read_or_written_do_not_keep_the_others(fix: Newslint, project: Path) -> None:
    (project / "binary.txt").write_bytes(b"\0\1\2" * 99)
    (project / "packed.txt.gz").write_bytes(gzip.compress(DIRTY.encode()))
    (project / "locked.txt").write_text(DIRTY)
    (project / "locked.txt").chmod(0o444)
    (project / "a.txt").write_text(DIRTY)
    ran = fix("binary.txt", "missing.txt", "packed.txt.gz", "locked.txt", "a.txt")
    assert ran.code == 2
    assert sorted(ran.err.splitlines()) == [
        "binary.txt: looks like a binary file (NUL bytes)",
        "locked.txt: read-only; left as it is",
        "missing.txt: no such file or directory",
        "packed.txt.gz: packed with gzip, expected it unpacked; left as it is",
    ]
    assert ran.out == f"a.txt: {TOLD}\nfixed 2 findings in 1 of 1 files (ENC001 1, INJ005 1)\n"
    assert (project / "locked.txt").read_text() == DIRTY
    assert (project / "a.txt").read_text() == FIXED


@pytest.mark.skipif(os.name != "posix", reason="permissions and links as POSIX has them")
def test_permissions_stay_and_a_link_leads_where_it_did(fix: Newslint, project: Path) -> None:
    (project / "a.txt").write_text(DIRTY)
    (project / "a.txt").chmod(0o640)
    (project / "link.txt").symlink_to("a.txt")
    ran = fix("link.txt", "a.txt")
    assert ran.out.splitlines()[0] == f"link.txt: {TOLD}"
    assert len(ran.out.splitlines()) == 2  # and the file is not mended twice
    assert (project / "link.txt").is_symlink()
    assert (project / "a.txt").read_text() == FIXED
    assert stat.S_IMODE((project / "a.txt").stat().st_mode) == 0o640
    assert {path.name for path in project.iterdir()} == {"a.txt", "link.txt", "house-rules", "newslint.toml"}


def test_several_processes_mend_as_one_does(fix: Newslint, project: Path) -> None:
    for number in range(30):
        (project / f"{number:02}.txt").write_text(DIRTY.replace("four", f"{number}"))
    alone = fix(".", "--diff")
    assert fix(".", "--diff", "--jobs", "2").out == alone.out
    assert alone.out.count("--- a/") == 30


# ---- diffs -----------------------------------------------------------------------------------------------------------


def test_a_diff_writes_nothing_and_says_so_by_its_exit_code(fix: Newslint, project: Path) -> None:
    (project / "a.txt").write_text(DIRTY)
    ran = fix("a.txt", "--diff")
    assert ran.code == 1
    assert ran.out == (
        "--- a/a.txt\n+++ b/a.txt\n@@ -1,5 +1,3 @@\n"
        f" {ONE}\n \n-Advertisement\n-\n-The mayorâ€™s boat is late. {TWO}\n+The mayor’s boat is late. {TWO}\n"
    )
    assert (
        ran.err == "a.txt: 2 to fix (ENC001 1, INJ005 1)\nwould fix 2 findings in 1 of 1 files (ENC001 1, INJ005 1)\n"
    )
    assert (project / "a.txt").read_text() == DIRTY
    (project / "a.txt").write_text(FIXED)
    assert (fix("a.txt", "--diff").code, fix("a.txt", "--diff").out) == (0, "")


@needs_git
def test_git_applies_the_diff_and_undoes_what_was_written(fix: Newslint, project: Path) -> None:
    names = ["a.txt", "with a blank.txt", "ferry é.txt", "below/b.txt", "mark.txt", "crlf.txt", "cp1252.txt", "end.txt"]
    before = {name: DIRTY.encode() for name in names}
    before |= {f"{name}.txt": data for name, data in ENCODINGS.items() if name != "utf16"}
    before["end.txt"] = f"{DIRTY}\nAdvertisement".encode()
    (project / "below").mkdir()

    def git(*arguments: str, folder: Path = project) -> None:
        subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True)

    def put() -> None:
        for name, data in before.items():
            (project / name).write_bytes(data)

    def now() -> dict[str, bytes]:
        return {name: (project / name).read_bytes() for name in before}

    put()
    git("init", "-q")
    shown = fix(*names, "--diff").out
    assert fix(*names, "--save-diff", "undo.diff").code == 0
    after = now()
    assert all(after[name] != before[name] for name in names)
    git("apply", "-R", "--whitespace=nowarn", "undo.diff")
    assert now() == before
    # What was shown is what was done; some of it is no UTF-8, which only the file holds as it is.
    assert (project / "undo.diff").read_bytes().decode("utf-8", "replace").replace("\r\n", "\n") == shown
    git("apply", "--whitespace=nowarn", "undo.diff")
    assert now() == after
    # From a folder of the repository the names are relative to it.
    put()
    ran = subprocess.run(
        [sys.executable, "-m", "linter", "fix", "--isolated", *RULES, "b.txt", "--save-diff", "undo.diff"],
        cwd=project / "below", capture_output=True, text=True,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    git("apply", "-R", "undo.diff", folder=project / "below")
    assert now() == before


def test_a_saved_diff_is_not_lost_to_a_run_that_changes_nothing(fix: Newslint, project: Path) -> None:
    (project / "a.txt").write_text(DIRTY)
    fix("a.txt", "--save-diff", "undo.diff")
    saved = (project / "undo.diff").read_bytes()
    assert b"+The mayor" in saved
    fix("a.txt", "--save-diff", "undo.diff")
    assert (project / "undo.diff").read_bytes() == saved
    fix("a.txt", "--save-diff", "other.diff")
    assert not (project / "other.diff").exists()


def test_what_could_not_be_written_is_not_in_the_saved_diff(fix: Newslint, project: Path) -> None:
    for name in ("a.txt", "locked.txt", "z.txt"):
        (project / name).write_text(DIRTY)
    (project / "locked.txt").chmod(0o444)
    assert fix("a.txt", "locked.txt", "z.txt", "--save-diff", "undo.diff").code == 2
    saved = (project / "undo.diff").read_text()
    assert [line for line in saved.splitlines() if line.startswith("---")] == ["--- a/a.txt", "--- a/z.txt"]


def test_utf_16_can_t_stand_in_a_diff(fix: Newslint, project: Path) -> None:
    (project / "a.txt").write_bytes(ENCODINGS["utf16"])
    for flags in (["--diff"], ["--save-diff", "undo.diff"]):
        ran = fix("a.txt", *flags)
        assert (ran.code, ran.out) == (2, "")
        assert "a.txt: text in utf-16-le can't stand in a diff; left as it is\n" in ran.err
    assert (project / "a.txt").read_bytes() == ENCODINGS["utf16"]


# ---- standard input --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["crlf", "cp1252"])
def test_standard_input_goes_to_standard_output_byte_by_byte(name: str, project: Path, caches: Path) -> None:
    def run(data: bytes) -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, "-m", "linter", "fix", "--isolated", *RULES, "-", "--stdin-filename", "posts/a.txt"]
        environment = {**os.environ, "NEWSLINT_CACHE_DIR": str(caches)}
        return subprocess.run(command, cwd=project, input=data, capture_output=True, env=environment)

    first = run(ENCODINGS[name])
    assert first.returncode == 0
    assert f"posts/a.txt: {TOLD}\n".encode() in first.stderr
    assert len(first.stdout) < len(ENCODINGS[name])
    second = run(first.stdout)
    assert second.stdout == first.stdout


def test_a_diff_of_standard_input_bears_its_name(fix: Newslint) -> None:
    ran = fix("-", "--stdin-filename", "posts/a.md", "--diff", stdin=DIRTY)
    assert ran.code == 1
    assert ran.out.startswith("--- a/posts/a.md\n+++ b/posts/a.md\n@@ ")


def test_nothing_is_written_for_standard_input_that_can_t_be_read(fix: Newslint) -> None:
    for data, name in ((b"\0\1\2" * 99, "a.txt"), (json.dumps({"text": DIRTY}).encode(), "a.jsonl")):
        ran = fix("-", "--stdin-filename", name, stdin=data)
        assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)


# ---- dumps -----------------------------------------------------------------------------------------------------------


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


@pytest.mark.parametrize(
    ("flags", "complaint"),
    [
        ([], "Nothing to fix: name files or directories"),
        (["a.txt", "--diff", "--output", "o.jsonl"], "--diff writes nothing: leave --save-diff and --output out."),
        (["a.txt", "--diff", "--save-diff", "o.diff"], "--diff writes nothing: leave --save-diff and --output out."),
        (["-", "--save-diff", "o.diff"], "--save-diff is for files that are changed in their place."),
        (["a.txt", "--save-diff", "nowhere/o.diff"], "--save-diff nowhere/o.diff: no such folder"),
        (["a.txt", "--output", "nowhere/o.jsonl"], "nowhere/o.jsonl: can't be written: no such file or directory"),
    ],
)
def test_wrong_usage_is_told_in_a_line(flags: list[str], complaint: str, fix: Newslint, project: Path) -> None:
    (project / "a.txt").write_text(DIRTY)
    ran = fix(*flags)
    assert ran.code == 2
    assert complaint in ran.err
    assert (project / "a.txt").read_text() == DIRTY
