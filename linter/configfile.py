"""Configuration files: finding the one in force, reading it, and saying in one line what is wrong with it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from linter import __version__
from linter.config import Config, ConfigError
from linter.configvalues import KEYS, check_keys, decode, typed

_VERSION = re.compile(r"(==|!=|>=|<=|>|<)\s*(\d+(?:\.\d+)*)$")


class Resolver:
    """Finds the configuration of any path: the closest file upwards, then its per-path tables, then the flags.

    `file` replaces the search (`--config`), `isolated` ignores every file. Equal settings are one and the same object,
    so that a linter can be kept for each.
    """

    def __init__(
        self, *, file: Path | None = None, isolated: bool = False, flags: Iterable[tuple[str, str, Any]] = ()
    ) -> None:
        self._flags = list(flags)  # (Python name, flag as written, value)
        self._fixed = Config() if isolated else read_config(file) if file else None
        self._closest: dict[Path, Config] = {}
        self._folders: dict[Path, tuple[Path, Config]] = {}  # as given -> resolved, and what holds in it
        self._final: dict[tuple[int, ...], Config] = {}
        self._bases: dict[int, tuple[Config, tuple[int, ...]]] = {}  # of each of them: the file's, and its tables
        self._hosts: dict[int, dict[str, list[int]]] = {}  # of each of them: the source tables of a host

    def resolve(self, path: str | Path) -> Config:
        """The configuration in force for a path, which may be a directory."""
        path = Path(path)
        if not path.is_dir():
            return self.of_file(path)
        path = path.resolve()
        base = self._of_directory(path)
        return self._applied(base, base.tables_for(path))

    def of_file(self, file: Path) -> Config:
        """The configuration in force for a file."""
        folder = file.parent
        if folder not in self._folders:
            resolved = folder.resolve()
            self._folders[folder] = (resolved, self._of_directory(resolved))
        resolved, base = self._folders[folder]
        return self._applied(base, base.tables_for(resolved / file.name) if base.per_path else ())

    def of_article(self, config: Config, host: str | None) -> Config:
        """The configuration of an input, as it is for its articles of a host."""
        if not config.source or not host:
            return config
        tables = self._hosts.get(id(config))
        if tables is None:
            tables = self._hosts[id(config)] = {}
            for number, table in enumerate(config.source):
                for name in table.hosts:
                    tables.setdefault(name, []).append(number)
        numbers: set[int] = set()
        while host:
            numbers.update(tables.get(host, ()))
            host = host.partition(".")[2]
        return self._applied(*self._bases[id(config)], tuple(sorted(numbers))) if numbers else config

    def _applied(self, base: Config, tables: tuple[int, ...], sources: tuple[int, ...] = ()) -> Config:
        """A file's configuration with some of its per-path and source tables, and the flags on top."""
        key = (id(base), *tables, -1, *sources)
        if key not in self._final:
            config = base.with_tables(tables).with_sources(sources)
            for name, flag, value in self._flags:
                config = config.merged({name: value}, flag)
            self._final[key] = config
            self._bases[id(config)] = (base, tables)
        return self._final[key]

    def _of_directory(self, directory: Path) -> Config:
        """What the closest configuration file upwards of a resolved directory says."""
        if self._fixed is not None:
            return self._fixed
        if directory not in self._closest:
            file = _file_in(directory)
            if file:
                self._closest[directory] = read_config(file)
            else:
                parent = directory.parent
                self._closest[directory] = Config() if parent == directory else self._of_directory(parent)
        return self._closest[directory]


def _file_in(directory: Path) -> Path | None:
    """The configuration file in a directory: newslint.toml, or a pyproject.toml with a [tool.newslint] table."""
    own = directory / "newslint.toml"
    if own.is_file():
        return own
    shared = directory / "pyproject.toml"
    if not shared.is_file() or b"newslint" not in shared.read_bytes():
        return None
    return shared if _own_table(_read_toml(shared)) is not None else None


def _own_table(pyproject: dict[str, Any]) -> dict[str, Any] | None:
    tool = pyproject.get("tool")
    table = tool.get("newslint") if isinstance(tool, dict) else None
    return table if isinstance(table, dict) else None


def read_config(file: Path, seen: tuple[Path, ...] = ()) -> Config:
    """The configuration in a file, on top of those it extends. Raises ConfigError."""
    file = file.resolve()
    name = shown(file)
    if file in seen:
        raise ConfigError(f"{name}: 'extend' goes round in a circle")
    table: dict[str, Any] | None = _read_toml(file)
    if file.name == "pyproject.toml":
        table = _own_table(table or {})
    if table is None:
        raise ConfigError(f"{name}: no [tool.newslint] table")
    check_keys(table, KEYS, name, "[tool.newslint]" if file.name == "pyproject.toml" else "")
    base = Config()
    extend = table.pop("extend", None)
    if extend is not None:
        extend = typed(extend, str, "extend", name)
        base = read_config(file.parent / Path(extend).expanduser(), (*seen, file))
    values = decode(table, name, file.parent)
    required = values.get("required_version")
    if required and not satisfies(__version__, required, name):
        raise ConfigError(f"{name}: required-version is {required!r}, but this is newslint {__version__}")
    return base.merged(values, name, root=str(file.parent))


def _read_toml(file: Path) -> dict[str, Any]:
    import tomllib  # here: most runs over single files have no configuration

    name = shown(file)
    try:
        return tomllib.loads(file.read_bytes().decode("utf-8-sig"))
    except FileNotFoundError:
        raise ConfigError(f"{name}: no such file") from None
    except OSError as error:
        raise ConfigError(f"{name}: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise ConfigError(f"{name}: not valid UTF-8 at byte {error.start}") from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{name}: not valid TOML: {error}") from None


def shown(file: str | Path) -> str:
    """A file as it is named in messages: relative to the working directory where it lies below it."""
    relative = os.path.relpath(file)
    return str(file) if relative.startswith("..") else relative.replace(os.sep, "/")


def satisfies(version: str, required: str, name: str) -> bool:
    """Does a version satisfy ">=0.1, <2"? Numbers only; a pre-release counts as its release. Raises ConfigError."""
    have = _numbers(version)
    for part in required.split(","):
        match = _VERSION.match(part.strip())
        if not match:
            raise ConfigError(f"{name}: required-version {required!r} must look like '>=0.1' or '>=0.1, <2'")
        want = _numbers(match[2])
        order = (have > want) - (have < want)
        if order not in {"==": (0,), "!=": (-1, 1), ">=": (0, 1), "<=": (-1, 0), ">": (1,), "<": (-1,)}[match[1]]:
            return False
    return True


def _numbers(version: str) -> tuple[int, ...]:
    numbers = [int(part) for part in re.match(r"\d+(?:\.\d+)*", version)[0].split(".")]  # type: ignore[index]
    while numbers and not numbers[-1]:
        numbers.pop()
    return tuple(numbers)
