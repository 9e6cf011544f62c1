"""``@visitors-bans``: who is banned from the site, and who was; to ban and to lift."""

from collections.abc import Sequence
from slc.clicktracker import _
from slc.clicktracker.reports.bans import ALREADY
from slc.clicktracker.reports.bans import ban_asked
from slc.clicktracker.reports.bans import BanLists
from slc.clicktracker.reports.bans import by_name
from slc.clicktracker.reports.bans import IBan
from slc.clicktracker.reports.bans import why_doubtful
from slc.clicktracker.reports.bans import why_not
from slc.clicktracker.reports.bans import why_off
from slc.clicktracker.rest.below import Below
from slc.clicktracker.rest.change import ChangeService
from slc.clicktracker.rest.lists import ListService
from slc.clicktracker.rest.sent import NotUnderstood
from slc.clicktracker.rest.sent import values_of
from slc.clicktracker.sites.bans import lift
from slc.clicktracker.visitors.bans import Ban
from slc.clicktracker.visitors.bans import CannotBan
from slc.clicktracker.visitors.networks import InvalidNetwork
from typing import Any


class BansService(Below, ChangeService, ListService):
    """What all of them say about a ban."""

    def ban(self, ban: Ban) -> dict[str, Any]:
        ended = ban.ended
        return {
            "@id": f"{self.url}/{ban.network}",
            "network": ban.network,
            "note": self.value(ban.note),
            "by": by_name(ban.by),
            "since": self.value(ban.since),
            "until": self.value(ban.until),
            "lifted_by": None if ended is None else by_name(ban.ended_by),
            "lifted": self.value(ended),
        }


class GetBans(BansService):
    """Answers with a page of the bans that hold, or with ``earlier`` of those that have
    ended; ``find`` is as on the screen. ``problem`` is why bans don't work here."""

    def answer(self) -> dict[str, Any]:
        self.end_here()
        lists = BanLists(self.request.form, self.size)
        is_earlier = bool(self.request.form.get("earlier"))
        bans: Sequence[Ban] = lists.earlier if is_earlier else lists.current
        start = lists.start(bans, "b_start")
        environ = self.request.environ
        problem = why_off(environ) or why_doubtful(environ)
        return {
            **self.page(len(bans), start),
            "problem": problem and self.translated(problem),
            "items": [self.ban(each) for each in bans[start : start + self.size]],
        }


class PostBan(BansService):
    """Takes ``{"network": …, "duration": …, "note": …}``, and answers with the ban."""

    def answer(self) -> dict[str, Any]:
        self.end_here()
        asked = values_of(self.request, IBan)
        environ = self.request.environ
        network, note = asked["network"], asked["note"] or ""
        try:
            made = ban_asked(network, asked["duration"], note, environ)
        except (CannotBan, InvalidNetwork) as error:
            raise NotUnderstood({"network": why_not(error, environ)}) from error
        if made is None:
            raise NotUnderstood({"network": ALREADY})
        said = self.ban(made)
        self.request.response.setStatus(201)
        self.request.response.setHeader("Location", said["@id"])
        return said


class DeleteBan(BansService):
    """Lifts the ban of the network that stands behind it."""

    def answer(self) -> Any:
        network = "/".join(self.path)
        if not (network and lift(network)):
            return self.refused(404, "NotFound", _("This network is not banned."))
        return self.reply_no_content()
