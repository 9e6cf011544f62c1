"""What the screen of minor changes says and asks."""

from collections.abc import Iterator
from slc.clicktracker import _
from slc.clicktracker.browser.report.minor_change_form import MinorChangeView
from slc.clicktracker.reports.minor_change_choice import EarlierVersion
from slc.clicktracker.reports.minor_changes import MinorChangeRow
from slc.clicktracker.rest.screens.about import address
from slc.clicktracker.rest.screens.about import all_times
from slc.clicktracker.rest.screens.about import declarations_link
from slc.clicktracker.rest.screens.parts import choice
from slc.clicktracker.rest.screens.parts import field
from slc.clicktracker.rest.screens.parts import form
from slc.clicktracker.rest.screens.parts import line
from slc.clicktracker.rest.screens.parts import link
from slc.clicktracker.rest.screens.parts import Part
from slc.clicktracker.rest.screens.parts import reason_field
from slc.clicktracker.words.isolated import isolated
from slc.clicktracker.words.times import local_time
from typing import Any
from zope.i18nmessageid import Message


def minor_changes_screen(content: Any, request: Any) -> Part:
    view = MinorChangeView(content, request)
    about = _(
        "After a change, all readers of an earlier version move to “Older version”. If a "
        "change makes no difference to readers, such as a corrected typo, declare it "
        "minor here. Readers of the earlier version then count as readers of the current "
        "one."
    )
    links = [declarations_link(content)]
    if view.may_see_readers:
        links.append(link(address(content, "who-read-this"), _("Who read this")))
    return {
        "notices": list(_notices(view)),
        "sentences": [line(about), line(all_times())],
        "warnings": [line(view.versions.problem)] if view.versions.problem else [],
        "titles": {
            "declared": _("Declarations"),
            "withdrawn": _("Withdrawn declarations"),
            "nothing": _("Nothing."),
        },
        "forms": dict(_forms(view)),
        "links": links,
    }


def said_of(row: MinorChangeRow) -> Iterator[Part]:
    change = row.change
    yield line(change.reason)
    names = {"name": isolated(row.by), "time": local_time(change.since)}
    yield line(_("Declared by ${name}, ${time}", mapping=names))
    if change.ended:
        names = {"name": isolated(row.ended_by), "time": local_time(change.ended)}
        yield line(_("Withdrawn by ${name}, ${time}", mapping=names))
    elif not row.counts:
        yield line(
            _(
                "These versions are the same as each other, but different from the "
                "current one."
            )
        )


def _notices(view: MinorChangeView) -> Iterator[Part]:
    if view.is_working_copy:
        yield line(
            _(
                "This is a working copy, and working copies are never tracked. Declare "
                "on the original, once this copy is checked in."
            )
        )
    elif not view.may_declare:
        yield line(_("Only people who may edit this item can declare a change minor."))
    elif view.versions.problem:
        return
    elif not view.earlier:
        yield line(
            _(
                "There is nothing to declare: nobody is known to have received an "
                "earlier version."
            )
        )
    elif view.all_count:
        yield line(_("All of these versions already count as current."))


def _forms(view: MinorChangeView) -> Iterator[tuple[str, Part]]:
    may_declare = view.may_declare and not view.is_working_copy
    if may_declare and view.earlier and not view.all_count:
        yield "declare", _declare(view)
    yield (
        "withdraw",
        form(
            _("Withdraw"),
            _("Withdraw this declaration"),
            [],
            [
                _(
                    "People who have only read these versions are then listed under "
                    "“Older version” again, and have to read the current one."
                )
            ],
        ),
    )


def _declare(view: MinorChangeView) -> Part:
    every = _("All versions from the chosen one to the current one will count.")
    fields = [
        field(
            "text",
            "one",
            _("What is the earliest version that is the same in substance?"),
            description=_current(view),
            more=every,
            choices=[_version(view, each) for each in view.earlier],
        ),
        reason_field(
            _("Reason"),
            _(
                "For example “a corrected typo”. The reason is kept with your name and "
                "the time, even after a withdrawal, and is shown to people who may edit "
                "this or see its readers."
            ),
            required=True,
        ),
    ]
    return form(_("Declare a change minor"), _("Declare minor"), fields)


def _current(view: MinorChangeView) -> Message:
    names = {"version": view.current_title, "time": view.current_first}
    if view.current_first:
        return _(
            "The current one: ${version}, first delivered on ${time}.", mapping=names
        )
    return _("The current one: ${version}.", mapping=names)


def _version(view: MinorChangeView, version: EarlierVersion) -> Part:
    to = version.changes and link(version.changes, _("What has changed since"))
    about = _("Already counts.") if version.counts else None
    if not version.counts and view.may_see_readers:
        about = _delivered(version)
    readers = _("Readers: ${number}.", mapping={"number": version.known.readers})
    return choice(
        version.known.text,
        version.title,
        description=about,
        more=readers if view.may_see_readers else None,
        link=to,
        disabled=version.counts,
    )


def _delivered(version: EarlierVersion) -> Message:
    known = version.known
    times = {"first": local_time(known.first), "last": local_time(known.last)}
    if known.label:
        return _("First delivered on ${first}, last on ${last}.", mapping=times)
    return _("Last delivered on ${last}.", mapping=times)
