"""Reports: probes of the forms in which findings are written."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from xml.etree import ElementTree

from scripts.comparison.cells import Cell, ProbeError, absent, cell, told
from scripts.comparison.probe import Probe, document, sentence
from scripts.comparison.tools import Box, Done, Tool, _markdownlint


def _reported(name: str, is_one: Callable[[str], bool], *words: str) -> Probe:
    def probe(tool: Tool, box: Box) -> Cell:
        if name not in tool.formats:
            return absent(tool, box, *words)
        settings, flags, file = tool.formats[name]
        tool.prepare(box, **settings)
        box.write("article.md", document(sentence(tool.defect)))
        command = tool.lint(Box(box.folder, lambda command, *_: Done("\n".join(command), 0, ""))).command.split("\n")
        done = box.run(*_plain(command), "article.md", *flags)
        report = (done.out or done.err) if file == "-" else box.read(file)
        if not is_one(report):
            raise ProbeError(f"{tool.name}: {done.command}: {told(done.all)}")
        return cell("yes", done, saw=f"{file if file != '-' else 'printed'}: {told(report, 160)}")

    return probe


def _plain(command: list[str]) -> list[str]:
    """A command without what chooses the form of its output."""
    kept, skip = [], False
    for word in command:
        if not skip and not word.startswith("--reporter="):
            skip = word in ("--format", "--output-format")
            if not skip:
                kept.append(word)
        else:
            skip = False
    return kept


def _is_json(text: str) -> bool:
    return bool(json.loads(text))


def _is_sarif(text: str) -> bool:
    log = json.loads(text)
    return log["version"] == "2.1.0" and bool(log["runs"][0]["results"])


def _is_junit(text: str) -> bool:
    root = ElementTree.fromstring(text)
    return root.tag in ("testsuites", "testsuite") and root.find(".//testcase/failure") is not None


def _is_github(text: str) -> bool:
    return re.search(r"^::(error|warning|notice) .*file=", text, re.MULTILINE) is not None


def _is_gitlab(text: str) -> bool:
    return all(issue["fingerprint"] and issue["location"]["path"] and issue["severity"] for issue in json.loads(text))


def _is_html(text: str) -> bool:
    return text.lstrip().lower().startswith("<!doctype html") and "article.md" in text


json_report = _reported("json", _is_json, r"\bjson\b")
sarif_report = _reported("sarif", _is_sarif, r"\bsarif\b")
junit_report = _reported("junit", _is_junit, r"\bjunit\b")
github_report = _reported("github", _is_github, r"github (actions|annotations)", r"format.*\bgithub\b")
gitlab_report = _reported("gitlab", _is_gitlab, r"\bgitlab\b", r"code.?quality")
html_report = _reported("html", _is_html, r"\bhtml.report", r"format.*\bhtml\b")


def several_reports(tool: Tool, box: Box) -> Cell:
    """Two reports of one run."""
    tool.prepare(box)
    box.write("article.md", document(sentence(tool.defect)))
    if tool.name == "newslint":
        flags = ("--output", "sarif:one.sarif", "--output", "junit:two.xml")
        done, files = box.run("newslint", "check", "article.md", *flags), ("one.sarif", "two.xml")
    elif tool.name == "markdownlint":
        tool.prepare(box, **_markdownlint("sarif", "junit"))
        done = box.run("markdownlint-cli2", "article.md")
        files = ("markdownlint-cli2-sarif.sarif", "markdownlint-cli2-junit.xml")
    elif tool.name == "CSpell":
        reporter = "@cspell/cspell-json-reporter"
        settings = {
            **json.loads(tool.settings["cspell.json"]),
            "reporters": ["default", [reporter, {"outFile": "two.json"}]],
        }
        box.write("cspell.json", json.dumps(settings))
        done = box.run("cspell", "lint", "--no-progress", "article.md")
        files = ("two.json",)
        if not re.search(r"Unknown word", done.all):
            raise ProbeError(done.all)
    else:
        return absent(
            tool, box, r"formats\b", r"reporters\b", r"may be given several times", r"multiple (outputs|reporters)"
        )
    there = all(box.read(file) for file in files)
    return cell("yes" if there else "no", done, saw=f"wrote {' and '.join(files)}")
