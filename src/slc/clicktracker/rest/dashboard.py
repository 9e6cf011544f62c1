"""``@reading-dashboard``: how far the audiences of what is tracked here are."""

from slc.clicktracker.charts.periods import PERIODS
from slc.clicktracker.reports.dashboard.document_list import DocumentList
from slc.clicktracker.reports.dashboard.document_rows import Row
from slc.clicktracker.reports.dashboard.filters import FILTERS
from slc.clicktracker.reports.dashboard.orders import ORDERS
from slc.clicktracker.rest.lists import ListService
from slc.clicktracker.storage.activity import Activity
from slc.clicktracker.versions.file_digest import reading_little
from typing import Any


class GetDashboard(ListService):
    """Answers with a page of the documents: ``items``; ``figures`` of all of them, ``most``
    and ``least`` opened, ``days`` of the period.

    Parameters are those of the screen: ``order``, ``search``, ``only``, ``period`` or
    ``since`` and ``until``, ``b_start``, ``b_size``.
    """

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
            "documents_total": len(listed.documents),
            "order": listed.order.name,
            "orders": [
                {"name": each.name, "title": self.translated(each.title)}
                for each in listed.orders
            ],
            "period": {
                "since": period.since.isoformat(),
                "until": period.until.isoformat(),
            },
            "figures": None if found is None else self._figures(listed),
            "days": _days(found.activity) if knows_times else None,
            "most": self._few(listed.most) if knows_times else None,
            "least": self._few(listed.least) if knows_times else None,
            "items": [self._item(listed, row) for row in listed.page],
        }

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
        modified = row.document.item.known("modified").asdatetime()
        return {
            **self._titled(row),
            "@type": row.document.brain.portal_type,
            "modified": self.value(modified),
            "opened": row.progress.opened if told else None,
            "expected": row.progress.expected if told else None,
            "levels": self._levels(listed, row),
            "complete": row.progress.audience.complete if row.progress else None,
            "unable": row.progress.audience.unable if row.progress else None,
            "hidden": row.is_hidden,
            "unknown": row.is_unknown,
            "deadline": None if deadline is None else self.value(deadline.moment),
            "evidence_asked_for": None if deadline is None else deadline.level,
            "overdue": None if deadline is None else row.is_overdue,
            "times": row.times,
            "times_before": row.before,
        }

    def _levels(self, listed: DocumentList, row: Row) -> list[dict[str, Any]]:
        """Return how many have got to which level, for those who may see them."""
        if listed.reached(row) is None:
            return []
        return [
            {"name": part.level, "title": self.value(part.title), "people": part.number}
            for part in listed.parts(row)
            if part.number
        ]

    def _few(self, rows: list[Row]) -> list[dict[str, Any]]:
        return [{**self._titled(row), "times": row.times} for row in rows]

    def _titled(self, row: Row) -> dict[str, str]:
        return {"@id": row.document.brain.getURL(), "title": self.value(row.title)}


def _days(activity: Activity) -> list[dict[str, Any]]:
    """Return on which days something was opened, and how often."""
    return [
        {"day": day.isoformat(), "times": number} for day, number in activity.by_day
    ]
