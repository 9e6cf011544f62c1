"""What was declared minor, in words: for the report and for the screen of its own."""

from dataclasses import dataclass
from dataclasses import replace
from plone import api
from slc.clicktracker import _
from slc.clicktracker.reports.place import Place
from slc.clicktracker.reports.version_titles import VersionTitles
from slc.clicktracker.storage.model import microseconds
from slc.clicktracker.versions.minor_changes import current_texts
from slc.clicktracker.versions.minor_changes import minor_changes_of
from slc.clicktracker.versions.minor_changes import MinorChange
from slc.clicktracker.words.isolated import isolated
from slc.clicktracker.words.names import name_of
from slc.clicktracker.words.times import local_time
from typing import Any


@dataclass(frozen=True)
class MinorChangeRow:
    """One declaration on a screen.

    ``versions`` names the texts in it that are not the current one; ``counts`` tells
    that they stand for it now. ``by`` and ``ended_by`` are names of people, ``page``
    the address of a translation in the site, "" for the content itself.
    """

    change: MinorChange
    versions: str
    is_one: bool
    counts: bool
    by: str
    ended_by: str
    page: str = ""

    @property
    def key(self) -> str:
        """What tells it from the others of the content, in a form."""
        return str(microseconds(self.change.since))


def minor_change_rows(
    content: Any, dated: bool, numbered: bool = False
) -> list[MinorChangeRow]:
    """Return all that was declared of content, the latest first.

    Texts are ``dated`` for those who may see readers, and ``numbered``, see
    ``VersionTitles``.
    """
    current, titles = current_texts(content), VersionTitles(content, dated, numbered)
    return [_row(each, current, titles) for each in reversed(minor_changes_of(content))]


def rows_that_count(place: Place, numbered: bool = False) -> list[MinorChangeRow]:
    """Return what was declared and makes earlier versions of a single document
    count now, for those translations as well whose readers are listed."""

    def counting(content: Any) -> list[MinorChangeRow]:
        rows = minor_change_rows(content, dated=True, numbered=numbered)
        return [row for row in rows if row.counts]

    site_path = "/".join(api.portal.get().getPhysicalPath())
    others = [
        replace(row, page=item.path.removeprefix(site_path))
        for item in place.translations.values()
        for row in counting(item.content)
    ]
    return counting(place.content) + others


def in_words(row: MinorChangeRow) -> str:
    """Return what counts, why, and who said so, as a text."""
    counts = {"reason": isolated(row.change.reason)}
    if row.is_one:
        counts["version"] = row.versions
        what = _("${version} counts as well: ${reason}", mapping=counts)
    else:
        counts["versions"] = row.versions
        what = _("${versions} count as well: ${reason}", mapping=counts)
    declared = {"name": row.by, "time": local_time(row.change.since)}
    who = _("(declared by ${name} on ${time})", mapping=declared)
    page = f"{row.page}: " if row.page else ""
    return f"{page}{api.portal.translate(what)} {api.portal.translate(who)}"


def may_declare(content: Any) -> bool:
    """May the current user say which changes of content were minor?"""
    return api.user.has_permission("Modify portal content", obj=content)


def _row(
    change: MinorChange, current: tuple[str, ...], titles: VersionTitles
) -> MinorChangeRow:
    others = [each for each in change.declared if each.text not in current[:1]]
    return MinorChangeRow(
        change=change,
        versions=", ".join(api.portal.translate(titles.of(each)) for each in others),
        is_one=len(others) == 1,
        counts=change.ended is None and not set(current).isdisjoint(change.texts),
        by=name_of(change.by),
        ended_by=name_of(change.ended_by) if change.ended_by else "",
    )
