"""What is found out about a repository: its site, its articles; and how the hook gets into a configuration."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from linter.config import ConfigError
from linter.repository import hook, pipeline
from linter.repository.content import Content, content_of
from linter.repository.quoting import shell_words, yaml_string
from linter.repository.settings import added_to_pyproject, settings
from linter.repository.site import Site, site_of
from linter.repository.tree import Tree

if TYPE_CHECKING:
    from conftest import Run

PROSE = (
    "The ferry to the northern islands will leave an hour later from Monday, the harbour office said.\n\n"
    "Passengers who hold a season ticket can use the earlier bus to the eastern pier for now.\n"
)
POST = f"---\ntitle: Ferry\n---\n{PROSE}"
PAGE = f"<html><body><p>{PROSE}</p><p>{PROSE}</p></body></html>"


def tree(folder: Path, files: dict[str, str]) -> Tree:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return Tree(folder)


SITES: dict[str, tuple[dict[str, str], tuple[str | None, ...], tuple[str, ...]]] = {
    # files; generator, address, name, source; folders with articles
    "Hugo, TOML": (
        {"hugo.toml": 'baseURL = "https://www.tides.example/blog/"\ntitle = "The Tide Table"\n', "content/a.md": POST},
        ("Hugo", "tides.example", "The Tide Table", "hugo.toml"),
        ("content",),
    ),
    "Hugo, an older name": (
        {"config.yaml": "baseurl: tides.example\ntitle: The Tide Table\ncontentDir: texts/\n", "texts/de/a.md": POST},
        ("Hugo", "tides.example", "The Tide Table", "config.yaml"),
        ("texts",),
    ),
    "Zola": (
        {"config.toml": 'base_url = "https://tides.example"\ntitle = "The Tide Table"\n', "content/a/b.md": POST},
        ("Zola", "tides.example", "The Tide Table", "config.toml"),
        ("content",),
    ),
    "Jekyll": (
        {
            "_config.yml": "url: https://tides.example # ours\ntitle: The Tide Table\ncollections: {essays: {}}\n",
            "_posts/2020-01-01-a.md": POST,
            "_essays/b.md": POST,
            "trips/_posts/2020-01-01-c.md": POST,
            "_includes/d.html": PAGE,
        },
        ("Jekyll", "tides.example", "The Tide Table", "_config.yml"),
        ("_essays", "_posts", "trips/_posts"),
    ),
    "Octopress": (
        {"_config.yml": "url: http://tides.example\ntitle: Tides\nsource: source\n", "source/_posts/a.markdown": POST},
        ("Jekyll", "tides.example", "Tides", "_config.yml"),
        ("source/_posts",),
    ),
    "Hexo": (
        {
            "_config.yml": "url: http://tides.example\ntitle: The Tide Table\n",
            "package.json": '{"dependencies": {"hexo": "7"}}',
            "source/_posts/a.md": POST,
        },
        ("Hexo", "tides.example", "The Tide Table", "_config.yml"),
        ("source/_posts",),
    ),
    "MkDocs": (
        {
            "mkdocs.yml": "site_url: !ENV [URL]\nsite_name: The Tide Table\nx: !!python/name:a.b\n",
            "docs/a.md": POST,
            "src/a.py": "",
        },
        ("MkDocs", None, "The Tide Table", "mkdocs.yml"),
        ("docs",),
    ),
    "Pelican": (
        {
            "pelicanconf.py": "SITEURL = ''\nSITENAME = 'The Tide Table'\nPATH = 'texts'\nA = b()\n",
            "publishconf.py": "SITEURL = 'https://tides.example'\n",
            "texts/a.md": POST,
        },
        ("Pelican", "tides.example", "The Tide Table", "pelicanconf.py"),
        ("texts",),
    ),
    "Docusaurus": (
        {
            "docusaurus.config.js": "const config = {\n  // title: 'No',\n  title: 'The Tide Table',\n"
            "  url: 'https://tides.example', /* url: 'https://no.example' */\n};\n",
            "blog/a.mdx": POST,
            "docs/b.md": POST,
        },
        ("Docusaurus", "tides.example", "The Tide Table", "docusaurus.config.js"),
        ("blog", "docs"),
    ),
    "Astro": (
        {
            "astro.config.mjs": 'export default defineConfig({\n  site: "https://tides.example",\n});\n',
            "src/consts.ts": "export const SITE_TITLE = 'The Tide Table';\n",
            "src/content/blog/a.md": POST,
        },
        ("Astro", "tides.example", "The Tide Table", "astro.config.mjs"),
        ("src/content",),
    ),
    "Gatsby": (
        {
            "gatsby-config.ts": "const config = { siteMetadata: { title: `The Tide Table`, siteUrl: `https://${x}` } }",
            "content/a.md": POST,
        },
        ("Gatsby", None, "The Tide Table", "gatsby-config.ts"),
        ("content",),
    ),
    "Eleventy": (
        {
            ".eleventy.js": 'module.exports = () => ({ dir: { input: "text", output: "web" } });',
            "text/_data/site.json": '{"url": "https://tides.example", "title": "The Tide Table"}',
            "text/posts/a.md": POST,
            "web/a.html": PAGE,
        },
        ("Eleventy", "tides.example", "The Tide Table", ".eleventy.js"),
        ("text/posts",),
    ),
    "Next.js": (
        {
            "next.config.js": "module.exports = {}",
            "package.json": '{"homepage": "https://tides.example"}',
            "posts/a.mdx": POST,
        },
        ("Next.js", "tides.example", None, "package.json"),
        ("posts",),
    ),
    "nothing but an address": (
        {"CNAME": "www.tides.example\n", "articles/2020/a.md": POST, "articles/2021/b.md": POST},
        (None, "tides.example", None, "CNAME"),
        ("articles",),
    ),
    "placeholders of a template": (
        {
            "hugo.toml": 'baseURL = "https://example.org/"\ntitle = "My New Hugo Site"\n',
            "package.json": '{"homepage": "https://github.com/a/b"}',
            "content/a.md": POST,
        },
        ("Hugo", None, None, "hugo.toml"),
        ("content",),
    ),
    "a broken configuration": (
        {"hugo.toml": "baseURL = [", "_config.yml": "a: [", "content/a.md": POST},
        ("Hugo", None, None, None),
        ("content",),
    ),
}


@pytest.mark.parametrize("name", SITES)
def test_a_site_is_known_by_its_files(name: str, tmp_path: Path) -> None:
    files, expected, folders = SITES[name]
    made = tree(tmp_path, {**files, "README.md": POST, "LICENSE.txt": PAGE})
    site = site_of(made)
    assert (site.generator, site.address, site.name, site.source) == expected
    assert content_of(made, site).folders == folders


def test_a_name_that_could_stand_anywhere_is_not_taken(tmp_path: Path) -> None:
    told = {name: site_of(tree(tmp_path, {"hugo.toml": f"title = {name!r}\n"})) for name in (
        "Blog", "My Blog", "Home", "The News", "Your awesome title", "ab", "{{ title }}", "Tides"
    )}  # fmt: skip
    assert [site.name for site in told.values()] == [None] * 7 + ["Tides"]
    assert told["My Blog"].vague == "My Blog"


def test_what_is_about_a_repository_is_no_article(tmp_path: Path) -> None:
    about = [
        "README.md",
        "docs/guide.md",
        "tests/fixtures/a.md",
        ".github/a.md",
        "CHANGELOG.md",
        "requirements-dev.txt",
    ]
    made = tree(
        tmp_path, {**dict.fromkeys(about, POST), "src/a.py": "", "words/list.txt": "a\nb\n", "a/b.html": "<p>{{x}}"}
    )
    assert content_of(made, Site()) == Content((), 0, ())


def test_documentation_counts_where_there_is_no_code(tmp_path: Path) -> None:
    assert content_of(tree(tmp_path, {"docs/a.md": POST, "docs/sub/b.md": POST}), Site()).folders == ("docs",)


def test_articles_at_the_top_are_the_whole_repository(tmp_path: Path) -> None:
    files = {
        "a.md": POST,
        "b.txt": PROSE,
        "more/c.html": PAGE,
        "README.md": POST,
        "tests/d.md": POST,
        "more/NOTICE.txt": "",
    }
    found = content_of(tree(tmp_path, files), Site())
    assert found == Content(("",), 3, ("text", "html", "markdown"), ("NOTICE.txt", "README.md", "tests/"))


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
def test_git_says_which_files_there_are(tmp_path: Path) -> None:
    made = tree(
        tmp_path, {".gitignore": "out/\n", "out/a.md": POST, "a.md": POST, "d/b \n.md": POST, "vendor/c.md": POST}
    )
    assert made.top is None
    assert made.files == [".gitignore", "a.md", "d/b \n.md", "out/a.md"]
    subprocess.run(["git", "init", "-q", "-b", "trunk"], cwd=tmp_path, check=True)
    again, below = Tree(tmp_path), Tree(tmp_path / "d")
    assert (again.top, again.prefix, again.branch) == (tmp_path.resolve(), "", "trunk")
    assert again.files == [".gitignore", "a.md", "d/b \n.md"]
    assert (below.top, below.prefix, below.files) == (tmp_path.resolve(), "d/", ["b \n.md"])


# ---- the configuration -----------------------------------------------------------------------------------------------

SITE = Site(generator="Hugo", source="hugo.toml", address="tides.example", name='The "Tide"', built=("public", "a [b]"))
CONTENT = Content(("content",), 3, ("html", "markdown"), ("content/tests/", "README*.md"))


def test_a_configuration_says_why_each_line_is_there() -> None:
    text = settings(SITE, CONTENT, baseline=True)
    assert tomllib.loads(text) == {
        "site": ["tides.example", 'The "Tide"'],
        "preset": "own",
        "exclude": ["/public/", "/a \\[b\\]/", "/content/tests/", "README\\*.md"],
        "baseline": "newslint-baseline.json",
    }
    lines = text.splitlines()
    assert all(lines[number - 1].startswith("# ") for number, line in enumerate(lines) if " = " in line)


def test_what_nobody_knows_is_left_to_the_reader() -> None:
    text = settings(Site(), Content(("a",), 3, ("text",)), baseline=False)
    assert tomllib.loads(text) == {}
    assert '# site = ["example.org", "The Example"]\n' in text and '# preset = "own"\n' in text


@pytest.mark.parametrize("before", ["", "[project]\nname = 'x'", "[tool.a]\r\nb = 1 # why\r\n"])
def test_a_table_is_added_to_a_pyproject(before: str) -> None:
    whole = added_to_pyproject(before, settings(SITE, CONTENT, baseline=False), Path("pyproject.toml"))
    assert whole.startswith(before) and ("\n" in whole.replace("\r\n", "")) == ("\r\n" not in before)
    assert tomllib.loads(whole)["tool"]["newslint"]["site"] == ["tides.example", 'The "Tide"']


def test_a_pyproject_that_has_its_tools_on_one_line_is_left_alone() -> None:
    with pytest.raises(ConfigError, match=r"^pyproject\.toml: no table can be added: "):
        added_to_pyproject("tool = {}\n", settings(SITE, CONTENT, baseline=False), Path("pyproject.toml"))


# ---- the hook --------------------------------------------------------------------------------------------------------

ENTRY = hook.hook(["content"])
INDENTED = "".join(f"  {line}\n" for line in ENTRY.splitlines())
HOOKS = {
    "no file": ("", f"repos:\n{INDENTED}"),
    "only comments": ("# ours\n", f"# ours\nrepos:\n{INDENTED}"),
    "no repos": ("fail_fast: true", f"fail_fast: true\nrepos:\n{INDENTED}"),
    "an empty list": ("repos: []  # none yet\nfail_fast: true\n", f"repos:  # none yet\n{INDENTED}fail_fast: true\n"),
    "nothing at all": ("repos:\nfail_fast: true\n", f"repos:\n{INDENTED}fail_fast: true\n"),
    "a list at the margin": (
        "repos:\n- repo: meta\n  hooks: [{id: identity}]\n\n# more\nfail_fast: true\n",
        f"repos:\n- repo: meta\n  hooks: [{{id: identity}}]\n{ENTRY}\n# more\nfail_fast: true\n",
    ),
    "a list that is indented": (
        "ci:\n  skip: []\nrepos:\n  - repo: meta  # a\n    hooks:\n      - id: identity\n    # b\n  # c",
        f"ci:\n  skip: []\nrepos:\n  - repo: meta  # a\n    hooks:\n      - id: identity\n    # b\n{INDENTED}  # c",
    ),
    "text on several lines": (
        "repos:\n- repo: local\n  hooks:\n  - id: a\n    entry: |\n      b\n      c\n",
        f"repos:\n- repo: local\n  hooks:\n  - id: a\n    entry: |\n      b\n      c\n{ENTRY}",
    ),
    "Windows line breaks": (
        "repos:\r\n- repo: meta\r\n  hooks: []\r\n",
        f"repos:\n- repo: meta\n  hooks: []\n{ENTRY}".replace("\n", "\r\n"),
    ),
}


@pytest.mark.parametrize("name", HOOKS)
def test_the_hook_is_added_and_all_else_stays(name: str) -> None:
    before, expected = HOOKS[name]
    assert hook.hooked(before, ENTRY) == expected
    assert hook.hooked(expected, ENTRY) is None


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("repos: [", "is no YAML that can be read"),
        ("- repo: meta\n", "has no list 'repos' at its top"),
        ("repos: {a: 1}\n", "has no list 'repos' at its top"),
        ("repos: [{repo: meta, hooks: []}]\n", "has its 'repos' in brackets"),
        ("{repos: }\n", "is written in a way that nothing can be added to without changing the rest"),
    ],
)
def test_what_the_hook_cant_be_added_to_is_told(text: str, why: str) -> None:
    with pytest.raises(hook.HookError, match=f"^{why}$"):
        hook.hooked(text, ENTRY)


@pytest.mark.parametrize(
    ("folders", "hits", "misses"),
    [
        (["content"], ["content/a.md"], ["a.md", "contents/a.md", "b/content/a.md"]),
        (["a.b", "c d/e-f"], ["a.b/x.md", "c d/e-f/x.md"], ["aXb/x.md", "c d/x.md"]),
        (["it's: #1"], ["it's: #1/x.md"], ["its/x.md"]),
        (["", "a"], ["x.md"], []),
    ],
)
def test_the_hook_is_for_the_folders_with_articles(folders: list[str], hits: list[str], misses: list[str]) -> None:
    import re

    [entry] = yaml.safe_load(hook.hook(folders))
    pattern = re.compile(entry["hooks"][0].get("files", ""))
    assert [bool(pattern.search(name)) for name in hits + misses] == [True] * len(hits) + [False] * len(misses)


def test_the_local_hook_is_the_one_that_others_get(root: Path) -> None:
    shared = yaml.safe_load((root / ".pre-commit-hooks.yaml").read_text())[0]
    [entry] = yaml.safe_load(hook.hook([""]))
    local = entry["hooks"][0]
    assert {**shared, **local, "language": "python"} == shared


# ---- other tools -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["a", "^a/", "a: b", "- a", "'", '"\\\n', "#", "^(?:a|b)/", "é", "", "yes: ", "${{ x }}"]
)
def test_a_string_survives_yaml(text: str) -> None:
    assert yaml.safe_load(f"key: {yaml_string(text)}\n") == {"key": text}


def test_words_survive_a_shell() -> None:
    words = ["a b", "-rf", "$(x)", "it's", "*"]
    done = subprocess.run(["sh", "-c", f"printf '%s\\n' {shell_words(words)}"], capture_output=True, encoding="utf-8")
    assert done.stdout.splitlines() == ["a b", "./-rf", "$(x)", "it's", "*"]


def test_pipelines_run_what_they_are_given() -> None:
    workflow = yaml.safe_load(pipeline.workflow(["a b", "c"], install="newslint>=1: #x", branch="a, b"))
    assert workflow[True]["push"] == {"branches": ["a, b"]}
    steps = [step["run"] for step in workflow["jobs"]["newslint"]["steps"] if "run" in step]
    assert steps == [
        "pip install 'newslint>=1: #x'\n",
        "newslint check --output github:- --output \"markdown:$GITHUB_STEP_SUMMARY\" 'a b' c\n",
    ]
    job = yaml.safe_load(pipeline.job(["a b"], install="newslint==1"))["newslint"]
    assert job["script"][0] == "pip install newslint==1\n" and job["script"][1].endswith(" 'a b'\n")


def test_pipelines_are_what_others_expect(run: Run, tmp_path: Path) -> None:
    (tmp_path / "workflow.yml").write_text(pipeline.workflow(["a b", "c"], install="newslint>=1", branch="main"))
    (tmp_path / "job.yml").write_text(pipeline.job(["a b", "c"], install="newslint>=1"))
    for schema, name, code in (
        ("github-workflows", "workflow.yml", 0),
        ("gitlab-ci", "job.yml", 0),
        ("github-workflows", "job.yml", 1),
    ):
        run([sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}", name], tmp_path, code)
