"""A report reads few files to know them: the others are read in the background."""

from hashlib import sha256
from plone import api
from plone.namedfile.file import NamedBlobFile
from plone.namedfile.file import NamedBlobImage
from slc.clicktracker.versions import file_digest as module
from slc.clicktracker.versions import unread_files
from slc.clicktracker.versions import visible
from slc.clicktracker.versions.file_digest import DigestUnknown
from slc.clicktracker.versions.file_digest import file_digest
from slc.clicktracker.versions.file_digest import MOST_READ
from slc.clicktracker.versions.file_digest import reading_little
from slc.clicktracker.versions.kept_digests import BlobState
from slc.clicktracker.versions.standing import standing_of
from slc.clicktracker.versions.standing import standings_of
from slc.clicktracker.versions.visible import visible_version
from slc.clicktracker.versions.visible_fields import visible_values
from tests.content import PIXEL
from tests.storage.forks import in_child
from ZEO.Exceptions import ClientDisconnected
from ZODB import DB
from ZODB.utils import oid_repr
from ZODB.utils import p64
from ZODB.utils import z64

import os
import pytest
import transaction


HALF = MOST_READ // 2


@pytest.fixture(autouse=True)
def restarted(site, held):
    """The process has just started."""


@pytest.fixture
def add(site):
    """Return a function that adds a file of so many bytes."""

    def added(size, name="lease"):
        file = NamedBlobFile(bytes(size), "application/pdf", f"{name}.pdf")
        with api.env.adopt_roles(["Manager"]):
            made = api.content.create(site.board, "File", name, name, file=file)
        transaction.commit()
        return made

    return added


def known_as(size):
    return sha256(bytes(size)).hexdigest()


def restart(held):
    held.read()
    module._known.clear()


def test_a_report_reads_a_file_of_a_moderate_size(add, read):
    lease = add(HALF)
    with reading_little():
        assert file_digest(lease.file) == known_as(HALF)
    assert len(read) == 1


def test_what_is_too_large_is_known_after_a_while(held, add):
    lease = add(MOST_READ + 1)
    with reading_little(), pytest.raises(DigestUnknown):
        file_digest(lease.file)
    held.read()
    with reading_little():
        assert file_digest(lease.file) == known_as(MOST_READ + 1)


def test_what_is_not_known_yet_is_equal_to_nothing(add, monkeypatch):
    lease = add(10)
    monkeypatch.setattr(module, "MOST_READ", 5)
    with reading_little():
        now, then = visible_values(lease), visible_values(lease)
    assert now["title"] == then["title"]
    assert now["file"] != then["file"]


def test_a_page_or_a_download_reads_a_file_of_any_size(add):
    lease = add(MOST_READ + 1)
    assert file_digest(lease.file) == known_as(MOST_READ + 1)


def test_the_bytes_of_all_files_of_a_report_count_together(held, add):
    files = [add(HALF, name).file for name in ("one", "two", "three")]
    with reading_little():
        with reading_little():
            file_digest(files[0])
        file_digest(files[1])
        with pytest.raises(DigestUnknown):
            file_digest(files[2])
        # What is known already costs nothing.
        assert file_digest(files[0]) == known_as(HALF)
    restart(held)
    with reading_little():
        assert file_digest(files[2]) == known_as(HALF)


def test_many_small_files_count_as_more_than_their_bytes(add, monkeypatch):
    monkeypatch.setattr(module, "_LEAST", HALF)
    files = [add(10, name).file for name in ("one", "two", "three")]
    with reading_little():
        assert file_digest(files[0]) == file_digest(files[1]) == known_as(10)
        with pytest.raises(DigestUnknown):
            file_digest(files[2])


def test_what_was_read_in_the_background_is_kept_whatever_its_size(
    held, add, read, monkeypatch
):
    monkeypatch.setattr(module, "MOST_READ", 5)
    files = [add(10, name).file for name in ("one", "two")]
    for file in files:
        with reading_little(), pytest.raises(DigestUnknown):
            file_digest(file)
    restart(held)
    with reading_little():
        assert file_digest(files[0]) == file_digest(files[1]) == known_as(10)
    assert len(read) == 2


def test_of_what_was_replaced_meanwhile_the_new_data_counts(held, add, monkeypatch):
    monkeypatch.setattr(module, "MOST_READ", 5)
    lease = add(10)
    state = module._state(lease.file._blob)
    lease.file.data = bytes(20)
    transaction.commit()
    module._unread.add(state, lease._p_jar.db())
    held.read()
    assert module._known == {}
    assert file_digest(lease.file) == known_as(20)


@pytest.fixture
def missing(held, add, monkeypatch):
    """A file that is too large for a report, whose data is gone; and where it was."""
    monkeypatch.setattr(module, "MOST_READ", 5)
    lease = add(10)
    with lease.file.open() as data:
        path = data.name
    os.rename(path, path + ".kept")
    with reading_little(), pytest.raises(DigestUnknown):
        visible_version(lease)
    return lease, path


