"""What the screen says and asks on which somebody vouches for readers."""

from collections.abc import Iterator
from slc.clicktracker import _
from slc.clicktracker.reports.acknowledged import AcknowledgementRow
from slc.clicktracker.reports.acknowledged import WAYS
from slc.clicktracker.reports.sentences import attesting as sentences
from slc.clicktracker.rest.screens.about import all_times
from slc.clicktracker.rest.screens.about import FOUND_BY_NAME
from slc.clicktracker.rest.screens.about import recorded
from slc.clicktracker.rest.screens.about import tracking_link
from slc.clicktracker.rest.screens.parts import choice
from slc.clicktracker.rest.screens.parts import field
from slc.clicktracker.rest.screens.parts import form
from slc.clicktracker.rest.screens.parts import line
from slc.clicktracker.rest.screens.parts import Part
from slc.clicktracker.rest.screens.parts import reason_field
from typing import Any


def attesting_screen(content: Any, request: Any) -> Part:
    return {
        "notices": [],
        "sentences": [line(sentences.ABOUT), line(all_times())],
        "warnings": [],
        "titles": {
            "lists": _("Lists"),
            "open": _("Vouch for readers"),
            "attested": _("People for whom somebody vouches"),
            "nobody": sentences.NOBODY,
        },
        "filters": [FOUND_BY_NAME],
        "forms": {"open": _attest(), "attested": _withdraw()},
        "links": [tracking_link(content)],
    }


def said_of(row: AcknowledgementRow) -> Iterator[Part]:
    if row.way:
        yield line(row.way)
    if row.said.why:
        yield line(row.said.why)
    yield recorded(row.by or "–", row.said.at)


def _attest() -> Part:
    fields = [
        field("readers", "some", _("Who has read it?"), [], choices=[]),
        field(
            "way",
            "one",
            _("How have they read it?"),
            choices=[choice(name, title) for name, title in WAYS.items()],
        ),
        reason_field(
            _("How do you know?"),
            sentences.OF_REASON,
        ),
    ]
    return form(_("Vouch for readers"), _("Vouch for them"), fields)


def _withdraw() -> Part:
    title = _("People for whom somebody vouches")
    fields = [
        field("keys", "some", title, [], choices=[]),
        reason_field(_("Why does it not stand any more?")),
    ]
    return form(_("Withdraw"), _("Withdraw these"), fields)
