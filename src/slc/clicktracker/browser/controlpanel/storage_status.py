"""How the storage of a site is, in words for the control panel."""

from dataclasses import dataclass
from plone import api
from slc.clicktracker import _
from slc.clicktracker.interfaces import IAccessRecorder
from slc.clicktracker.interfaces import IReadingLists
from slc.clicktracker.interfaces import IStorageMaintenance
from slc.clicktracker.sites.storage import address
from slc.clicktracker.sites.storage import is_recording
from slc.clicktracker.sites.storage import site_storage
from slc.clicktracker.storage.backends import Backend
from slc.clicktracker.storage.backends import backend_of
from slc.clicktracker.storage.backends import shared_backends
from slc.clicktracker.storage.errors import StorageError
from slc.clicktracker.storage.errors import StorageNotSetUp
from slc.clicktracker.storage.model import StorageStatus
from zope.i18nmessageid import Message


_SOURCES = {
    "utility": _("a storage that another package registers"),
    "environment": _("the environment (CLICKTRACKER_DSN)"),
    "product-config": _("the configuration of the instance (product-config)"),
    "registry": _("this control panel"),
    "default": _("nothing is set (default)"),
}


@dataclass(frozen=True)
class StatusBox:
    """What the box shows. ``level`` is "success", "warning" or "danger"."""

    level: str
    summary: Message
    source: Message
    kind: str
    details: StorageStatus | None

    @classmethod
    def now(cls) -> "StatusBox":
        """Ask the storage of the current site."""
        source = _SOURCES[address().source]
        kind = ""
        details = None
        if not is_recording():
            level, summary = "warning", _("Recording is switched off.")
            return cls(level, summary, source, kind, details)
        try:
            storage = site_storage()
            # It is known also while the storage can't be asked.
            backend = backend_of(storage)
            kind = backend.name if backend else type(storage).__name__
            if IStorageMaintenance.providedBy(storage):
                details = storage.status()
            level, summary = _judge(storage, backend)
        except StorageNotSetUp as error:
            level, summary = (
                "danger",
                _(
                    "The database answers, but it is not ready: ${error}",
                    mapping={"error": str(error)},
                ),
            )
        except StorageError as error:
            level, summary = (
                "danger",
                _(
                    "Reads can't be stored now: ${error}",
                    mapping={"error": str(error)},
                ),
            )
        return cls(level, summary, source, kind, details)


def _judge(storage: object, backend: Backend | None) -> tuple[str, Message]:
    if backend and backend.is_for_one_host and _zodb_is_shared():
        return (
            "danger",
            _(
                "Several servers may share this site's content database, but "
                "${storage} keeps readings on one server, so each server would show "
                "different readers. Choose a storage that servers can share: "
                "${choices}.",
                mapping={
                    "storage": backend.name,
                    "choices": ", ".join(each.name for each in shared_backends()),
                },
            ),
        )
    if not (IAccessRecorder.providedBy(storage) and IReadingLists.providedBy(storage)):
        return (
            "warning",
            _(
                "This storage only keeps who read what and when: reads may be counted "
                "twice, names and first times are not known, and a moved page starts "
                "from zero."
            ),
        )
    return "success", _("Reads are recorded.")


def _zodb_is_shared() -> bool:
    """Is the ZODB one that several hosts can use: ZEO or RelStorage?"""
    database = api.portal.get()._p_jar.db()
    return type(database.storage).__module__.split(".")[0].lower() in (
        "zeo",
        "relstorage",
    )
