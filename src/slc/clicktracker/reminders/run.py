"""``run_reminders``: all that a run does, and what it says of it."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from slc.clicktracker.mails.courier import Outcome
from slc.clicktracker.mails.post import PATIENCE
from slc.clicktracker.mails.post import PATIENCE_OF_A_READER
from slc.clicktracker.mails.post import Post
from slc.clicktracker.reminders.announcements import announce
from slc.clicktracker.reminders.announcements import Announcement
from slc.clicktracker.reminders.announcements import announcements
from slc.clicktracker.reminders.announcements import READ
from slc.clicktracker.reminders.announcements import Told
from slc.clicktracker.reminders.errands import Errand
from slc.clicktracker.reminders.errands import READER
from slc.clicktracker.reminders.round import Done
from slc.clicktracker.reminders.round import Round
from slc.clicktracker.reminders.wishes import Wishes
from slc.clicktracker.storage.errors import StorageError
from slc.clicktracker.storage.model import utc_now


#: Said of each one, and not only counted.
_WORTH_A_LINE = (Outcome.SILENT, Outcome.REFUSED, Outcome.FAILED)

#: Only counted, where there are any.
_WORTH_A_NUMBER = (Outcome.NOTHING_TO_SAY, Outcome.TAKEN, Outcome.NOT_DUE)


@dataclass(frozen=True)
class Report:
    """What was done, in a few words; ``is_done`` says whether nothing is left to be tried
    again; ``due`` are the mails of which it only says that they would be sent, and names whom
    they are for."""

    text: str
    is_done: bool
    due: tuple[Errand, ...] = ()


def run_reminders(
    base: str = "",
    limit: timedelta | None = None,
    only_says: bool = False,
    may_name: Callable[[Errand], bool] = lambda errand: True,
) -> Report:
    """Tell content rules and send the reminders of the current site, or only say what
    would be done, and of which mails somebody ``may_name`` whom they are for. ``base`` is the
    address of the site, else that of its settings. Within a request, no mail is begun after a
    ``limit``."""
    wishes, now = Wishes.of_site(), utc_now()
    base = base or wishes.address
    post = Post.of_site(PATIENCE if limit is None else PATIENCE_OF_A_READER)
    try:
        waiting = announcements(now)
        if only_says:
            return _would_be_done(Round(post, base).due(), waiting, may_name)
        told = list(announce(waiting, now))
        problem = _why_not(wishes, post, base)
        round_ = Round(post, base, limit=limit)
        due = [] if problem else round_.due()
    except StorageError as error:
        return Report(str(error), is_done=False)
    done = list(round_.run(due))
    report = _said(due, done, told)
    if problem:
        return Report(f"{problem}\n  {report.text}", is_done=False)
    return report


def _why_not(wishes: Wishes, post: Post | None, base: str) -> str:
    """Return why no mail can be sent, "" where it can, or none is wanted."""
    if not (wishes.to_readers or wishes.to_owners):
        return ""
    if post is None:
        return (
            "Plone's mail settings are incomplete: enter the mail server and the site's "
            "address in Site Setup, Mail"
        )
    if not base:
        return (
            "the address of the site is not known: enter it in the control panel of "
            "the add-on, under Reminders, or give it with --url"
        )
    return ""


def _would_be_done(
    due: list[Errand],
    waiting: list[Announcement],
    may_name: Callable[[Errand], bool],
) -> Report:
    named = tuple(filter(may_name, due))
    lines = [f"\n  {_named(each)}" for each in named]
    if len(named) < len(due):
        unnamed = len(due) - len(named)
        lines.append(f"\n  to readers whose names you may not see: {unnamed}")
    lines += [f"\n  {_TOLD[each.name == READ]}: {each.path}" for each in waiting]
    return Report(
        f"reminders to be sent: {len(due)}, content rules to be told: {len(waiting)}"
        + "".join(lines),
        is_done=True,
        due=named,
    )


_TOLD = {True: "read by everybody", False: "over with readers missing"}


def _said(due: list[Errand], done: list[Done], told: list[Told]) -> Report:
    counts = Counter(each.outcome for each in done)
    sent, waiting = counts[Outcome.SENT], len(due) - len(done) + counts[Outcome.FAILED]
    text = f"reminders sent: {sent}, waiting: {waiting}"
    for outcome in _WORTH_A_NUMBER:
        if counts[outcome]:
            text += f", {outcome.value}: {counts[outcome]}"
    text += f", content rules told: {sum(each.is_told for each in told)}"
    for each in done:
        if each.outcome in _WORTH_A_LINE:
            text += f"\n  {_named(each.errand)}: {each.outcome.value}, {each.detail}"
    failed = [each for each in told if each.error]
    for each in failed:
        text += f"\n  {each.announcement.path}: not told, {each.error}"
    return Report(text, is_done=not (waiting or failed))


def _named(errand: Errand) -> str:
    what = "to read" if errand.kind == READER else "with readers missing"
    return f"{errand.user}, {what}: {', '.join(errand.paths)}"
