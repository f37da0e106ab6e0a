"""The JSON schema of the configuration: it allows what newslint allows, and editors can complete with it."""

from __future__ import annotations

import datetime
import json
import re
import shutil
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from linter.config import ConfigError
from linter.configfile import read_config
from linter.configkeys import FIELDS, KEYS, SUPPRESS
from linter.configschema import config_schema, pyproject_schema
from linter.configvalues import KEYS as KNOWN
from linter.configvalues import SOURCE_KEYS, SUPPRESS_KEYS
from linter.configwords import default_of, in_words, toml
from linter.readers.records import KEYS as RECORD_FIELDS
from linter.rulebook import RuleBook, active_rules, load_book

ROOT = Path(__file__).parent.parent
GOOD = [
    "",
    "select = ['INJ', 'inj001', 'see-also-injection', 'ALL']",
    "max-bad-records = '1%'",
    "max-bad-records = ' 12.5 % '",
    "max-bad-records = 0",
    "max-failing = '5%'",
    "max-failing = 7",
    "jobs = 'auto'",
    "jobs = 8",
    "rule.INJ003 = {severity = 'info', least = 3, item-words = 9}",
    "rule.INJ003 = {item_words = 9}",
    "rule.see-also-injection = {severity = 'info'}",
    "rule.TYP = {severity = 'error'}",
    "rule.NWS004.min-ratio = 90",
    "required-version = '>=0.1, <100'",
    "field = {text = 'a', id = 'b'}",
    "time-limit = 0.5",
    "[[per-path]]\npaths = ['a']\nfail-on = 'never'\nselect = ['TYP']",
    "[[source]]\nhost = 'münchen.example'\nmin-score = 1",
    "[[source]]\nhost = ['example.org', 'https://www.example.net/a']\nunscored = 'fail'",
    "[[suppress]]\nid = 17\nrules = ['INJ001']\nreason = 'checked'",
    "[[suppress]]\npath = 'a/**'",
]
BAD = [
    "sellect = []",
    "origins = {}",
    "root = '/'",
    "tool = {newslint = {}}",
    "min-score = '6'",
    "min-score = 101",
    "min-score = 2020-01-01",
    "max-bad-records = -1",
    "max-bad-records = 'few'",
    "max-bad-records = '101%'",
    "max-failing = -1",
    "max-failing = '101%'",
    "max-failing = 0.5",
    "preview = 'yes'",
    "select = 'INJ'",
    "select = ['INJ', 3]",
    "select = ['']",
    "select = ['two words']",
    "fail-on = 'eror'",
    "jobs = 'aut'",
    "jobs = 0",
    "field = {txt = 'a'}",
    "field = {text = 1}",
    "rule = 1",
    "rule.INJ001.severity = 'off'",
    "rule.INJ001 = 'info'",
    "rule.INJ001.least = 3",
    "rule.see-also-injection.least = 3",
    "rule.INJ003.least = 'three'",
    "rule.TYP001.allow = [1]",
    "required-version = '~99'",
    "required-version = '>=1 <2'",
    "extend = 1",
    "[[per-path]]\nselect = []",
    "[[per-path]]\npaths = ['a']\njobs = 1",
    "[[per-path]]\npaths = 'a'",
    "[per-path]\npaths = ['a']",
    "[[source]]\nmin-score = 1",
    "[[source]]\nhost = 'two words'",
    "[[source]]\nhost = '*.example.org'",
    "[[source]]\nhost = []\nfail-on = 'eror'",
    "[[source]]\nhost = 'example.org'\nfail-on = 'x'",
    "[[suppress]]\nrules = []",
    "[[suppress]]\nid = 'a'\nurl = 'b'",
    "[[suppress]]\nid = 'a'\nrule = 'INJ'",
    "[[suppress]]\nid = 1.5",
]
# What a schema can't tell: a rule that only this folder's files could define, this version, 60.0 from 60.
ONLY_NEWSLINT_KNOWS = [
    "select = ['XYZ999']",
    "rule.XYZ999.severity = 'info'",
    "required-version = '>=99'",
    "min-score = 60.0",
]


@pytest.fixture(scope="session")
def book() -> RuleBook:
    return load_book()


@pytest.fixture(scope="session")
def schema(book: RuleBook) -> Draft7Validator:
    made = config_schema(book.rules)
    Draft7Validator.check_schema(made)
    return Draft7Validator(made)


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def accepts(text: str, book: RuleBook) -> bool:
    """Does newslint take this for a configuration?"""
    Path("newslint.toml").write_text(text, encoding="utf-8")
    try:
        config = read_config(Path("newslint.toml"))
        active_rules(load_book(config.rules) if config.rules else book, config)
    except (ConfigError, RuntimeError, ValueError) as error:
        assert type(error).__name__ in ("ConfigError", "RuleError")
        return False
    return True


