"""What the linters can do beside finding: each function is a row of the table, and tries it with one tool.

Where a tool has no way to do a thing, its options are searched for words that would name it, and the search fails the
script where there are such: nobody may write "no" who hasn't tried.
"""

from __future__ import annotations

from scripts.comparison.adding import answers_editors, own_rules, rules_from_packages, rules_in_code
from scripts.comparison.gates import (
    baseline,
    changed_lines,
    exit_code,
    repairs,
    settings_by_path,
    settings_schema,
    silenced_by_comments,
    unused_comments,
)
from scripts.comparison.places import exact_positions, explains_rules, leaves_addresses_alone, leaves_code_alone, score
from scripts.comparison.probe import Probe
from scripts.comparison.reading import reads_feed, reads_jsonl, reads_parquet, reads_stdin, reads_warc, resumes
from scripts.comparison.reports import (
    github_report,
    gitlab_report,
    html_report,
    json_report,
    junit_report,
    sarif_report,
    several_reports,
)

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
