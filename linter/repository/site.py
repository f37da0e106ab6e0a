"""The site that a repository is of: what makes it, its name and address, where its articles and its built pages lie."""

from __future__ import annotations

import ast
import json
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from msgspec import Struct

from linter.corpus.sites import host_of
from linter.repository.tree import Tree


class Site(Struct, frozen=True, kw_only=True):
    """`generator` is what makes it, None where that is unknown; `source` the file that its name and address are from.

    `content` are the folders that the generator takes articles from, `built` those that it writes to, `templates`
    those of its templates; as they are named in the configuration, whether they are there or not.
    """

    generator: str | None = None
    source: str | None = None
    address: str | None = None  # a host
    name: str | None = None
    vague: str | None = None  # a name that says too little to know the site by
    content: tuple[str, ...] = ()
    built: tuple[str, ...] = ()
    templates: tuple[str, ...] = ()


class _Told(Struct):
    """What a configuration says, as it stands there."""

    address: Any = None
    name: Any = None
    content: tuple[Any, ...] = ()
    built: tuple[Any, ...] = ()


class _Generator(Struct, frozen=True):
    """A site generator: its files, what is read from them, and its usual folders."""

    name: str
    files: tuple[str, ...]
    read: Callable[[Tree, str], _Told | None]  # None: the file is another generator's
    content: tuple[str, ...] = ()
    built: tuple[str, ...] = ()
    templates: tuple[str, ...] = ()


_PLACEHOLDERS = re.compile(r"(?:^|\.)(?:example\.(?:com|org|net)|localhost|test|invalid|yourdomain\.\w+)$|your-")
_VAGUE = frozenset(
    """
    home homepage website blog weblog news docs documentation notes articles archive magazine newsletter portfolio
    untitled index main welcome about journal press media stories updates posts
    """.split()
)
_LITTLE = frozenset(
    ["a", "an", "my", "new", "our", "site", "the", "this", "title", "your", "awesome", "hugo", "jekyll"]
)
_SHORTEST, _LONGEST = 4, 80  # letters of a name
_CNAMES = ("CNAME", "static/CNAME", "public/CNAME", "docs/CNAME", "source/CNAME", "src/CNAME", "content/CNAME")
_HOSTS_OF_CODE = ("github.com", "gitlab.com", "bitbucket.org", "codeberg.org", "npmjs.com")


def site_of(tree: Tree) -> Site:
    """The site of a repository, as far as its files tell. Broken files tell nothing."""
    found = next(filter(None, (_by(generator, tree) for generator in _GENERATORS)), Site())
    if found.address is None:
        for name in _CNAMES:
            host = _host(tree.text(name).strip().partition("\n")[0]) if tree.has(name) else None
            if host:
                return _with(found, address=host, source=found.source or name)
        host = _host(_json(tree, "package.json").get("homepage"))
        if host and not host.endswith(_HOSTS_OF_CODE):
            return _with(found, address=host, source=found.source or "package.json")
    return found


def _by(generator: _Generator, tree: Tree) -> Site | None:
    for file in generator.files:
        if not tree.has(file):
            continue
        told = generator.read(tree, file)
        if told is None:
            continue
        name = told.name.strip() if isinstance(told.name, str) else ""
        vague = _is_vague(name)
        return Site(
            generator=generator.name,
            source=file if name or _host(told.address) else None,
            address=_host(told.address),
            name=name if name and not vague else None,
            vague=name if name and vague else None,
            content=_folders(told.content, generator.content),
            built=_folders(told.built, generator.built),
            templates=generator.templates,
        )
    return None


def _with(site: Site, **values: Any) -> Site:
    from msgspec.structs import replace

    return replace(site, **values)


def _host(address: Any) -> str | None:
    """The host of an address that isn't the one that templates of sites come with."""
    host = host_of(address.strip()) if isinstance(address, str) else None
    return host if host and "." in host and not _PLACEHOLDERS.search(host) else None


def _is_vague(name: str) -> bool:
    """Is a name one that stands in other people's articles, too, so that it tells no site?"""
    words = re.findall(r"\w+", name.lower())
    telling = [word for word in words if word not in _LITTLE]
    return (
        not telling
        or (len(telling) == 1 and telling[0] in _VAGUE)
        or not _SHORTEST <= sum(map(len, words)) <= _LONGEST
        or not name.isprintable()
        or any(mark in name for mark in "{}<>$")
    )


