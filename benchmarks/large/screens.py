"""The screens that are asked for, and where they are."""

from benchmarks.large.made_accesses import MadeAccesses
from benchmarks.large.population import MANAGER
from benchmarks.large.population import Population
from benchmarks.large.population import SECRETARY
from benchmarks.large.population import TOP
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode


REPORT, READER = "@@who-read-this", "@@who-read-this-reader"
DASHBOARD, MEMBERS = "@@clicktracker-dashboard", "@@clicktracker-dashboard-members"

#: Growth that is allowed from a tenth to the full size: of what is about one document or
#: one member, and of what is about many.
OF_ONE, OF_MANY = 3, 5


@dataclass(frozen=True)
class Screen:
    """``path`` is in the site, ``query`` without question mark. ``growth`` is ``OF_ONE`` or
    ``OF_MANY``; 0 is for what is only there to compare with. ``is_first`` of those
    that are alike is also asked for in a process that has just been started."""

    name: str
    path: str
    query: str = ""
    viewer: str = SECRETARY
    growth: int = OF_MANY
    is_first: bool = False

    @property
    def is_file(self) -> bool:
        return self.path.endswith((".csv", ".json", ".xlsx"))

    @property
    def is_text(self) -> bool:
        """Is it a file of lines?"""
        return self.is_file and not self.path.endswith(".xlsx")


def screens_of(population: Population) -> Iterator[Screen]:
    """Yield all of them."""
    member = _member(population)
    circulars = f"{TOP}/{population.circulars[0].folder.path}"
    paper = f"{circulars}/{population.circulars[0].id}"
    yield Screen("page of a document, for a member", paper, "", member, 0)
    yield from _readers("top folder", TOP, OF_MANY)
    yield from _readers("largest folder", circulars, OF_MANY)
    yield from _dashboard()
    yield from _members(population, member)
    yield from _document(paper)
    yield from _readers("one document", paper, OF_ONE)
    page = f"{paper}/{REPORT}-print"
    yield Screen("one document, to be printed", page, "", growth=OF_ONE, is_first=True)
    yield from _of_site(population)
    for place, at in (("one document", paper), ("top folder", TOP)):
        query = urlencode({"reader": member})
        name = f"one reader, {place}"
        yield Screen(name, f"{at}/{READER}", query, growth=OF_ONE, is_first=True)
    for ending in ("csv", "json", "xlsx"):
        name = f"largest folder as {ending.upper()}"
        yield Screen(name, f"{circulars}/{REPORT}.{ending}")


def _readers(name: str, path: str, growth: int) -> Iterator[Screen]:
    asked = {
        "by name": {},
        "by last": {"sort_on": "last", "sort_order": "reverse"},
        "by level": {"sort_on": "level", "sort_order": "reverse"},
        "by time read": {"sort_on": "engaged"},
        "by address": {"sort_on": "url"},
        "page 400": {"b_start": 399 * 20},
        "by last, page 400": {"sort_on": "last", "b_start": 399 * 20},
        "search": {"reader": "schäfer"},
        "finished": {"level": "finished"},
        "search, by time read": {"reader": "schäfer", "sort_on": "engaged"},
    }
    for word, query in asked.items():
        yield Screen(
            f"{name}, {word}",
            f"{path}/{REPORT}",
            urlencode(query),
            growth=growth,
            is_first=not query,
        )


def _document(path: str) -> Iterator[Screen]:
    for tab in ("absent", "older", "excused"):
        query = urlencode({"tab": tab})
        name = f"one document, tab {tab}"
        yield Screen(name, f"{path}/{REPORT}", query, growth=OF_ONE)


def _dashboard() -> Iterator[Screen]:
    path = f"{TOP}/{DASHBOARD}"
    for order in ("changed", "title", "behind", "far", "most", "least"):
        query = urlencode({"order": order})
        is_first = order == "changed"
        yield Screen(f"dashboard, {order}", path, query, is_first=is_first)
    query = urlencode({"search": "minutes", "period": "month"})
    yield Screen("dashboard, search, 30 days", path, query)
    for only in ("acknowledged", "attested"):
        yield Screen(f"dashboard, {only}", path, urlencode({"only": only}))


def _members(population: Population, member: str) -> Iterator[Screen]:
    path = f"{TOP}/{MEMBERS}"
    yield Screen("members most behind", path, is_first=True)
    yield Screen("members most behind, search", path, urlencode({"search": "schäfer"}))
    last = len(population.members) // 2
    yield Screen("members most behind, halfway", path, urlencode({"b_start": last}))
    query = urlencode({"member": member})
    yield Screen("one member", path, query, growth=OF_ONE, is_first=True)


def _of_site(population: Population) -> Iterator[Screen]:
    path, viewer = "@@clicktracker-settings", MANAGER
    yield Screen("control panel", path, viewer=viewer, is_first=True)
    path = "@@clicktracker-deleted"
    yield Screen("deleted documents", path, viewer=viewer, is_first=True)
    query = urlencode({"uid": population.papers[-1].uid})
    name = "one deleted document"
    yield Screen(name, f"{path}-document", query, viewer, OF_ONE)


def _member(population: Population) -> str:
    """Return the id of the member who reads most, and so is in nearly every list."""
    activity = MadeAccesses(population, {}).activity()
    return max(zip(activity, population.members, strict=False))[1][0]
