"""What the screen about bans says, and asks to ban a network."""

from collections.abc import Iterator
from slc.clicktracker import _
from slc.clicktracker.doors.client_address import caller_of
from slc.clicktracker.reports.asked import text_from
from slc.clicktracker.reports.bans import by_name
from slc.clicktracker.reports.bans import IBan
from slc.clicktracker.reports.bans import why_off
from slc.clicktracker.reports.sentences import bans as sentences
from slc.clicktracker.rest.screens.about import all_times
from slc.clicktracker.rest.screens.parts import choice
from slc.clicktracker.rest.screens.parts import field
from slc.clicktracker.rest.screens.parts import form
from slc.clicktracker.rest.screens.parts import line
from slc.clicktracker.rest.screens.parts import Part
from slc.clicktracker.storage.model import utc_now
from slc.clicktracker.visitors.bans import Ban
from slc.clicktracker.words.isolated import isolated
from slc.clicktracker.words.times import local_time
from typing import Any


def bans_screen(context: Any, request: Any) -> Part:
    """Ask for the ``network`` that the request names."""
    return {
        "title": _("Bans"),
        "lead": [line(sentences.ABOUT)],
        "form": None if why_off(request.environ) else _ban(request),
        "lift": _("Lift"),
        "filters": [
            {"name": "find", "kind": "text", "title": _("Address, network or note")}
        ],
        "titles": {"current": _("Banned now"), "earlier": _("Earlier bans")},
        "empty": {
            "current": sentences.NOBODY,
            "earlier": _("No ban has ended yet."),
            "found": _("No ban matches this."),
        },
        "about": [line(all_times())],
    }


def _ban(request: Any) -> Part:
    about = [sentences.ONCE_BANNED]
    if own := caller_of(request.environ).address:
        about.append(_("Your own address is ${address}.", mapping={"address": own}))
    network, lasts, note = IBan["network"], IBan["duration"], IBan["note"]
    return form(
        _("Ban an address"),
        _("Ban"),
        [
            field(
                "network",
                "line",
                network.title,
                text_from(request.form.get("network")),
                description=network.description,
                longest=network.max_length,
                required=True,
            ),
            field(
                "duration",
                "one",
                lasts.title,
                lasts.default,
                choices=[choice(each.token, each.title) for each in lasts.vocabulary],
            ),
            field(
                "note",
                "line",
                note.title,
                description=note.description,
                longest=note.max_length,
            ),
        ],
        about,
    )


def said_of_ban(ban: Ban) -> Iterator[Part]:
    """Yield what is said of a ban besides its network."""
    if ban.note:
        yield line(ban.note)
    if ban.ended is None and not ban.until:
        yield line(_("Until somebody lifts it"))
    elif ban.ended is None:
        time = {"time": local_time(ban.until)}
        is_over = ban.until <= utc_now()
        text = _("Expired ${time}", mapping=time)
        yield line(text if is_over else _("Until ${time}", mapping=time))
    by = {"name": isolated(by_name(ban.by)), "time": local_time(ban.since)}
    yield line(_("Banned by ${name}, ${time}", mapping=by))
    if ban.ended is not None:
        by = {"name": isolated(by_name(ban.ended_by)), "time": local_time(ban.ended)}
        yield line(_("Lifted by ${name}, ${time}", mapping=by))
