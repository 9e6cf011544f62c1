"""Files that a ZEO server has: a report fetches few of them."""

from hashlib import sha256
from plone.namedfile.file import NamedBlobFile
from slc.clicktracker.sites.storage import spool_folder
from slc.clicktracker.versions import file_digest as module
from slc.clicktracker.versions.file_digest import DigestUnknown
from slc.clicktracker.versions.file_digest import file_digest
from slc.clicktracker.versions.file_digest import reading_little
from slc.clicktracker.versions.kept_digests import KeptDigests

import pytest
import shutil
import transaction
import ZEO


SIZE = 1000
KNOWN_AS = sha256(bytes(SIZE)).hexdigest()


@pytest.fixture
def server(tmp_path):
    address, stop = ZEO.server(str(tmp_path / "Data.fs"), str(tmp_path / "blobs"))
    yield address
    stop()


@pytest.fixture
def cache(tmp_path):
    """The folder for the files that this host has fetched."""
    return tmp_path / "fetched"


@pytest.fixture
def root(site, server, cache):
    """What the server has, as a host that has fetched no file yet sees it."""
    database = ZEO.DB(server, blob_dir=str(cache))
    connection = database.open()
    yield connection.root()
    transaction.abort()
    connection.close()
    database.close()


def add(root, cache, is_size_kept=True):
    """Return a file of the server, none of whose data is here."""
    file = NamedBlobFile(bytes(SIZE), "application/pdf", "lease.pdf")
    if is_size_kept:
        file.getSize()
    root["lease"] = file
    transaction.commit()
    forget(root, cache)
    return file


def forget(root, cache):
    for folder in cache.iterdir():
        if folder.name.startswith("0x") or folder.name.isdigit():
            shutil.rmtree(folder)
    assert fetched(cache) == 0
    root._p_jar.cacheMinimize()


def fetched(cache):
    return len([*cache.rglob("*.blob")])


def test_a_report_fetches_what_it_has_room_for(held, root, cache):
    file = add(root, cache)
    with reading_little():
        assert file_digest(file) == KNOWN_AS
    assert fetched(cache) == 1


def test_it_does_not_fetch_what_is_too_large(held, root, cache, monkeypatch):
    monkeypatch.setattr(module, "MOST_READ", 5)
    file = add(root, cache)
    with reading_little(), pytest.raises(DigestUnknown):
        file_digest(file)
    assert fetched(cache) == 0
    held.read()
    with reading_little():
        assert file_digest(file) == KNOWN_AS


def test_nor_a_file_only_to_know_how_large_it_is(held, root, cache):
    file = add(root, cache, is_size_kept=False)
    with reading_little(), pytest.raises(DigestUnknown):
        file_digest(file)
    assert fetched(cache) == 0
    held.read()
    module._known.clear()
    # It is here now, so its size is known.
    (spool_folder() / "digests.sqlite").unlink()
    with reading_little():
        assert file_digest(file) == KNOWN_AS


def test_what_is_known_is_not_fetched_again(held, root, cache):
    file = add(root, cache)
    file_digest(file)
    forget(root, cache)
    assert file_digest(file) == KNOWN_AS
    assert fetched(cache) == 0


def test_nor_is_what_another_process_knows(held, root, cache):
    file = add(root, cache)
    file_digest(file)
    KeptDigests(spool_folder()).put(dict(module._known))
    module._known.clear()
    forget(root, cache)
    assert file_digest(file) == KNOWN_AS
    assert fetched(cache) == 0


def test_another_hosts_new_data_counts(held, root, server, cache, tmp_path):
    file = add(root, cache)
    file_digest(file)
    other = ZEO.DB(server, blob_dir=str(tmp_path / "other"))
    with other.transaction() as connection:
        connection.root()["lease"].data = bytes(SIZE + 1)
    other.close()
    root._p_jar.db().storage.sync()
    transaction.begin()
    assert file_digest(file) == sha256(bytes(SIZE + 1)).hexdigest()
