"""What the kernel and the adapters of engines cost, beside a local run over the same records.

    python -m benchmarks.engines [--records 4000] [--rounds 3] [--only ray,spark] [--write]

The records are those of `benchmarks.memory`, as Parquet in row groups, and as packed JSON lines for datatrove. Every
way is a process of its own, with one worker and with two. It first lints a few records, so that the engine has started
and its workers have their linters, and then all of them, which is what the tables tell. The rounds are interleaved.
What the kernel itself adds to a batch is measured apart, in this process. `--write` puts the tables into docs/engines/.
A run is done anew where other programs took much of a core meanwhile (`--others`). An engine that is to be measured has
to be installed.
"""
