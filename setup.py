"""The build, where pyproject.toml has no words for it."""

import shutil
import sys
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py


class Build(build_py):
    """Starts from nothing: what an earlier build left behind would put deleted and renamed rules into the wheel.

    And adds a table to the rules that would take seconds to work out at the first start.
    """

    def run(self) -> None:
        """Build."""
        if not self.editable_mode:
            shutil.rmtree(self.build_lib, ignore_errors=True)
        super().run()
        rules = Path("rules") if self.editable_mode else Path(self.build_lib, "linter", "rules")
        sys.path.insert(0, str(Path(__file__).parent))
        from linter.gatetable import FILE, write_table

        write_table(rules / FILE.name)


setup(cmdclass={"build_py": Build})