def _folders(told: tuple[Any, ...], usual: tuple[str, ...]) -> tuple[str, ...]:
    """Folders as they are configured, or the usual ones; none that lies elsewhere."""
    named = [folder for folder in told if isinstance(folder, str)] or list(usual)
    clean = [re.sub(r"^(?:\./)+|/+$", "", folder.replace("\\", "/")) for folder in named]
    return tuple(folder for folder in dict.fromkeys(clean) if not folder.startswith(("..", "/")) and folder != ".")


# ---- configurations as data ------------------------------------------------------------------------------------------


def _json(tree: Tree, file: str) -> Mapping[str, Any]:
    return _mapping(lambda text: json.loads(text), tree.text(file))


def _mapping(load: Callable[[str], Any], text: str) -> Mapping[str, Any]:
    try:
        found = load(text)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _data(tree: Tree, file: str) -> Mapping[str, Any]:
    """What a TOML, YAML or JSON file holds; nothing where it is broken."""
    text = tree.text(file)
    if file.endswith(".toml"):
        return _mapping(tomllib.loads, text)
    if file.endswith(".json"):
        return _json(tree, file)
    return _mapping(_yaml, text)


def _yaml(text: str) -> Any:
    """YAML whose tags, which only the generator knows, say nothing."""
    import yaml

    class Loader(yaml.SafeLoader):
        pass

    Loader.add_multi_constructor("!", lambda loader, suffix, node: None)
    Loader.add_multi_constructor("tag:", lambda loader, suffix, node: None)
    try:
        return yaml.load(text, Loader)
    except (yaml.YAMLError, TypeError, AttributeError, KeyError, IndexError) as error:
        raise ValueError(str(error)) from error


def _at(data: Mapping[str, Any], *keys: str) -> Any:
    """The value of the first of some keys, in whatever case."""
    folded = {str(key).lower(): value for key, value in data.items()}
    return next((folded[key.lower()] for key in keys if key.lower() in folded), None)


def _hugo(tree: Tree, file: str) -> _Told | None:
    data = _data(tree, file)
    if not file.rpartition("/")[2].startswith("hugo.") and _at(data, "baseURL") is None:
        return None  # a config.toml that is somebody else's
    return _Told(_at(data, "baseURL"), _at(data, "title"), (_at(data, "contentDir"),), (_at(data, "publishDir"),))


def _zola(tree: Tree, file: str) -> _Told | None:
    data = _data(tree, file)
    if _at(data, "base_url") is None:
        return None
    return _Told(_at(data, "base_url"), _at(data, "title"), (), (_at(data, "output_dir"),))


def _hexo(tree: Tree, file: str) -> _Told | None:
    data = _data(tree, file)
    needs = _json(tree, "package.json").get("dependencies")
    if not ("source_dir" in data or "public_dir" in data or (isinstance(needs, dict) and "hexo" in needs)):
        return None
    source = data.get("source_dir") or "source"
    return _Told(data.get("url"), data.get("title"), (f"{source}/_posts",), (data.get("public_dir"),))


def _jekyll(tree: Tree, file: str) -> _Told:
    """Jekyll, and Octopress, which is Jekyll with its articles in `source`."""
    data = _data(tree, file)
    source = data.get("source") if isinstance(data.get("source"), str) else ""
    top = f"{source}/" if source and source not in (".", "./") else ""
    collections = data.get("collections")
    names = [*collections] if isinstance(collections, (dict, list)) else []
    within = data.get("collections_dir")
    below = f"{within}/" if isinstance(within, str) and within else ""
    content = tuple(f"{top}{below}_{name}" for name in ["posts", *names] if isinstance(name, str))
    return _Told(data.get("url"), data.get("title") or data.get("name"), content, (data.get("destination"),))


def _mkdocs(tree: Tree, file: str) -> _Told:
    data = _data(tree, file)
    return _Told(data.get("site_url"), data.get("site_name"), (data.get("docs_dir"),), (data.get("site_dir"),))


# ---- configurations as programs --------------------------------------------------------------------------------------


def _python(tree: Tree, file: str) -> _Told:
    """The constants of a Pelican configuration; where it is for publishing, those come first."""
    values: dict[str, Any] = {}
    for name in ("pelicanconf.py", "publishconf.py"):
        values |= {key: value for key, value in _constants(tree.text(name)) if value}
    return _Told(values.get("SITEURL"), values.get("SITENAME"), (values.get("PATH"),), (values.get("OUTPUT_PATH"),))


