"""What the screen of a deadline says and asks."""

from collections.abc import Iterator
from slc.clicktracker import _
from slc.clicktracker.browser.deadlines.deadline import DeadlineView
from slc.clicktracker.reports.levels import ACKNOWLEDGED
from slc.clicktracker.reports.levels import Level
from slc.clicktracker.rest.screens.about import address
from slc.clicktracker.rest.screens.about import audience_link
from slc.clicktracker.rest.screens.about import declarations_link
from slc.clicktracker.rest.screens.about import notices
from slc.clicktracker.rest.screens.about import recorded
from slc.clicktracker.rest.screens.about import tracking_link
from slc.clicktracker.rest.screens.about import where_set
from slc.clicktracker.rest.screens.parts import choice
from slc.clicktracker.rest.screens.parts import field
from slc.clicktracker.rest.screens.parts import form
from slc.clicktracker.rest.screens.parts import line
from slc.clicktracker.rest.screens.parts import link
from slc.clicktracker.rest.screens.parts import Part
from slc.clicktracker.rest.screens.parts import reason_field
from slc.clicktracker.words.isolated import isolated
from typing import Any


_NAME = "clicktracker-deadline"
_MAY_BE_EMPTY = _("May be left empty.")


def deadline_screen(content: Any, request: Any) -> Part:
    view = DeadlineView(content, request)
    of_page = _(
        "This is the default page of the folder ${folder}. A deadline here only applies "
        "to this page. For everything in the folder, open ${link}.",
        mapping={},
    )
    title = _("the deadline of the folder")
    of_copy = _(
        "This is a working copy, which nobody is meant to read. Set the deadline on the "
        "original; it stays there when this copy is checked in."
    )
    return {
        "notices": list(notices(view, of_page, title, _NAME, of_copy)),
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
        yield line(
            _("There is no deadline for this item, neither here nor in a folder above.")
        )
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
    source = None if view.own else view.visible_source
    yield where_set(bool(view.own), source, _NAME)
    yield recorded(view.declared_by, applied.declaration.since)


_WHAT = _("What readers acknowledge")


def _warnings(view: DeadlineView) -> Iterator[Part]:
    if view.can_have_one and view.applied is not None and view.can_never_be_met:
        yield line(
            _(
                "Nobody can acknowledge anything on this site at present, so readers "
                "stay missing until somebody vouches for them. Choose other evidence, "
                "or have the settings of the site changed."
            )
        )


def _forms(view: DeadlineView) -> Iterator[tuple[str, Part]]:
    if not view.can_have_one:
        return
    zone = {"zone": view.site_zone}
    title = _("Change the deadline") if view.own else _("Set a deadline here")
    about = _(
        "It holds for this item and everything below it that has no deadline of its "
        "own. All days and times in this form are in the time zone of the site, ${zone}.",
        mapping=zone,
    )
    yield "set", form(title, _("Set the deadline"), _fields(view), [about])
    if view.own:
        why = _("The reason is kept with your name and the time.")
        yield (
            "end",
            form(
                _("End the deadline"),
                _("End this deadline"),
                [reason_field(_("Why does it end?"), why)],
                [
                    _(
                        "If a folder above has a deadline, that one applies here "
                        "afterwards. What was declared stays in the history."
                    )
                ],
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
        description=_("Without a time, readers have until the end of this day."),
    )
    yield field("time", "time", _("Time"), asked.time, description=_MAY_BE_EMPTY)
    yield field(
        "meeting",
        "day",
        _("Day of the meeting"),
        asked.meeting,
        description=_("May be left empty. It is shown beside the deadline."),
    )
    yield field(
        "level",
        "one",
        _("Evidence asked for"),
        asked.level,
        description=_(
            "Readers who have acknowledged it, or for whom somebody vouches, are not "
            "missing, whatever is asked for here."
        ),
        choices=[_level(view, each) for each in view.levels],
    )
    yield field(
        "reminds",
        "yes",
        _("Remind by mail"),
        asked.reminds,
        description=view.reminder_days or _("This site sends no reminders at present."),
    )
    why = (
        _(
            "The deadline until now ends for this reason. It is kept with your name and "
            "the time."
        )
        if view.own
        else _("May be left empty. It is kept with your name and the time.")
    )
    yield reason_field(_("Reason"), why)


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
