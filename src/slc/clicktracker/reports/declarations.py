"""What was declared about a document, in words: the history of all kinds."""

from collections.abc import Callable
from dataclasses import dataclass
from plone import api
from slc.clicktracker import _
from slc.clicktracker.acknowledgements.asked import ACKNOWLEDGEMENT
from slc.clicktracker.acknowledgements.asked import Choice
from slc.clicktracker.audience.exceptions import EXCEPTION
from slc.clicktracker.audience.exceptions import until_of
from slc.clicktracker.deadlines.deadline import Deadline
from slc.clicktracker.deadlines.deadlines import DEADLINE
from slc.clicktracker.declarations.declaration import Declaration
from slc.clicktracker.declarations.declarations import Declarations
from slc.clicktracker.permissions import MANAGE_TRACKING
from slc.clicktracker.reports.few import Told
from slc.clicktracker.reports.few import told
from slc.clicktracker.reports.levels import level_of
from slc.clicktracker.reports.minor_changes import may_declare
from slc.clicktracker.reports.version_titles import VersionTitles
from slc.clicktracker.sites.privacy import smallest_group
from slc.clicktracker.sites.uids import document_uid
from slc.clicktracker.tracking.allowed import may_see_readers
from slc.clicktracker.versions.minor_changes import MINOR_CHANGE
from slc.clicktracker.versions.minor_changes import MinorChange
from slc.clicktracker.words.deadlines import deadline_text
from slc.clicktracker.words.isolated import isolated
from slc.clicktracker.words.names import name_of
from slc.clicktracker.words.times import local_day
from typing import Any
from zope.i18nmessageid import Message


@dataclass(frozen=True)
class Kind:
    """A kind of declaration on the screen.

    ``what`` says in a text what was declared; ``titles`` tell it what versions are called.
    What is ``about_readers`` names people, and is for
    those who manage tracking and may see readers.
    """

    name: str
    title: Message
    what: Callable[[Declaration, VersionTitles], str]
    about_readers: bool


@dataclass(frozen=True)
class DeclarationRow:
    """A declaration in words; ``by`` and ``ended_by`` are names of people."""

    declaration: Declaration
    title: Message
    what: str
    by: str
    ended_by: str


def _who_is_excused(declaration: Declaration, titles: VersionTitles) -> str:
    name, until = name_of(declaration.subject), until_of(declaration)
    if until is None:
        return name
    names = {"name": isolated(name), "day": local_day(until)}
    return api.portal.translate(_("${name}, until ${day}", mapping=names))


def _which_versions(declaration: Declaration, titles: VersionTitles) -> str:
    """Name the version that was the current one then, and those that say the same."""
    declared = MinorChange.of(declaration).declared
    current, *others = (api.portal.translate(titles.of(each)) for each in declared)
    names = {"version": isolated(current), "others": isolated(", ".join(others))}
    message = _("${version} says the same as: ${others}", mapping=names)
    return api.portal.translate(message)


def _by_when(declaration: Declaration, titles: VersionTitles) -> str:
    """Say by when it has to be read, what is asked for, and for which meeting."""
    deadline = Deadline.of(declaration)
    names = {
        "deadline": deadline_text(deadline),
        "level": api.portal.translate(level_of(deadline.level).title),
    }
    message = _("${deadline}. Evidence asked for: ${level}.", mapping=names)
    if deadline.meeting:
        names["meeting"] = local_day(deadline.meeting)
        message = _(
            "${deadline}. Evidence asked for: ${level}. Meeting: ${meeting}.",
            mapping=names,
        )
    return api.portal.translate(message)


def _what_is_asked(declaration: Declaration, dated: bool) -> str:
    """Say whether readers are asked to acknowledge it, and by which sentence."""
    choice = Choice.of(declaration)
    if not choice.is_asked:
        return api.portal.translate(_("Readers are not asked."))
    if not choice.sentence:
        return api.portal.translate(
            _("Readers are asked, by the sentence of the site.")
        )
    names = {"sentence": isolated(choice.sentence)}
    return api.portal.translate(_("Readers are asked: “${sentence}”", mapping=names))


#: All kinds that a history shows. Another one is added here.
KINDS = (
    Kind(EXCEPTION, _("Exception"), _who_is_excused, about_readers=True),
    Kind(MINOR_CHANGE, _("Minor change"), _which_versions, about_readers=False),
    Kind(DEADLINE, _("Deadline"), _by_when, about_readers=False),
    Kind(ACKNOWLEDGEMENT, _("Acknowledgement"), _what_is_asked, about_readers=False),
)

_KINDS_BY_NAME = {kind.name: kind for kind in KINDS}


class History:
    """All that was declared about content itself, as far as the current user may see it,
    the latest first."""

    def __init__(self, content: Any) -> None:
        self._uid = document_uid(content)
        self._manages = api.user.has_permission(MANAGE_TRACKING, obj=content)
        self._sees_readers = may_see_readers(content)
        self._titles = VersionTitles(content, self._sees_readers)
        #: May the viewer see anything at all?
        self.is_visible = self._manages or may_declare(content)

    @property
    def declarations(self) -> list[Declaration]:
        shown = filter(self._shows, KINDS)
        found = [
            each for kind in shown for each in Declarations(kind.name).of(self._uid)
        ]
        return sorted(found, key=lambda each: (each.since, each.key), reverse=True)

    @property
    def names_readers(self) -> bool:
        """Are readers among those who are named?"""
        return any(kind.about_readers and self._shows(kind) for kind in KINDS)

    @property
    def hidden(self) -> Told:
        """How many declarations somebody who manages tracking doesn't see, as they name
        readers; None without any."""
        if not self._manages:
            return None
        kinds = (kind for kind in KINDS if not self._shows(kind))
        number = sum(len(Declarations(kind.name).of(self._uid)) for kind in kinds)
        return told(number, smallest_group()) if number else None

    def row(self, declaration: Declaration) -> DeclarationRow:
        """Return one of the declarations in words."""
        kind, ended_by = _KINDS_BY_NAME[declaration.kind], declaration.ended_by
        return DeclarationRow(
            declaration=declaration,
            title=kind.title,
            what=kind.what(declaration, self._titles),
            by=name_of(declaration.by),
            ended_by=name_of(ended_by) if ended_by else "",
        )

    def _shows(self, kind: Kind) -> bool:
        if kind.about_readers:
            return self._manages and self._sees_readers
        return self.is_visible
