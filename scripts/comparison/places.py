"""Where and why: probes of what is said of a finding, and of what is left alone."""

from __future__ import annotations

import json

from scripts.comparison.cells import Cell, ProbeError, absent, cell
from scripts.comparison.probe import document, sentence
from scripts.comparison.tools import Box, Found, Tool


def _lines(found: list[Found]) -> list[int]:
    return sorted({finding.line for finding in found})


def exact_positions(tool: Tool, box: Box) -> Cell:
    """Behind front matter, and emoji in the line: columns in code points?"""
    tool.prepare(box)
    line = f"Ahoy 🚢🚢, the café near the {tool.defect} closes."
    text = f"---\ntitle: Ferry 🚢\n---\n\n{line}\n"
    box.write("article.md", text)
    done = tool.lint(box, "article.md")
    column = line.index(tool.defect) + 1
    in_utf16 = len(line[: column - 1].encode("utf-16-le")) // 2 + 1
    in_bytes = len(line[: column - 1].encode()) + 1
    found = [finding for _, finding in tool.read(box, done) if finding.line == 5]
    saw = f"it stands at 5:{column} ({in_utf16} in UTF-16, {in_bytes} in bytes); found at " + ", ".join(
        f"5:{finding.column}" for finding in found
    )
    columns = {finding.column for finding in found}
    if column in columns:
        return cell("yes", done, saw=saw)
    for other, note in ((in_utf16, "counts UTF-16 units"), (in_bytes, "counts bytes"), (None, "the line only")):
        if other in columns:
            return cell("partly", done, note, saw)
    if not found:
        raise ProbeError(f"{tool.name} doesn't find {tool.defect!r}: {done.all}")
    return cell("partly", done, "another column", saw)


def leaves_code_alone(tool: Tool, box: Box) -> Cell:
    """The same fault in prose, in a code span and in a code block."""
    masked = [f"A span: `{tool.defect}` stands here.\n", f"```text\n{tool.defect}\n```\n"]
    first = _only_in_prose(tool, box, masked)
    if tool.name == "CSpell":
        settings = json.loads(tool.settings["cspell.json"]) | {"ignoreRegExpList": ["/`{3}[^`]*`{3}/g", "/`[^`]*`/g"]}
        second = _only_in_prose(tool, box, masked, **{"cspell.json": json.dumps(settings)})
        if first.answer == "no" and second.answer == "yes":
            return second._replace(answer="partly", note="by patterns", saw=f"with ignoreRegExpList: {second.saw}")
    return first


def leaves_addresses_alone(tool: Tool, box: Box) -> Cell:
    """The same fault in prose, and within a link's address."""
    defect = tool.defect if tool.name != "markdownlint" else "x?from=https://example.org/b"
    return _only_in_prose(tool, box, [f"A [link](https://example.org/{defect}/times) stands here.\n"])


def _only_in_prose(tool: Tool, box: Box, masked: list[str], **settings: str) -> Cell:
    tool.prepare(box, **settings)
    box.write("article.md", document(sentence(tool.defect), *masked))
    done = tool.lint(box, "article.md")
    lines = _lines([finding for _, finding in tool.read(box, done)])
    if 3 not in lines:
        raise ProbeError(f"{tool.name} doesn't find {tool.defect!r}: {done.all}")
    elsewhere = [line for line in lines if line > 3]
    saw = f"the paragraph is in line 3; found in lines {', '.join(map(str, lines))}"
    if not elsewhere:
        return cell("yes", done, saw=saw)
    return cell("partly" if len(elsewhere) < len(masked) else "no", done, f"{len(elsewhere)} of {len(masked)} not", saw)


def score(tool: Tool, box: Box) -> Cell:
    """A number for the article?"""
    if tool.name != "newslint":
        return absent(tool, box, r"\bscor(e|ing)\b")
    tool.prepare(box)
    box.write("article.txt", document(*[sentence(word) for word in ("pier", "quay", "harbour") * 12])[2:])
    done = tool.lint(box, "article.txt")
    verdict = json.loads(done.out)
    given = isinstance(verdict["score"], int) and all(isinstance(f["points"], int) for f in verdict["findings"])
    return cell(
        "yes" if given else "no", done, saw=f"score {verdict['score']}, {verdict['band']}, points of every finding"
    )


def explains_rules(tool: Tool, box: Box) -> Cell:
    """Why is that a fault, and what is to be done? On the command line."""
    if tool.name == "newslint":
        done = box.run("newslint", "rules", "show", "ENC001")
        told_ = all(f"{heading}:" in done.out for heading in ("What to do", "How to verify", "Flagged", "Not flagged"))
        return cell("yes" if told_ else "no", done)
    if tool.name == "alex":
        tool.prepare(box)
        box.write("article.md", sentence("obvious"))
        done = box.run("alex", "--why", "article.md")
        return cell("partly" if "source:" in done.all else "no", done, "sources of some")
    if tool.name == "markdownlint":
        tool.prepare(box)
        box.write("article.md", document(sentence(tool.defect)))
        done = tool.lint(box, "article.md")
        (found,) = json.loads(box.read("markdownlint-cli2-results.json"))
        return cell("partly", done, "a link", f"ruleInformation: {found['ruleInformation']}")
    return absent(tool, box, r"\bexplain", r"\bwhy\b", r"show (a |the )?rules?\b")
