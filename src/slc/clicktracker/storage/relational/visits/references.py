"""What page views refer to: pages, agents and accounts, found or added in a database."""

from collections.abc import Collection
from collections.abc import Iterable
from datetime import datetime
from operator import attrgetter
from slc.clicktracker.storage.keys import id_key
from slc.clicktracker.storage.keys import name_key
from slc.clicktracker.storage.keys import url_key
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.relational.visits.transaction import VisitsTransaction
from slc.clicktracker.storage.visits.agent import named
from slc.clicktracker.storage.visits.model import PageView
from typing import NamedTuple
from typing import TypeVar


Thing = TypeVar("Thing")

#: The user folder and the id of a reader.
Who = tuple[str, str]

#: What page views tell.
AT = attrgetter("at")
WHO = attrgetter("reader.folder", "reader.user")
_NAME = attrgetter("reader.name")
_SHOWN = attrgetter("page.uid", "page.url", "page.title")


class Told(NamedTuple):
    """A title or a name, and when it was told; an empty one says nothing."""

    at: datetime | None
    text: str

    def is_news(self, known: "Told") -> bool:
        """Is it later than what is known? Of the same moment, what sorts last counts."""
        return self.text != "" and (known.text == "" or self > known)


class Account(NamedTuple):
    """One of those who have had an id, one after the other; see ``retire``."""

    id: int
    retired: datetime | None
    named: Told


class Accounts:
    """Who had an id when."""

    def __init__(self, known: dict[Who, list[Account]]) -> None:
        self._known = known

    def at(self, who: Who, moment: datetime) -> Account | None:
        """Return who it was at that moment, None for guests and where nobody is known."""
        for account in self._known.get(who, ()):
            if account.retired is None or account.retired > moment:
                return account
        return None


class References(VisitsTransaction):
    """Finds what page views refer to, and adds what is not known yet.

    The page views that it is asked about come in the order of their times. They also tell
    titles and names, of which the latest are kept.
    """

    def pages(self, views: Collection[PageView]) -> dict[tuple[str, str], int]:
        """Return the numbers of pages by UID and address."""
        titles = _latest(
            ((uid, url), at, title)
            for (uid, url, title), at in _newest(map(_SHOWN, views), views).items()
        )
        found = self.ask(
            "known_pages", {"pages": [(uid, url_key(url)) for uid, url in titles]}
        )
        numbers, learnt, new = {}, [], []
        for row in found:
            page = row.uid, row.url
            numbers[page] = row.id
            told = titles[page]
            if told.is_news(Told(self._at(row.title_at), row.title)):
                learnt.append((row.id, told.text, told.at))
        for (uid, url), told in titles.items():
            if (uid, url) not in numbers:
                new.append((uid, url_key(url), url, told.text, told.at))
        if learnt:
            self.run("learn_titles", {"titles": learnt})
        if new:
            added = self.ask("add_pages", {"new_pages": new})
            numbers.update({(row.uid, row.url): row.id for row in added})
        return numbers

    def agents(self, texts: Iterable[str]) -> dict[str, int]:
        """Return the numbers of user agents; what they are is found out once."""
        wanted = sorted(set(texts))
        known = self._agents(wanted)
        new = [text for text in wanted if text not in known]
        if new:
            rows = [(text, *vars(named(text)).values()) for text in new]
            self.run("add_agents", {"new_agents": rows})
            # Another site may have added some of them meanwhile.
            known |= self._agents(new)
        return known

    def accounts(self, views: Collection[PageView]) -> Accounts:
        """Return who had the ids at the times of page views, which are sorted by time."""
        newest = _newest(map(WHO, views), views)
        newest = {account: at for account, at in newest.items() if account[1]}
        if not newest:
            return Accounts({})
        known = self._accounts(newest)
        new = [
            (folder, user, id_key(Reader(user, folder)), at)
            for (folder, user), at in newest.items()
            if known.at((folder, user), at) is None
        ]
        if new:
            self.run("add_accounts", {"new_accounts": new})
            # Who records accesses may have added some of them meanwhile.
            known = self._accounts(newest)
        self._learn_names(views, known)
        return known

    def _agents(self, texts: Collection[str]) -> dict[str, int]:
        found = self.ask("known_agents", {"agents": [(text,) for text in texts]})
        return {row.agent: row.id for row in found}

    def _accounts(self, wanted: Iterable[Who]) -> Accounts:
        known: dict[Who, list[Account]] = {}
        for row in self.ask("known_accounts", {"accounts": wanted}):
            told = Told(self._at(row.name_at), row.name)
            account = Account(row.id, self._at(row.retired), told)
            known.setdefault((row.folder, row.member), []).append(account)
        return Accounts(known)

    def _learn_names(self, views: Collection[PageView], accounts: Accounts) -> None:
        whose = map(accounts.at, map(WHO, views), map(AT, views))
        told = zip(whose, map(_NAME, views), strict=True)
        named_so = [
            (account, at, name)
            for (account, name), at in _newest(told, views).items()
            if account is not None
        ]
        learnt = [
            (account.id, told.text, name_key(Reader("", name=told.text)), told.at)
            for account, told in _latest(named_so).items()
            if told.is_news(account.named)
        ]
        if learnt:
            numbers = [(row[0],) for row in learnt]
            self.run("lock_accounts", {"numbers": numbers})
            self.run("learn_names", {"names": learnt})

    def _at(self, found: object) -> datetime | None:
        return None if found is None else self.dialect.datetime(found)


def _newest(
    things: Iterable[Thing], views: Iterable[PageView]
) -> dict[Thing, datetime]:
    """Return when each of the things was told last that page views, in their order, tell."""
    return dict(zip(things, map(AT, views), strict=True))


def _latest(
    told: Iterable[tuple[Thing, datetime, str]],
) -> dict[Thing, Told]:
    """Return the latest of what was told of each thing."""
    found: dict[Thing, Told] = {}
    for thing, at, text in told:
        new = Told(at, text)
        if thing not in found or new.is_news(found[thing]):
            found[thing] = new
    return found
