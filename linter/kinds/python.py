"""Kind `python`: a function in the .py beside the rule file, for what no other kind expresses."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Literal

from linter.analysis import Analysis, unify_typography
from linter.kinds import Context, Found, Gate, ParameterError, Strict, lexicon
from linter.matcher import Matcher
from linter.matcher import Params as MatcherParams
from linter.model import Hit

Function = Callable[
    ..., Iterator[Hit]
]  # of the analysis, the options, and the phrases that were found, if any are given


class Params(Strict, frozen=True, kw_only=True):
    """The function, what it is given, and the patterns of which one must occur for it to be called at all.

    With a lexicon or phrases it is called where one of them stands, and is given those that do. With `always` it is
    called everywhere, and told which phrases there are, or whether one of the patterns occurs.
    """

    function: str
    options: dict[str, Any] = {}
    lexicon: str | None = None
    phrases: list[str] = []
    gate: list[str] = []
    gate_case: Literal["ignore", "exact"] = "ignore"
    always: bool = False


class PythonCheck:
    """Calls the function; its module is imported on the first call."""

    def __init__(self, params: Params, path: Path, gates: list[Gate], phrases: list[str]) -> None:
        self._params, self._path, self.gates, self.phrases = params, path, gates, phrases
        self.always = params.always
        self._function: Function | None = None

    def run(self, analysis: Analysis, found: Found) -> Iterator[Hit]:
        """Yield what the function yields."""
        if self._function is None:
            self._function = getattr(_module(self._path), self._params.function)
        if self.phrases:
            return self._function(analysis, self._params.options, found.phrases)
        if self.always:
            return self._function(analysis, self._params.options, bool(found.gates))
        return self._function(analysis, self._params.options)


def build(params: Params, context: Context) -> PythonCheck:
    """Find the module that holds the function. Raises ParameterError where code may not run or there is none."""
    if not context.builtin:
        raise ParameterError("kind", "coded rules are loaded only with allow-python-rules = true in your configuration")
    name, _, function = params.function.rpartition(".")
    path = context.folder / f"{name}.py"
    if not name or not path.is_file():
        raise ParameterError("function", f"'{params.function}': expected file.function, with file.py beside the rule")
    gates: list[Gate] = []
    if params.gate:
        spec = MatcherParams(match=list(params.gate), on="text", case=params.gate_case)
        gates = Matcher(spec, context).gates
    entries = [entry.phrase for entry in lexicon(params.lexicon, context)] if params.lexicon else []
    phrases = [unify_typography(phrase).lower() for phrase in [*entries, *params.phrases]]
    if params.always and not (gates or phrases):
        raise ParameterError("always", "expected a 'gate', a 'lexicon' or 'phrases' to tell the function of")
    inner = Params(function=function, options=params.options, always=params.always)
    return PythonCheck(inner, path, gates, phrases)


def _module(path: Path) -> Any:
    name = f"newslint_rule_{path.stem}"
    if name in sys.modules and getattr(sys.modules[name], "__file__", None) == str(path):
        return sys.modules[name]
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module
