"""`newslint fix` with files: what it writes and says, and that what it wrote can be taken back."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from cli.fixing import ASKED, DIRTY, FIXED, ONE, RULES, TOLD, TWO

if TYPE_CHECKING:
    from conftest import Newslint

needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")


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


# ---- usage ----------------------------------------------------------------------------------------------------------


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
