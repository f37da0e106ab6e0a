"""What it reads: probes of standard input, of dumps, and of runs that are cut off."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

from scripts.comparison.cells import Cell, ProbeError, absent, cell, told
from scripts.comparison.dumps import feed, jsonl, parquet, warc
from scripts.comparison.probe import Probe, document, sentence
from scripts.comparison.tools import Box, Found, Markdownlint, Tool, _markdownlint


def reads_stdin(tool: Tool, box: Box) -> Cell:
    """Text from standard input with the name of its file, as editors' plug-ins hand it over."""
    commands = {
        "newslint": ("newslint", "check", "-", "--stdin-filename", "article.md"),
        "textlint": ("textlint", "--stdin", "--stdin-filename", "article.md", "--format", "unix"),
        "markdownlint": ("markdownlint-cli2", "-"),
        "proselint": ("proselint", "check", "--config", "proselint.json"),
        "alex": ("alex", "--stdin"),
        "CSpell": ("cspell", "lint", "--no-progress", "stdin://article.md"),
    }
    if tool.name not in commands:
        return absent(tool, box, r"\bstdin\b", r"standard input")
    tool.prepare(box)
    if isinstance(tool, Markdownlint):
        tool.prepare(box, **_markdownlint("default"))
    done = box.run(*commands[tool.name], stdin=document(sentence(tool.defect)))
    place = re.search(r"\b3:\d+", done.all)
    named = "article.md" in done.all
    if not place:
        raise ProbeError(f"{tool.name}: {told(done.all)}")
    return cell("yes" if named else "partly", done, "" if named else "without a name")


def _reads(name: str, content: Callable[[str], bytes]) -> Probe:
    """Is the fault found, and said to be in the second article? What is found without it as well doesn't count."""

    def probe(tool: Tool, box: Box) -> Cell:
        tool.prepare(box)
        told_: list[list[Found]] = []
        for words in ("pier", tool.in_dumps or tool.defect):
            box.write(name, content(words))
            done = tool.lint(box, name)
            try:
                told_.append([finding for _, finding in tool.read(box, done)])
            except ValueError:
                told_.append([])
        before, after = told_
        found = [finding for finding in after if finding.says not in {other.says for other in before}]
        if found and re.search(r'"id": ?"second"|"url": ?"https://example.org/second"', done.out):
            return cell("yes", done, saw=f"the article 'second': {found[0].says}")
        if found:
            return cell("partly", done, "as lines of text", f"line {found[0].line}: {found[0].says}")
        return cell("no", done)

    return probe


reads_jsonl = _reads("dump.jsonl", jsonl)
reads_parquet = _reads("dump.parquet", parquet)
reads_warc = _reads("crawl.warc.gz", warc)
reads_feed = _reads("feed.xml", feed)


_KILL = """\
newslint check dump.jsonl --annotate out.jsonl --no-progress & \
until [ -s out.jsonl.journal ]; do sleep 0.02; done; size=$(wc -c < out.jsonl.journal); \
while [ "$(wc -c < out.jsonl.journal)" = "$size" ]; do sleep 0.02; done; kill -9 $!"""


def resumes(tool: Tool, box: Box) -> Cell:
    """A run that was killed goes on where it was, and ends in the same bytes."""
    if tool.name != "newslint":
        return absent(tool, box, r"\bresum", r"\bcontinue (a|an|the) ")
    tool.prepare(box)
    records = [json.dumps({"id": number, "text": sentence(tool.defect)}) for number in range(5000)]
    box.write("dump.jsonl", "\n".join(records) + "\n")
    flags = ("newslint", "check", "dump.jsonl", "--annotate", "out.jsonl")
    box.run(*flags)
    expected = box.read("out.jsonl")
    for file in ("out.jsonl", "out.jsonl.journal"):
        (box.folder / file).unlink()
    box.run("sh", "-c", _KILL)
    cut_off = (box.folder / "out.jsonl.journal").exists() and not (box.folder / "out.jsonl").exists()
    done = box.run(*flags, "--resume")
    good = cut_off and expected.count("\n") == len(records) and box.read("out.jsonl") == expected
    saw = f"killed on the way: {cut_off}; the same {len(records)} lines after --resume: {good}"
    return cell("yes" if good else "no", done, saw=saw)
