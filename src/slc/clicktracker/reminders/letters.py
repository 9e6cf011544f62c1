"""What reminders say: to readers, and to whoever has set a deadline."""

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from slc.clicktracker import _
from slc.clicktracker.deadlines.deadline import Deadline
from slc.clicktracker.mails.language import Language
from slc.clicktracker.mails.letter import Letter
from slc.clicktracker.mails.letter import Line
from slc.clicktracker.mails.letter import Section
from slc.clicktracker.reminders.wishes import Words
from slc.clicktracker.reports.levels import HOW_TO_ACKNOWLEDGE
from slc.clicktracker.reports.levels import level_of
from slc.clicktracker.words.isolated import isolated


#: Documents and names in one mail: it says how many more there are.
MOST_DOCUMENTS = 50
MOST_NAMES = 20


@dataclass(frozen=True)
class Entry:
    """A document in a mail. To readers, ``has_changed`` says that they have read an older
    version; for whoever has set the deadline, ``names`` are those of ``missing`` people who
    are named."""

    title: str
    url: str
    deadline: Deadline
    has_changed: bool = False
    names: tuple[str, ...] = ()
    missing: int = 0


@dataclass(frozen=True)
class Frame:
    """What is the same for all documents of a mail: the language and the words of the site
    for it, the ``name`` of who gets it, the title of the ``site`` and a link to ``more``."""

    language: Language
    words: Words
    name: str
    site: str
    more: str
    now: datetime

    def subject(self, usual: str, count: int) -> str:
        return self._own(self.words.subject, count) or usual

    def answer(self, usual: str, count: int) -> tuple[str, ...]:
        own = self._own(self.words.text, count)
        lines = (line.strip() for line in (own or usual).splitlines())
        return tuple(filter(None, lines)) or (usual,)

    def _own(self, text: str, count: int) -> str:
        values = {"name": self.name, "site": self.site}
        number = self.language.number(count)
        return self.words.said(text, count=number, **values).strip()


def reader_letter(entries: Sequence[Entry], frame: Frame) -> Letter:
    """Return the mail to somebody who is missing: what to read, and by when."""
    say = frame.language.say
    sections = [*_sections(entries, frame, _reader_line)]
    more = Line(say(_("Everything that you are expected to read")), frame.more)
    sections.append(Section(say(_("Read more")), (more,)))
    return Letter(
        frame.language.code,
        frame.subject(_reader_subject(entries, frame), len(entries)),
        frame.answer(_reader_answer(entries, frame), len(entries)),
        tuple(sections),
        (
            Line(say(_PROVES)),
            Line(
                say(
                    _(
                        "You get this mail because you are expected to read these "
                        "documents on “${site}”. It can't be unsubscribed."
                    ),
                    site=isolated(frame.site),
                )
            ),
        ),
    )


def owner_letter(entries: Sequence[Entry], frame: Frame) -> Letter:
    """Return the mail to whoever has set the deadlines: who is missing."""
    say = frame.language.say
    if len(entries) == 1:
        (entry,) = entries
        title, missing = isolated(entry.title), entry.missing
        subject = say(_("${title}: ${missing} missing"), title=title, missing=missing)
    else:
        message = _("Readers are missing for ${count} documents")
        subject = say(message, count=len(entries))
    answer = say(
        _(
            "These people are expected to read what you have set a deadline for, and are "
            "not known to have read it as far as you have asked for."
        )
    )
    return Letter(
        frame.language.code,
        frame.subject(subject, len(entries)),
        frame.answer(answer, len(entries)),
        tuple(_sections(entries, frame, _owner_line)),
        (
            Line(say(_PROVES)),
            Line(
                say(
                    _(
                        "You get this mail because you have set these deadlines on "
                        "“${site}”."
                    ),
                    site=isolated(frame.site),
                )
            ),
        ),
    )


_PROVES = _(
    "It only counts what this site could record. Paper and forwarded copies leave no trace."
)


def _reader_subject(entries: Sequence[Entry], frame: Frame) -> str:
    say, count = frame.language.say, len(entries)
    over = sum(each.deadline.has_passed(frame.now) for each in entries)
    if count == 1:
        names = {"title": isolated(entries[0].title)}
        if over:
            return say(_("Overdue: ${title}", mapping=names))
        if entries[0].deadline.asks_to_acknowledge:
            return say(_("To acknowledge: ${title}", mapping=names))
        return say(_("To read: ${title}", mapping=names))
    if over:
        message = _("${count} documents to read, ${over} of them overdue")
        return say(message, count=count, over=over)
    return say(_("${count} documents to read"), count=count)


def _reader_answer(entries: Sequence[Entry], frame: Frame) -> str:
    if all(each.deadline.asks_to_acknowledge for each in entries):
        message = _(
            "You are expected to read and acknowledge this, and have not acknowledged it "
            "yet."
        )
    elif len(entries) == 1:
        message = _(
            "You are expected to read this document, and are not known to have read it."
        )
    else:
        message = _(
            "You are expected to read these documents, and are not known to have read "
            "them."
        )
    return frame.language.say(message)


def _sections(
    entries: Iterable[Entry], frame: Frame, line: Callable[[Entry, Frame], Line]
) -> Iterator[Section]:
    """Yield what is overdue, then the rest, the soonest first."""
    say, listed = frame.language.say, list(entries)
    over = [each for each in listed if each.deadline.has_passed(frame.now)]
    open_ = [each for each in listed if not each.deadline.has_passed(frame.now)]
    left = MOST_DOCUMENTS
    for heading, its in ((_("Overdue"), over), (_("Not over yet"), open_)):
        if not its:
            continue
        lines = [line(each, frame) for each in its[:left]]
        if len(its) > left:
            more = say(_("${count} more documents"), count=len(its) - left)
            lines.append(Line(more, frame.more))
        left = max(left - len(its), 0)
        yield Section(say(heading), tuple(lines))


def _by_when(entry: Entry, frame: Frame) -> Iterator[str]:
    say = frame.language.say
    deadline = {"deadline": frame.language.deadline(entry.deadline)}
    yield say(_("To be read by: ${deadline}", mapping=deadline))
    level = {"level": say(level_of(entry.deadline.level).title)}
    yield say(_("Evidence asked for: ${level}.", mapping=level))


def _reader_line(entry: Entry, frame: Frame) -> Line:
    details = [*_by_when(entry, frame)]
    if entry.deadline.asks_to_acknowledge:
        details.append(frame.language.say(HOW_TO_ACKNOWLEDGE))
    if entry.has_changed:
        details.append(frame.language.say(_("It has changed since you read it.")))
    return Line(isolated(entry.title), entry.url, " · ".join(details))


def _owner_line(entry: Entry, frame: Frame) -> Line:
    say = frame.language.say
    text = say(
        _("${title}: ${missing} missing"),
        title=isolated(entry.title),
        missing=entry.missing,
    )
    names = ", ".join(map(isolated, entry.names))
    more = entry.missing - len(entry.names)
    if more:
        names = say(_("${names} and ${count} more"), names=names, count=more)
    return Line(text, entry.url, " · ".join((next(_by_when(entry, frame)), names)))
