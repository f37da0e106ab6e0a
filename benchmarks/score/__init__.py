"""docs/score.md: what the score claims, every weight with its reason, and what was measured.

    python -m benchmarks.score --data DIR     # or NEWSLINT_EVAL=DIR; takes a minute or so
    python -m benchmarks.score --page         # after a change to a weight or its reason: the page alone, without data

The first measures on the evaluation data and writes docs/score-figures.json, then docs/score.md; the second writes the
page from the figures that are there. The prose is in page.md beside this file, with slots for what the code and the
figures say. Only numbers leave the evaluation data, no text of it.
"""
