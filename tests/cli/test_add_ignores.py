"""`newslint check --add-ignores`: afterwards the same check passes, and nothing else has changed."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from .conftest import Newslint, prose

ROOT = Path(__file__).parent.parent.parent
BAD = "Ferry\n\nStray error\n\nStray warning\n\nText.\n"
SILENT = "Ferry\n\nStray error <!-- newslint-disable-line TST001 -->\n\nStray warning\n\nText.\n"
SETTINGS = 'rules = ["house-rules"]\nselect = ["TST"]\n'
TABLE = '\n[[suppress]]\n{} = "{}"\nrules = ["{}"]\nreason = "added by --add-ignores"\n'


def write(project: Path, **files: str) -> None:
    """`a_md` is a.md, `notes__a_md` is notes/a.md."""
    for name, text in files.items():
        path = project / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")


def contents(project: Path) -> dict[str, bytes]:
    return {str(path.relative_to(project)): path.read_bytes() for path in project.rglob("*") if path.is_file()}


def test_comments_and_tables_are_written_and_the_check_passes(newslint_here: Newslint, project: Path) -> None:
    records = [{"id": str(n), "text": BAD} for n in (7, 8)] + [{"url": "https://example.org/a", "text": BAD}]
    write(project, a_md=BAD, notes__b_txt=BAD, c_html="<p>Stray error</p>\n", d_md="Text.\n")
    write(project, dump_jsonl="".join(json.dumps(record) + "\n" for record in records))
    paths = ("a.md", "c.html", "d.md", "notes", "dump.jsonl")
    done = newslint_here("check", "--add-ignores", *paths)
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines() == [
        "a.md: 1 suppression (TST001 1)",
        "c.html: 1 suppression (TST001 1)",
        "newslint.toml: 4 suppressions for 4 articles (TST001 4)",
        "6 suppressions in 3 files written",
    ]
    assert (project / "a.md").read_text() == SILENT
    assert (project / "c.html").read_text() == "<p>Stray error</p> <!-- newslint-disable-line TST001 -->\n"
    keys = [("path", "/notes/b.txt"), ("id", "7"), ("id", "8"), ("url", "https://example.org/a")]
    assert (project / "newslint.toml").read_text() == SETTINGS + "".join(TABLE.format(*k, "TST001") for k in keys)
    assert newslint_here("check", "--quiet", *paths).code == 0
    before = contents(project)
    again = newslint_here("check", "--add-ignores", *paths)
    assert (again.code, again.out, again.err) == (0, "nothing to suppress\n", "")
    assert contents(project) == before


def test_fail_on_says_how_much_is_taken(newslint_here: Newslint, project: Path) -> None:
    write(project, a_md=f"{BAD}\nStray info\n")
    assert newslint_here("check", "--add-ignores", "--fail-on", "warning", "a.md").out.splitlines() == [
        "a.md: 2 suppressions (TST001 1, TST002 1)",
        "2 suppressions in 1 file written",
    ]
    assert newslint_here("check", "--add-ignores", "--fail-on", "never", "a.md").out == "nothing to suppress\n"
    assert newslint_here("check", "--fail-on", "warning", "a.md").code == 0
    assert newslint_here("check", "--fail-on", "info", "a.md").code == 1


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
def test_diff_writes_nothing_and_can_be_applied(newslint: Newslint, newslint_here: Newslint, project: Path) -> None:
    write(project, a_md=BAD.replace("\n", "\r\n"), notes__b_md=BAD.rstrip("\n"), c_txt=BAD)
    before = contents(project)
    done = newslint("check", "--add-ignores", "--diff", ".")
    assert done.code == 1 and done.err.splitlines()[-1] == "3 suppressions in 3 files would be written"
    assert contents(project) == before
    newslint_here("check", "--add-ignores", ".")
    written = contents(project)
    for name, data in before.items():
        (project / name).write_bytes(data)
    subprocess.run(["git", "apply", "-"], cwd=project, input=done.out.encode(), check=True)
    assert contents(project) == written


def test_diff_shows_a_file_that_is_not_there_yet(newslint_here: Newslint, project: Path) -> None:
    write(project, a_txt="Advertisement\n\nText.\n")
    (project / "newslint.toml").unlink()
    done = newslint_here("check", "--add-ignores", "--diff", "--quiet", "a.txt")
    assert (done.code, done.err) == (1, "")
    assert done.out == (
        "--- /dev/null\n+++ b/newslint.toml\n@@ -0,0 +1,6 @@\n+# Written by `newslint check --add-ignores`.\n+\n"
        '+[[suppress]]\n+path = "/a.txt"\n+rules = ["INJ005"]\n+reason = "added by --add-ignores"\n'
    )
    assert newslint_here("check", "--add-ignores", "a.txt").code == 0
    assert newslint_here("check", "--quiet", "a.txt").code == 0
    nothing = newslint_here("check", "--add-ignores", "--diff", "a.txt")
    assert (nothing.code, nothing.out, nothing.err) == (0, "", "nothing to suppress\n")


@pytest.mark.parametrize(
    ("flags", "told"),
    [
        (["--format", "json"], "--add-ignores writes suppressions, and no report: leave --format out."),
        (["--output", "out.txt"], "--add-ignores writes suppressions, and no report: leave --output out."),
        (["--annotate", "out.jsonl"], "--add-ignores writes suppressions, and no report: leave --annotate out."),
        (["--show", "TST001"], "--add-ignores writes suppressions, and no report: leave --show out."),
        (["--statistics"], "--add-ignores writes suppressions, and no report: leave --statistics out."),
        (["--sample", "3"], "--add-ignores writes suppressions, and no report: leave --sample out."),
        (["--new-only", "seen"], "--add-ignores writes suppressions, and no report: leave --new-only out."),
        (["--update-baseline"], "--add-ignores writes suppressions, and no report: leave --update-baseline out."),
    ],
)
def test_what_makes_no_sense_beside_it_is_refused(
    newslint_here: Newslint, project: Path, flags: list[str], told: str
) -> None:
    write(project, a_md=BAD)
    done = newslint_here("check", "--add-ignores", *flags, "a.md")
    assert (done.code, done.err.splitlines()[-1]) == (2, f"Error: {told}")
    assert (project / "a.md").read_text() == BAD


def test_diff_alone_is_refused(newslint_here: Newslint) -> None:
    done = newslint_here("check", "--diff", "a.md")
    assert (done.code, done.err.splitlines()[-1]) == (2, "Error: --diff needs --add-ignores.")


def test_a_list_of_tables_on_one_line_is_an_error_and_nothing_is_written(
    newslint_here: Newslint, project: Path
) -> None:
    write(project, newslint_toml=f"{SETTINGS}suppress = [{{id = '9'}}]\n", a_md=BAD, b_txt=BAD)
    before = contents(project)
    done = newslint_here("check", "--add-ignores", "a.md", "b.txt")
    assert (done.code, done.out) == (2, "")
    assert done.err == (
        "newslint: newslint.toml: 'suppress' can't be added to: expected [[suppress]] tables, not a list on one line\n"
    )
    assert contents(project) == before
    assert newslint_here("check", "--add-ignores", "a.md").code == 0


def test_tables_go_into_the_configuration_that_is_in_force(newslint_here: Newslint, project: Path) -> None:
    write(project, a_txt=BAD, sub__b_txt=BAD, other__c_txt=BAD)
    pyproject = '[tool.newslint]\nrules = ["../house-rules"]\nselect = ["TST"]\n\n[tool.other]\na = 1 # why\n'
    write(project, sub__pyproject_toml=pyproject)
    assert newslint_here("check", "--add-ignores", ".").out.splitlines() == [
        "newslint.toml: 2 suppressions for 2 articles (TST001 2)",
        "sub/pyproject.toml: 1 suppression for 1 article (TST001 1)",
        "3 suppressions in 2 files written",
    ]
    added = TABLE.format("path", "/b.txt", "TST001").replace("suppress", "tool.newslint.suppress", 1)
    assert (project / "sub" / "pyproject.toml").read_text() == pyproject + added
    assert newslint_here("check", "--quiet", ".").code == 0
    write(project, deep__mine_toml='rules = ["../house-rules"]\nselect = ["TST"]\n', deep__a_txt=BAD)
    config = ("--config", "deep/mine.toml")
    assert newslint_here("check", "--add-ignores", *config, "deep/a.txt").code == 0
    assert (project / "deep" / "mine.toml").read_text().endswith(TABLE.format("path", "/a.txt", "TST001"))
    assert newslint_here("check", "--quiet", *config, "deep/a.txt").code == 0


def test_what_no_table_can_name_is_told_and_still_fails(newslint_here: Newslint, project: Path) -> None:
    write(project, dump_jsonl=(json.dumps({"text": BAD}) + "\n") * 3, a_md=BAD)
    done = newslint_here("check", "--add-ignores", "dump.jsonl", "a.md")
    assert (done.code, done.out.splitlines()[-1]) == (1, "1 suppression in 1 file written")
    nameless = "has neither an id nor a url: there is nothing that a suppress table could name it by"
    assert done.err == f"dump.jsonl: {nameless} (3 articles)\n"
    write(project, b_txt="Advertisement\n\nText.\n")
    isolated = newslint_here("check", "--add-ignores", "--isolated", "b.txt")
    assert (isolated.code, isolated.out) == (1, "nothing to suppress\n")
    assert isolated.err == (
        "b.txt: no configuration file is in force that a suppress table could go into; left as it is\n"
    )


def test_a_new_configuration_file_is_for_what_lies_below_it(newslint_here: Newslint, tmp_path: Path) -> None:
    write(tmp_path, elsewhere__a_txt="Advertisement\n\nText.\n")
    done = newslint_here("check", "--add-ignores", "../elsewhere/a.txt")
    assert done.code == 1 and "no configuration file is in force" in done.err
    assert not (tmp_path / "elsewhere" / "newslint.toml").exists()


def test_standard_input_has_no_place_for_a_comment(newslint_here: Newslint) -> None:
    done = newslint_here("check", "--add-ignores", "-", "--stdin-filename", "a.md", stdin=BAD)
    assert (done.code, done.out) == (1, "nothing to suppress\n")
    assert done.err == "a.md: comes from standard input, where no comment can be written\n"
    record = json.dumps({"id": "7", "text": BAD})
    dump = ("check", "-", "--stdin-filename", "dump.jsonl")
    assert newslint_here(*dump, "--add-ignores", stdin=record).code == 0
    assert newslint_here(*dump, "--quiet", stdin=record).code == 0


def test_a_score_that_is_too_low_stays_too_low(newslint_here: Newslint, project: Path) -> None:
    text = prose("Stray error", *["Stray warning"] * 12)
    write(project, a_html="".join(f"<p>{line}</p>\n" for line in text.split("\n\n")))
    flags = ("check", "--min-score", "90", "a.html")
    assert newslint_here(*flags, "--quiet", "--format", "concise").code == 1
    done = newslint_here(*flags, "--add-ignores")
    assert (done.code, done.out.splitlines()[0]) == (1, "a.html: 1 suppression (TST001 1)")
    assert done.err.startswith("a.html: fails all the same: the score is ") and done.err.endswith(", under 90\n")
    assert newslint_here(*flags, "--quiet", "--format", "concise").code == 1


def test_what_the_baseline_knows_gets_no_suppression(newslint_here: Newslint, project: Path) -> None:
    write(project, a_md="Ferry\n\nStray error\n")
    flags = ("check", "--baseline", "known.json", "a.md")
    assert newslint_here(*flags, "--update-baseline").code == 0
    write(project, a_md="Ferry\n\nStray error\n\nText.\n\nStray error again\n\nText.\n\nSTRAY ERROR\n")
    assert newslint_here(*flags, "--add-ignores").code == 0
    assert newslint_here(*flags, "--quiet").code == 0
    assert (project / "a.md").read_text().count("disable-line") == 1


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
def test_what_stands_on_unchanged_lines_gets_no_suppression(newslint_here: Newslint, project: Path) -> None:
    write(project, a_md=BAD)
    user = ["-c", "user.name=t", "-c", "user.email=t@newslint.example"]
    for arguments in (["init", "-q"], ["add", "."], [*user, "commit", "-q", "-m", "First"]):
        subprocess.run(["git", *arguments], cwd=project, check=True)
    write(project, a_md=f"{BAD}\n## Stray error\n")
    assert newslint_here("check", "--add-ignores", "--diff-base", "HEAD", "a.md").code == 0
    added = "\n<!-- newslint-disable-next-line TST001 -->\n\n## Stray error\n"
    assert (project / "a.md").read_text() == BAD + added
    assert newslint_here("check", "--quiet", "--diff-base", "HEAD", "a.md").code == 0


def test_a_file_keeps_its_permissions_and_a_link_its_target(newslint_here: Newslint, project: Path) -> None:
    write(project, real__a_md=BAD)
    (project / "real" / "a.md").chmod(0o640)
    (project / "link.md").symlink_to("real/a.md")
    assert newslint_here("check", "--add-ignores", "link.md").code == 0
    assert (project / "link.md").is_symlink()
    assert (project / "real" / "a.md").read_text() == SILENT
    assert (project / "real" / "a.md").stat().st_mode & 0o777 == 0o640
    assert list((project / "real").iterdir()) == [project / "real" / "a.md"]


def test_what_cant_be_written_is_told_and_the_rest_is(newslint_here: Newslint, project: Path) -> None:
    write(project, a_md=BAD, b_md=BAD)
    (project / "a.md").chmod(0o444)
    done = newslint_here("check", "--add-ignores", "a.md", "b.md", "missing.md")
    assert (done.code, done.out.splitlines()) == (
        2,
        ["b.md: 1 suppression (TST001 1)", "1 suppression in 1 file written"],
    )
    assert sorted(done.err.splitlines()) == ["a.md: read-only; left as it is", "missing.md: no such file or directory"]
    assert ((project / "a.md").read_text(), (project / "b.md").read_text()) == (BAD, SILENT)


def test_our_own_fixtures_pass_from_then_on(newslint_here: Newslint, project: Path) -> None:
    (project / "newslint.toml").unlink()
    for folder in ("farm", "clean", "markdown", "own", "text"):
        shutil.copytree(ROOT / "fixtures" / folder, project / "fixtures" / folder)
    shutil.copy(ROOT / "fixtures" / "rewritten" / "articles.jsonl", project / "rewritten.jsonl")
    page = "".join(f"<p>{line}</p>\n" for line in (ROOT / "fixtures/farm/article.txt").read_text().split("\n\n"))
    write(project, page_html=f"<html><head><title>Ferry</title></head>\n<body>\n{page}</body></html>\n")
    paths = ("fixtures", "page.html", "fixtures/farm/records.jsonl", "rewritten.jsonl")
    flags = "--fail-on info --preset scraped --jobs 2 --unscored pass --exclude expected.jsonl".split()
    assert newslint_here("check", *flags, "--quiet", "--format", "concise", *paths).code == 1
    done = newslint_here("check", *flags, "--add-ignores", *paths)
    assert (done.code, done.err) == (0, "")
    checked = newslint_here("check", *flags, "--quiet", "--format", "concise", *paths)
    assert (checked.code, checked.out, checked.err) == (0, "", "")
    assert newslint_here("check", *flags, "--add-ignores", *paths).out == "nothing to suppress\n"
