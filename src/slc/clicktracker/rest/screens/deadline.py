"""What the screen of a deadline says and asks."""

from collections.abc import Iterator
from slc.clicktracker import _
from slc.clicktracker.browser.deadlines.deadline import DeadlineView
from slc.clicktracker.reports.levels import ACKNOWLEDGED
from slc.clicktracker.reports.levels import Level
from slc.clicktracker.reports.sentences import deadline as sentences
from slc.clicktracker.reports.sentences.about import SET
from slc.clicktracker.rest.screens.about import address
from slc.clicktracker.rest.screens.about import audience_link
from slc.clicktracker.rest.screens.about import declarations_link
from slc.clicktracker.rest.screens.about import notices
from slc.clicktracker.rest.screens.about import recorded
from slc.clicktracker.rest.screens.about import tracking_link
from slc.clicktracker.rest.screens.about import where
from slc.clicktracker.rest.screens.parts import choice
from slc.clicktracker.rest.screens.parts import field
from slc.clicktracker.rest.screens.parts import form
from slc.clicktracker.rest.screens.parts import line
from slc.clicktracker.rest.screens.parts import link
from slc.clicktracker.rest.screens.parts import Part
from slc.clicktracker.rest.screens.parts import reason_field
from slc.clicktracker.words.isolated import isolated
from typing import Any


_MAY_BE_EMPTY = _("May be left empty.")


def deadline_screen(content: Any, request: Any) -> Part:
    view = DeadlineView(content, request)
    return {
        "notices": list(notices(view)),
        "sentences": list(_sentences(view)) if view.can_have_one else [],
        "warnings": list(_warnings(view)),
        "forms": dict(_forms(view)),
        "links": [
            declarations_link(content),
            audience_link(content),
            tracking_link(content),
        ],
    }


def _sentences(view: DeadlineView) -> Iterator[Part]:
    applied = view.applied
    if applied is None:
        yield line(sentences.NO_DEADLINE)
        return
    deadline = {"deadline": isolated(view.text)}
    yield line(_("To be read by: ${deadline}", mapping=deadline))
    if applied.deadline.has_passed():
        yield line(_("Over"))
    to = link(address(view.context, "clicktracker-acknowledgement"), _WHAT)
    level = {"level": view.level.title}
    text = _("Evidence asked for: ${level}.", mapping=level)
    yield line(text, to if applied.deadline.asks_to_acknowledge else None)
    if applied.deadline.meeting:
        meeting = {"meeting": view.localized_day(applied.deadline.meeting)}
        yield line(_("Meeting: ${meeting}.", mapping=meeting))
    if applied.declaration.reason:
        yield line(applied.declaration.reason)
    yield where(SET, bool(view.own), view.visible_source, view.notices.view)
    yield recorded(view.declared_by, applied.declaration.since)


_WHAT = _("What readers acknowledge")


def _warnings(view: DeadlineView) -> Iterator[Part]:
    if view.can_have_one and view.applied is not None and view.can_never_be_met:
        yield line(sentences.CAN_NEVER_BE_MET)


def _forms(view: DeadlineView) -> Iterator[tuple[str, Part]]:
    if not view.can_have_one:
        return
    title = sentences.title_of_form(bool(view.own))
    about = sentences.holds_for(view.site_zone)
    yield "set", form(title, _("Set the deadline"), _fields(view), [about])
    if view.own:
        yield (
            "end",
            form(
                _("End the deadline"),
                _("End this deadline"),
                [reason_field(_("Why does it end?"), sentences.OF_END)],
                [sentences.ONCE_ENDED],
            ),
        )


def _fields(view: DeadlineView) -> Iterator[Part]:
    asked = view.asked
    yield field(
        "day",
        "day",
        _("To be read by"),
        asked.day,
        required=True,
        description=sentences.WITHOUT_TIME,
    )
    yield field("time", "time", _("Time"), asked.time, description=_MAY_BE_EMPTY)
    yield field(
        "meeting",
        "day",
        _("Day of the meeting"),
        asked.meeting,
        description=sentences.OF_MEETING,
    )
    yield field(
        "level",
        "one",
        _("Evidence asked for"),
        asked.level,
        description=sentences.OF_EVIDENCE,
        choices=[_level(view, each) for each in view.levels],
    )
    yield field(
        "reminds",
        "yes",
        _("Remind by mail"),
        asked.reminds,
        description=view.reminder_days or sentences.NO_REMINDERS,
    )
    yield reason_field(_("Reason"), sentences.of_reason(bool(view.own)))


def _level(view: DeadlineView, level: Level) -> Part:
    asks = level is ACKNOWLEDGED
    to = link(
        address(view.context, "clicktracker-acknowledgement"), _("Another sentence")
    )
    sentence = {"sentence": isolated(view.sentence)}
    about = _(
        "Members of the audience are then asked below the text: “${sentence}”",
        mapping=sentence,
    )
    return choice(
        level.name,
        level.title,
        description=level.proves,
        more=about if asks else None,
        link=to if asks else None,
    )
