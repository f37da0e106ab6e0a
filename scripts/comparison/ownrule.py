"""Rules of one's own for newslint, as README and CONTRIBUTING explain them."""

RULE = """\
id: HSE001
name: press-release-label
summary: The label of a press release stands in the article.
why: Agencies put the words over what they send to newsrooms.
message: "'{match}' was written for newsrooms, not for readers"
severity: error
confidence: likely
status: stable
category: republication
check:
  kind: pattern
  match: ['for immediate release']
examples:
  bad:
    - {text: "Harbour buys boats\\n\\nFOR IMMEDIATE RELEASE\\n", at: ["3:1-3:22 error"]}
    - {text: "Mill opens\\n\\nFor immediate release\\n", at: ["3:1-3:22 error"]}
  good:
    - {text: "The order was for immediate release.", because: "it stands in a sentence"}
    - {text: "The mill opens on Sunday.", because: "the words are not there"}
"""

CODED_RULE = """\
id: HSE002
name: own-rule
summary: Every article has this.
why: To see whether code is run.
message: own rule
severity: error
confidence: likely
status: stable
category: republication
check:
  kind: python
  function: own.find
examples:
  bad:
    - {text: "Harbour buys boats\\n", at: ["1:1-1:8 error"]}
    - {text: "Mill opens\\n", at: ["1:1-1:5 error"]}
  good:
    - {text: "", because: "there is no text"}
    - {text: " ", because: "there is no word"}
"""
CODE = """\
from linter.model import Hit


def find(analysis, options):
    yield Hit(0, 4)
"""
