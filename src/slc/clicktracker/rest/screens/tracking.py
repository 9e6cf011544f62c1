"""What the screen "Tracking" says, and where it leads."""

from collections.abc import Iterator
from slc.clicktracker import _
from slc.clicktracker.browser.acknowledgements.choice import ChoiceView
from slc.clicktracker.browser.deadlines.deadline import DeadlineView
from slc.clicktracker.browser.report.tracking import TrackingView
from slc.clicktracker.mails.places import may_have_summary
from slc.clicktracker.reports.sentences.tracking import state_of
from slc.clicktracker.rest.screens.about import address
from slc.clicktracker.rest.screens.about import notices
from slc.clicktracker.rest.screens.about import where
from slc.clicktracker.rest.screens.parts import choice
from slc.clicktracker.rest.screens.parts import field
from slc.clicktracker.rest.screens.parts import form
from slc.clicktracker.rest.screens.parts import link
from slc.clicktracker.rest.screens.parts import Part
from typing import Any
from zope.i18nmessageid import Message


_NAME = "tracking"


def tracking_screen(content: Any, request: Any) -> Part:
    view = TrackingView(content, request)
    view.__name__ = _NAME
    return {
        "notices": list(notices(view)),
        "sentences": [
            where(
                state_of(view.tracking),
                view.source_is_here,
                view.visible_source,
                _NAME,
            )
        ],
        "warnings": [],
        "forms": {"choose": _form(view)} if view.offers_choice else {},
        "links": list(_links(view)),
    }


def _form(view: TrackingView) -> Part:
    choices = [
        choice(each.value, title, description=about)
        for each, title, about in view.choices
    ]
    title = _("Tracking of this item")
    chosen = field("choice", "one", title, view.choice.value, choices=choices)
    return form(title, _("Save"), [chosen])


def _links(view: TrackingView) -> Iterator[Part]:
    content, tracked = view.context, view.tracking.tracked
    if view.may_see_readers and (view.shows_readers or view.asks_reason_for_readers):
        yield link(address(content, "who-read-this"), _("Who read this"))
    if tracked:
        title = _("Who is expected, and who is excused")
        to = address(content, "clicktracker-audience")
        yield link(to, title, said=[view.expected])
    yield from _of_deadline(DeadlineView(content, view.request))
    yield from _of_asking(ChoiceView(content, view.request))
    if tracked and view.offers_minor_changes:
        title = _("Declare a change minor")
        yield link(address(content, "clicktracker-minor-change"), title)
    if view.knows_the_past:
        title = _("Who had read this at a moment, and sealed reports")
        yield link(address(content, "clicktracker-as-of"), title)
    if view.has_dashboard:
        to = address(content, "clicktracker-dashboard")
        yield link(to, _("Reading dashboard"))
    if view.has_live_feed:
        yield link(address(content, "clicktracker-live"), _("Live feed"))
    if view.may_see_readers and may_have_summary(content):
        yield link(address(content, "clicktracker-mails"), _("Reports by mail"))
    if view.offers_choice:
        to = address(content, "clicktracker-declarations")
        yield link(to, _("What was declared"))


def _of_deadline(view: DeadlineView) -> Iterator[Part]:
    if not view.can_have_one:
        return
    said: list[str | Message] = [_("no deadline")]
    if view.applied is not None:
        level = {"level": view.level.title}
        over = [_("Over")] if view.applied.deadline.has_passed() else []
        asked = _("Evidence asked for: ${level}.", mapping=level)
        said = [view.text, *over, asked]
    title = _("By when this is to be read")
    yield link(address(view.context, "clicktracker-deadline"), title, said=said)


def _of_asking(view: ChoiceView) -> Iterator[Part]:
    if view.is_never_read:
        return
    said = _("readers are asked") if view.is_asked else _("readers are not asked")
    to = address(view.context, "clicktracker-acknowledgement")
    yield link(to, _("Acknowledgement"), said=[said])
    if view.may_attest:
        to = address(view.context, "clicktracker-attest")
        yield link(to, _("Vouch for readers"))
