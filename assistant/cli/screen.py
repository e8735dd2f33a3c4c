"""``screen``: every scheme for one profile; see `assistant.cli.check`."""

from assistant.cli.check import run

__all__ = ["run"]
