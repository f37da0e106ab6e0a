"""The formats of `--format`: one file each, and nothing else. A module has a class `Report`, see `linter.reports`."""
