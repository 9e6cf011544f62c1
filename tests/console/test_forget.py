"""``clicktracker forget``: a person is forgotten, once somebody is sure."""

from slc.clicktracker.console import command
from slc.clicktracker.sites.forgetting import to_be_forgotten
from slc.clicktracker.sites.storage import site_storage
from slc.clicktracker.storage.errors import StorageUnavailable
from slc.clicktracker.testing.visits import ALICE
from slc.clicktracker.testing.visits import BOB
from slc.clicktracker.testing.visits import readings
from slc.clicktracker.testing.visits import visit
from zope.component.hooks import setSite

import io
import pytest
import sys
import transaction


class Terminal(io.StringIO):
    """Somebody who types."""

    def isatty(self):
        return True


@pytest.fixture
def run(site, monkeypatch, capsys):
    """Return what the command prints in the Zope of the test, and its exit status, with what
    somebody types, None where nobody is there."""
    site_storage().record([visit(1, BOB), visit(2, ALICE)])

    def run(*arguments, typed=None):
        stdin = io.StringIO() if typed is None else Terminal(f"{typed}\n")
        monkeypatch.setattr(sys, "stdin", stdin)
        monkeypatch.setattr(sys, "argv", ["clicktracker", "forget", *arguments])
        status = 0
        try:
            command.in_zope(site.getPhysicalRoot())
        except SystemExit as end:
            status = end.code or 0
        setSite(site)
        transaction.begin()
        said = capsys.readouterr()
        return said.out + said.err, status

    return run


def users():
    return [row.reader.user for row in readings(site_storage())]


def test_a_dry_run_says_what_there_is_and_forgets_nobody(run):
    said, status = run("bob", "--erase", "--dry-run")
    assert "readings: 1" in said
    assert (status, users(), to_be_forgotten()) == (0, ["alice", "bob"], [])


def test_who_types_the_id_is_sure(run):
    said, status = run("bob", "--erase", typed="bob")
    assert "bob was forgotten" in said
    assert (status, users(), to_be_forgotten()) == (0, ["alice"], [])


def test_who_types_something_else_is_not(run):
    said, status = run("bob", "--erase", typed="alice")
    assert "bob was not forgotten" in said
    assert (status, users()) == (0, ["alice", "bob"])


def test_where_nobody_types_it_has_to_be_said_before(run):
    said, status = run("bob", "--erase")
    assert "say --yes if you are sure" in said
    assert (status, users()) == (1, ["alice", "bob"])
    assert run("bob", "--erase", "--yes")[1] == 0
    assert users() == ["alice"]


def test_a_pseudonym_is_told_and_stands_for_the_person(run):
    said, _status = run("bob", "--pseudonymise", "--yes")
    (alice, somebody) = users()
    assert alice == "alice"
    assert f"is now {somebody}" in said


def test_how_has_to_be_said(run):
    said, status = run("bob", "--yes")
    assert "one of the arguments --pseudonymise --erase is required" in said
    assert (status, users()) == (2, ["alice", "bob"])


def test_a_storage_that_is_down_is_said_and_the_person_waits(run, monkeypatch):
    def down(*arguments):
        raise StorageUnavailable("The server does not answer.")

    with monkeypatch.context() as patched:
        patched.setattr(site_storage(), "forget", down)
        said, status = run("bob", "--erase", "--yes")
    assert "clean-up will try again: The server does not answer." in said
    assert (status, [each.person for each in to_be_forgotten()]) == (1, [BOB])
    assert run("bob", "--erase", "--yes")[1] == 0
    assert (users(), to_be_forgotten()) == (["alice"], [])
