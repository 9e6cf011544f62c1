"""What all screens about an item say of it."""

from collections.abc import Iterator
from datetime import datetime
from slc.clicktracker import _
from slc.clicktracker.browser.about_content import AboutContent
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


def notices(
    about: AboutContent, of_page: Message, title: Message, view: str, of_copy: Message
) -> Iterator[Part]:
    """Yield why it is not what somebody may think: ``of_page`` for the default page of a
    folder, of which ``view`` is the screen, called ``title``; ``of_copy`` for working
    copies."""
    folder = about.folder_of_default_page
    if folder is not None:
        names = {"folder": isolated(folder.Title()), "link": title}
        to = link(address(folder, view), title)
        yield line(Message(of_page, mapping=names), to)
    if about.is_working_copy:
        yield line(of_copy)
    if about.sends_away:
        yield line(
            _(
                "A link is never tracked: it sends readers to another address, so "
                "nobody could be known to have read it."
            )
        )


def where_set(is_here: bool, source: Any, view: str) -> Part:
    """Say for what it holds; ``source`` is None where the caller may not see it."""
    if is_here:
        return line(_("Set for this item and everything below it."))
    if source is None:
        return line(_("Set for a folder above that you may not see."))
    folder = {"folder": isolated(source.Title())}
    text = _("Set for ${folder} and everything below it.", mapping=folder)
    return line(text, link(address(source, view), source.Title()))


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
