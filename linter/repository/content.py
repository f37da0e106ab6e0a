"""In which folders of a repository its articles lie."""

from __future__ import annotations

import os.path
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence, Set
from pathlib import PurePosixPath

from msgspec import Struct

from linter.model import PROFILES, Profile
from linter.readers import ReadOptions, Source, read, reader_for
from linter.repository.site import Site
from linter.repository.tree import Tree

# Files that every repository has, by their names without suffix: they are about it, and no articles.
_ABOUT = re.compile(
    r"readme|licen[sc]e|licences?|copying|copyright|unlicense|change-?log|changes|history|news|release-?notes|releases|"
    r"contributing|contributors|code[-_]of[-_]conduct|security|support|authors|maintainers|notice|governance|todo|"
    r"roadmap|install|upgrad(?:e|ing)|migrat(?:ion|ing)|faq|claude|agents|gemini|pull_request_template|"
    r"issue_template|robots|humans|ads|app-ads|llms(?:-full)?|cmakelists|.*requirements.*|constraints|manifest|version|404",
    re.IGNORECASE,
)
# Folders of which nobody reads the texts as articles.
_OTHERS = frozenset(
    """
    test tests __tests__ spec specs fixtures testdata templates template layouts layout themes theme archetypes
    partials includes components scaffolds node_modules vendor third_party build dist out target coverage scripts
    bin lib assets static public images img css js fonts locales i18n examples example samples snippets _site
    _layouts _includes _sass _drafts overrides
    """.split()
)
_DOCS = frozenset(["docs", "doc", "documentation", "wiki", "manual", "man"])
_CODE = re.compile(
    r"\.(?:py|js|mjs|ts|tsx|jsx|go|rs|rb|java|kt|c|cc|cpp|h|hpp|cs|php|swift|scala|ex|erl|hs|lua|pl|sh)$"
)
_TEMPLATE = re.compile(r"\{\{|\{%|<%|<\?php")
_FRONT = re.compile(r"\s*(?:---|\+\+\+)[ \t]*\r?\n")
_SENTENCE = re.compile(r"[.!?…][\"'”’)\]]*$")
_SAMPLE = 24  # files of a folder that are looked into
_PROSE, _LINE = 25, 10  # words of an article, in lines of at least so many that end as sentences do
_SHARE = 0.4  # of its words stand in such lines


class Content(Struct, frozen=True):
    """The folders with articles ("" is the whole repository), how many articles there are, and in which formats.

    `others` are globs of what lies in these folders and is none: templates, READMEs, tests.
    """

    folders: tuple[str, ...]
    articles: int
    profiles: tuple[Profile, ...]
    others: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.folders)


def content_of(tree: Tree, site: Site) -> Content:
    """The folders with articles: those that the site's generator takes them from, or else those that hold any."""
    skipped = _OTHERS | _DOCS if any(_CODE.search(name) for name in tree.files) else _OTHERS
    readable = [name for name in tree.files if reader_for(name, walked=True) in PROFILES]
    files = [name for name in readable if _may_be(name) and not _is_below(name, site.built + site.templates)]
    named = [folder for folder in _of_generator(site, files) if _holds(tree, _below(files, folder), any)]
    folders = _outermost(named)
    if not folders:
        files = [name for name in files if skipped.isdisjoint(name.lower().split("/")[:-1])]
        # A site may keep its posts beside its code; elsewhere, texts beside code are data of a program.
        code = set() if site.generator else {name.partition("/")[0] for name in tree.files if _CODE.search(name)}
        folders = _found(tree, [name for name in files if name.partition("/")[0] not in code])
    inside = {name for folder in folders for name in _below(files, folder)}
    others = [name for folder in folders for name in _below(readable, folder) if name not in inside]
    profiles = {reader_for(name) for name in inside}
    return Content(
        tuple(folders),
        len(inside),
        tuple(profile for profile in PROFILES if profile in profiles),
        tuple(sorted({_glob(name, site.built + site.templates, skipped) for name in others})),
    )


def _glob(name: str, folders: Iterable[str], skipped: Set[str]) -> str:
    """What leaves out a file, and those like it: a folder, or all files of its name."""
    for folder in folders:
        if name.startswith(f"{folder}/"):
            return f"{folder}/"
    parts = name.split("/")
    for number, part in enumerate(parts[:-1]):
        if part.lower() in skipped:
            return "/".join(parts[: number + 1]) + "/"
    return parts[-1]


def _may_be(name: str) -> bool:
    """May it be an article, by its name?"""
    path = PurePosixPath(name)
    return not (_ABOUT.fullmatch(path.stem) or path.name.startswith("."))


def _is_below(name: str, folders: Iterable[str]) -> bool:
    return any(name.startswith(f"{folder}/") for folder in folders)


def _below(files: Sequence[str], folder: str) -> list[str]:
    return [name for name in files if not folder or name.startswith(f"{folder}/")]


def _of_generator(site: Site, files: Sequence[str]) -> list[str]:
    found = list(site.content)
    if site.generator == "Jekyll":  # any folder may have posts of its own
        found += {name.partition("/_posts/")[0] + "/_posts" for name in files if "/_posts/" in name}
    return sorted(set(found))


def _outermost(folders: Sequence[str]) -> list[str]:
    """Without those that lie in another one."""
    return [folder for folder in folders if not _is_below(folder, set(folders) - {folder})]


def _found(tree: Tree, files: Sequence[str]) -> list[str]:
    """The folders at the top that hold articles, each as deep as they all lie; "" if the top itself does."""
    by_top: dict[str, list[str]] = defaultdict(list)
    for name in files:
        top, slash, _ = name.partition("/")
        by_top[top if slash else ""].append(name)
    if _holds(tree, by_top.pop("", []), _most):
        return [""]
    return [_common(names) for _, names in sorted(by_top.items()) if _holds(tree, names, _most)]


def _common(names: Sequence[str]) -> str:
    """The innermost folder that all of them lie in."""
    return os.path.commonpath([name.rpartition("/")[0] for name in names])


def _holds(tree: Tree, names: Sequence[str], enough: Callable[[list[bool]], bool]) -> bool:
    """Are enough of the files articles? Asked of some of them."""
    return enough([_is_article(tree, name) for name in names[:: max(len(names) // _SAMPLE, 1)]])


def _most(told: list[bool]) -> bool:
    return sum(told) * 2 > len(told)


def _is_article(tree: Tree, name: str) -> bool:
    """Does a file hold prose? A page of templates holds some other page's."""
    text = tree.text(name)
    if reader_for(name) == "html" and _TEMPLATE.search(text) and not _FRONT.match(text):
        return False
    found = next(read(Source(name, tree.folder / name), ReadOptions())).text
    lines = [(len(line.split()), bool(_SENTENCE.search(line.rstrip()))) for line in found.split("\n")]
    prose = sum(words for words, ends in lines if ends and words >= _LINE)
    return prose >= max(_PROSE, _SHARE * sum(words for words, _ in lines))
