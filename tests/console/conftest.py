"""The command ``clicktracker`` in the Zope of a test."""

from slc.clicktracker.console import command
from zope.component.hooks import setSite

import pytest
import sys
import transaction


@pytest.fixture
def clicktracker(functional, monkeypatch, capsys):
    """Return a function: what the command prints with some arguments, and its exit status.
    What it has complained of is its ``complaint``."""
    portal = functional["portal"]

    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["clicktracker", *arguments])
        status = 0
        try:
            command.in_zope(portal.getPhysicalRoot())
        except SystemExit as end:
            status = end.code or 0
        setSite(portal)
        transaction.begin()
        printed = capsys.readouterr()
        run.complaint = printed.err
        return printed.out, status

    return run
