"""What all screens about an item say of it."""

from collections.abc import Iterator
from datetime import datetime
from slc.clicktracker import _
from slc.clicktracker.browser.about_content import AboutContent
from slc.clicktracker.reports.sentences.about import Where
from slc.clicktracker.rest.screens.parts import line
from slc.clicktracker.rest.screens.parts import link
from slc.clicktracker.rest.screens.parts import Part
from slc.clicktracker.words.isolated import isolated
from slc.clicktracker.words.times import local_time
from slc.clicktracker.words.times import timezone_name
from typing import Any
from zope.i18nmessageid import Message


#: The filter of lists of people.
FOUND_BY_NAME = {"name": "reader", "kind": "text", "title": _("Name or user id")}


def address(content: Any, view: str) -> str:
    """Return where a screen of Plone is."""
    return f"{content.absolute_url()}/@@{view}"


def notices(view: AboutContent) -> Iterator[Part]:
    """Yield why it is not what somebody may think."""
    folder, said = view.folder_of_default_page, view.notices
    if folder is not None:
        names = {"folder": isolated(folder.Title()), "link": said.title}
        to = link(address(folder, said.view), said.title)
        yield line(Message(said.of_page, mapping=names), to, "link")
    if view.is_working_copy:
        yield line(said.of_copy)
    if view.sends_away:
        yield line(view.of_link)


def where(said: Where, is_here: bool, folder: Any, view: str) -> Part:
    """Say for what something holds; ``folder`` is None where the caller may not see it."""
    text = said.of(is_here, folder)
    return for_folder(text, folder, view) if text is said.folder else line(text)


def for_folder(text: Message, folder: Any, view: str) -> Part:
    """Say something of a folder, with a link to a view of it."""
    said = Message(text, mapping={"folder": isolated(folder.Title())})
    return line(said, link(address(folder, view), folder.Title()), "folder")


def recorded(name: str, moment: datetime) -> Part:
    names = {"name": isolated(name), "time": local_time(moment)}
    return line(_("Recorded by ${name}, ${time}", mapping=names))


def all_times() -> Message:
    zone = {"zone": timezone_name()}
    return _("All times are in the time zone ${zone}.", mapping=zone)


def declarations_link(content: Any) -> Part:
    title = _("What was declared about this item")
    return link(address(content, "clicktracker-declarations"), title)


def tracking_link(content: Any) -> Part:
    title = _("Back to the tracking of this item")
    return link(address(content, "tracking"), title)


def audience_link(content: Any) -> Part:
    title = _("Who is expected, and who is excused")
    return link(address(content, "clicktracker-audience"), title)
