"""Where what a reader's browser asks for has the site's own name: Zope is led to what is
there under the usual one."""

from Products.CMFPlone.Portal import PloneSite
from slc.clicktracker.sites.public_name import answers_to
from slc.clicktracker.sites.public_name import DOORS
from slc.clicktracker.sites.public_name import SCRIPTS
from slc.clicktracker.sites.public_name import STATIC
from slc.clicktracker.sites.public_name import USUAL
from zope.traversing.interfaces import IBeforeTraverseEvent


_VIEW = "@@"
_FOLDER = "++plone++"

_USUAL_SCRIPTS = {other: script for script, other in SCRIPTS.items()}


def find_usual(site: PloneSite, event: IBeforeTraverseEvent) -> None:
    """Put the usual name in the place of the public one, at the end of the path that Zope
    has still to go. From then on everything is as with the usual one."""
    # The last part of the path first. Code that enters a site by itself has no path.
    names = getattr(event.request, "other", {}).get("TraversalRequestNameStack")
    if not names:
        return
    last = names[0]
    if last.startswith(_VIEW):
        word, _hyphen, door = last.removeprefix(_VIEW).rpartition("-")
        if door in DOORS and word != USUAL and answers_to(site, word):
            names[0] = f"{_VIEW}{USUAL}-{door}"
    elif last in _USUAL_SCRIPTS and _is_static(names):
        if answers_to(site, names[2].removeprefix(_FOLDER)):
            names[0], names[2] = _USUAL_SCRIPTS[last], STATIC


def _is_static(names: list[str]) -> bool:
    """Do the names lead to a static file, as pages ask for one (``static_url``)?"""
    return (
        len(names) > 2
        and names[1].startswith("++unique++")
        and names[2].startswith(_FOLDER)
    )
