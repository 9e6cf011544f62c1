"""What a request asks of visitors: whose page views, and of which page."""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import replace
from plone import api
from slc.clicktracker.audience.members import Members
from slc.clicktracker.doors.page_ticket import site_relative
from slc.clicktracker.reports.asked import LAST_START
from slc.clicktracker.reports.asked import number_from
from slc.clicktracker.reports.asked import text_from
from slc.clicktracker.sites.uids import document_uid
from slc.clicktracker.sites.uids import indexed_uid
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.text import LIMITS
from slc.clicktracker.storage.text import storable
from slc.clicktracker.storage.visits.model import VisitQuery
from typing import Any
from urllib.parse import urlsplit


#: A generation is the number of an account that has had the same id.
_MOST_GENERATIONS = 10**6

WHO = ("members", "guests")


@dataclass(frozen=True)
class VisitorsAsked:
    """What is asked for; strange values are none.

    ``query`` is for the storage, None where nobody can be meant, as by a group without
    members. ``filters`` are the parameters of a request that narrow a list, as they were
    given. ``person`` is the member whose visits are asked for, None without one.
    ``group_is_whole`` says that all members of the group are known.
    """

    query: VisitQuery | None
    filters: dict[str, str]
    person: Reader | None = None
    group_is_whole: bool = True

    @property
    def guest(self) -> str:
        """The session of the guest whose visits are asked for, "" without one."""
        return self.query.session if self.query is not None else ""

    @property
    def path(self) -> dict[str, str]:
        """The parameters for the same visitor, none where all are asked for."""
        found = {"guest": self.guest}
        if self.person is not None:
            generation = str(self.query.generation or "")
            found = {
                "person": self.person.user,
                "folder": self.person.folder,
                "generation": generation,
            }
        return {name: value for name, value in found.items() if value}

    @property
    def given(self) -> dict[str, str]:
        """The filters that say anything."""
        return {name: value for name, value in self.filters.items() if value}


def visitors_asked(
    form: Mapping[str, Any], request: Any, names: bool, size: int, place: str = ""
) -> VisitorsAsked:
    """Return what the form of a request asks for, lists of ``size`` rows, of what was seen
    at and below a ``place`` in the site.

    Who may not see ``names`` can't ask for members either: from what is found for a name
    or a group, everybody could be told.
    """
    who = text_from(form.get("who"))
    page = storable(text_from(form.get("page")), LIMITS["url"]).strip()
    query = VisitQuery(
        who=who if who in WHO else "",
        session=text_from(form.get("guest")),
        start=number_from(form.get("b_start"), 0, 0, LAST_START),
        size=size,
        place=place,
    )
    if page:
        url = _address(page, request)
        query = replace(query, url=url, uid=_uid_at(url))
    asked = VisitorsAsked(query, {"who": query.who, "page": page})
    return _of_members(asked, form) if names else _of_guests(asked)


def _of_guests(asked: VisitorsAsked) -> VisitorsAsked:
    """Leave nothing but guests where one is followed: whoever logs in goes on with the
    session, and some sessions of members can be guessed."""
    if not asked.guest:
        return asked
    return replace(asked, query=replace(asked.query, who="guests"))


def _of_members(asked: VisitorsAsked, form: Mapping[str, Any]) -> VisitorsAsked:
    """Leave the member, or those with a name and in a group, that are asked for."""
    user = text_from(form.get("person"))
    if user:
        query = replace(
            asked.query,
            session="",
            readers=(Reader(user, text_from(form.get("folder"))),),
            generation=number_from(form.get("generation"), 0, 0, _MOST_GENERATIONS),
        )
        return replace(asked, query=query, person=query.readers[0])
    search = storable(text_from(form.get("member")), LIMITS["search"]).strip()
    group = text_from(form.get("group"))
    asked = VisitorsAsked(
        query=replace(asked.query, search=search),
        filters={**asked.filters, "member": search, "group": group},
    )
    return _of_group(asked, group) if group else asked


def _of_group(asked: VisitorsAsked, group: str) -> VisitorsAsked:
    found = Members().having(frozenset(), frozenset(), groups=frozenset([group]))
    readers = tuple(map(Reader, sorted(found.names)))
    query = replace(asked.query, readers=readers) if readers else None
    return replace(asked, query=query, group_is_whole=not found.unlisted)


def _address(page: str, request: Any) -> str:
    """Return the site-relative address of a page that is given by its whole address or
    within the site."""
    try:
        parts = urlsplit(page)
        if parts.netloc:
            whole = f"{parts.scheme}://{parts.netloc}{parts.path}"
            return site_relative(whole, request)
    except ValueError:
        return page
    return "/" + "/".join(filter(None, parts.path.split("/")))


def _uid_at(url: str) -> str:
    """Return the UID of the content at an address that the viewer may see, or ""."""
    site = api.portal.get()
    if url == "/":
        return document_uid(site)
    place = "/".join(site.getPhysicalPath())
    catalog = api.portal.get_tool("portal_catalog")
    path = {"query": f"{place}{url}", "depth": 0}
    found = catalog(path=path, show_inactive=True)
    return indexed_uid(found[0], place) if found else ""
