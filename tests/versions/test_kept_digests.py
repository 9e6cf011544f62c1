"""A large file is read once on a host, however often its processes start."""

from hashlib import sha256
from plone import api
from plone.namedfile.file import NamedBlobFile
from slc.clicktracker.sites.storage import spool_folder
from slc.clicktracker.versions import file_digest as module
from slc.clicktracker.versions.file_digest import file_digest
from slc.clicktracker.versions.file_digest import LARGE

import os
import pytest
import sqlite3
import stat
import transaction


ONE, OTHER = b"1" * LARGE, b"2" * LARGE


@pytest.fixture
def lease(site):
    return add(site.board, ONE)


def add(folder, data):
    file = NamedBlobFile(data, "application/pdf", "lease.pdf")
    with api.env.adopt_roles(["Manager"]):
        content = api.content.create(folder, "File", "lease", "Lease", file=file)
    transaction.commit()
    restart()
    return content


def restart():
    """Forget what a process forgets when it ends."""
    module._known.clear()


def kept():
    return spool_folder() / "digests.sqlite"


def known_as(data):
    return sha256(data).hexdigest()


def test_a_large_file_is_not_read_again_after_a_restart(lease, read):
    for _ in range(3):
        restart()
        assert file_digest(lease.file) == known_as(ONE)
    assert len(read) == 1


def test_a_small_file_is_not_kept(site, read):
    small = add(site.board, b"The lease.")
    file_digest(small.file)
    assert not kept().exists()


def replace(lease):
    lease.file = NamedBlobFile(OTHER, "application/pdf", "lease.pdf")


def write(lease):
    lease.file.data = OTHER


def write_without_a_word(lease):
    with lease.file._blob.open("w") as data:
        data.write(OTHER)


@pytest.mark.parametrize("change", [replace, write, write_without_a_word])
def test_other_data_is_read_whatever_put_it_there(lease, read, change):
    file_digest(lease.file)
    change(lease)
    assert file_digest(lease.file) == known_as(OTHER)
    transaction.savepoint()
    assert file_digest(lease.file) == known_as(OTHER)
    transaction.commit()
    for _ in range(2):
        restart()
        assert file_digest(lease.file) == known_as(OTHER)
    # Once in each state: as it was, not saved, in the savepoint, committed.
    assert len(read) == 4


def test_data_that_is_not_committed_is_not_kept(lease):
    file_digest(lease.file)
    write(lease)
    file_digest(lease.file)
    transaction.savepoint()
    file_digest(lease.file)
    transaction.abort()
    restart()
    assert file_digest(lease.file) == known_as(ONE)


def test_a_change_of_the_content_alone_is_no_change_of_the_file(lease, read):
    file_digest(lease.file)
    lease.title, lease.file.filename = "Draft", "draft.pdf"
    transaction.commit()
    restart()
    assert file_digest(lease.file) == known_as(ONE)
    assert len(read) == 1


def test_one_state_of_each_file_is_kept(lease):
    file_digest(lease.file)
    write(lease)
    transaction.commit()
    file_digest(lease.file)
    with sqlite3.connect(kept()) as connection:
        found = connection.execute("SELECT digest FROM digests").fetchall()
    connection.close()
    assert found == [(known_as(OTHER),)]


def test_nothing_is_written_to_the_zodb(lease):
    before = lease._p_jar.db().lastTransaction()
    file_digest(lease.file)
    assert kept().exists()
    transaction.commit()
    assert lease._p_jar.db().lastTransaction() == before


def test_only_this_account_may_read_what_is_kept(lease):
    file_digest(lease.file)
    assert stat.S_IMODE(os.stat(kept()).st_mode) == 0o600


@pytest.mark.parametrize("broken", ["file", "folder"])
def test_whatever_is_broken_the_file_is_read(lease, read, caplog, broken):
    if broken == "file":
        kept().parent.mkdir(exist_ok=True)
        kept().write_bytes(b"This is no database." * 100)
    else:
        spool_folder().write_bytes(b"This is no folder.")
    for _ in range(2):
        restart()
        assert file_digest(lease.file) == known_as(ONE)
    assert len(read) == 2
    (said,) = [one for one in caplog.messages if "can't be kept" in one]
    assert str(kept()) in said
