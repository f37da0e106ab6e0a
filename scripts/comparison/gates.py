"""Gates: probes of what fails a job, what is let through, and how that is set."""

from __future__ import annotations

import json
import re

from scripts.comparison.cells import Cell, ProbeError, absent, cell, told
from scripts.comparison.probe import document, sentence
from scripts.comparison.tools import Box, Tool


def exit_code(tool: Tool, box: Box) -> Cell:
    """Does it fail a hook or a CI job, and only where there is something?"""
    tool.prepare(box)
    box.write("bad.md", document(sentence(tool.defect)))
    box.write("good.md", document(sentence("pier")))
    good, bad = tool.lint(box, "good.md"), tool.lint(box, "bad.md")
    saw = f"exit code {bad.code} with a fault, {good.code} without"
    return cell("yes" if bad.code and not good.code else "no", bad, saw=saw)


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
