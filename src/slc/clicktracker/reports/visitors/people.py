"""What visitors are called, for those who may see names and for those who may not."""

from dataclasses import dataclass
from slc.clicktracker import _
from slc.clicktracker.audience.accounts import Accounts
from slc.clicktracker.reports.reader_rows import shown_name
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.visits.model import PageView
from slc.clicktracker.storage.visits.model import Visit
from zope.i18nmessageid import Message


#: Digits of a session that tell guests apart on a screen.
_DIGITS = 4

_A_MEMBER = _("a member")
_A_GUEST = _("a guest")
_NO_COOKIE = _("without a cookie: page views can't be joined")


@dataclass(frozen=True)
class Person:
    """A visitor on a screen.

    ``name`` is empty where the visitor has none, or it may not be seen; then ``title``
    says what there is to say. ``path`` are the parameters of a request for all visits of
    the same visitor, none where they are not known or not to be seen together.
    """

    name: str
    title: Message | None
    note: Message | None
    path: dict[str, str]


class People:
    """The visitors of one screen. Who may not see ``names`` can't follow members, either:
    what somebody did before and after tells who it is."""

    def __init__(self, names: bool) -> None:
        self.names = names
        self._accounts = Accounts()

    def of_view(self, view: PageView, visit: Visit | None) -> Person:
        """Return whose page view it is; the visit that it is part of knows more."""
        if visit is not None and _who(visit.reader) == _who(view.reader):
            return self.of_visit(visit)
        return self._person(view.reader, view.session, False, 0)

    def of_visit(self, visit: Visit) -> Person:
        """Return whose visit it is."""
        return self._person(visit.reader, visit.session, visit.former, visit.generation)

    def of_account(self, reader: Reader, former: bool, generation: int) -> Person:
        """Return who has an account."""
        return self._person(reader, "", former, generation)

    def _person(
        self, reader: Reader, session: str, former: bool, generation: int
    ) -> Person:
        if not reader.user:
            return _guest(session)
        if not self.names:
            return Person("", _A_MEMBER, None, {})
        name, note = shown_name(reader, former, self._accounts)
        path = {"person": reader.user, "folder": reader.folder}
        if generation > 1 or former:
            path["generation"] = str(generation)
        return Person(name, None, note, {k: v for k, v in path.items() if v})


def guest_title(session: str) -> Message:
    """Return what the guest with a session is called."""
    return _("Guest ${digits}", mapping={"digits": session[:_DIGITS]})


def _guest(session: str) -> Person:
    if not session:
        return Person("", _A_GUEST, _NO_COOKIE, {})
    return Person("", guest_title(session), None, {"guest": session})


def _who(reader: Reader) -> tuple[str, str]:
    return reader.folder, reader.user
