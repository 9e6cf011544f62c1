"""A file or an image is its data: whoever has that has all of it."""

from hashlib import sha256
from plone import api
from plone.namedfile.file import NamedBlobFile
from plone.namedfile.file import NamedBlobImage
from slc.clicktracker.bounded import Bounded
from slc.clicktracker.storage.model import Version
from slc.clicktracker.versions import file_digest as module
from slc.clicktracker.versions.visible import visible_version
from tests.content import PIXEL
from zope.lifecycleevent import modified

import os
import pytest
import transaction


MEGABYTE = 1 << 20


@pytest.fixture(autouse=True)
def nothing_is_read_yet():
    module._known.clear()


@pytest.fixture
def board(site):
    with api.env.adopt_roles(["Manager"]):
        yield site.board


def add_file(board, data=b"The lease.", name="lease.pdf"):
    file = NamedBlobFile(data, "application/pdf", name)
    content = api.content.create(board, "File", "lease", "Lease", file=file)
    transaction.commit()
    return content


def known_as(data):
    return sha256(data).hexdigest()[:32]


def test_a_file_is_known_by_its_data_alone(board):
    lease = add_file(board)
    before = visible_version(lease)
    assert before == Version("", known_as(b"The lease."), 0)
    lease.title, lease.description = "Draft of the lease", "Signed by nobody"
    lease.file.filename = "draft.pdf"
    modified(lease)
    transaction.commit()
    assert visible_version(lease) == before


def test_an_image_is_known_by_its_data_alone(board):
    image = NamedBlobImage(PIXEL, "image/png", "plan.png")
    plan = api.content.create(board, "Image", "plan", "Plan", image=image)
    transaction.commit()
    before = visible_version(plan)
    assert before == Version("", known_as(PIXEL), 0)
    plan.title = "Plan of the harbour"
    transaction.commit()
    assert visible_version(plan) == before


def test_other_data_is_another_version_at_once(board):
    lease = add_file(board)
    visible_version(lease)
    lease.file = NamedBlobFile(b"Another lease.", "application/pdf", "lease.pdf")
    assert visible_version(lease).digest == known_as(b"Another lease.")
    transaction.commit()
    assert visible_version(lease).digest == known_as(b"Another lease.")
    # What is written into the same file shows once the content is saved.
    lease.file.data = b"A third lease."
    modified(lease)
    transaction.commit()
    assert visible_version(lease).digest == known_as(b"A third lease.")


def test_what_is_not_committed_is_not_remembered(board):
    lease = add_file(board)
    before = visible_version(lease)
    lease.file.data = b"Another lease."
    modified(lease)
    transaction.savepoint()
    assert visible_version(lease).digest == known_as(b"Another lease.")
    transaction.abort()
    assert visible_version(lease) == before


def test_a_large_file_is_read_once_whatever_else_changes(board, read):
    data = os.urandom(MEGABYTE) * 100
    lease = add_file(board, data)
    for title in ("One", "Two", "Three"):
        lease.title = title
        transaction.commit()
        assert visible_version(lease).digest == known_as(data)
    assert len(read) == 1


def test_there_is_an_end_to_what_is_remembered(board, read, monkeypatch):
    monkeypatch.setattr(module, "_known", Bounded(1))
    lease = add_file(board)
    plan = NamedBlobImage(PIXEL, "image/png", "plan.png")
    plan = api.content.create(board, "Image", "plan", "Plan", image=plan)
    transaction.commit()
    for content in (lease, plan, plan, lease):
        module.file_digest(content.file if content is lease else content.image)
    assert len(read) == 3
    assert len(module._known) == 1


def test_data_that_is_missing_is_said_and_not_remembered(board, caplog):
    lease = add_file(board)
    with lease.file.open() as file:
        path = file.name
    kept = path + ".kept"
    os.rename(path, kept)
    lease._p_jar.cacheMinimize()
    missing = visible_version(lease)
    assert missing.digest != known_as(b"The lease.")
    assert "can't be read" in caplog.text
    os.rename(kept, path)
    assert visible_version(lease).digest == known_as(b"The lease.")


def test_a_file_that_was_not_uploaded_yet_is_known_by_its_title(board):
    empty = api.content.create(board, "File", "empty", "Empty")
    transaction.commit()
    before = visible_version(empty)
    empty.title = "Still empty"
    transaction.commit()
    assert visible_version(empty).digest != before.digest
