"""What reports of thousands of documents rest on, found out before a process answers anybody.

Otherwise the first report in each process takes seconds: each document has to be loaded, its
audience and its texts found, and who has read it. All of this is remembered as if
somebody had asked, and counts for as long. Nothing is written. No thread is left, and no
connection to the database, as a server may fork now, and once more when that is another
file.
"""

from collections.abc import Iterator
from Products.CMFPlone.Portal import PloneSite
from slc.clicktracker.audience.audiences import Audiences
from slc.clicktracker.interfaces import IReaderSets
from slc.clicktracker.interfaces import IStorageMaintenance
from slc.clicktracker.reports.progress import expected_readers
from slc.clicktracker.sites.installed import is_installed
from slc.clicktracker.sites.installed import plone_sites
from slc.clicktracker.sites.storage import storage_with
from slc.clicktracker.storage.errors import StorageError
from slc.clicktracker.tracking.tracked import all_tracked
from slc.clicktracker.tracking.tracked import TrackedDocument
from slc.clicktracker.versions.primary_file import has_files
from Testing.makerequest import makerequest
from zope.component.hooks import getSite
from zope.component.hooks import setSite
from zope.globalrequest import getRequest
from zope.globalrequest import setRequest
from zope.pagetemplate.pagetemplate import PageTemplate
from zope.processlifetime import IProcessStarting

import logging
import time
import transaction
import Zope2


logger = logging.getLogger("slc.clicktracker")

#: Seconds after which a process starts with what it knows by then.
_PATIENCE = 10

#: Documents between two looks at the clock.
_AT_ONCE = 500


def find_out_ahead(event: IProcessStarting) -> None:
    """Find out what reports of all sites with the add-on rest on."""
    until = time.monotonic() + _PATIENCE
    # Chameleon reads the versions of all packages for the first template of a process.
    PageTemplate().write("<p></p>")
    app = makerequest(Zope2.app())
    site_before, request_before = getSite(), getRequest()
    try:
        setRequest(app.REQUEST)
        for site in plone_sites(app):
            for _step in _found_in(site):
                if time.monotonic() > until:
                    return
    finally:
        setSite(site_before)
        setRequest(request_before)
        transaction.abort()
        app._p_jar.close()


def _found_in(site: PloneSite) -> Iterator[None]:
    """Find out, step by step, what a site has, if it has the add-on."""
    try:
        if not is_installed(site):
            return
        setSite(site)
        documents = all_tracked()
        yield from _found_of(documents)
        if documents and (storage := storage_with(IReaderSets)) is not None:
            storage.load([each.uid for each in documents])
            if IStorageMaintenance.providedBy(storage):
                storage.close()
    except StorageError:
        # Whoever asks for a report is told so.
        return
    except Exception:
        # A site that is broken, or waits for its migration: Zope starts all the same.
        logger.exception("Reports of %s begin with nothing found out", site.getId())


def _found_of(documents: tuple[TrackedDocument, ...]) -> Iterator[None]:
    """Find out who should read which text, and what the catalog calls it."""
    audiences = Audiences()
    for start in range(0, len(documents), _AT_ONCE):
        some = documents[start : start + _AT_ONCE]
        # Files may have to be read, which begins when somebody asks.
        expected_readers(
            (each for each in some if not each.item.ask(has_files)), audiences
        )
        for each in some:
            audiences.of_item(each.item)
            each.item.known("Title")
        yield