def _constants(text: str) -> Iterable[tuple[str, Any]]:
    try:
        body = ast.parse(text).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    for statement in body:
        if isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Constant):
            for target in statement.targets:
                if isinstance(target, ast.Name):
                    yield target.id, statement.value.value


_COMMENT = re.compile(r"""("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`)|//[^\n]*|/\*.*?\*/""", re.DOTALL)


def _script(key: str, title: str | None, built: str | None = None) -> Callable[[Tree, str], _Told]:
    """Reads the configuration of a generator in JavaScript: the first strings behind some keys."""

    def read(tree: Tree, file: str) -> _Told:
        text = _COMMENT.sub(lambda match: match[1] or " ", tree.text(file))
        return _Told(_string(text, key), _string(text, title), (), (_string(text, built),))

    return read


def _string(text: str, key: str | None) -> str | None:
    if key is None:
        return None
    found = re.search(rf"(?<![\w.'\"`])['\"]?{key}['\"]?\s*[:=]\s*(['\"`])((?:(?!\1)[^\\\n]){{1,200}})\1", text)
    return found[2] if found and "${" not in found[2] else None


def _eleventy(tree: Tree, file: str) -> _Told:
    """Eleventy, which keeps the name and address of a site among its data, if at all."""
    text = _COMMENT.sub(lambda match: match[1] or " ", tree.text(file))
    told = _Told(built=(_string(text, "output"),))
    source = _string(text, "input")
    for folder in ("_data", f"{source}/_data" if source else "src/_data"):
        for name in ("site.json", "metadata.json", "meta.json"):
            data = _json(tree, f"{folder}/{name}")
            told.address, told.name = told.address or data.get("url"), told.name or data.get("title")
    return told


def _astro(tree: Tree, file: str) -> _Told:
    told = _script("site", None, "outDir")(tree, file)
    constants = next((name for name in ("src/consts.ts", "src/consts.js", "src/config.ts") if tree.has(name)), "")
    told.name = _string(tree.text(constants), "SITE_TITLE") if constants else None
    return told


def _scripts(name: str) -> tuple[str, ...]:
    return tuple(f"{name}.{suffix}" for suffix in ("js", "mjs", "cjs", "ts", "mts"))


def _any_of(names: Iterable[str], suffixes: Iterable[str] = ("toml", "yaml", "yml", "json")) -> tuple[str, ...]:
    return tuple(f"{name}.{suffix}" for name in names for suffix in suffixes)


_GENERATORS = (
    _Generator(
        "Hugo",
        _any_of(["hugo", "config", "config/_default/hugo", "config/_default/config"]),
        _hugo, ("content",), ("public",), ("layouts", "themes", "archetypes"),
    ),
    _Generator("Zola", ("zola.toml", "config.toml"), _zola, ("content",), ("public",), ("templates", "themes")),
    _Generator("Hexo", ("_config.yml",), _hexo, ("source/_posts",), ("public",), ("themes", "scaffolds")),
    _Generator(
        "Jekyll",
        ("_config.yml", "_config.yaml", "_config.toml"),
        _jekyll, ("_posts",), ("_site", "public"), ("_layouts", "_includes", "source/_layouts", "source/_includes"),
    ),
    _Generator("MkDocs", ("mkdocs.yml", "mkdocs.yaml"), _mkdocs, ("docs",), ("site",), ("overrides",)),
    _Generator("Pelican", ("pelicanconf.py",), _python, ("content",), ("output",), ("theme", "themes")),
    _Generator(
        "Docusaurus", _scripts("docusaurus.config"), _script("url", "title"), ("blog", "docs", "src/pages"), ("build",)
    ),
    _Generator("Astro", _scripts("astro.config"), _astro, ("src/content", "src/pages", "src/data"), ("dist",)),
    _Generator(
        "Gatsby", _scripts("gatsby-config"), _script("siteUrl", "title"), ("content", "src/pages"), ("public",)
    ),
    _Generator(
        "Eleventy",
        (".eleventy.js", *_scripts("eleventy.config")),
        _eleventy, (), ("_site",), ("_includes", "_layouts", "src/_includes", "src/_layouts"),
    ),
    _Generator("Next.js", _scripts("next.config"), _script("siteUrl", None), (), ("out", "build")),
)  # fmt: skip
