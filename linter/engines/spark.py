"""Spark: a DataFrame of articles -> the same with verdicts."""

from __future__ import annotations

from linter.annotation import PREFIX
from linter.batch import LintKernel
from linter.config import Config
from linter.engines import missing
from linter.rows import Columns

try:
    import pandas  # noqa: F401 (without it Spark hands over no Arrow)
    from pyspark.sql import DataFrame
    from pyspark.sql.pandas.types import from_arrow_schema
    from pyspark.sql.types import StructType
except ImportError:
    raise missing("PySpark, pandas and pyarrow", "spark") from None


def lint_dataframe(frame: DataFrame, config: Config | None = None, *, columns: Columns = "full") -> DataFrame:
    """A DataFrame with the columns of `LintKernel` added to every row; nothing runs before it is used.

    The columns that were there keep their Spark types; older ones of newslint are replaced. Raises ConfigError or
    RuleError for a configuration that can't be used, and where no column can hold a text.
    """
    kernel = LintKernel(config, columns=columns)
    kernel.check(frame.columns)
    kept = [field for field in frame.schema.fields if not field.name.startswith(PREFIX)]
    return frame.mapInArrow(kernel.batches, StructType([*kept, *from_arrow_schema(kernel.added).fields]))
