"""docs/recipes.md: every command is run, every file is checked by the tool that reads it.

`curl` and `pip` are programs of this test, which fetch nothing: a feed made from fixtures, and newslint as it is.
"""

from __future__ import annotations

import json
import re
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

import pytest
import yaml
from codeblocks import Block, blocks_of

if TYPE_CHECKING:
    from conftest import Done, Run

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "docs" / "recipes.md").read_text(encoding="utf-8")
pytestmark = pytest.mark.skipif(
    any(shutil.which(tool) is None for tool in ("git", "sh", "xargs")), reason="needs git and a POSIX shell"
)

CURL = """\
#!/bin/sh
while [ $# -gt 1 ]; do [ "$1" = --output ] && cp "{feed}" "$2"; shift; done
"""


def sections() -> dict[str, list[Block]]:
    parts = re.split(r"^## (.*)\n", TEXT, flags=re.MULTILINE)
    return {title: blocks_of(body) for title, body in zip(parts[1::2], parts[2::2], strict=True)}


SECTIONS = sections()


def article(name: str) -> str:
    return (ROOT / "fixtures" / name).read_text(encoding="utf-8")


def item(number: int, text: str) -> str:
    title, _, body = text.partition("\n")
    markup = "".join(f"<p>{escape(line)}</p>" for line in body.split("\n\n") if line.strip())
    address = f"<link>https://example.org/news/{number}</link><guid>{number}</guid>"
    return f"<item><title>{escape(title)}</title>{address}<description>{escape(markup)}</description></item>"


class Desk:
    """A repository of two articles, one of them bad, with a feed and a dump of such."""

    def __init__(self, folder: Path, run: Run) -> None:
        self.folder, self._run = folder, run
        good, bad = article("clean/article.txt"), article("farm/article.txt")
        (folder / "content").mkdir()
        for name in ("clean", "farm"):
            (folder / "content" / f"{name}.md").write_text(article(f"{name}/article.md"), encoding="utf-8")
        sites = ["wire" if n == 7 else "news" for n in range(40)]
        texts = [bad if n in (7, 27, 37) else good for n in range(40)]
        records = [
            {"id": str(n), "url": f"https://{site}.example/{n}", "text": text}
            for n, (site, text) in enumerate(zip(sites, texts, strict=True))
        ]
        (folder / "dump.jsonl").write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
        programs = folder.parent / "programs"
        programs.mkdir()
        feed = folder.parent / "feed.xml"
        feed.write_text(f'<rss version="2.0"><channel>{item(1, good)}{item(2, bad)}</channel></rss>', encoding="utf-8")
        for name, program in (("curl", CURL.format(feed=feed)), ("pip", "#!/bin/sh\n")):
            (programs / name).write_text(program)
            (programs / name).chmod(0o755)
        self._path = f"{programs}:{Path(sys.executable).parent}"
        for words in (["init", "-q", "-b", "main"], ["commit", "-q", "--allow-empty", "-m", "Empty"]):
            run(["git", *words], folder)
        run(["git", "update-ref", "refs/remotes/origin/main", "HEAD"], folder)
        run(["git", "add", "content"], folder)
        run(["git", "commit", "-q", "-m", "Articles"], folder)
        # What is staged once more is new: a commit of it has something to commit.
        (folder / "content" / "clean.md").write_text(article("clean/article.md") + "\n", encoding="utf-8")

    def run(self, command: str, code: int) -> Done:
        base = self._run(["git", "rev-parse", "origin/main"], self.folder).stdout.strip()
        home = str(self.folder.parent / "home")
        words = ["bash", "-c", f'PATH="{self._path}:$PATH"\n{command}']
        return self._run(words, self.folder, code, CI_MERGE_REQUEST_DIFF_BASE_SHA=base, PRE_COMMIT_HOME=home)

    def write(self, block: Block) -> None:
        assert block.file
        path = self.folder / block.file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(block.body, encoding="utf-8")


@pytest.fixture
def desk(tmp_path: Path, run: Run) -> Desk:
    folder = tmp_path / "desk"
    folder.mkdir()
    return Desk(folder, run)


def shell_is_right(desk: Desk, said: list[str]) -> None:
    assert (desk.folder / "newslint.html").is_file() and (desk.folder / "newslint.xml").is_file()
    assert re.fullmatch(r"[1-9]\d* findings\n", said[1])
    desk.write(Block("toml", "# newslint.toml\npreviw = true\n"))
    assert desk.run("sh gate.sh", 2).stdout == "newslint could not run\n"


