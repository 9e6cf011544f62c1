"""``@reading-dashboard``: how far the audiences of what is tracked here are."""

from slc.clicktracker import _
from slc.clicktracker.charts.periods import PERIODS
from slc.clicktracker.reports.dashboard.document_list import DocumentList
from slc.clicktracker.reports.dashboard.document_rows import Row
from slc.clicktracker.reports.dashboard.filters import FILTERS
from slc.clicktracker.reports.dashboard.orders import ORDERS
from slc.clicktracker.reports.dashboard.row_links import folder_of
from slc.clicktracker.reports.dashboard.row_links import kind_of
from slc.clicktracker.reports.dashboard.row_links import missing_url
from slc.clicktracker.reports.dashboard.row_links import part_url
from slc.clicktracker.reports.dashboard.row_links import title_url
from slc.clicktracker.reports.dashboard.sentences import EXPLANATION
from slc.clicktracker.reports.dashboard.sentences import figures_of
from slc.clicktracker.reports.dashboard.sentences import notes_of
from slc.clicktracker.reports.dashboard.sentences import nothing_found
from slc.clicktracker.reports.dashboard.sentences import recent
from slc.clicktracker.reports.dashboard.sentences import share
from slc.clicktracker.reports.dashboard.sentences import TIMES_ARE
from slc.clicktracker.reports.dashboard.sentences import unknown
from slc.clicktracker.rest.chart_json import chart_json
from slc.clicktracker.rest.dashboard_service import DashboardService
from slc.clicktracker.storage.activity import Activity
from slc.clicktracker.tracking.tracked import TrackedDocument
from slc.clicktracker.versions.file_digest import reading_little
from slc.clicktracker.words.deadlines import deadline_text
from typing import Any


