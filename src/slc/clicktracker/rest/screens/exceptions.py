"""What screens say of exceptions, and ask to record one."""

from collections.abc import Iterator
from slc.clicktracker import _
from slc.clicktracker.audience.exceptions import AudienceException
from slc.clicktracker.browser.audience.excuse_form import IExcuse
from slc.clicktracker.reports.asked import text_from
from slc.clicktracker.reports.asked_exception import held_exception
from slc.clicktracker.reports.asked_exception import key_of
from slc.clicktracker.reports.sentences import audience as sentences
from slc.clicktracker.rest.screens.about import all_times
from slc.clicktracker.rest.screens.about import audience_link
from slc.clicktracker.rest.screens.about import for_folder
from slc.clicktracker.rest.screens.about import recorded
from slc.clicktracker.rest.screens.parts import choice
from slc.clicktracker.rest.screens.parts import field
from slc.clicktracker.rest.screens.parts import form
from slc.clicktracker.rest.screens.parts import line
from slc.clicktracker.rest.screens.parts import Part
from slc.clicktracker.rest.screens.parts import reason_field
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.words.isolated import isolated
from slc.clicktracker.words.names import name_of
from slc.clicktracker.words.times import local_day
from slc.clicktracker.words.times import local_time
from typing import Any


def exceptions_screen(content: Any, request: Any) -> Part:
    """Ask for ``person``, or to change the one whose key is ``exception``."""
    key = text_from(request.form.get("exception"))
    held = held_exception(content, key)
    person = text_from(request.form.get("person"))
    return {
        "notices": [],
        "sentences": [
            line(sentences.WHERE_EXCUSED),
            line(all_times()),
        ],
        "warnings": [],
        "titles": {
            "excused": _("Who is excused"),
            "earlier": _("Earlier exceptions"),
            "nobody": _("Nobody."),
            "change": _("Change"),
        },
        "forms": {
            "excuse": _excuse(content, person),
            "end": form(
                _("End"),
                _("End this exception"),
                [],
                [sentences.ONCE_ENDED],
            ),
            **({"change": _change(content, held)} if held else {}),
        },
        "links": [audience_link(content)],
    }


def said_of(exception: AudienceException, source: Any) -> Iterator[Part]:
    """Yield what is said of one; ``source`` is the folder that has it, None for the item
    itself or where the caller may not see it."""
    yield line(exception.reason)
    if exception.until:
        day = {"day": local_day(exception.until)}
        yield line(_("Until ${day}", mapping=day))
    yield recorded(name_of(exception.by), exception.since)
    if exception.ended and exception.ended_by:
        names = {
            "name": isolated(name_of(exception.ended_by)),
            "time": local_time(exception.ended),
        }
        yield line(_("Ended by ${name}, ${time}", mapping=names))
    if source is not None:
        yield for_folder(sentences.EXCUSED_FOR, source, "clicktracker-audience")


def _excuse(content: Any, person: str) -> Part:
    fields, known = IExcuse, [choice(person, name_of(Reader(person)))]
    who = field(
        "user",
        "people",
        fields["person"].title,
        person,
        most=1,
        description=fields["person"].description,
        choices=known if person else [],
        search=f"{content.absolute_url()}/@audience-search/people",
    )
    about = sentences.ONCE_EXCUSED
    fields = [who, *_reason_and_day("", "")]
    return form(_("Excuse somebody"), _("Excuse"), fields, [about])


def _change(content: Any, held: AudienceException) -> Part:
    about = sentences.ONCE_CHANGED
    until = held.until.isoformat() if held.until else ""
    title, fields = _("Change an exception"), _reason_and_day(held.reason, until)
    of = f"{content.absolute_url()}/@exceptions/{key_of(held)}"
    changed = form(title, _("Save"), fields, [name_of(held.reader), about])
    return {"@id": of, **changed}


def _reason_and_day(reason: str, until: str) -> Iterator[Part]:
    about = IExcuse["reason"]
    yield reason_field(about.title, about.description, value=reason, required=True)
    yield field(
        "until",
        "day",
        _("Last day"),
        until,
        description=sentences.OF_LAST_DAY,
    )