def feed_is_right(desk: Desk, said: list[str]) -> None:
    assert {line.partition(":")[0] for line in said[0].splitlines()} == {"feed.xml#1"} and said[1] == ""
    assert said[3].splitlines() == ["pass 100 https://example.org/news/1", "fail 45 https://example.org/news/2"]


def dump_is_right(desk: Desk, said: list[str]) -> None:
    kept, dropped = ((desk.folder / f"{name}.jsonl").read_text().splitlines() for name in ("kept", "dropped"))
    assert (len(kept), [json.loads(line)["id"] for line in dropped]) == (38, ["27", "37"])


def gitlab_is_right(desk: Desk, said: list[str]) -> None:
    """The job for GitLab writes what it hands over."""
    job = yaml.safe_load(files(".gitlab-ci.yml")[0])["newslint"]
    desk.run(job["script"][0], 0)
    desk.run(job["script"][1], 1)
    reports = job["artifacts"]["reports"]
    assert json.loads((desk.folder / reports["codequality"]).read_text())[0]["check_name"]
    assert (desk.folder / reports["junit"]).read_text().startswith("<?xml")


MORE = {"A shell": shell_is_right, "A feed": feed_is_right, "A dump": dump_is_right, "GitLab": gitlab_is_right}


@pytest.mark.slow
@pytest.mark.parametrize("title", SECTIONS)
def test_every_command_does_what_is_said(title: str, desk: Desk) -> None:
    variables, said = "", []
    for block in SECTIONS[title]:
        if block.file:
            desk.write(block)
        elif block.language == "sh":
            for command, code in block.commands:
                if re.match(r"\w+=", command):  # for the next ones
                    variables += command + "\n"
                    continue
                done = desk.run(variables + command, code)
                assert "Traceback" not in done.stderr and "internal error" not in done.stderr
                said.append(done.stdout)
    if title in MORE:
        MORE[title](desk, said)


def test_every_block_is_run_or_checked() -> None:
    checked = {"sh", "yaml", "toml", "cron"}
    assert {block.language for blocks in SECTIONS.values() for block in blocks} == checked
    assert all(block.file for blocks in SECTIONS.values() for block in blocks if block.language in ("yaml", "toml"))


def test_the_line_for_cron_is_one() -> None:
    [line] = [block.body for blocks in SECTIONS.values() for block in blocks if block.language == "cron"]
    *fields, command = line.split(maxsplit=5)
    assert all(re.fullmatch(r"\*(?:/\d+)?|\d+", field) for field in fields) and len(fields) == 5
    assert Path(command.split()[-1]).name in {block.file for block in SECTIONS["A feed"]}


# ---- files that other tools read -------------------------------------------------------------------------------------


def files(name: str) -> list[str]:
    return [block.body for blocks in SECTIONS.values() for block in blocks if block.file == name]


@pytest.mark.parametrize(
    ("name", "schema"), [(".github/workflows/newslint.yml", "github-workflows"), (".gitlab-ci.yml", "gitlab-ci")]
)
def test_pipelines_are_valid(name: str, schema: str, run: Run, tmp_path: Path) -> None:
    [body] = files(name)
    (tmp_path / "file.yml").write_text(body)
    run([sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}", "file.yml"], tmp_path)


def test_the_action_is_given_what_it_takes() -> None:
    inputs = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))["inputs"]
    [workflow] = files(".github/workflows/newslint.yml")
    steps = yaml.safe_load(workflow)["jobs"]["newslint"]["steps"]
    assert set(steps[1]["with"]) <= set(inputs)
    listed = re.findall(r"^\| ((?:`[\w-]+`(?:, )?)+) \| .* \| (.*) \|$", TEXT, re.MULTILINE)
    told = {name: default for names, default in listed for name in re.findall(r"`([\w-]+)`", names)}
    told = {name: default for name, default in told.items() if not name.startswith("--")}
    assert set(told) == set(inputs)
    said = {name: default.strip("`") for name, default in told.items() if default.startswith("`")}
    assert said == {name: inputs[name]["default"] for name in said}


def test_the_hooks_are_there(run: Run, tmp_path: Path) -> None:
    ids = [hook["id"] for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))]
    for number, body in enumerate(files(".pre-commit-config.yaml")):
        (tmp_path / f"{number}.yaml").write_text(body)
        run([sys.executable, "-m", "pre_commit", "validate-config", f"{number}.yaml"], tmp_path)
        assert yaml.safe_load(body)["repos"][0]["hooks"][0]["id"] in ids


def test_init_writes_the_local_hook_that_is_shown() -> None:
    from linter.repository.hook import hook, hooked

    assert files(".pre-commit-config.yaml")[1] == "# .pre-commit-config.yaml\n" + (hooked("", hook(["content"])) or "")
