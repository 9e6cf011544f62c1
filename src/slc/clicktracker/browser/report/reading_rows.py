"""The rows of a list of readings, as HTML: up to some thousands on one page."""

from collections.abc import Callable
from functools import lru_cache
from html import escape
from slc.clicktracker import _
from slc.clicktracker.browser.report.report_view import ReportView
from slc.clicktracker.reports.reader_rows import ReaderRow
from slc.clicktracker.reports.reported import was_seen
from typing import Any


#: Cells that are made once for all rows that have the same.
_REMEMBERED = 4000

_FAINT = "text-body-secondary fw-normal d-block"
_WIDE = "d-none d-md-table-cell"


#: What stands for a time while a sentence is translated.
_TIME = "\ue000"
_OVERDUE = _("Overdue")
_ANY_VERSION = _("any version: ${time}", mapping={"time": _TIME})


class ReadingRows:
    """Makes the rows of a table, for a ``view``.

    A template takes nearly a millisecond for each row. What only some rows differ in is
    made by a template, once: what is known of how far somebody got (``evidence``),
    and how often (``times``). ``address_of`` returns where a reader's own page is. What is
    ``on_paper`` has nothing that only phones show.
    """

    def __init__(
        self,
        view: ReportView,
        evidence: Callable[..., str],
        times: Callable[..., str],
        address_of: Callable[[ReaderRow], str | None],
        shows_pages: bool,
        on_paper: bool = False,
    ) -> None:
        self._on_paper = on_paper
        self._view = view
        self._evidence_of = evidence
        self._times_of = times
        self._address_of = address_of
        self._shows_pages = shows_pages
        self._knows_evidence = view.report.knows_evidence
        self._cells: dict[Any, str] = {}
        self._escaped = lru_cache(_REMEMBERED)(escape)

    def html(self, row: ReaderRow) -> str:
        """Return one row."""
        return "".join(
            [
                '<tr><th class="text-break" scope="row">',
                self._reader(row),
                "</th>",
                self._evidence(row) if self._knows_evidence else "",
                f'<td class="{_WIDE}">',
                self._times(row),
                "</td><td>",
                self._last(row),
                "</td>",
                self._page(row) if self._shows_pages else "",
                "</tr>\n",
            ]
        )

    def _reader(self, row: ReaderRow) -> str:
        address, name = self._address_of(row), self._escaped(row.name)
        if address:
            name = f'<a dir="auto" href="{escape(address)}">{name}</a>'
        parts = [f"<span>{name}</span>"]
        if row.user and row.user != row.name:
            parts.append(f'<small class="{_FAINT}">{self._escaped(row.user)}</small>')
        if row.is_overdue:
            parts.append(
                f'<span class="badge text-bg-danger">{self._told(_OVERDUE)}</span>'
            )
        if row.note:
            parts.append(f'<small class="{_FAINT}">{self._told(row.note)}</small>')
        if self._shows_pages and not self._on_paper:
            css = "text-break fw-normal d-block d-md-none"
            parts.append(f'<small class="{css}">{self._link(row)}</small>')
        return "\n".join(parts)

    def _evidence(self, row: ReaderRow) -> str:
        of_text = row.of_text
        is_opened = bool(of_text.count)
        key = (
            *(row.level.name, row.behind, row.version_known, row.changes),
            *(_key(row.counts_as), _key(row.standing), int(row.marks), is_opened),
            *(of_text.downloaded, row.acknowledged, row.attested),
        )
        cell = self._once(key, self._evidence_of, row)
        time_read = self._escaped(self._view.time_read(row)) if is_opened else "–"
        parts = ["<td>", cell]
        if is_opened and not self._on_paper:
            css = "text-body-secondary d-block d-md-none"
            parts.append(f'<small class="{css}">{time_read}</small>')
        parts.append(f'</td><td class="{_WIDE}"><span>{time_read}</span>')
        if self._view.has_figures(row):
            far = self._told(self._view.how_far(row))
            css = "text-body-secondary d-block text-nowrap"
            parts.append(f'<small class="{css}">{far}</small>')
        parts.append("</td>")
        return "\n".join(parts)

    def _times(self, row: ReaderRow) -> str:
        key = row.of_text.count, row.of_text.cached, row.count
        return self._once(key, self._times_of, row)

    def _last(self, row: ReaderRow) -> str:
        view, last = self._view, row.of_text.last
        if not was_seen(row):
            return "–"
        if not was_seen(row.of_text):
            told = self._told(_ANY_VERSION).replace(_TIME, view.short_time(row.last))
            return f'<small class="text-body-secondary d-block">{told}</small>'
        if row.last == last:
            return view.short_time(last)
        told = self._told(_ANY_VERSION).replace(_TIME, view.short_time(row.last))
        css = "text-body-secondary d-block"
        return f'{view.short_time(last)}\n<small class="{css}">{told}</small>'

    def _page(self, row: ReaderRow) -> str:
        return f'<td class="text-break {_WIDE}">{self._link(row)}</td>'

    def _link(self, row: ReaderRow) -> str:
        key = "link", row.title, row.url, row.href
        return self._once(key, self._view.page_link, row)

    def _told(self, message: Any) -> str:
        key = "told", _key(message)
        if key not in self._cells:
            self._cells[key] = escape(self._view.translated(message))
        return self._cells[key]

    def _once(self, key: tuple, make: Callable[..., str], row: ReaderRow) -> str:
        if key not in self._cells:
            if len(self._cells) >= _REMEMBERED:
                self._cells.clear()
            self._cells[key] = make(row)
        return self._cells[key]


def _key(message: Any) -> Any:
    """Return what tells a message from others: it is equal where its id is."""
    mapping = getattr(message, "mapping", None)
    return (message, tuple(sorted(mapping.items()))) if mapping else message
