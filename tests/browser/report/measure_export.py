"""A script for ``zconsole``: how much memory the exports of many readings take.

Records readings of one document of the demo site, one of each of many readers, and exports
them. Prints JSON: by format, by how many bytes the largest resident set grew, the size of the
file, and the seconds of the processor.

Called with the file of the site's storage, and the number of readings.
"""

from datetime import datetime
from datetime import timedelta
from datetime import timezone
from pathlib import Path
from plone import api
from slc.clicktracker.interfaces import IClickTrackerLayer
from slc.clicktracker.sites.uids import document_uid
from slc.clicktracker.storage.model import Access
from slc.clicktracker.storage.model import Document
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.sqlite import SQLiteStorage
from slc.clicktracker.versions.visible import visible_version
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
        url="/board-meeting/agenda",
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


def in_another_process(function, *arguments):
    """What that takes is not measured."""
    child = os.fork()
    if not child:
        try:
            function(*arguments)
        finally:
            os._exit(sys.exc_info()[0] is not None)
    assert os.waitpid(child, 0)[1] == 0


def main(app, file, count):
    site = app.Plone
    setSite(site)
    agenda = site["board-meeting"].agenda
    document = Document(agenda.UID(), "/Plone/board-meeting/agenda", "Agenda")
    values = (file, document_uid(site), document, visible_version(agenda), count)
    in_another_process(record, *values)
    measured = {}
    with api.env.adopt_user(username="manager"):
        for kind in FORMATS:
            # What is loaded and remembered once.
            export(agenda, kind, reader="reader000")
            before = largest()
            size, seconds = export(agenda, kind)
            growth = largest() - before
            measured[kind] = {"growth": growth, "size": size, "seconds": seconds}
    print(json.dumps(measured))


file, count = sys.argv[-2:]
main(app, file, int(count))  # noqa: F821 (zconsole has it)
