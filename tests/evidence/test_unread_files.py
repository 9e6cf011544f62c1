"""A report reads few files to know them: the others are read in the background."""

from hashlib import sha256
from plone import api
from plone.namedfile.file import NamedBlobFile
from plone.namedfile.file import NamedBlobImage
from slc.clicktracker.evidence import file_digest as module
from slc.clicktracker.evidence import unread_files
from slc.clicktracker.evidence import visible
from slc.clicktracker.evidence.file_digest import DigestUnknown
from slc.clicktracker.evidence.file_digest import file_digest
from slc.clicktracker.evidence.file_digest import MOST_READ
from slc.clicktracker.evidence.file_digest import reading_little
from slc.clicktracker.evidence.standing import standing_of
from slc.clicktracker.evidence.standing import standings_of
from slc.clicktracker.evidence.visible import visible_version
from tests.browser.test_tracker_viewlet import PIXEL

import os
import pytest
import transaction


HALF = MOST_READ // 2


@pytest.fixture(autouse=True)
def restarted(site, monkeypatch):
    """The process has just started; what is to be read in the background is, at once."""
    monkeypatch.setattr(unread_files, "_PATIENCE", 0)
    module._known.clear()
    module._unread.failed.clear()
    yield
    module._unread.wait()


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


def restart():
    module._unread.wait()
    module._known.clear()


def test_a_report_reads_a_file_of_a_moderate_size(add, read):
    lease = add(HALF)
    with reading_little():
        assert file_digest(lease.file) == known_as(HALF)
    assert len(read) == 1


def test_what_is_too_large_is_known_after_a_while(add):
    lease = add(MOST_READ + 1)
    with reading_little(), pytest.raises(DigestUnknown):
        file_digest(lease.file)
    module._unread.wait()
    with reading_little():
        assert file_digest(lease.file) == known_as(MOST_READ + 1)


def test_a_page_or_a_download_reads_a_file_of_any_size(add):
    lease = add(MOST_READ + 1)
    assert file_digest(lease.file) == known_as(MOST_READ + 1)


def test_the_bytes_of_all_files_of_a_report_count_together(add):
    files = [add(HALF, name).file for name in ("one", "two", "three")]
    with reading_little():
        with reading_little():
            file_digest(files[0])
        file_digest(files[1])
        with pytest.raises(DigestUnknown):
            file_digest(files[2])
        # What is known already costs nothing.
        assert file_digest(files[0]) == known_as(HALF)
    module._unread.wait()
    restart()
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
    add, read, monkeypatch
):
    monkeypatch.setattr(module, "MOST_READ", 5)
    files = [add(10, name).file for name in ("one", "two")]
    for file in files:
        with reading_little(), pytest.raises(DigestUnknown):
            file_digest(file)
    restart()
    with reading_little():
        assert file_digest(files[0]) == file_digest(files[1]) == known_as(10)
    assert len(read) == 2


def test_of_what_was_replaced_meanwhile_the_new_data_counts(add, monkeypatch):
    monkeypatch.setattr(module, "MOST_READ", 5)
    lease = add(10)
    state = module._state(lease.file._blob)
    lease.file.data = bytes(20)
    transaction.commit()
    module._unread.add(state, lease._p_jar.db())
    module._unread.wait()
    assert module._known == {}
    assert file_digest(lease.file) == known_as(20)


def test_what_can_not_be_read_in_the_background_is_said_to_who_asks_next(
    add, monkeypatch, caplog
):
    monkeypatch.setattr(module, "MOST_READ", 5)
    lease = add(10)
    with lease.file.open() as data:
        path = data.name
    lease.file.getSize()
    os.rename(path, path + ".kept")
    with reading_little(), pytest.raises(DigestUnknown):
        visible_version(lease)
    module._unread.wait()
    assert "can't be read in the background" in caplog.text
    with reading_little():
        assert visible_version(lease).digest != known_as(10)[:32]
    assert "its file may be missing in the blob storage" in caplog.text
    os.rename(path + ".kept", path)
    with reading_little():
        assert visible_version(lease).digest == known_as(10)[:32]


def test_what_stands_for_a_file_is_not_known_before_it_was_read(site, add, monkeypatch):
    monkeypatch.setattr(module, "MOST_READ", 5)
    lease = add(10)
    agenda, unknown = standings_of([site.board.agenda, lease])
    assert agenda == standing_of(site.board.agenda)
    assert unknown is None
    with pytest.raises(DigestUnknown):
        standing_of(lease)
    module._unread.wait()
    assert standing_of(lease).current == (known_as(10)[:32],)


def test_nor_is_the_version_of_a_text_with_an_image(site, monkeypatch):
    monkeypatch.setattr(module, "MOST_READ", 5)
    with api.env.adopt_roles(["Manager"]):
        image = NamedBlobImage(PIXEL, "image/png", "harbour.png")
        news = api.content.create(site.board, "News Item", "news", image=image)
    transaction.commit()
    with reading_little(), pytest.raises(DigestUnknown):
        visible_version(news)
    module._unread.wait()
    with reading_little():
        known = visible_version(news)
    assert known.digest
    restart()
    visible._known.clear()
    assert visible_version(news) == known
