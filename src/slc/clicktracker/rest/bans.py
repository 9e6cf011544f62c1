"""``@visitors-bans``: who is banned from the site, and who was; to ban and to lift."""

from collections.abc import Sequence
from slc.clicktracker import _
from slc.clicktracker.reports.bans import ALREADY
from slc.clicktracker.reports.bans import ban_asked
from slc.clicktracker.reports.bans import BanLists
from slc.clicktracker.reports.bans import banned_words
from slc.clicktracker.reports.bans import by_name
from slc.clicktracker.reports.bans import IBan
from slc.clicktracker.reports.bans import lifted_words
from slc.clicktracker.reports.bans import why_doubtful
from slc.clicktracker.reports.bans import why_not
from slc.clicktracker.reports.bans import why_off
from slc.clicktracker.rest.below import Below
from slc.clicktracker.rest.change import ChangeService
from slc.clicktracker.rest.lists import ListService
from slc.clicktracker.rest.screens.bans import bans_screen
from slc.clicktracker.rest.screens.bans import said_of_ban
from slc.clicktracker.rest.screens.parts import told
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

    def listed(self, ban: Ban) -> dict[str, Any]:
        """Return a ban of the list, in the words of the screen where it is for that."""
        if not self.is_for_screen:
            return self.ban(ban)
        return {**self.ban(ban), "said": told(list(said_of_ban(ban)), self.words)}


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
            **self.screen(bans_screen),
            "items": [self.listed(each) for each in bans[start : start + self.size]],
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
        known = self.ban(made)
        self.request.response.setStatus(201)
        self.request.response.setHeader("Location", known["@id"])
        return self.said(banned_words(made), known)


class DeleteBan(BansService):
    """Lifts the ban of the network that stands behind it."""

    def answer(self) -> Any:
        network = self.asked_for
        if not (network and lift(network)):
            return self.refused(404, "NotFound", _("This network is not banned."))
        return {"@id": self.url, "message": self.translated(lifted_words(network))}
