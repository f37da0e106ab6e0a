"""What the linters can do beside finding: each function is a row of the table, and tries it with one tool.

Where a tool has no way to do a thing, its options are searched for words that would name it, and the search fails the
script where there are such: nobody may write "no" who hasn't tried.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from xml.etree import ElementTree

from scripts.comparison.cells import Cell, ProbeError, absent, cell, told
from scripts.comparison.dumps import feed, jsonl, parquet, warc
from scripts.comparison.tools import Box, Done, Found, Markdownlint, Textlint, Tool, _markdownlint

Probe = Callable[[Tool, Box], Cell]


def sentence(words: str) -> str:
    """A paragraph in which some words stand."""
    return f"On Monday the boats waited near the {words} for an hour.\n"


def document(*paragraphs: str) -> str:
    """A Markdown document."""
    return "# Ferry leaves later\n\n" + "\n".join(paragraphs)


def _lines(found: list[Found]) -> list[int]:
    return sorted({finding.line for finding in found})


# Where and why


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


# Reports


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


# Gates


def exit_code(tool: Tool, box: Box) -> Cell:
    """Does it fail a hook or a CI job, and only where there is something?"""
    tool.prepare(box)
    box.write("bad.md", document(sentence(tool.defect)))
    box.write("good.md", document(sentence("pier")))
    good, bad = tool.lint(box, "good.md"), tool.lint(box, "bad.md")
    saw = f"exit code {bad.code} with a fault, {good.code} without"
    return cell("yes" if bad.code and not good.code else "no", bad, saw=saw)


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


def baseline(tool: Tool, box: Box) -> Cell:
    """What is known fails nothing, what is new does; with lines moved in between."""
    if tool.name != "newslint":
        return absent(tool, box, r"\bbaseline\b", r"known (issues|findings)")
    tool.prepare(box)
    box.write("article.md", document(sentence(tool.defect)))
    flags = ("newslint", "check", "article.md", "--baseline", "known.json")
    codes = [box.run(*flags, "--update-baseline").code]
    box.write("article.md", document(sentence("pier"), sentence(tool.defect)))
    codes.append(box.run(*flags).code)
    box.write("article.md", document(sentence("pier"), sentence(tool.defect), sentence("naÃ¯ve")))
    done = box.run(*flags)
    good = codes == [0, 0] and done.code == 1
    return cell(
        "yes" if good else "no", done, saw=f"written: {codes[0]}; lines moved: {codes[1]}; one more fault: {done.code}"
    )


def changed_lines(tool: Tool, box: Box) -> Cell:
    """In a git repository: old faults pass, those on changed lines fail."""
    commands = {
        "newslint": (("newslint", "check", "article.md", "--diff-base", "HEAD"), {}),
        "alex": (("alex", "--diff", "article.md"), {"TRAVIS": "true", "TRAVIS_COMMIT_RANGE": "HEAD~1...HEAD"}),
    }
    if tool.name not in commands:
        return absent(tool, box, r"unchanged lines", r"changed lines", r"diff-base", r"\bgit (diff|rev)")
    tool.prepare(box)
    git = ("git", "-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "init.defaultBranch=main")
    box.write(".gitignore", "node_modules\n")
    box.run(*git, "init", "-q")
    codes = []
    for text in (document(sentence(tool.defect)), document(sentence(tool.defect), sentence("pier"))):
        box.write("article.md", text)
        box.run(*git, "add", "--all")
        box.run(*git, "commit", "-q", "-m", "x")
    command, variables = commands[tool.name]
    codes.append(box.run(*command, **variables).code)
    box.write("article.md", document(sentence(tool.defect), sentence("pier"), sentence(tool.defect)))
    if variables:
        box.run(*git, "add", "--all")
        box.run(*git, "commit", "-q", "-m", "x")
    done = box.run(*command, **variables)
    codes.append(done.code)
    good = codes == [0, 1]
    saw = f"an old fault: exit code {codes[0]}; a fault in a changed line, too: {codes[1]}"
    if tool.name == "alex" and good:
        return cell("partly", done, "on Travis CI", saw)
    if tool.name == "alex":
        lines = re.findall(r"^ +(\d+):", done.all, re.MULTILINE)
        answer = "partly" if lines == ["7"] else "no"
        return cell(answer, done, "on Travis CI" if answer == "partly" else "", f"{saw}; lines {', '.join(lines)}")
    return cell("yes" if good else "no", done, saw=saw)


def repairs(tool: Tool, box: Box) -> Cell:
    """It repairs what it can, leaves the rest of the file alone, and finds that no more."""
    commands = {
        "newslint": ("newslint", "fix", "article.md"),
        "textlint": ("textlint", "--fix", "article.md"),
        "markdownlint": ("markdownlint-cli2", "--fix", "article.md"),
    }
    if tool.name not in commands:
        return absent(tool, box, r"--fix\b", r"\brepairs?\b")
    tool.prepare(box)
    before = document(sentence(tool.defect), "It leaves at nine.\n")
    box.write("article.md", before)
    done = box.run(*commands[tool.name])
    after = box.read("article.md")
    left = tool.findings(box, "article.md")["article.md"]
    kept = after.split("the ")[0] == before.split("the ")[0] and after.endswith("It leaves at nine.\n")
    good = after != before and kept and not left
    return cell("yes" if good else "no", done, saw=f"line 3 is now: {told(after.splitlines()[2])}")


_COMMENTS = {
    "newslint": "<!-- newslint-disable-next-line -->",
    "textlint": "<!-- textlint-disable -->",
    "markdownlint": "<!-- markdownlint-disable-next-line -->",
    "alex": "<!--alex disable-->",
    "CSpell": "<!-- cspell:disable-next-line -->",
}


def silenced_by_comments(tool: Tool, box: Box) -> Cell:
    """A comment silences what follows it."""
    tool.prepare(box)
    comment = _COMMENTS.get(tool.name, f"<!-- {tool.name}: disable -->")
    box.write("article.md", document(f"{comment}\n\n{sentence(tool.defect)}".replace("\n\n", "\n", 1)))
    done = tool.lint(box, "article.md")
    found = [finding for _, finding in tool.read(box, done) if finding.line == 4]
    return cell("no" if found else "yes", done, saw=f"{comment}: {'found all the same' if found else 'silent'}")


def unused_comments(tool: Tool, box: Box) -> Cell:
    """It says so where a comment silences nothing."""
    if tool.name not in _COMMENTS:
        found = silenced_by_comments(tool, box)
        return Cell("no", found.command, f"no comments at all: {found.saw}")
    tool.prepare(box)
    box.write("article.md", document(f"{_COMMENTS[tool.name]}\n{sentence('pier')}"))
    done = tool.lint(box, "article.md")
    told_ = re.search(r"(unused|silences nothing|nothing to).*", done.all)
    if any(True for _ in tool.read(box, done)):
        raise ProbeError(f"{tool.name}: {done.all}")
    return cell("yes" if told_ else "no", done, saw=told_[0] if told_ else "nothing is said")


def settings_by_path(tool: Tool, box: Box) -> Cell:
    """Other settings for a folder."""
    off: dict[str, tuple[str, str]] = {
        "newslint": (
            "newslint.toml",
            tool.settings.get("newslint.toml", "") + '[[per-path]]\npaths = ["old/**"]\nignore = ["ENC"]\n',
        ),
        "textlint": ("old/.textlintrc.json", json.dumps({"rules": {"terminology": True}})),
        "markdownlint": ("old/.markdownlint.json", json.dumps({"MD034": False})),
        "alex": ("old/.alexrc", json.dumps({"allow": ["mankind"]})),
        "proselint": ("old/proselint.json", json.dumps({"checks": {"nonwords": False}})),
    }
    if tool.name == "write-good":
        return absent(tool, box, r"\bconfig")
    tool.prepare(box)
    if tool.name == "CSpell":
        settings = json.loads(tool.settings["cspell.json"])
        settings["overrides"].append({"filename": "old/**", "words": [tool.defect]})
        name, text = "cspell.json", json.dumps(settings)
    else:
        name, text = off[tool.name]
    box.write(name, text)
    for file in ("new/a.md", "old/a.md"):
        box.write(file, document(sentence(tool.defect)))
    done = tool.lint(box, "new/a.md", "old/a.md")
    found: dict[str, int] = {"new/a.md": 0, "old/a.md": 0}
    for file, _ in tool.read(box, done):
        found[file] += 1
    if not found["new/a.md"]:
        raise ProbeError(f"{tool.name}: {done.all}")
    saw = f"{name} switches it off in old/: {found['new/a.md']} in new/a.md, {found['old/a.md']} in old/a.md"
    return cell("no" if found["old/a.md"] else "yes", done, saw=saw)


def settings_schema(tool: Tool, box: Box) -> Cell:
    """A JSON schema, with which editors complete the configuration."""
    if tool.name == "newslint":
        done = box.run("newslint", "config", "--schema")
        return cell("yes" if json.loads(done.out)["properties"]["select"] else "no", done, saw=told(done.out, 120))
    if tool.name == "write-good":
        return absent(tool, box, r"\bschema\b", r"\bconfig")
    if tool.name == "proselint":
        files = box.run(
            "sh",
            "-c",
            'find "$(dirname "$(readlink -f "$(command -v proselint)")")/../lib" -path "*proselint*" -name "*schema*"',
        )
        return Cell("yes" if files.out else "no", "find its package -name '*schema*'", told(files.out) or "none")
    places = {
        "textlint": ("textlint", "@textlint"),
        "markdownlint": ("markdownlint-cli2",),
        "alex": ("alex",),
        "CSpell": ("@cspell/cspell-types",),
    }[tool.name]
    folders = " ".join(f"node_modules/{place}/" for place in places)
    done = box.run("sh", "-c", f"find {folders} -not -path '*/node_modules/*/node_modules/*' -name '*schema*.json'")
    files = sorted(done.out.split())
    return Cell("yes" if files else "no", f"find {folders} -name '*schema*.json'", told(", ".join(files)) or "none")


# What it reads


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


# What can be added


def own_rules(tool: Tool, box: Box) -> Cell:
    """A rule of one's own, as data and not as code: "for immediate release", in any case, where it is a whole line."""
    tool.prepare(box)
    rule, note = "", ""
    if tool.name == "newslint":
        from scripts.comparison.ownrule import RULE

        box.write("rules/label.yaml", RULE)
        tool.prepare(box, **{"newslint.toml": tool.settings["newslint.toml"] + 'rules = ["rules"]\n'})
        rule = "rules/label.yaml"
    elif isinstance(tool, Textlint):
        box.write("prh.yml", "version: 1\nrules:\n  - expected: (cut)\n    pattern: /^FOR IMMEDIATE RELEASE$/mi\n")
        settings = {"rules": {"prh": {"rulePaths": ["prh.yml"]}}}
        tool.prepare(box, **{".textlintrc.json": json.dumps(settings)})
        rule, note = "prh.yml", "by an add-on"
    elif tool.name == "CSpell":
        settings = json.loads(tool.settings["cspell.json"]) | {"flagWords": ["immediate"]}
        box.write("cspell.json", json.dumps(settings))
        rule = "flagWords"
    elif isinstance(tool, Markdownlint):
        rules = {"default": False, "proper-names": {"names": ["for immediate release"], "html_elements": True}}
        told_ = json.loads(tool.settings[".markdownlint-cli2.jsonc"]) | {"config": rules}
        box.write(".markdownlint-cli2.jsonc", json.dumps(told_))
        rule = "proper-names"
    elif tool.name == "alex":
        return absent(tool, box, r"\bown rule", r"custom rule", r"\bdeny\b")
    else:
        return absent(tool, box, r"\bown rule", r"custom rule", r"--rules?\b")
    box.write("bad.md", document("FOR IMMEDIATE RELEASE\n", sentence("pier"), "for immediate release\n"))
    box.write("good.md", document("The order was for immediate release, the office said.\n", sentence("pier")))
    bad = tool.lint(box, "bad.md")
    found = [finding.line for _, finding in tool.read(box, bad)]
    good = tool.lint(box, "good.md")
    false = [finding.line for _, finding in tool.read(box, good)]
    saw = f"{rule}: {len(found)} in bad.md, {len(false)} in good.md"
    if sorted(found) == [3, 7] and not false:
        return cell("partly" if note else "yes", bad, note, saw)
    return cell("partly" if found else "no", bad, "words and names only" if found else "", saw)


