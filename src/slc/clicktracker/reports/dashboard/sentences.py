"""What the dashboard says, in sentences."""

from collections.abc import Iterator
from slc.clicktracker import _
from slc.clicktracker.reports.dashboard.document_list import DocumentList
from slc.clicktracker.reports.dashboard.document_rows import Row
from slc.clicktracker.reports.dashboard.recent import Recent
from slc.clicktracker.words.isolated import isolated
from slc.clicktracker.words.numbers import localized_number
from slc.clicktracker.words.times import local_day
from zope.i18nmessageid import Message


NOTHING_TRACKED = (
    _("None of the content you manage here is tracked yet."),
    _(
        "To track the papers of a meeting, open their folder, choose Tracking, and then "
        "Track. You can track a single page or file in the same way."
    ),
)
HIDDEN = _("Not shown, because it would reveal what single people did.")

EXPLANATION = _(
    "Each document counts once for each member who is expected to read it, and only in its "
    "current version. It is enough to have opened it, or downloaded a file, unless its "
    "deadline asks for more. Members who are not known to have read a document may have "
    "read it elsewhere: on paper, in a mail, or in a browser that blocks scripts."
)
TIMES_ARE = _(
    "\u201cTimes opened\u201d counts all openings in the period, by anybody and in any "
    "version. Days are UTC days. Downloads are not included, so files have no number."
)

#: What is said of members: of all of them, and of one.
BEHIND = _(
    "Members with the least known readings come first. A missing record doesn't prove that "
    "a document was not read: reading on paper, in a mail, or in a browser that blocks "
    "scripts leaves no trace here. Only current versions count, as far as deadlines ask "
    "for. Without a deadline, it is enough to have opened them, or to have downloaded a "
    "file."
)
NO_PROOF = _(
    "This doesn't prove that they were not read: reading on paper, in a mail, or in a "
    "browser that blocks scripts leaves no trace here."
)
NOBODY_EXPECTED = _("No expected readers of tracked content are known here.")

#: What is said of deleted documents.
AS_RECORDED = _(
    "Titles and addresses are the last recorded ones. The latest reads come first."
)
NOTHING_DELETED = _(
    "No document that is known to have been opened or downloaded has been deleted."
)


def share(opened: int, expected: int) -> Message:
    """Say how many of those who are expected have read something."""
    numbers = {
        "opened": localized_number(opened),
        "expected": localized_number(expected),
    }
    return _("${opened} of ${expected}", mapping=numbers)


def notes_of(row: Row) -> Iterator[Message]:
    """Say what keeps the figures of a row from being all."""
    audience = row.progress.audience
    if row.is_hidden:
        yield HIDDEN
    elif row.is_unknown:
        yield _("The version is not known yet.")
    if not audience.members:
        yield _("No expected readers are known.")
    if audience.unable:
        number = {"number": localized_number(audience.unable)}
        yield _("Expected, but can't view it now: ${number}", mapping=number)
    if not audience.complete:
        yield _("The audience is incomplete: there may be more.")


def unknown(number: int) -> Iterator[Message]:
    """Say how many documents are not counted, if any."""
    if number:
        yield _(
            "Documents that are not counted, because their version is not known yet: "
            "${number}. The site is reading their files to tell versions apart. Look "
            "again later.",
            mapping={"number": localized_number(number)},
        )


def unable(number: int) -> Iterator[Message]:
    """Say how many readings are not counted, if any."""
    if number:
        yield _(
            "Not counted, because these people can't view the document now: ${count}",
            mapping={"count": localized_number(number)},
        )


def incomplete(number: int) -> Iterator[Message]:
    """Say of how many documents the audience is not known, if of any."""
    if number:
        yield _(
            "Documents with an incomplete audience: ${number}. People may be missing "
            "here, or may be expected to read more than is shown.",
            mapping={"number": localized_number(number)},
        )


def half(percent: int | None) -> Iterator[Message]:
    """Say how far half of the documents are, if that is known."""
    if percent is not None:
        yield _(
            "At least half of the documents are at ${percent} % or more",
            mapping={"percent": str(percent)},
        )


def hidden(number: int) -> Iterator[Message]:
    """Say how many documents are not counted for the sake of single people, if any."""
    if number:
        yield _(
            "Documents that are not counted, because the figures would reveal what single "
            "people did: ${count}",
            mapping={"count": localized_number(number)},
        )


def figures_of(listed: DocumentList) -> Iterator[list[Message]]:
    """Say how far all audiences are: one thing after the other, each in a few sentences of
    which the first has the number that matters."""
    found = listed.found
    yield [_number(_TRACKED, len(listed.documents))]
    yield list(_readings(listed))
    if found.activity is not None:
        period = {"period": listed.period.title}
        before = {"number": localized_number(found.accesses_before)}
        yield [
            _number(_TIMES, found.accesses, period),
            _("The period before: ${number}", mapping=before),
        ]


def recent(found: Recent) -> Message:
    """Say that something has changed lately, or what was changed last; what that is comes
    behind it."""
    monday = {"day": local_day(found.monday)}
    if found.changed:
        return _("Changed since Monday, ${day}:", mapping=monday)
    return _("Nothing has changed since Monday, ${day}. Last changed:", mapping=monday)


def nothing_found(listed: DocumentList) -> tuple[Message, ...]:
    """Say why nothing is listed."""
    search = listed.search
    if not listed.documents:
        return NOTHING_TRACKED
    if listed.only is None:
        names = {"search": isolated(search)}
        return (_("No title contains ${search}.", mapping=names),)
    return (_("Nothing here matches these filters.") if search else listed.only.empty,)


def no_title_or_address(search: str) -> Message:
    return _(
        "No title or address contains ${search}.", mapping={"search": isolated(search)}
    )


def no_member(search: str) -> Message:
    return _(
        "No name or user id contains ${search}.", mapping={"search": isolated(search)}
    )


def missing(expected: int, number: int) -> Message:
    """Say how much a member is expected to read, and is not known to have read."""
    return _(
        "Documents that this member is expected to read: ${expected}. Current version not "
        "known to be read: ${number}.",
        mapping={
            "expected": localized_number(expected),
            "number": localized_number(number),
        },
    )


def _readings(listed: DocumentList) -> Iterator[Message]:
    found = listed.found
    if found.expected:
        known = share(found.opened, found.expected)
        yield _("${figures} expected readings known", mapping={"figures": known})
    else:
        yield _("No expected readings to count")
    yield from half(found.percent_of_half)
    yield from unable(found.unable)
    yield from hidden(found.hidden)


_TRACKED = _("${count} document is tracked"), _("${count} documents are tracked")
_TIMES = _("${count} time opened (${period})"), _("${count} times opened (${period})")


def _number(
    words: tuple[Message, Message],
    number: int,
    more: dict[str, Message] | None = None,
) -> Message:
    """Say one or many of something."""
    one, many = words
    mapping = {"count": localized_number(number), **(more or {})}
    return Message(one if number == 1 else many, mapping=mapping)
