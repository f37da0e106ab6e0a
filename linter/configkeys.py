"""What every configuration key is for, in words: the JSON schema, docs/configuration.md and `newslint config --keys`.

The types, choices, ranges and defaults are those of `linter.config.Config`; they are not said here again. A key that is
added there needs an entry here: a test tells.
"""

from __future__ import annotations

from typing import NamedTuple


class Key(NamedTuple):
    """A key: one sentence that says what it is for, and an example, the right side of `key = …` in TOML."""

    says: str
    example: str


KEYS: dict[str, Key] = {
    "extend": Key("Another configuration file, whose settings hold where this one says nothing.", '"../newslint.toml"'),
    "select": Key("The rules to use, by ID, name or family; ALL is all of them.", '["INJ", "NWS001"]'),
    "extend-select": Key("Rules to use beside those of `select`, and of the file that this one extends.", '["SEO"]'),
    "ignore": Key("The rules not to use, by ID, name or family.", '["TYP", "see-also-injection"]'),
    "extend-ignore": Key(
        "Rules not to use, beside those of `ignore`, and of the file that this one extends.", '["CAP"]'
    ),
    "preview": Key("Also use the rules that are still being measured; they cost no points.", "true"),
    "preset": Key(
        "Whose text it is: `scraped` from elsewhere, or the site's `own` content, whose newsletter line, credits and "
        "footers are legitimate; without it Markdown is `own`, and everything else `scraped`.",
        '"own"',
    ),
    "site": Key(
        "Names and domains of the site whose own content this is: its footers, credits and calls are silent.",
        '["example.org", "The Example"]',
    ),
    "rules": Key("Folders, or single files, of your own rules, relative to this file.", '["my-rules/"]'),
    "lines": Key(
        "Files of template lines that `newslint learn-lines` has written, relative to this file.", '["lines.txt"]'
    ),
    "source-list": Key(
        "A file of domains and what you call them, relative to this file: shown beside the score, never part of it.",
        '"sources.txt"',
    ),
    "allow-python-rules": Key("Run the Python code beside the rules in your own folders.", "true"),
    "rule": Key(
        "Another severity for a rule, and values for its own options.", '{INJ003 = {severity = "info", least = 3}}'
    ),
    "fail-on": Key("The lowest severity of a finding that makes the exit code 1.", '"warning"'),
    "min-score": Key("The exit code is 1 where an article scores less.", "60"),
    "unscored": Key(
        "What an article does that has no score, for it is too short or not English, where a score was asked for.",
        '"fail"',
    ),
    "max-failing": Key("How many articles may fail, as a number or as a share, before the exit code is 1.", '"5%"'),
    "max-bad-records": Key("The exit code is 2 where a larger share of a dump's records can't be read.", '"1%"'),
    "baseline": Key(
        "A file of findings that are known, relative to this file: only others fail; `--update-baseline` writes it.",
        '".newslint-baseline.json"',
    ),
    "include": Key("Globs of the files to take from directories, in the place of the usual suffixes.", '["*.story"]'),
    "exclude": Key("Globs of files and folders to leave out, as git writes them.", '["drafts/"]'),
    "extend-exclude": Key(
        "Globs of files to leave out beside those of `exclude`, and of the file that this one extends.", '["old/"]'
    ),
    "force-exclude": Key(
        "Leave out excluded files even where they are named on the command line, as hooks do.", "true"
    ),
    "respect-gitignore": Key("Leave out what git ignores.", "false"),
    "field": Key(
        "Which key of a dump's records holds what, where it has none of the usual names.",
        '{text = "page_text", title = "hed"}',
    ),
    "html-scope": Key("Of an HTML page: all of it (`full`), or only what is labelled its article (`main`).", '"main"'),
    "per-path": Key("Other settings for the files that some globs name; of several tables the later wins.", ""),
    "source": Key("Other settings for the articles of some hosts; of several tables the later wins.", ""),
    "suppress": Key("Silence rules in one article, by its id, its URL or the path of its file.", ""),
    "unused-suppressions": Key("What happens where a comment or table silences nothing.", '"error"'),
    "time-limit": Key("Seconds of computing for one article; 0 is no limit.", "5"),
    "jobs": Key("How many processes lint: a number, or `auto` for as many as there are processors.", '"auto"'),
    "required-version": Key("The versions of newslint that may use this file.", '">=0.1, <2"'),
}

PATHS = Key(
    "Globs of files, as git writes them, relative to this file; `!` takes some of them out again.", '["archive/**"]'
)
HOST = Key("One host or several; with each goes all that lies below it.", '"example.org"')
SEVERITY = Key("The severity of all findings of the rule, in the place of its own.", '"info"')

SUPPRESS: dict[str, Key] = {
    "id": Key("The article's id in its dump.", '"2214"'),
    "url": Key("The article's address.", '"https://example.org/ferry"'),
    "path": Key("A glob of files, as git writes it, relative to this file.", '"archive/2019/**"'),
    "rules": Key("The rules that are silent, by ID, name or family; all if left out.", '["FTR001"]'),
    "reason": Key("Why, for who reads this later.", '"syndicated under contract"'),
}

FIELDS: dict[str, Key] = {
    "text": Key("The article's text.", '"page_text"'),
    "html": Key("The article as HTML, where there is no text.", '"html"'),
    "title": Key("Its headline.", '"hed"'),
    "url": Key("Its address.", '"link"'),
    "author": Key("Who wrote it.", '"byline"'),
    "date": Key("When it was published.", '"published_at"'),
    "publisher": Key("Who published it.", '"source"'),
    "language": Key("Its language, as a code such as `en`.", '"lang"'),
    "id": Key("What the record is called, in reports and in `suppress` tables.", '"uuid"'),
}
