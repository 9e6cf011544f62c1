"""How far audiences are, computed the plain way."""

from collections import Counter
from slc.clicktracker.storage.acknowledgements.model import ACKNOWLEDGED
from slc.clicktracker.storage.model import DOWNLOADED
from slc.clicktracker.storage.model import EngagementRule
from slc.clicktracker.storage.model import LEVELS
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.progress import by_name
from slc.clicktracker.storage.progress import Expectation
from slc.clicktracker.storage.progress import LevelNumbers
from slc.clicktracker.storage.progress import MemberProgress
from slc.clicktracker.storage.progress import MemberProgressPage
from slc.clicktracker.storage.progress import most_behind
from slc.clicktracker.storage.progress import ProgressQuery
from slc.clicktracker.storage.progress import Who
from slc.clicktracker.storage.progress import who
from slc.clicktracker.testing.memory.lists import Lists
from slc.clicktracker.testing.memory.report import reached_with
from slc.clicktracker.testing.memory.report import Text


class Progress:
    """Asks the lists of one site."""

    def __init__(self, lists: Lists) -> None:
        self.lists = lists

    def progress(self, query: ProgressQuery) -> tuple[int, ...]:
        """Return how many of its audience have read each item."""
        return tuple(
            len(read & set(map(who, query.audiences[item.audience])))
            for item, read in zip(query.items, self._read(query), strict=True)
        )

    def lacking(self, query: ProgressQuery) -> tuple[tuple[Reader, ...], ...]:
        """Return who of its audience has not read each item."""
        found = []
        for item, read in zip(query.items, self._read(query), strict=True):
            missing: dict[Who, Reader] = {}
            for reader in query.audiences[item.audience]:
                if who(reader) not in read:
                    missing.setdefault(who(reader), reader)
            found.append(tuple(missing.values()))
        return tuple(found)

    def levels(
        self, query: ProgressQuery, rule: EngagementRule
    ) -> tuple[LevelNumbers, ...]:
        """Return how far readers of each item got; see ``IAudienceProgress``."""
        return tuple(
            self._levels(item, set(map(who, query.audiences[item.audience])), rule)
            for item in query.items
        )

    def behind(
        self,
        query: ProgressQuery,
        search: str = "",
        start: int = 0,
        size: int | None = 20,
    ) -> MemberProgressPage:
        """Return a page of members; see ``IAudienceProgress``."""
        expected: Counter[tuple] = Counter()
        opened: Counter[tuple] = Counter()
        for item, read in zip(query.items, self._read(query), strict=True):
            members = set(map(who, query.audiences[item.audience]))
            expected.update(members)
            opened.update(read & members)
        members = {who(each): each for its in query.audiences for each in its}
        rows = [
            MemberProgress(each, expected[who(each)], opened[who(each)])
            for each in sorted(members.values(), key=by_name)
        ]
        return most_behind(rows, search, start, size)

    def _read(self, query: ProgressQuery) -> list[set[Who]]:
        """Return for each item which current members have read it as far as it asks for."""
        return [
            {
                person
                for person, texts in self._texts(item).items()
                if any(
                    _is_far_enough(text, item.asks_for, query.rule) for text in texts
                )
            }
            for item in query.items
        ]

    def _levels(
        self, item: Expectation, members: set[Who], rule: EngagementRule
    ) -> LevelNumbers:
        reached = Counter(
            reached_with(texts, rule)
            for person, texts in self._texts(item).items()
            if person in members
        )
        return LevelNumbers(**{name: reached[name] for name in LevelNumbers._fields})

    def _texts(self, item: Expectation) -> dict[Who, list[Text]]:
        """Return what current members have read of the texts that count."""
        read: dict[Who, list[Text]] = {}
        for shown, texts in self.lists.texts(item.documents).items():
            counted = [t for t in texts if not item.current or t.name in item.current]
            if counted and not shown.former:
                read.setdefault(who(shown.reader), []).extend(counted)
        return read


def _is_far_enough(text: Text, asks_for: str, rule: EngagementRule) -> bool:
    if text.declared or asks_for == LEVELS[0]:
        return True
    if asks_for == ACKNOWLEDGED:
        return False
    if asks_for == DOWNLOADED:
        return bool(text.downloaded)
    level = text.level(rule)
    return level in LEVELS and LEVELS.index(level) >= LEVELS.index(asks_for)