@pytest.mark.parametrize("text", GOOD)
def test_what_newslint_takes_the_schema_allows(text: str, schema: Draft7Validator, book: RuleBook) -> None:
    assert (accepts(text, book), list(schema.iter_errors(tomllib.loads(text)))) == (True, [])


@pytest.mark.parametrize("text", BAD)
def test_what_newslint_refuses_the_schema_refuses(text: str, schema: Draft7Validator, book: RuleBook) -> None:
    assert (accepts(text, book), schema.is_valid(tomllib.loads(text))) == (False, False)


@pytest.mark.parametrize("text", ONLY_NEWSLINT_KNOWS)
def test_the_differences_there_are(text: str, schema: Draft7Validator, book: RuleBook) -> None:
    assert (accepts(text, book), schema.is_valid(tomllib.loads(text))) == (False, True)


VALUES: list[Any] = [
    *(True, False, -1, 0, 1, 2, 100, 101, 0.5, 1.5, -0.5, datetime.date(2024, 1, 1)),
    *("x", "ALL", "INJ001", "0", "7", "1%", "100%", "101%", "%", "5 %", "auto", "two words", ">=0.1", "example.org"),
    *("error", "warning", "warn", "info", "never", "off", "pass", "fail", "scraped", "own", "full", "main"),
    *([], ["x"], ["INJ"], [1], [[]], [{}], {}, {"x": 1}, {"text": "x"}, {"INJ001": {}}, {"INJ": {"severity": "info"}}),
    *([{"paths": []}], [{"host": []}], [{"host": ["a.b", ""]}], [{"id": "x"}], [{"url": "x", "rules": 1}]),
]
# Files are looked for, and "x" is no rule; a schema knows neither.
NOT_COMPARED = {("rules", "['x']"), ("rules", "['INJ']"), ("extend", "a string")}
for selecting in ("select", "extend-select", "ignore", "extend-ignore"):
    NOT_COMPARED.add((selecting, "['x']"))


@pytest.mark.parametrize("key", KNOWN)
def test_of_every_key_both_take_the_same_values(key: str, schema: Draft7Validator, book: RuleBook) -> None:
    differences = {}
    for value in VALUES:
        shown = "a string" if key == "extend" and isinstance(value, str) else repr(value)
        if (key, shown) in NOT_COMPARED:
            continue
        allowed = schema.is_valid({key: value})
        if accepts(f"{key} = {in_toml(value)}", book) is not allowed:
            differences[repr(value)] = f"the schema says {allowed}"
    assert differences == {}


