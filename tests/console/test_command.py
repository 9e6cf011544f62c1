"""The command ``clicktracker``, as an administrator types it on the server."""

from AccessControl.SecurityManagement import newSecurityManager
from AccessControl.users import system
from benchmarks.instances import clean_environment
from pathlib import Path
from slc.clicktracker.console.command import in_zope
from slc.clicktracker.sites.bans import ban
from slc.clicktracker.sites.bans import listed_bans
from slc.clicktracker.sites.storage import site_storage
from slc.clicktracker.storage.errors import StorageUnavailable
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import ReadingQuery
from slc.clicktracker.testing.visits import BOB
from slc.clicktracker.testing.visits import DOC
from slc.clicktracker.testing.visits import visit
from slc.clicktracker.visitors.bans import Caller
from zc.lockfile import LockFile
from zope.component.hooks import getSite
from zope.component.hooks import setSite

import pytest
import shutil
import subprocess
import sys
import transaction


CALLER = Caller("198.51.100.7", ("127.0.0.1",))

BAN = """
from slc.clicktracker.sites.bans import ban
from slc.clicktracker.visitors.bans import Caller
from zope.component.hooks import setSite

import transaction

setSite(app.Plone)
for network in ("203.0.113.9", "2001:db8::/32"):
    ban(network, "", None, Caller("198.51.100.7"))
transaction.commit()
"""


@pytest.fixture
def instance(made_site, zopes, tmp_path):
    """An instance with the demo site, in which two networks are banned."""
    copy = tmp_path / "instance"
    shutil.copytree(made_site, copy)
    conf = copy / "etc" / "zope.conf"
    conf.write_text(conf.read_text().replace(str(made_site), str(copy)))
    script = tmp_path / "ban.py"
    script.write_text(BAN)
    zopes.run_script(conf, script)
    return copy


def words(instance, *arguments):
    """What a Python is told that is to run the command."""
    command = "from slc.clicktracker.console.command import main; main()"
    return "-c", command, "--conf", instance / "etc" / "zope.conf", *arguments


def clicktracker(instance, *arguments):
    return subprocess.run(
        [sys.executable, *words(instance, *arguments)],
        env=clean_environment(),
        capture_output=True,
        text=True,
    )


def test_a_command_lifts_all_bans(instance, zopes):
    """Whoever has shut out himself, or everybody, does that on the server."""
    done = clicktracker(instance, "lift-bans")
    assert (done.returncode, done.stdout) == (0, "/Plone: bans lifted: 2\n"), done
    # A server without ZEO has the database to itself.
    lock = LockFile(str(instance / "var" / "Data.fs.lock"))
    done = zopes.run(*words(instance, "lift-bans"), env=clean_environment())
    lock.close()
    assert done.returncode == 1
    assert "The database is in use" in done.stderr
    assert "Stop the server first" in done.stderr


def test_the_command_is_installed():
    done = subprocess.run(
        [Path(sys.executable).parent / "clicktracker", "--help"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "lift-bans" in done.stdout


@pytest.fixture
def types(functional, monkeypatch, capsys):
    """Return a function: what the command says in the Zope of this process."""

    def type_(*arguments):
        monkeypatch.setattr(sys, "argv", ["clicktracker", *arguments])
        # As it is there.
        newSecurityManager(None, system)
        site = getSite()
        try:
            in_zope(functional["app"])
        finally:
            setSite(site)
        return capsys.readouterr().out

    return type_


def test_it_is_in_the_list_who_lifted_a_ban(site, types):
    ban("203.0.113.9", "", None, CALLER)
    transaction.commit()
    assert types("lift-bans") == "/plone: bans lifted: 1\n"
    (current, (ended,)) = listed_bans()
    assert not current
    assert ended.ended_by == Reader("")


def test_one_site_can_be_chosen(site, types):
    ban("203.0.113.9", "", None, CALLER)
    transaction.commit()
    with pytest.raises(SystemExit, match="no site with the add-on /other"):
        types("--site", "/other", "lift-bans")
    assert listed_bans()[0]
    assert types("--site", "/plone", "lift-bans") == "/plone: bans lifted: 1\n"


@pytest.mark.parametrize("arguments", [(), ("no-such-thing",)])
def test_what_it_does_not_know_it_does_not_do(types, arguments, capsys):
    with pytest.raises(SystemExit) as told:
        types(*arguments)
    assert told.value.code == 2
    assert "usage: clicktracker" in capsys.readouterr().err


def test_a_configuration_that_is_not_there_is_told(tmp_path, zopes):
    done = zopes.run(*words(tmp_path, "lift-bans"), env=clean_environment())
    assert done.returncode == 1
    assert "There is no file" in done.stderr
    assert "--conf instance/etc/zope.conf" in done.stderr


def test_what_reports_are_made_of_is_made_anew(site, types):
    storage = site_storage()
    storage.record([visit(1, BOB)])
    query = ReadingQuery((DOC.uid,))
    before = storage.readings(query)
    with storage.engine.begin() as connection:
        # Somebody has damaged it by hand.
        storage.readings(query)
        connection.exec_driver_sql("DELETE FROM clicktracker_place")
        connection.exec_driver_sql("DELETE FROM clicktracker_sets")
    assert types("rebuild") == "/plone: what reports are made of was made anew\n"
    assert site_storage().readings(query) == before


def test_why_nothing_could_be_made_anew_is_told(site, types, monkeypatch, capsys):
    def fails(storage):
        raise StorageUnavailable("it is locked")

    monkeypatch.setattr(type(site_storage()), "rebuild", fails)
    with pytest.raises(SystemExit):
        types("rebuild")
    assert "not done, the storage could not be used: it is locked" in (
        capsys.readouterr().out
    )
