"""What the screen of minor changes says and asks."""

from collections.abc import Iterator
from slc.clicktracker import _
from slc.clicktracker.browser.report.minor_change_form import MinorChangeView
from slc.clicktracker.reports.minor_change_choice import EarlierVersion
from slc.clicktracker.reports.minor_changes import MinorChangeRow
from slc.clicktracker.reports.sentences import minor_changes as sentences
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
    links = [declarations_link(content)]
    if view.may_see_readers:
        links.append(link(address(content, "who-read-this"), _("Who read this")))
    return {
        "notices": list(_notices(view)),
        "sentences": [line(sentences.ABOUT), line(all_times())],
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
        yield line(sentences.SAME_AS_EACH_OTHER)


def _notices(view: MinorChangeView) -> Iterator[Part]:
    if view.is_working_copy:
        yield line(sentences.OF_COPY)
    elif not view.may_declare:
        yield line(sentences.ONLY_EDITORS)
    elif view.versions.problem:
        return
    elif not view.earlier:
        yield line(sentences.NOTHING_TO_DECLARE)
    elif view.all_count:
        yield line(sentences.ALL_COUNT)


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
            [sentences.ONCE_WITHDRAWN],
        ),
    )


def _declare(view: MinorChangeView) -> Part:
    fields = [
        field(
            "text",
            "one",
            sentences.WHICH_VERSION,
            description=sentences.current_version(
                view.current_title, view.current_first
            ),
            more=sentences.WHICH_COUNT,
            choices=[_version(view, each) for each in view.earlier],
        ),
        reason_field(
            _("Reason"),
            sentences.OF_REASON,
            required=True,
        ),
    ]
    return form(_("Declare a change minor"), _("Declare minor"), fields)


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