_MODULE = """\
module.exports = {names: ["own"], description: "own rule", tags: ["extra"], parser: "none",
  function: (params, report) => report({lineNumber: 3})};
"""
_TEXTLINT_RULE = """\
module.exports = context => ({[context.Syntax.Paragraph](node) {
  context.report(node, new context.RuleError("own rule"));
}});
"""
_WRITE_GOOD_CHECK = 'module.exports = {own: {fn: text => [{index: 25, offset: 3}], explanation: "is of an own rule"}};'


def rules_in_code(tool: Tool, box: Box) -> Cell:
    """A rule of one's own that is code, which the tool loads."""
    tool.prepare(box)
    box.write("article.md", document(sentence("pier")))
    if tool.name == "newslint":
        from scripts.comparison.ownrule import CODE, CODED_RULE

        box.write("rules/own.yaml", CODED_RULE)
        box.write("rules/own.py", CODE)
        settings = tool.settings["newslint.toml"] + 'rules = ["rules"]\nallow-python-rules = true\n'
        tool.prepare(box, **{"newslint.toml": settings})
        done = tool.lint(box, "article.md")
    elif isinstance(tool, Textlint):
        box.write("own/own.cjs", _TEXTLINT_RULE)
        box.write("own/own.js", _TEXTLINT_RULE)
        done = box.run("textlint", "--no-textlintrc", "--rulesdir", "own", "--format", "unix", "article.md")
    elif isinstance(tool, Markdownlint):
        box.write("own.cjs", _MODULE)
        settings = json.dumps(
            {"customRules": ["./own.cjs"], "outputFormatters": [["markdownlint-cli2-formatter-default"]]}
        )
        tool.prepare(box, **{".markdownlint-cli2.jsonc": settings})
        done = box.run("markdownlint-cli2", "article.md")
    elif tool.name == "write-good":
        box.write("own.cjs", _WRITE_GOOD_CHECK)
        done = box.run("write-good", "article.md", f"--checks={box.folder}/own.cjs", "--parse")
    else:
        return absent(tool, box, r"\bplug-?in", r"custom (rule|check)", r"add-?on", r"rules? (directory|module)")
    return cell("yes" if "own rule" in done.all else "no", done)


