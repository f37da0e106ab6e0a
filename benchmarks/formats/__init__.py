"""What reading costs and what linting costs, format by format, and newslint's page reader beside two extractors.

    python -m benchmarks.formats [--data DIR] [--records N] [--repeat R] [--markdown FILE]

Without --data the corpus is made of fixtures/rewritten, the same one each time: a record is two articles, one after the
other (some 700 words), every third time beginning with a content farm's version; names and numbers are made up anew,
and a third of the nouns and adjectives change places with others of the fixtures, so that caches and packers find not
every sentence again. gzip packs the records 1 to 3.1, real news 1 to 2.7; Zstandard, which looks further back, 6.5 and
2.9. A clean record takes about as long to lint as real news of its length, a farm's nearly twice as long.
As a page a record stands in one of three layouts between menus, teasers, scripts and styles, 43 kB in all. Real pages
are larger and harder: only they show what an extractor loses. --data DIR takes clean_articles.jsonl.gz as the records
and html_pages.jsonl.gz as the pages; none of it is kept.

Times are seconds of the processor, so that other programs disturb less. A first pass, not timed, checks that no format
loses a record and that every dump gives the same findings (exit code 1 if not); after it every file is in the page
cache, and every word in newslint's. Then the formats take turns, `repeat` rounds of them; shown are the median and, in
brackets, the best round. MB are millions of bytes of the articles' text in UTF-8, as newslint reads it, whatever the
size of the file. Each of three columns of times stands for one thing: the bare library over the same file, newslint's
reader, newslint's reader with the linter behind it.
"""
