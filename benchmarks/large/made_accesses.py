"""What has been read in the made-up site in a year, in the order of time.

The same for the same size, when the same versions are in the site. As it comes in life:
most members read little and some read a lot; half of the readings of a version fall into
the first days; some pages were only served, some come out of caches, some are printed.
"""

from array import array
from benchmarks.large.population import Paper
from benchmarks.large.population import Population
from benchmarks.large.population import SEED
from bisect import bisect
from collections.abc import Iterator
from datetime import datetime
from datetime import timedelta
from datetime import timezone
from itertools import accumulate
from random import Random
from slc.clicktracker.storage.marks import Marks
from slc.clicktracker.storage.marks import NO_MARKS
from slc.clicktracker.storage.model import Access
from slc.clicktracker.storage.model import Document
from slc.clicktracker.storage.model import DOWNLOADED
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import SERVED
from slc.clicktracker.storage.model import Version


#: The year, and the moment after it in which the site is looked at.
START = datetime(2025, 11, 1, tzinfo=timezone.utc)
_MINUTES = 365 * 24 * 60
UNTIL = START + timedelta(minutes=_MINUTES)

_ANONYMOUS = Reader("")


class MadeAccesses:
    """``current`` are the versions that are in the site now, by UID."""

    def __init__(self, population: Population, current: dict[str, Version]) -> None:
        self._papers = population.papers
        self._documents = [Document(p.uid, p.path, p.title) for p in self._papers]
        self._versions = [list(_versions(p, current.get(p.uid))) for p in self._papers]
        people = (*population.members, *population.left)
        self._readers = [Reader(user, name=name) for user, name in people]
        self._population = population
        self._random = Random(SEED)  # noqa: S311 (only made up)

    def __iter__(self) -> Iterator[Access]:
        """Yield them from the first to the last reading; some come again later."""
        for made in self._moments():
            minute, rest = divmod(made, 1 << 40)
            paper, rest = divmod(rest, 1 << 24)
            reader, version = divmod(rest, 1 << 4)
            yield from self._reading(paper, version, reader, minute)

    def _moments(self) -> array:
        """Return a number for each reading, which has minute, paper, reader and version
        in it: millions of them in the memory that they need."""
        random = self._random
        found = array("q")
        activity = self.activity()
        ids = [reader.user for reader in self._readers]
        places = {user: place for place, user in enumerate(ids)}
        everybody = list(range(len(ids)))
        for number, paper in enumerate(self._papers):
            among = everybody
            if paper.folder.is_private:
                allowed = self._population.allowed(paper.folder)
                among = [places[user] for user in allowed]
            weights = list(accumulate(activity[place] for place in among))
            born = random.randrange(_MINUTES * 9 // 10)
            life = (_MINUTES - born) // paper.versions
            for version in range(paper.versions):
                wanted = paper.reads / paper.versions
                for place in _chosen(random, weights, wanted):
                    later = random.random()
                    minute = born + int(life * (version + later**3))
                    made = minute << 40 | number << 24 | among[place] << 4 | version
                    found.append(made)
        return array("q", sorted(found))

    def activity(self) -> list[float]:
        """Return how much of everything each reads: some nearly all, most little.

        To be asked for first, and once: it is made by chance.
        """
        number = len(self._readers)
        made = [0.08 + 0.92 * (1 - place / number) ** 3 for place in range(number)]
        self._random.shuffle(made)
        return made

    def _reading(
        self, paper: int, version: int, reader: int, minute: int
    ) -> Iterator[Access]:
        random, chance = self._random, self._random.random()
        issued = START + timedelta(minutes=minute, seconds=random.randrange(60))
        about = paper, self._readers[reader], version
        if self._papers[paper].is_file:
            yield self._note(*about, issued, DOWNLOADED)
            return
        if chance < 0.2:
            yield self._note(*about, issued, SERVED)
        if chance < 0.07:
            return
        yield self._view(*about, issued)
        if chance > 0.85:
            for _again in range(random.randrange(1, 4)):
                later = issued + timedelta(minutes=random.randrange(3, 20_000))
                issued = min(later, UNTIL - timedelta(hours=1))
                yield self._view(*about, issued)
        if chance < 0.1 and not self._papers[paper].folder.is_private:
            yield self._view(paper, _ANONYMOUS, version, issued)

    def _note(
        self, paper: int, reader: Reader, version: int, issued: datetime, origin: str
    ) -> Access:
        document = self._documents[paper]
        return Access(
            key=f"{self._random.getrandbits(128):032x}",
            issued=issued,
            opened=issued,
            seen=issued,
            document=document,
            reader=reader,
            url=document.path.removeprefix("/Plone"),
            version=self._versions[paper][version],
            origin=origin,
        )

    def _view(
        self, paper: int, reader: Reader, version: int, issued: datetime
    ) -> Access:
        random, document = self._random, self._documents[paper]
        needed = self._papers[paper].words * 0.1
        stayed = needed * 3 * random.random() ** 2
        depth = min(100, int(130 * random.random() ** 0.5))
        marks = Marks.ENDED if depth == 100 else NO_MARKS
        if random.random() < 0.02:
            marks |= Marks.PRINTED
        url = document.path.removeprefix("/Plone")
        opened = issued + timedelta(milliseconds=random.randrange(300, 3000))
        return Access(
            key=f"{random.getrandbits(128):032x}",
            issued=issued,
            opened=opened,
            seen=opened + timedelta(seconds=stayed * 1.5),
            document=document,
            reader=reader,
            # Where it was before somebody has moved it.
            url=f"/archive{url}" if random.random() < 0.03 else url,
            version=self._versions[paper][version],
            origin="cache" if random.random() < 0.03 else "page",
            engaged=int(stayed * 1000),
            depth=depth,
            marks=marks,
        )


def _versions(paper: Paper, current: Version | None) -> Iterator[Version]:
    """Return all that it has had, the last one is that of now."""
    for number in range(paper.versions - 1):
        digest = f"{number:x}{paper.uid[::-1][1:]}"
        yield Version(f"{number}", digest, paper.words)
    yield current or Version("", paper.uid[::-1], paper.words)


def _chosen(random: Random, weights: list[float], wanted: float) -> list[int]:
    """Return so many places, nearly, each once; who has more weight is found sooner."""
    # Nobody reads everything: a few can't be nearly all.
    number = min(int(wanted) + (random.random() < wanted % 1), len(weights) * 9 // 10)
    found: dict[int, None] = {}
    total, last = weights[-1], len(weights) - 1
    # Who is found twice is looked for again, but not for ever.
    for _try in range(number * 4):
        if len(found) >= number:
            break
        found[min(bisect(weights, random.random() * total), last)] = None
    return list(found)
