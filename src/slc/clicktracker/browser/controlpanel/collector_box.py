"""How the collector is, in words for the control panel."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from datetime import timedelta
from datetime import timezone
from plone import api
from slc.clicktracker import _
from slc.clicktracker.browser.controlpanel.refusals import Refusal
from slc.clicktracker.browser.controlpanel.spool_complaint import complaint_about_spool
from slc.clicktracker.collector.collector import Collector
from slc.clicktracker.collector.quarantine import QuarantineUnavailable
from slc.clicktracker.collector.spool import SpoolUnavailable
from slc.clicktracker.collector.status import age
from slc.clicktracker.collector.status import CollectorStatus
from slc.clicktracker.collector.status import STALLED
from slc.clicktracker.doors.client_address import addresses_are_known
from slc.clicktracker.doors.process import collector
from slc.clicktracker.sites.rules import collector_setting
from slc.clicktracker.sites.storage import is_recording
from slc.clicktracker.sites.storage import takes_batches
from slc.clicktracker.sites.uids import document_uid
from slc.clicktracker.words.times import local_time
from zope.i18nmessageid import Message


#: Levels, from good to bad.
LEVELS = ("success", "warning", "danger")

#: What waits no longer is simply on its way.
_ON_ITS_WAY = timedelta(seconds=5)

_WRITERS = {
    "alive": ("success", _("runs")),
    "dead": ("danger", _("does not run")),
    "ended": ("secondary", _("process has ended")),
}


@dataclass(frozen=True)
class Notice:
    """Something to know, and what to do about it; ``detail`` is what failed."""

    level: str
    text: Message
    detail: str = ""


@dataclass(frozen=True)
class CollectorBox:
    """What the box shows, as it was ``at`` that time.

    ``status`` is None where it can't be read; then ``error`` says why.
    """

    at: datetime
    notices: tuple[Notice, ...]
    status: CollectorStatus | None
    error: str = ""

    @classmethod
    def now(cls) -> "CollectorBox":
        """Ask all processes about the current site."""
        process = collector()
        at = datetime.now(timezone.utc)
        try:
            status = process.status_of_all(document_uid(api.portal.get()))
        except (SpoolUnavailable, QuarantineUnavailable) as error:
            text = _(
                "The status of the collector can't be read: ${error}",
                mapping={"error": str(error)},
            )
            return cls(at, (Notice("danger", text),), None, str(error))
        found = sorted(_notices(process, status, at), key=badness, reverse=True)
        return cls(at, tuple(found) or (_all_is_well(status),), status)

    @property
    def level(self) -> str:
        """The worst of all."""
        return max(self.notices, key=badness).level

    @property
    def refusals(self) -> list[Refusal]:
        return Refusal.listed(self.status.total.refused)

    def since(self, moment: datetime | None) -> str:
        """Return a time for the screen."""
        return local_time(moment) if moment else "–"

    def writer(self, state: str) -> Message:
        return _WRITERS[state][1]

    def writer_colour(self, state: str) -> str:
        return _WRITERS[state][0]

    @property
    def addresses(self) -> Message:
        """What the limit of messages per address can do here."""
        if not collector_setting("address_limit"):
            return _("No limit is set.")
        if addresses_are_known():
            return _("Addresses are known, because Zope knows its proxy.")
        return _(
            "No effect behind a proxy, because Zope doesn't know its proxy. Set "
            "trusted-proxy in zope.conf."
        )


def badness(notice: Notice) -> int:
    """Return how bad something is, to compare it with other things."""
    return LEVELS.index(notice.level)


def _all_is_well(status: CollectorStatus) -> Notice:
    if not takes_batches():
        return Notice(
            "success",
            _(
                "This storage stores each read at once, so nothing waits in the "
                "collector."
            ),
        )
    if not status.total.spooled:
        return Notice("success", _("All reads that were accepted are stored."))
    return Notice(
        "success",
        _(
            "Reads are being stored. Waiting now: ${count}.",
            mapping={"count": status.total.spooled},
        ),
    )


def _notices(
    process: Collector, status: CollectorStatus, at: datetime
) -> Iterator[Notice]:
    yield from _about_processes(process, status)
    if complaint := complaint_about_spool(process):
        yield Notice("danger", complaint)
    yield from _about_waiting(status, at)
    if status.quarantined:
        yield Notice(
            "warning",
            _(
                "Reads in quarantine, because the storage can't keep them: ${count}. "
                "The reasons are below. Fix the cause, then try again.",
                mapping={"count": status.quarantined},
            ),
        )


def _about_processes(process: Collector, status: CollectorStatus) -> Iterator[Notice]:
    if process.complaint:
        text = _(
            "Reads are refused here because nothing would store them: ${complaint}.",
            mapping={"complaint": process.complaint},
        )
        yield Notice("danger", text)
        return
    dead = [one.process for one in status.processes if one.writer == "dead"]
    if dead:
        text = _(
            "Reads are not being stored in ${processes}, so browsers are asked to try "
            "again. Restart that process. Its waiting reads are kept and will then be "
            "stored.",
            mapping={"processes": ", ".join(dead)},
        )
        yield Notice("danger", text)


def _about_waiting(status: CollectorStatus, at: datetime) -> Iterator[Notice]:
    total = status.total
    waits = timedelta(seconds=age(total.oldest, at))
    if not total.spooled or not (total.problem or waits > _ON_ITS_WAY):
        return
    if not is_recording():
        text = _(
            "Recording is switched off. Reads accepted before and waiting since "
            "${time}: ${count}. They are kept on this server until recording is "
            "switched on again."
        )
    else:
        text = _(
            "Reads can't be stored now. Waiting since ${time}: ${count}. Nothing is "
            "lost: they are kept on this server and stored as soon as possible. See "
            "the storage above and the log."
        )
    values = {"count": total.spooled, "time": local_time(total.oldest or at)}
    level = "danger" if waits > STALLED else "warning"
    yield Notice(level, Message(text, mapping=values), total.problem)
