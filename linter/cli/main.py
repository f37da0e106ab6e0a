"""`newslint`: the group of commands, each imported when it is used, and the exit codes of what goes wrong."""

from __future__ import annotations

import atexit
import gc
import os
import sys
from collections.abc import Sequence
from typing import Any

import click

from linter import __version__

_COMMANDS = {
    "check": "linter.cli.check",
    "init": "linter.cli.init",
    "fix": "linter.cli.fix",
    "rules": "linter.cli.rules",
    "config": "linter.cli.config",
    "split": "linter.cli.split",
    "learn-lines": "linter.cli.learn_lines",
    "calibrate": "linter.cli.calibrate",
    "completion": "linter.cli.completion",
}
BROKEN = 2  # usage, configuration, a bad rule, unreadable input, an internal error
INTERRUPTED = 130
PIPE_CLOSED = 141  # what a shell reports of a process that wrote to a closed pipe


class Commands(click.Group):
    """Imports a command when it is asked for, and turns expected failures into one line and an exit code."""

    def main(self, args: Sequence[str] | None = None, *others: Any, **named: Any) -> Any:
        """Run by the words of the command line, or by those given."""
        if args is None:  # the process is newslint's own; others may have to be tidied up at their end
            atexit.register(gc.freeze)  # or all that there is would be looked through once more, which takes 20 ms
        return super().main(args, *others, **named)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the commands."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """A command by its name, or None."""
        if name not in _COMMANDS:
            return None
        from importlib import import_module

        command: click.Command = import_module(_COMMANDS[name]).command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does it, with a hint for who gives a path without a command."""
        if args and args[0] not in _COMMANDS and os.path.exists(args[0]):  # noqa: PTH110 -- pathlib costs start-up
            ctx.fail(f"No such command {args[0]!r}. Did you mean 'newslint check {args[0]}'?")
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            # Python flushes the standard streams once more at exit; that must not fail again.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(PIPE_CLOSED)
        except KeyboardInterrupt:
            sys.exit(INTERRUPTED)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:
            from linter.reports.paper import safe

            expected = type(error).__name__ in ("ConfigError", "RuleError")  # not imported: --version must be fast
            message = str(error) if expected else f"internal error: {type(error).__name__}: {error}{_where(error)}"
            click.echo(f"newslint: {safe(message)}", err=True)
            sys.exit(BROKEN)


def _where(error: Exception) -> str:
    """The line of newslint that an unexpected error came from, for whoever reports it."""
    import traceback

    frames = traceback.extract_tb(error.__traceback__)
    return f" ({os.path.basename(frames[-1].filename)}:{frames[-1].lineno})" if frames else ""  # noqa: PTH119


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="newslint %(version)s")
def main() -> None:
    """Lint articles: find the traces of scraping, republishing and machine rewriting, and score the handling."""
