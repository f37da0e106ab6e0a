"""Ray Data: a Dataset of articles -> the same with verdicts."""

from __future__ import annotations

from typing import Any

from linter.batch import LintKernel
from linter.config import Config
from linter.engines import missing
from linter.rows import Columns

try:
    from ray.data import Dataset
except ImportError:
    raise missing("Ray Data", "ray") from None


def lint_dataset(
    dataset: Dataset, config: Config | None = None, *, columns: Columns = "full", **options: Any
) -> Dataset:
    """A Dataset with the columns of `LintKernel` added to every row; nothing runs before it is consumed.

    The rows keep their order within a block. `options` are those of `Dataset.map_batches`: `num_cpus`, `memory`,
    `compute`, … Batches are whole blocks, unless `batch_size` says otherwise. Raises ConfigError or RuleError for
    a configuration that can't be used, and where Ray knows the columns already and none can hold a text.
    """
    kernel = LintKernel(config, columns=columns)
    schema = dataset.schema(fetch_if_missing=False)  # None: not known before something runs
    kernel.check(None if schema is None else schema.names)
    told: dict[str, Any] = {"batch_size": None, "zero_copy_batch": True, **options, "batch_format": "pyarrow"}
    return dataset.map_batches(_lint, fn_args=[kernel], **told)


def _lint(table: Any, kernel: LintKernel) -> Any:
    """In a worker. A function and no actor: Ray reuses its processes, and a process keeps its linter."""
    return kernel(table)
