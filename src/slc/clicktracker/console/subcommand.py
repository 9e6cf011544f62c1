"""``Subcommand``: one task of the command ``clicktracker``."""

from argparse import ArgumentParser
from argparse import Namespace
from collections.abc import Callable
from dataclasses import dataclass


def _takes_nothing(parser: ArgumentParser) -> None:
    """Most tasks have no options of their own."""


class Failed(Exception):
    """A task could not be done in a site; the text says why, for who runs the command."""


@dataclass(frozen=True)
class Subcommand:
    """``run`` does the task in the current site and returns what was done, in a few words
    that are printed. It may be called again, where somebody else changed the same, unless
    it works ``in_steps``, each of which it commits itself. One that needs no site does it
    ``without_site``, and Zope isn't started. It raises ``Failed`` where it can't be
    done."""

    name: str
    help: str
    run: Callable[[Namespace], str]
    add_arguments: Callable[[ArgumentParser], None] = _takes_nothing
    in_steps: bool = False
    without_site: bool = False
