"""What the screen about visitors' statistics says, and what it looks for."""

from collections.abc import Iterator
from slc.clicktracker import _
from slc.clicktracker.browser.visitors.report import VisitorsReport
from slc.clicktracker.charts.chart import Chart
from slc.clicktracker.charts.visits_chart import visits_chart
from slc.clicktracker.exports.formats import FORMATS
from slc.clicktracker.reports.sentences import visitors as sentences
from slc.clicktracker.reports.statistics.figures import Figure
from slc.clicktracker.reports.statistics.figures import FIGURES
from slc.clicktracker.reports.statistics.lists import ShareList
from slc.clicktracker.reports.statistics.rows import Row
from slc.clicktracker.reports.statistics.statistics import Statistics
from slc.clicktracker.rest.chart_json import chart_said
from slc.clicktracker.rest.screens.parts import choice
from slc.clicktracker.rest.screens.parts import line
from slc.clicktracker.rest.screens.parts import link
from slc.clicktracker.rest.screens.parts import Part
from slc.clicktracker.rest.screens.visitors import notices
from slc.clicktracker.rest.screens.visitors import page_said
from slc.clicktracker.rest.screens.visitors import screens
from slc.clicktracker.rest.screens.visitors import who_said


def statistics_screen(view: VisitorsReport, found: Statistics) -> Part:
    """Say what is above and below the figures; ``view`` is the screen of Plone."""
    listed = found.asked.listed
    days = {
        "days": view.days_words(found.asked.days),
        "before": view.days_words(found.asked.before),
    }
    return {
        "title": _("Visitors report"),
        "lead": [line(sentences.ABOUT_STATISTICS)],
        "notices": list(notices(view)),
        "periods": [
            link(each.url, each.title, is_shown=each.is_active)
            for each in view.periods()
        ],
        "filters": list(_filters(view)),
        "compared": _(
            "${days}, compared with the period before: ${before}",
            mapping=days,
        ),
        "empty": sentences.no_statistics(view.is_recording) if found.is_empty else None,
        "titles": {
            "figures": _("Figures"),
            "now": _("This period"),
            "before": _("Before"),
            "change": _("Change"),
            "lists": _("Lists"),
            "list": listed.title,
        },
        "figures": [_figure(view, each, found) for each in FIGURES],
        "remarks": [line(each) for each in view.remarks],
        "chart": chart_said(_chart(found)),
        "steps": list(_of_steps(view)),
        "list": _list(view, listed),
        "exports": [
            link(view.export_url(f".{each.ending}"), each.title) for each in FORMATS
        ],
        "links": list(screens(view)),
    }


def _list(view: VisitorsReport, listed: ShareList) -> Part:
    figures = [
        {"name": each.name, "title": each.title, "is_number": True}
        for each in listed.figures
    ]
    return {
        "columns": [{"name": "what", "title": view.thing}, *figures],
        "left_out": view.left_out(listed.left_out),
        "empty": sentences.NONE_IN_LIST,
    }


def _filters(view: VisitorsReport) -> Iterator[Part]:
    for name, title in (("since", _("From")), ("until", _("Until"))):
        text = getattr(view.wanted, name).text
        yield {"name": name, "kind": "day", "title": title, "value": text}
    steps = [choice(each.name, each.plural) for each in view.steps]
    title, usual = _("Steps"), _("Automatic")
    yield {
        "name": "by",
        "kind": "choice",
        "title": title,
        "choices": steps,
        "usual": usual,
    }


def _figure(view: VisitorsReport, figure: Figure, found: Statistics) -> Part:
    return {
        "name": figure.name,
        "title": figure.title,
        "is_part": figure.is_part,
        "now": figure.words(found.now),
        "before": figure.words(found.before),
        "change": figure.change(found.now, found.before),
        "notes": list(filter(None, (figure.note, view.left_out(figure.left_out)))),
    }


def _chart(found: Statistics) -> Chart:
    figures = [each.figures for each in found.steps]
    return visits_chart(found.asked.step, found.asked.bars, figures)


def _of_steps(view: VisitorsReport) -> Iterator[Part]:
    if view.wanted.is_too_fine:
        yield line(sentences.TOO_FINE)
    if view.wanted.is_cut:
        yield line(sentences.CUT)


def said_of_share(view: VisitorsReport, row: Row) -> Part:
    """Say what is shown of an entry of the list, by column."""
    return {
        "what": _what(view, row),
        **{each.name: each.words(row.of) for each in view.wanted.listed.figures},
    }


def _what(view: VisitorsReport, row: Row) -> Part:
    if row.page:
        return page_said(row.page)
    return who_said(view, row.person) if row.person else line(row.text)
