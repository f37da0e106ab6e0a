"""Without its engine an adapter says in one line what to install."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.parametrize(
    ("what", "gone", "said"),
    [
        ("import linter.engines.ray", "ray.data", "linter.engines.ray needs Ray Data: pip install 'newslint[ray]'"),
        (
            "import linter.engines.spark",
            "pyspark.sql",
            "linter.engines.spark needs PySpark, pandas and pyarrow: pip install 'newslint[spark]'",
        ),
        (
            "import linter.engines.spark",
            "pandas",
            "linter.engines.spark needs PySpark, pandas and pyarrow: pip install 'newslint[spark]'",
        ),
        (
            "import linter.engines.datatrove",
            "datatrove.data",
            "linter.engines.datatrove needs datatrove: pip install 'newslint[datatrove]'",
        ),
        (
            "from linter import LintKernel; LintKernel()",
            "pyarrow",
            "LintKernel needs pyarrow: pip install 'newslint[parquet]'",
        ),
    ],
)
def test_what_to_install(what: str, gone: str, said: str, tmp_path: Path) -> None:
    code = f"import sys\nsys.modules[{gone!r}] = None\n{what}"
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == f"ImportError: {said}"
    assert "During handling" not in done.stderr