class GetDashboard(DashboardService):
    """Answers with a page of the documents: ``items``; ``figures`` of all of them, ``most``
    and ``least`` opened, ``days`` of the period.

    Parameters are those of the screen: ``order``, ``search``, ``only``, ``period`` or
    ``since`` and ``until``, ``b_start``, ``b_size``.
    """

    lists = DocumentList
    choices = {
        "order": tuple(each.name for each in ORDERS),
        "only": tuple(each.name for each in FILTERS),
        "period": tuple(each.name for each in PERIODS),
    }

    def answer(self) -> dict[str, Any]:
        listed = DocumentList(self.context, self.request.form, self.size)
        since, until = listed.days_typed
        days = {"since": since.problem, "until": until.problem}
        if wrong := {name: problem for name, problem in days.items() if problem}:
            return self.not_understood(wrong)
        with reading_little():
            if listed.found is None and listed.problem is not None:
                return self.refused(503, "ServiceUnavailable", listed.problem)
            return self._said(listed)

    def _said(self, listed: DocumentList) -> dict[str, Any]:
        period, found = listed.period, listed.found
        knows_times = found is not None and found.activity is not None
        return {
            **self.page(listed.total, listed.start),
            **self.head(),
            "documents_total": len(listed.documents),
            "recent": self._recent(listed),
            "sentences": [] if found is None else self._sentences(listed),
            "notes": self._notes(listed),
            "says": self._says(listed),
            "columns": self._columns(listed),
            "filters": [] if not listed.offers_search else self._filters(listed),
            "order": listed.order.name,
            "orders": [
                {"name": each.name, "title": self.translated(each.title)}
                for each in listed.orders
            ],
            "period": {
                "since": period.since.isoformat(),
                "until": period.until.isoformat(),
                "name": period.name,
                "title": self.translated(period.title),
            },
            "periods": [
                {"name": each.name, "title": self.translated(each.title)}
                for each in (PERIODS if knows_times else ())
            ],
            "figures": None if found is None else self._figures(listed),
            "days": _days(found.activity) if knows_times else None,
            "chart": chart_json(listed.chart, self.words) if knows_times else None,
            "most": self._few(listed.most) if knows_times else None,
            "least": self._few(listed.least) if knows_times else None,
            "items": [self._item(listed, row) for row in listed.page],
        }

    def _sentences(self, listed: DocumentList) -> list[list[str]]:
        return [self.sentences(each) for each in figures_of(listed)]

    def _notes(self, listed: DocumentList) -> list[str]:
        is_silent = listed.is_silent
        return self.sentences(
            [listed.incapable] if is_silent else unknown(listed.unknown)
        )

    def _says(self, listed: DocumentList) -> list[str]:
        """Return what the list means; of one without items, why it has none."""
        if not listed.total:
            return self.sentences(nothing_found(listed))
        if listed.found is None:
            return []
        times = (TIMES_ARE,) if listed.found.activity is not None else ()
        return self.sentences((*times, EXPLANATION))

    def _recent(self, listed: DocumentList) -> dict[str, Any] | None:
        """Return what has changed since Monday, None where nothing is tracked."""
        if not listed.documents:
            return None
        found = listed.recent
        return {
            "says": self.translated(recent(found)),
            "changed": found.changed,
            "more": found.more if found.changed else 0,
            "items": [
                {
                    "@id": each.brain.getURL(),
                    "title": self.value(each.item.title),
                    "screen": title_url(each),
                    "modified": self._modified(each),
                }
                for each in found.latest
            ],
        }

    def _columns(self, listed: DocumentList) -> list[dict[str, Any]]:
        """Return them. ``order`` is the one by that column, which isn't the present one;
        ``sorted`` is how it is sorted by it now."""
        return [
            {
                "name": each.name,
                "title": self.translated(each.title),
                "order": order and order.name,
                "sorted": listed.direction_of(each.name),
            }
            for each in listed.columns
            for order in [listed.order_by(each.name)]
        ]

    def _filters(self, listed: DocumentList) -> list[dict[str, Any]]:
        search = {
            "name": "search",
            "title": self.translated(_("Title")),
            "kind": "text",
        }
        choices = [
            {"name": each.name, "title": self.translated(each.title)}
            for each in listed.filters
        ]
        if not choices:
            return [search]
        title = self.translated(_("Documents"))
        only = {"name": "only", "title": title, "kind": "choice", "choices": choices}
        return [search, only]

    def _figures(self, listed: DocumentList) -> dict[str, Any]:
        found = listed.found
        knows_times = found.activity is not None
        return {
            "opened": found.opened,
            "expected": found.expected,
            "percent_of_half": found.percent_of_half,
            "unable": found.unable,
            "hidden": found.hidden,
            "unknown": found.unknown,
            "times": found.accesses if knows_times else None,
            "times_before": found.accesses_before if knows_times else None,
        }

    def _item(self, listed: DocumentList, row: Row) -> dict[str, Any]:
        told = row.has_share
        deadline = row.deadline
        evidence = row.evidence
        return {
            **self._titled(row),
            "@type": row.document.brain.portal_type,
            "type_title": self.translated(kind_of(row)),
            "folder": folder_of(row, self.context),
            "modified": self._modified(row.document),
            "opened": row.progress.opened if told else None,
            "expected": row.progress.expected if told else None,
            "share": self.translated(share(row.progress.opened, row.progress.expected))
            if told
            else None,
            "percent": row.percent if told else None,
            "missing": missing_url(row) if told else None,
            "levels": self._levels(listed, row),
            "notes": [] if row.progress is None else self.sentences(notes_of(row)),
            "complete": row.progress.audience.complete if row.progress else None,
            "unable": row.progress.audience.unable if row.progress else None,
            "hidden": row.is_hidden,
            "unknown": row.is_unknown,
            "deadline": None if deadline is None else self.value(deadline.moment),
            "deadline_text": None if deadline is None else deadline_text(deadline),
            "evidence_asked_for": None if deadline is None else deadline.level,
            "evidence_title": evidence and self.translated(evidence.title),
            "overdue": None if deadline is None else row.is_overdue,
            "times": row.times,
            "times_before": row.before,
        }

    def _levels(self, listed: DocumentList, row: Row) -> list[dict[str, Any]]:
        """Return how many have got to which level, for those who may see them."""
        if listed.reached(row) is None:
            return []
        return [
            {
                "name": part.level,
                "title": self.value(part.title),
                "people": part.number,
                "readers": part_url(row, part),
            }
            for part in listed.parts(row)
            if part.number
        ]

    def _few(self, rows: list[Row]) -> list[dict[str, Any]]:
        return [{**self._titled(row), "times": row.times} for row in rows]

    def _titled(self, row: Row) -> dict[str, str]:
        return {
            "@id": row.document.brain.getURL(),
            "title": self.value(row.title),
            "screen": title_url(row.document),
        }

    def _modified(self, document: TrackedDocument) -> str:
        return self.value(document.item.known("modified").asdatetime())


def _days(activity: Activity) -> list[dict[str, Any]]:
    """Return on which days something was opened, and how often."""
    return [
        {"day": day.isoformat(), "times": number} for day, number in activity.by_day
    ]
