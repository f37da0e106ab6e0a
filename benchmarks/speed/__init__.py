"""How fast newslint is, beside other tools and the bare floor, on the same texts in the same run.

    python -m benchmarks.speed [--data DIR|FILE] [--records N] [--rounds K] [--only NAME ...] [--markdown FILE]
                               [--slow-records N] [--shares] [--lengths] [--startup] [--files N]

`pip install -e ".[bench]"` installs the other tools; one that is missing has a row that says so. Without --data the
texts are those of `benchmarks.formats`: two articles of fixtures/rewritten, one after the other, in every third record
beginning with a content farm's version; names and numbers are made up anew. --data FILE takes the articles of a file
that newslint reads, --data DIR the clean_articles.jsonl.gz in a folder, or, where there is none, all that newslint
reads there. None of it is kept.

Everything runs on one core, in one process (the command `newslint check` in one of its own), and is timed in seconds
of the processor, so that other programs disturb less. A first pass is not timed. Then the contenders take turns, K
rounds of them; shown are the median and the range. Slow ones run on the first articles only; as rates are per byte,
they can be compared all the same. A ratio is taken within each round, and is the median of the rounds. MB are millions
of bytes of text in UTF-8; articles are of the mean size of all texts.

--shares says what each check takes of newslint's time, as `newslint check --profile` does. --lengths cuts the same text
into articles of 10 kB, 100 kB and 1 MB: linear means the same time per MB. --startup times whole processes by the
clock, with all cores: `--version`, one file, and 4,000 Markdown files.
"""
