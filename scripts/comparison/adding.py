"""What can be added: probes of own rules, of others' rules, and of servers."""

from __future__ import annotations

import json

from scripts.comparison.cells import Cell, absent, cell, told
from scripts.comparison.probe import document, sentence
from scripts.comparison.tools import Box, Markdownlint, Textlint, Tool


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
