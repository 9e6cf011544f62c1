"""What a database is asked about visitors."""

from collections.abc import Sequence
from datetime import datetime
from slc.clicktracker.storage.absence import expected_rows
from slc.clicktracker.storage.folding import folded
from slc.clicktracker.storage.keys import url_key
from slc.clicktracker.storage.model import CURRENT
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.place import Place
from slc.clicktracker.storage.relational.site_transaction import ALL
from slc.clicktracker.storage.relational.site_transaction import SiteTransaction
from slc.clicktracker.storage.relational.visits.rows import page_view
from slc.clicktracker.storage.relational.visits.rows import view_row
from slc.clicktracker.storage.visits.model import Agent
from slc.clicktracker.storage.visits.model import Page
from slc.clicktracker.storage.visits.model import PageView
from slc.clicktracker.storage.visits.model import PageViewPage
from slc.clicktracker.storage.visits.model import Presence
from slc.clicktracker.storage.visits.model import Present
from slc.clicktracker.storage.visits.model import Visit
from slc.clicktracker.storage.visits.model import VisitPage
from slc.clicktracker.storage.visits.model import VisitQuery
from sqlalchemy import Row
from typing import Any


#: Page views of a page from which on it is seen often, and so many of the latest visits to
#: one are found one after the other.
_OFTEN = 5000
_LATEST = 1000


class VisitQuestions(SiteTransaction):
    """Asks within one transaction of one site."""

    def visits(self, query: VisitQuery) -> VisitPage:
        """Return one page of visits; see ``IVisits``."""
        rows = self._listed("visits", query)
        found = tuple(self._visit(row) for row in rows if row.key is not None)
        return VisitPage(found, rows[0].total)

    def page_views(self, query: VisitQuery) -> PageViewPage:
        """Return one page of page views; see ``IVisits``."""
        rows = self._listed("views", query)
        found = tuple(self._view(row) for row in rows if row.key is not None)
        return PageViewPage(found, rows[0].total)

    def presence(self, since: datetime, uid: str = "", url: str = "") -> Presence:
        """Return who is there; see ``IVisits``."""
        query = VisitQuery(since=since, uid=uid, url=url)
        pages, parameters = _pages(query)
        row = self.connection.execute(
            self.queries.get("presence", asked_pages=pages or "{no_pages}"),
            {
                **parameters,
                "site": self.site,
                "since": self.dialect.moment(query.since),
            },
        ).one()
        return Presence(
            Present(row.members, row.guests, row.others),
            Present(row.members_here, row.guests_here, row.others_here),
        )

    def _listed(self, kind: str, query: VisitQuery) -> Sequence[Row]:
        """Return the rows of a list of "visits" or "views"."""
        pages, of_pages = _pages(query)
        may_be = kind == "visits" and pages and query.since is None
        often = bool(may_be) and self._is_seen_often(query)
        blocks, parameters = _filters(query, kind, often)
        for end in ("since", "until"):
            moment = getattr(query, end)
            if moment is not None:
                parameters[end] = self.dialect.moment(moment)
        page = {
            "start": max(query.start, 0),
            "size": ALL if query.size is None else max(query.size, 0),
        }
        where = listed = " ".join(blocks)
        if sum(page.values()) <= _LATEST:
            listed = where.replace("with_page_often", "with_page_latest")
        statement = self.queries.get(
            f"list_{kind}", where=where, listed=listed, asked_pages=pages
        )
        return self.connection.execute(
            statement, {"site": self.site, **page, **parameters, **of_pages}
        ).all()

    def _is_seen_often(self, query: VisitQuery) -> bool:
        """Has the page that is asked for been seen by so many that their visits are found
        sooner by looking through all visits than one by one?"""
        pages, of_pages = _pages(query)
        statement = self.queries.get("some_views_of_page", asked_pages=pages)
        sent = {"site": self.site, "most": _OFTEN, **of_pages}
        return self.connection.execute(statement, sent).scalar_one() == _OFTEN

    def _visit(self, row: Row) -> Visit:
        moment = self.dialect.datetime
        return Visit(
            key=row.key,
            session=row.session,
            reader=Reader(row.member or "", row.folder or "", row.name or ""),
            entry=Page(row.entry_url, row.entry_uid, row.entry_title),
            exit=Page(row.exit_url, row.exit_uid, row.exit_title),
            pages=row.pages,
            start=moment(row.start),
            last=moment(row.last),
            address=row.address,
            agent=Agent(row.browser, row.system, row.device),
            referrer=row.referrer,
            source=row.source,
            is_over=bool(row.is_over),
            former=row.retired is not None,
            generation=row.generation or 0,
        )

    def _view(self, row: Row) -> PageView:
        return page_view(row, view_row(row, self.dialect), row.title, row.name or "")


def _filters(
    query: VisitQuery, kind: str, often: bool
) -> tuple[list[str], dict[str, Any]]:
    """Return the blocks of SQL that leave what is asked for, and their parameters. A page
    may have been seen ``often``."""
    blocks, parameters = _whose(query)
    is_alone = kind == "views" and query.alone
    if is_alone:
        blocks.append("{lone_views}")
    if query.since:
        blocks.append(f"{{{'lone_' * is_alone}{kind}_since}}")
    if query.until:
        blocks.append(f"{{{kind}_until}}")
    if query.session:
        blocks.append("{of_session}")
        parameters["session"] = query.session
    if query.visit:
        blocks.append(f"{{{kind}_of_visit}}")
        parameters["visit"] = query.visit
    place = Place.of(query.place)
    if place.path:
        blocks.append(f"{{{kind}_in_place}}")
        bounds = place.parameters
        parameters |= {name: bounds[name] for name in ("place", "low", "high")}
    is_lately = kind == "visits" and query.since is not None
    if query.uid or query.url:
        how = "_lately" if is_lately else "_often" if often else ""
        blocks.append(f"{{{kind}_with_page{how}}}")
    # What tells already which few rows of the site it is about.
    few = (
        query.session,
        query.visit,
        not (is_lately or often) and (query.uid or query.url),
        query.readers and all(reader.user for reader in query.readers),
    )
    return ["{part_of_site}" if any(few) else "{whole_site}", *blocks], parameters


def _whose(query: VisitQuery) -> tuple[list[str], dict[str, Any]]:
    blocks: list[str] = []
    parameters: dict[str, Any] = {}
    if query.who in ("members", "guests"):
        blocks.append(f"{{of_{query.who}}}")
    if query.readers:
        either = ["{some_members}"]
        if not all(reader.user for reader in query.readers):
            either.append("v.reader IS NULL")
        blocks.append(f"AND ({' OR '.join(either)})")
        parameters["expected"] = expected_rows(query.readers)
    if query.generation == CURRENT:
        blocks.append("{of_account_now}")
    elif query.generation:
        blocks.append("{of_generation}")
        parameters["generation"] = query.generation
    search = folded(query.search)
    if search:
        blocks.append("{found_members}")
        parameters["search"] = search
    return blocks, parameters


def _pages(query: VisitQuery) -> tuple[str, dict[str, str]]:
    """Return the block of SQL for the pages that are asked for, and its parameters."""
    if query.uid and query.url:
        return "{pages_with_either}", {"uid": query.uid, "url_key": url_key(query.url)}
    if query.uid:
        return "{pages_with_uid}", {"uid": query.uid}
    if query.url:
        return "{pages_with_url}", {"url_key": url_key(query.url)}
    return "", {}