def test_what_can_not_be_read_is_left_out_and_said(held, missing, read, caplog):
    lease, _path = missing
    held.read()
    oid = oid_repr(lease.file._blob._p_oid)
    name = lease._p_jar.db().database_name
    assert f"the oid {oid} in the database {name} can't be read" in caplog.text
    del read[:]
    with reading_little():
        assert visible_version(lease).digest != known_as(10)[:32]
    assert "its file may be missing in the blob storage" in caplog.text
    # Whatever its size is, no report has the time for it.
    assert read == []


def test_what_can_be_read_again_is_known_after_a_while(held, missing):
    lease, path = missing
    held.read()
    os.rename(path + ".kept", path)
    with reading_little():
        visible_version(lease)
    held.read()
    with reading_little():
        assert visible_version(lease).digest == known_as(10)[:32]
    assert module._unread.failed == {}


def test_while_the_database_is_away_no_report_reads_more(
    held, add, read, monkeypatch, caplog
):
    monkeypatch.setattr(module, "MOST_READ", 5)
    files = [add(10, name).file for name in ("one", "two")]

    def away(database, manager):
        raise ClientDisconnected("The server is away.")

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(DB, "open", away)
        for file in files:
            with reading_little(), pytest.raises(DigestUnknown):
                file_digest(file)
        held.read()
    # Once a minute.
    assert caplog.text.count("The server is away.") == 1
    for file in files:
        with reading_little(), pytest.raises(DigestUnknown):
            file_digest(file)
    assert read == []
    held.read()
    with reading_little():
        assert file_digest(files[0]) == file_digest(files[1]) == known_as(10)


def test_a_file_that_breaks_the_reading_keeps_no_other_waiting(held, add, monkeypatch):
    monkeypatch.setattr(module, "MOST_READ", 5)
    files = [add(10, name).file for name in ("one", "two")]
    compute, computed = module._computed, []

    def broken_first(blob):
        computed.append(blob)
        if len(computed) == 1:
            raise ValueError("Broken.")
        return compute(blob)

    monkeypatch.setattr(module, "_computed", broken_first)
    for file in files:
        with reading_little(), pytest.raises(DigestUnknown):
            file_digest(file)
    held.read()
    with reading_little():
        assert file_digest(files[1]) == known_as(10)
        with pytest.raises(DigestUnknown):
            file_digest(files[0])


def test_at_the_end_of_a_process_nothing_is_said(held, caplog):
    database = DB(None)
    module._unread.add(BlobState("main", p64(7), p64(8)), database)
    database.close()
    held.read()
    assert "background" not in caplog.text


def test_what_was_read_is_kept_although_much_still_waits(held, add, monkeypatch):
    monkeypatch.setattr(module, "MOST_READ", 5)
    monkeypatch.setattr(unread_files, "_TOGETHER", 0)
    files = [add(10, name).file for name in ("one", "two")]
    states = [module._state(file._blob) for file in files]
    kept, compute = [], module._computed

    def looking(blob):
        kept.append(module.digests_on_disk.get_all({states[0]}).get(states[0]))
        return compute(blob)

    monkeypatch.setattr(module, "_computed", looking)
    for file in files:
        with reading_little(), pytest.raises(DigestUnknown):
            file_digest(file)
    held.read()
    assert kept == [None, known_as(10)]


def test_a_process_that_was_forked_reads_on_its_own(held):
    theirs, own = (BlobState("main", z64, p64(number)) for number in (1, 2))
    module._unread.add(theirs, DB(None))

    def reads():
        files, kept = module._unread, {}
        assert theirs not in files
        files._find, files._keep = lambda blob, state: "digest", kept.update
        files.add(own, DB(None))
        held.read()
        module._remember(own, "digest")
        return kept == {own: "digest"}

    with module._unread._lock, module._lock:
        assert in_child(reads)
    assert theirs in module._unread


def test_what_stands_for_a_file_is_not_known_before_it_was_read(
    held, site, add, monkeypatch
):
    monkeypatch.setattr(module, "MOST_READ", 5)
    lease = add(10)
    agenda, unknown = standings_of([site.board.agenda, lease])
    assert agenda == standing_of(site.board.agenda)
    assert unknown is None
    with pytest.raises(DigestUnknown):
        standing_of(lease)
    held.read()
    assert standing_of(lease).current == (known_as(10)[:32],)


def test_nor_is_the_version_of_a_text_with_an_image(held, site, monkeypatch):
    monkeypatch.setattr(module, "MOST_READ", 5)
    with api.env.adopt_roles(["Manager"]):
        image = NamedBlobImage(PIXEL, "image/png", "harbour.png")
        news = api.content.create(site.board, "News Item", "news", image=image)
    transaction.commit()
    with reading_little(), pytest.raises(DigestUnknown):
        visible_version(news)
    held.read()
    with reading_little():
        known = visible_version(news)
    assert known.digest
    restart(held)
    visible._known.clear()
    assert visible_version(news) == known
