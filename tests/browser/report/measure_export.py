"""A program: how much memory the exports of many readings take.

Makes a SQLite file with readings of one document, one of each of many readers, and
exports them. Prints JSON: by format, by how many bytes the largest resident set grew,
the size of the file, and the seconds of the processor.

Called with the number of readings, and the file for them.
"""

from datetime import datetime
from datetime import timedelta
from datetime import timezone
from multiprocessing import get_context
from pathlib import Path
from plone.app.testing import login
from plone.app.testing import SITE_OWNER_NAME
from slc.clicktracker.interfaces import IClickTrackerLayer
from slc.clicktracker.sites.uids import document_uid
from slc.clicktracker.storage.model import Access
from slc.clicktracker.storage.model import Document
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.sqlite import SQLiteStorage
from slc.clicktracker.testing.layers import INTEGRATION_TESTING
from slc.clicktracker.versions.visible import visible_version
from tests.layers import add_board
from zope.component import getMultiAdapter
from zope.component.hooks import setSite
from zope.interface import alsoProvides

import json
import os
import resource
import sys
import time


FORMATS = ("csv", "json", "xlsx")
NOON = datetime(2026, 5, 4, 12, tzinfo=timezone.utc)
BATCH = 5000


def set_up(layer, done=None):
    """Set up a test layer after those that it builds on, each once."""
    done = set() if done is None else done
    for base in layer.__bases__:
        set_up(base, done)
    if layer not in done:
        done.add(layer)
        layer.setUp()


def begin_test(layer, done=None):
    """The same for one test."""
    done = set() if done is None else done
    for base in layer.__bases__:
        begin_test(base, done)
    if layer not in done:
        done.add(layer)
        layer.testSetUp()


def record(file, site, document, version, count):
    """Record a reading of each of so many readers."""
    storage = SQLiteStorage(Path(file), site=site)
    for start in range(0, count, BATCH):
        numbers = range(start, min(start + BATCH, count))
        storage.record([access(document, version, number) for number in numbers])
    storage.close()


def access(document, version, number):
    return Access(
        key=f"{number:032x}",
        issued=NOON + timedelta(seconds=number),
        opened=NOON + timedelta(seconds=number),
        seen=NOON + timedelta(seconds=number + 90),
        document=document,
        reader=Reader(f"reader{number:06}", "", f"Reader {number:06}"),
        url="/board/agenda",
        version=version,
        engaged=number % 90_000,
        depth=number % 101,
    )


def export(document, kind, **form):
    """Return the number of bytes, and of seconds of the processor."""
    request = document.REQUEST.clone()
    request.form.update(form)
    alsoProvides(request, IClickTrackerLayer)
    started = time.process_time()
    view = getMultiAdapter((document, request), name=f"who-read-this.{kind}")
    file = view()
    assert not isinstance(file, str), file
    seconds = time.process_time() - started
    with file:
        return len(file), seconds


def largest():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def main(file, count):
    os.environ["CLICKTRACKER_SQLITE"] = file
    os.environ["CLICKTRACKER_SPOOL"] = str(Path(file).parent / "spool")
    os.environ.pop("CLICKTRACKER_DSN", None)
    set_up(INTEGRATION_TESTING)
    begin_test(INTEGRATION_TESTING)
    login(INTEGRATION_TESTING["app"], SITE_OWNER_NAME)
    agenda = add_board().agenda
    setSite(INTEGRATION_TESTING["portal"])
    document = Document(agenda.UID(), "/plone/board/agenda", "Agenda")
    site = document_uid(INTEGRATION_TESTING["portal"])
    # In a process of its own, so that what it takes is not measured.
    values = (file, site, document, visible_version(agenda), count)
    recording = get_context("spawn").Process(target=record, args=values)
    recording.start()
    recording.join()
    measured = {}
    for kind in FORMATS:
        # What is loaded and remembered once.
        export(agenda, kind, reader="reader000")
        before = largest()
        size, seconds = export(agenda, kind)
        growth = largest() - before
        measured[kind] = {"growth": growth, "size": size, "seconds": seconds}
    print(json.dumps(measured))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
