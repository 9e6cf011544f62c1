"""A made-up population whose behaviour is known, to be recovered from its events."""

from collections import Counter
from random import Random
from tests.activities.events import DAY
from tests.activities.events import event
from tests.activities.events import in_order
from tests.activities.events import START


#: How often a member of each group does something: the article's owner found power users
#: who go through what is new and submit in bulk, and, most often of all, follow people.
HABITS = {
    "followed": {"bulk": 4, "updating": 10, "following": 12, "editing": 3},
    "sample": {"bulk": 1, "updating": 5, "following": 2, "editing": 6},
}
MEMBERS = {"followed": 7, "sample": 20}

#: What of all that there are rules for, in this order.
RULES = (
    "Bulk submitting: added; at least 5 within 10 minutes",
    "Updating: read; not older than 7 days",
    "Updating: commented",
)

_NEW, _OLD = "new document", "old document"


class Population:
    """Members with habits; ``expected`` counts what they did, by group and habit."""

    def __init__(self, seed):
        self.events = []
        self.expected = {group: Counter() for group in HABITS}
        self.runs = {group: Counter() for group in HABITS}
        self._random = Random(seed)
        for group, habits in HABITS.items():
            for number in range(MEMBERS[group]):
                self._live(f"{group}-{number:02}", group, habits)
        self._random.shuffle(self.events)
        self.events = in_order(self.events)

    def created(self, document):
        return {_NEW: START - DAY, _OLD: START - 400 * DAY}.get(document)

    def _live(self, reader, group, habits):
        sessions = [habit for habit, often in habits.items() for _n in range(often)]
        self._random.shuffle(sessions)
        # Hours apart, so that each is a run.
        for number, habit in enumerate(sessions):
            minute = 180 * number + self._random.uniform(0, 60)
            done = getattr(self, f"_{habit}")(minute)
            for at, kind, more in done:
                each = event(
                    len(self.events), kind, at, reader=reader, cohort=group, **more
                )
                self.events.append(each)
            self.expected[group][habit] += len(done)
            self.runs[group][habit] += 1

    def _bulk(self, minute):
        number = self._random.randint(5, 12)
        return [
            (minute + self._random.uniform(0, 9), "added", {"portal_type": "Document"})
            for _n in range(number)
        ]

    def _updating(self, minute):
        reads = [
            (minute + n, "read", {"document": _NEW, "portal_type": "Document"})
            for n in range(self._random.randint(1, 6))
        ]
        return [*reads, (minute + 8, "commented", {"document": _OLD})]

    def _following(self, minute):
        return [
            (minute + n, "event", {"detail": "follow"})
            for n in range(self._random.randint(3, 9))
        ]

    def _editing(self, minute):
        return [
            # Fewer additions than are a bulk, and reads of what is not new.
            (minute, "added", {"portal_type": "File"}),
            (minute + 1, "edited", {"portal_type": "Document"}),
            (minute + 2, "read", {"document": _OLD, "portal_type": "Document"}),
        ]