def rules_from_packages(tool: Tool, box: Box) -> Cell:
    """Rules or dictionaries that others have published in a package registry, loaded by their names."""
    tool.prepare(box)
    box.write("article.md", document(sentence(tool.defect)))
    if isinstance(tool, Textlint):
        done = tool.lint(box, "article.md")
        return cell("yes", done, saw=f"textlint-rule-{json.loads(done.out)[0]['messages'][0]['ruleId']}, of npm")
    if tool.name == "CSpell":
        done = box.run("cspell", "dictionaries")
        return cell(
            "yes" if "de-de" in done.out else "no", done, saw="lists de-de, from the package @cspell/dict-de-de"
        )
    if isinstance(tool, Markdownlint):
        box.write("article.md", document("A [link](nowhere.md) that leads nowhere.\n"))
        settings = json.loads(tool.settings[".markdownlint-cli2.jsonc"])
        settings["customRules"] = ["markdownlint-rule-relative-links"]
        tool.prepare(box, **{".markdownlint-cli2.jsonc": json.dumps(settings)})
        done = tool.lint(box, "article.md")
        found = [finding.says for _, finding in tool.read(box, done)]
        there = any(says.startswith("relative-links") for says in found)
        return cell("yes" if there else "no", done, saw="; ".join(found))
    if tool.name == "write-good":
        box.write("artikel.md", "Die Fähre ist sehr alt.\n")
        done = box.run("write-good", "artikel.md", "--checks=schreib-gut", "--parse")
        return cell("yes" if "artikel.md:1:" in done.out else "no", done)
    if tool.name == "newslint":
        done = box.run("newslint", "config", "--keys")
        says = told(done.out[done.out.index("\nrules:") :].split("\n\n")[0])
        return cell("no", done, saw=f"rules come from folders: {says}")
    return absent(tool, box, r"\bplug-?in", r"custom (rule|check)", r"add-?on")