def in_toml(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key)} = {in_toml(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return f"[{', '.join(map(in_toml, value))}]"
    return value.isoformat() if isinstance(value, datetime.date) else json.dumps(value)


def test_every_key_is_said_and_its_example_is_right(schema: Draft7Validator, book: RuleBook) -> None:
    assert set(KEYS) == set(KNOWN)
    assert set(SUPPRESS) == set(SUPPRESS_KEYS) and set(FIELDS) == set(RECORD_FIELDS) and "host" in SOURCE_KEYS
    Path("my-rules").mkdir()
    (Path.cwd().parent / "newslint.toml").write_text("")
    for key, words in KEYS.items():
        assert words.says[0].isupper() and words.says.endswith(".")
        if words.example:
            assert schema.is_valid(tomllib.loads(f"{key} = {words.example}")), key
            assert accepts(f"{key} = {words.example}", book), key
    (Path.cwd().parent / "newslint.toml").unlink()


def test_the_readme_s_configuration_is_valid(book: RuleBook) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = [part.partition("```")[0] for part in readme.split("```toml\n")[1:]]
    validator = Draft7Validator(pyproject_schema(book.rules))
    Draft7Validator.check_schema(validator.schema)
    assert shown
    for text in shown:
        assert list(validator.iter_errors(tomllib.loads(text))) == []
        assert not validator.is_valid(tomllib.loads(text.replace("newslint]", "newslint]\nsellect = []", 1)))


def test_values_in_words() -> None:
    properties = config_schema([])["properties"]
    keys = (
        "select",
        "fail-on",
        "min-score",
        "max-failing",
        "jobs",
        "preview",
        "per-path",
        "field",
        "site",
        "time-limit",
    )
    assert {key: in_words(properties[key]) for key in keys} == {
        "select": "a list of rules",
        "fail-on": "`error`, `warning`, `info` or `never`",
        "min-score": "a whole number from 0 to 100",
        "max-failing": "a whole number from 0 or a share such as `1%`",
        "jobs": "a whole number from 1 or `auto`",
        "preview": "`true` or `false`",
        "per-path": "tables",
        "field": "a table",
        "site": "a list of strings",
        "time-limit": "a number from 0",
    }
    assert (default_of(properties["fail-on"]), default_of(properties["min-score"])) == ('"error"', None)
    assert tomllib.loads(f"a = {toml(['x', True])}") == {"a": ["x", True]}


# The TOML support of most editors is made of Taplo or Tombi.


def refused(command: list[str], texts: list[str], schema: Draft7Validator) -> list[str]:
    """The texts that such a tool finds fault with, all given at once as files that name the schema."""
    Path("schema.json").write_text(json.dumps(schema.schema), encoding="utf-8")
    files = {f"file-{number:03}.toml": text for number, text in enumerate(texts)}
    for name, text in files.items():
        Path(name).write_text(f"#:schema ./schema.json\n{text}\n", encoding="utf-8")
    done = subprocess.run([*command, *files], capture_output=True, encoding="utf-8", timeout=60)
    told = re.sub("\x1b\\[[0-9;]*m", "", done.stdout + done.stderr)
    return [text for name, text in files.items() if re.search(rf"\b{re.escape(name)}:\d+:\d+", told)]


@pytest.mark.skipif(not shutil.which("taplo"), reason="taplo is not installed")
def test_taplo_finds_what_newslint_finds(schema: Draft7Validator) -> None:
    assert refused(["taplo", "lint", "--colors", "never", "--no-auto-config"], [*GOOD, *BAD], schema) == BAD


@pytest.mark.skipif(not shutil.which("tombi"), reason="tombi is not installed")
def test_tombi_finds_what_newslint_finds(schema: Draft7Validator) -> None:
    assert refused(["tombi", "lint", "--offline"], [*GOOD, *BAD], schema) == BAD


@pytest.mark.skipif(not shutil.which("tombi"), reason="tombi is not installed")
def test_an_editor_completes_keys_values_and_rules(schema: Draft7Validator) -> None:
    Path("schema.json").write_text(json.dumps(schema.schema), encoding="utf-8")
    text = '#:schema ./schema.json\nselect = [""]\nfail-on = ""\n\n[rule.INJ003]\n\n'
    places = {"rules": (1, 11), "values": (2, 11), "keys": (3, 0), "options": (5, 0)}
    with LanguageServer(["tombi", "lsp", "--offline"]) as server:
        server.open("newslint.toml", text)
        offered = {name: server.offers(*place) for name, place in places.items()}
    assert {'"INJ001"', '"see-also-injection"', '"TYP"', '"ALL"'} <= offered["rules"]
    assert {'"error"', '"warning"', '"info"', '"never"'} <= offered["values"]
    assert {"min-score", "exclude", "per-path"} <= offered["keys"]
    assert {"severity", "least", "item-words"} <= offered["options"]


class LanguageServer:
    """A language server, spoken to as an editor does."""

    def __init__(self, command: list[str]) -> None:
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self._number = 0

    def __enter__(self) -> LanguageServer:
        folder = {"uri": Path.cwd().as_uri(), "name": "test"}
        self._ask("initialize", processId=None, rootUri=folder["uri"], workspaceFolders=[folder], capabilities={})
        self._send(method="initialized", params={})
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.communicate()

    def open(self, name: str, text: str) -> None:
        """Open a file here, and wait until the server has looked at it."""
        Path(name).write_text(text, encoding="utf-8")
        self._uri = Path(name).resolve().as_uri()
        document = {"uri": self._uri, "languageId": "toml", "version": 1, "text": text}
        self._send(method="textDocument/didOpen", params={"textDocument": document})
        while self._read().get("method") != "textDocument/publishDiagnostics":
            pass

    def offers(self, line: int, column: int) -> set[str]:
        """What it offers at a place, which counts from 0."""
        place = {"line": line, "character": column}
        found = self._ask("textDocument/completion", textDocument={"uri": self._uri}, position=place)
        return {item["label"] for item in (found["items"] if isinstance(found, dict) else found or [])}

    def _ask(self, method: str, **parameters: Any) -> Any:
        self._number += 1
        self._send(method=method, params=parameters, id=self._number)
        while True:
            message = self._read()
            if "method" not in message and message["id"] == self._number:
                return message["result"]

    def _send(self, **message: Any) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self._process.stdin.flush()

    def _read(self) -> Any:
        """The next message; what the server asks is answered with nothing."""
        size = 0
        while line := self._process.stdout.readline().strip():
            name, _, value = line.partition(b":")
            size = int(value) if name.lower() == b"content-length" else size
        assert size, "the server has ended"
        message = json.loads(self._process.stdout.read(size))
        if "method" in message and "id" in message:
            nothing = (
                [None] * len(message["params"]["items"]) if message["method"] == "workspace/configuration" else None
            )
            self._send(id=message["id"], result=nothing)
        return message
