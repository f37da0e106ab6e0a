"""Edits of a source, edits of edits, and their diff in the hands of git and patch."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linter.edits import Edit, Moves, Revision, applied
from linter.unifieddiff import headed, unified_diff

LINES = st.lists(
    st.tuples(
        st.sampled_from(["a", "b", "long é", "", " ", "\r", "x\x0by", "\u2028q"]), st.sampled_from(["\n", "\r\n"])
    ),
    max_size=20,
).map(lambda lines: "".join(text + end for text, end in lines))
NEW = st.sampled_from(["", "X", "Y\nZ\n", "Q\n", "\n"])


@st.composite
def edited(draw: st.DrawFn, source: str) -> list[Edit]:
    """Edits of a source, in order, which don't overlap; many begin or end with a line, or where another one does."""
    edges = st.sampled_from([0, *(found.end() for found in re.finditer("\n", source)), len(source)])
    cuts = sorted(draw(st.lists(edges | st.integers(0, len(source)), max_size=8)))
    return [Edit(start, end, draw(NEW)) for start, end in zip(cuts[::2], cuts[1::2], strict=False)]


@given(st.data(), LINES)
def test_edits_of_edits_are_edits_of_the_first_source(data: st.DataObject, source: str) -> None:
    revision, text = Revision(source), source
    for _ in range(3):
        edits = data.draw(edited(text))
        text = applied(text, edits)
        revision.apply(edits)
    assert revision.source == text
    assert applied(source, revision.edits) == text
    assert all(one.end < other.start for one, other in zip(revision.edits, revision.edits[1:], strict=False))


@given(st.data(), LINES)
def test_what_was_not_edited_is_found_where_it_has_moved_to(data: st.DataObject, source: str) -> None:
    edits = data.draw(edited(source))
    text, moves = applied(source, edits), Moves(edits)
    for at, char in enumerate(source):
        if not any(start <= at < end for start, end, _ in edits):
            assert text[moves.start(at) : moves.end(at + 1)] == char


def test_a_place_within_an_edit_moves_to_its_edge() -> None:
    moves = Moves([Edit(2, 6, "xy")])  # 01[2345]67
    assert [moves.start(at) for at in (2, 4, 6)] == [2, 2, 4]
    assert [moves.end(at) for at in (2, 4, 6)] == [2, 4, 4]


def patched(source: str, diff: str) -> list[str]:
    """The lines that the hunks of a diff make of those of a source."""
    old, new, at = re.findall("[^\n]*\n|[^\n]+", source), list[str](), 0
    for marked in re.findall(r"[^\n]*\n(?:\\ [^\n]*\n)?", diff):
        if hunk := re.match(r"@@ -(\d+)(,0)?", marked):
            start = int(hunk[1]) - (hunk[2] is None)
            new, at = new + old[at:start], start
            continue
        line = marked[1:].removesuffix("\n\\ No newline at end of file\n")
        if marked[0] in " -":
            assert old[at] == line
            at += 1
        if marked[0] in " +":
            new.append(line)
    return new + old[at:]


@given(st.data(), LINES)
def test_a_diff_makes_the_edited_text_line_by_line(data: st.DataObject, source: str) -> None:
    source = source.removesuffix("\n") if data.draw(st.booleans()) else source
    edits = data.draw(edited(source))
    lines = patched(source, unified_diff(source, edits))
    assert "".join(lines) == applied(source, edits)
    assert all(line.endswith("\n") for line in lines[:-1])


@pytest.mark.skipif(not (shutil.which("git") and shutil.which("patch")), reason="needs git and patch")
@settings(max_examples=5, deadline=None)
@given(drawn=st.data())
def test_git_and_patch_apply_a_diff_and_take_it_back(
    drawn: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("diff")
    names = ["plain.md", "with a blank.md", "ferry é.md", 'a "quoted"\tname.md', *(f"{n}.md" for n in range(26))]
    old, new, diffs = {}, {}, []
    for name in names:
        source = drawn.draw(LINES)
        if drawn.draw(st.booleans()):
            source = source.removesuffix("\n")
        edits = drawn.draw(edited(source))
        text = applied(source, edits)
        if source and text and text != source:
            old[name], new[name] = source.encode(), text.encode()
            diffs.append(headed(name.encode(), unified_diff(source, edits).encode()))
    if not diffs:
        return

    def run(*command: str) -> dict[str, bytes]:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
        assert done.returncode == 0, (command, done.stdout, done.stderr)
        return {name: (folder / name).read_bytes() for name in old}

    for name, content in old.items():
        (folder / name).write_bytes(content)
    (folder / "all.diff").write_bytes(b"".join(diffs))
    assert run("git", "apply", "--whitespace=nowarn", "all.diff") == new
    assert run("git", "apply", "--whitespace=nowarn", "-R", "all.diff") == old
    assert run("patch", "-s", "-p1", "--binary", "-i", "all.diff") == new


def test_edits_that_touch_each_other_are_one_change() -> None:
    touching = [Edit(0, 0, "X"), Edit(0, 3, "")]  # the second takes the line break that the first would need
    assert unified_diff("a\r\na\nb\n", touching) == "@@ -1,3 +1,2 @@\n-a\r\n-a\n+Xa\n b\n"
    assert unified_diff("a\nb\n", [Edit(0, 1, ""), Edit(1, 2, "")]) == "@@ -1,2 +1 @@\n-a\n b\n"
    assert unified_diff("", [Edit(0, 0, "X"), Edit(0, 0, "Y\n")]) == "@@ -0,0 +1 @@\n+XY\n"


def test_a_diff_shows_three_lines_around_a_change_and_says_where_no_line_ends() -> None:
    source = "".join(f"{n}\n" for n in range(1, 20)) + "end"
    edits = [Edit(source.index("5\n"), source.index("6\n"), ""), Edit(len(source) - 3, len(source), "END")]
    assert unified_diff(source, edits) == (
        "@@ -2,7 +2,6 @@\n 2\n 3\n 4\n-5\n 6\n 7\n 8\n"
        "@@ -17,4 +16,4 @@\n 17\n 18\n 19\n-end\n\\ No newline at end of file\n+END\n\\ No newline at end of file\n"
    )


def test_names_that_end_at_a_blank_or_need_escapes_are_written_as_git_does() -> None:
    assert headed(b"a b.md", b"") == b"--- a/a b.md\t\n+++ b/a b.md\t\n"
    assert headed(b'x"\n\\\x01', b"") == b'--- "a/x\\"\\n\\\\\\001"\n+++ "b/x\\"\\n\\\\\\001"\n'


def test_a_large_text_of_equal_lines_is_no_trouble(tmp_path: Path) -> None:
    source = "the same line\n" * 100_000
    edits = [Edit(at * 14, at * 14 + 14, "") for at in range(0, 100_000, 100)]
    assert unified_diff(source, edits).count("\n-the same line\n") == 1_000


def test_the_diff_of_a_file_that_was_empty() -> None:
    assert unified_diff("", [Edit(0, 0, "a\nb\n")]) == "@@ -0,0 +1,2 @@\n+a\n+b\n"