def answers_editors(tool: Tool, box: Box) -> Cell:
    """A server for editors or assistants in the package: LSP or MCP."""
    if not isinstance(tool, Textlint):
        return absent(tool, box, r"\blsp\b", r"language.server", r"\bmcp\b", r"stdio")
    hello = {"protocolVersion": "2024-11-05", "capabilities": {}, "clientInfo": {"name": "x", "version": "1"}}
    request = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": hello})
    done = box.run("textlint", "--mcp", stdin=f"{request}\n")
    return cell("partly" if '"serverInfo"' in done.out else "no", done, "MCP")


ROWS: dict[str, dict[str, Probe]] = {
    "Where, and why": {
        "columns in code points, behind front matter and emoji": exact_positions,
        "leaves code in Markdown alone": leaves_code_alone,
        "leaves the addresses of links alone": leaves_addresses_alone,
        "scores an article, with the points of every finding": score,
        "explains a rule on the command line": explains_rules,
    },
    "Reports": {
        "JSON": json_report,
        "SARIF": sarif_report,
        "JUnit": junit_report,
        "GitHub annotations": github_report,
        "GitLab code quality": gitlab_report,
        "an HTML page": html_report,
        "several at once": several_reports,
    },
    "Gates": {
        "exit code for hooks and CI": exit_code,
        "baseline of known findings": baseline,
        "only changed lines fail": changed_lines,
        "repairs": repairs,
        "silenced by comments": silenced_by_comments,
        "reports comments that silence nothing": unused_comments,
        "settings by path": settings_by_path,
        "JSON schema of the configuration": settings_schema,
    },
    "Reads": {
        "standard input, with a file name": reads_stdin,
        "JSON lines": reads_jsonl,
        "Parquet": reads_parquet,
        "WARC": reads_warc,
        "feeds": reads_feed,
        "goes on with a run that was cut off": resumes,
    },
    "To add": {
        "own rules without code": own_rules,
        "own rules in code": rules_in_code,
        "rules or dictionaries of others, from a package registry": rules_from_packages,
        "a server for editors or assistants": answers_editors,
    },
}
