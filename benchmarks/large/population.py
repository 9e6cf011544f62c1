"""Who and what is in the made-up site: the same for the same size.

Nothing here knows Plone or a storage. Groups are nested three deep, as the units of a
ministry are: divisions, departments, sections. Half of the folders are for everybody, in
the others some people, groups or roles are expected, or not everybody may look.
"""

from benchmarks.large.size import Size
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import cycle
from itertools import islice
from random import Random


SEED = 13

#: The folder that is tracked, with all others in it.
TOP = "intranet"

#: Who asks, with a role on the Sharing tab of that folder; and who may do everything.
SECRETARY, MANAGER = "secretary", "manager"

#: The kinds of folders, by turns; see ``Folder``.
EVERYBODY, GROUPS, ROLES, PEOPLE, PRIVATE = range(5)
_KINDS = (EVERYBODY, GROUPS, EVERYBODY, ROLES, EVERYBODY, PRIVATE, EVERYBODY, PEOPLE)

_FIRST = (
    "Alice Bob Carol David Çelik Zoë Jürgen Özgür Ayşe Émile Łukasz Søren Anna Ben "
    "Clara Emil Frieda Greta Hannes Ida Jonas Karla Leo Mia Nils Olga Paul Rosa Sven Tilda"
)
_LAST = (
    "Anders Berg Conrad Demir Ebert Fischer Groß Hansen Ivanova Jansen Krüger Lehmann "
    "Meier Novák Östberg Petersen Quast Richter Schäfer Thiel Ünal Vogel Weiß Young Zander "
    "Ångström Brandt Çağlar Dvořák Engel Franke Günther Horváth Ilić Jäger Keller Lindqvist"
)
_SUBJECTS = (
    "Minutes",
    "Travel expenses",
    "Safety instruction",
    "Übersicht",
    "Report",
    "Working time",
    "Data protection",
    "Circular",
)


@dataclass(frozen=True)
class Group:
    """``parent`` is the id of the group that it is a member of, or ""."""

    id: str
    title: str
    parent: str


@dataclass(frozen=True)
class Folder:
    """``kind`` says who is expected to read what is in it: ``EVERYBODY``; ``GROUPS``
    that are named, ``PEOPLE``, or who has a role (``ROLES``), of those who may all look;
    or all those few who may look at all (``PRIVATE``). ``readers`` have the role of a
    reader there. ``path`` is below that of ``TOP``."""

    path: str
    title: str
    kind: int
    groups: tuple[str, ...] = ()
    people: tuple[str, ...] = ()

    @property
    def is_private(self) -> bool:
        return self.kind in (ROLES, PRIVATE)


@dataclass(frozen=True)
class Paper:
    """A document. ``versions`` is how many texts it has had, ``excused`` who need not
    read it; ``reads`` how many readings of it there are to be, nearly."""

    uid: str
    id: str
    title: str
    folder: Folder
    words: int
    is_file: bool
    is_deleted: bool
    versions: int
    excused: tuple[str, ...]
    reads: float

    @property
    def path(self) -> str:
        """The physical path in a site that is called Plone."""
        return f"/Plone/{TOP}/{self.folder.path}/{self.id}"


class Population:
    """All of it, for one size."""

    def __init__(self, size: Size) -> None:
        self.size = size
        random = Random(SEED)  # noqa: S311 (only made up)
        self.members = tuple(_people(random, "member", size.members))
        self.left = tuple(_people(random, "left", size.left))
        self.groups = tuple(_groups(size.groups))
        self.group_of = dict(_placed(random, self.members, self.groups))
        self.folders = tuple(self._folders(random))
        self.papers = tuple(self._papers(random))

    @property
    def name_of(self) -> dict[str, str]:
        return dict(self.members)

    @property
    def circulars(self) -> tuple[Paper, ...]:
        """What is in the largest folder; the first one nearly everybody has opened."""
        return self.papers[: self.size.circulars]

    @cached_property
    def below(self) -> dict[str, tuple[str, ...]]:
        """Who is in a group, or in one that is in it."""
        parents = {group.id: group.parent for group in self.groups}
        found: dict[str, list[str]] = {group.id: [] for group in self.groups}
        for user, group in self.group_of.items():
            while group:
                found[group].append(user)
                group = parents[group]
        return {group: tuple(users) for group, users in found.items()}

    def allowed(self, folder: Folder) -> tuple[str, ...]:
        """Return who may look at what is in a folder, and probably does."""
        if folder.is_private:
            return tuple(u for group in folder.groups for u in self.below[group])
        return tuple(user for user, _name in self.members)

    def _folders(self, random: Random) -> Iterator[Folder]:
        users = [user for user, _name in self.members]
        ids = [group.id for group in self.groups]
        yield Folder("circulars", "Circulars", EVERYBODY)
        kinds = islice(cycle(_KINDS), self.size.folders - 1)
        for number, kind in enumerate(kinds, 1):
            area, title = f"area-{number // 20:02}", f"Subject {number:03}"
            groups = tuple(random.sample(ids, 1 + number % 2))
            people = tuple(random.sample(users, 6 + number % 25))
            yield Folder(
                f"{area}/subject-{number:03}",
                title,
                kind,
                groups if kind in (GROUPS, ROLES, PRIVATE) else (),
                people if kind == PEOPLE else (),
            )

    def _papers(self, random: Random) -> Iterator[Paper]:
        size = self.size
        users = [user for user, _name in self.members]
        others = size.documents + size.deleted - size.circulars
        reads = [
            *_shared(size.circular_readings, size.circulars),
            *_shared(size.readings - size.circular_readings, others),
        ]
        # Each paper of the other folders is in any of them, the popular ones as well.
        for number, number_of_reads in enumerate(reads):
            in_circulars = number < size.circulars
            is_first = number == 0
            is_excusing = number % 50 == 0
            versions = 1 + (number % 3 == 1) + (number % 12 == 4)
            yield Paper(
                uid=f"{random.getrandbits(128):032x}",
                id=f"paper-{number:05}",
                title=f"{_SUBJECTS[number % len(_SUBJECTS)]} {number:05}",
                folder=self.folders[0]
                if in_circulars
                else self.folders[1 + number % (size.folders - 1)],
                words=random.randrange(60, 500),
                is_file=not is_first and number % 20 == 19,
                is_deleted=number >= size.documents,
                versions=2 if is_first else versions,
                excused=tuple(random.sample(users, 1 + number % 5))
                if is_excusing
                else (),
                reads=0.7 * size.members if is_first else number_of_reads,
            )


def _people(random: Random, word: str, number: int) -> Iterator[tuple[str, str]]:
    """Return user ids and full names, of which some have the same."""
    first, last = _FIRST.split(), _LAST.split()
    for place in range(number):
        name = f"{random.choice(first)} {random.choice(last)}"
        yield f"{word}-{place:05}", name


def _groups(number: int) -> Iterator[Group]:
    """Return a tenth of them as divisions, with departments, with sections."""
    divisions = max(number // 10, 2)
    departments = max(number * 3 // 10, divisions)
    for place in range(number):
        if place < divisions:
            word, parent = "Division", ""
        elif place < divisions + departments:
            word, parent = "Department", f"unit-{place % divisions:03}"
        else:
            word = "Section"
            parent = f"unit-{divisions + place % departments:03}"
        yield Group(f"unit-{place:03}", f"{word} {place:03}", parent)


def _placed(
    random: Random, members: tuple[tuple[str, str], ...], groups: tuple[Group, ...]
) -> Iterator[tuple[str, str]]:
    """Return the group of each member: mostly a section, sometimes one above."""
    for user, _name in members:
        place = int(len(groups) * (1 - random.random() ** 2 * 0.99))
        yield user, groups[min(place, len(groups) - 1)].id


def _shared(readings: int, among: int) -> list[float]:
    """Return how many readings each has: a few have many, most have few."""
    weights = [1 / (place + among / 20) ** 0.4 for place in range(among)]
    return [readings * weight / sum(weights) for weight in weights]
