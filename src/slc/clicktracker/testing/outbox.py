"""What a storage has to do with what services are to be told."""

from datetime import datetime
from datetime import timedelta
from datetime import timezone
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.outbox.model import Aside
from slc.clicktracker.storage.outbox.model import Hit
from slc.clicktracker.storage.outbox.model import IN_DOUBT
from slc.clicktracker.storage.outbox.model import KEPT
from slc.clicktracker.storage.outbox.model import OutboxState
from slc.clicktracker.storage.outbox.model import Settlement
from slc.clicktracker.testing.contract import NASTY
from slc.clicktracker.testing.contract import StorageContract
from threading import Barrier
from threading import Thread


NOW = datetime(2026, 3, 2, 12, tzinfo=timezone.utc)
LEASE = timedelta(minutes=5)
MATOMO = "matomo"
BOB = Reader("bob")


def hit(number: int, at: int | None = None, **more) -> Hit:
    """Return one of which nothing matters but that it is another one; ``at`` is in seconds
    after ``NOW``."""
    moment = NOW + timedelta(seconds=number if at is None else at)
    values = {"service": MATOMO, "url": f"https://example.org/{number}", **more}
    return Hit(key=f"{number:032x}", at=moment, **values)


def keys(*numbers: int) -> tuple[str, ...]:
    return tuple(f"{number:032x}" for number in numbers)


class HitsContract(StorageContract):
    """Tests of the outbox, with a clock that stands at ``self.time``."""

    def outbox_of(self, site=""):
        storage = self.make_storage(site)
        self.time = getattr(self, "time", NOW)
        storage.now = lambda: self.time
        return storage

    def numbers(self, claim):
        return [] if claim is None else [int(one.key, 16) for one in claim.hits]

    def claimed(self, storage, most=10, service=MATOMO):
        return storage.claim_hits(service, most, LEASE)

    def settled(self, storage, claim, **settlement):
        storage.settle_hits(MATOMO, claim, Settlement(**settlement))

    def test_hits_are_claimed_as_they_were_put_the_oldest_first(self):
        storage = self.outbox_of()
        first = hit(
            *(3, -5),
            **{"title": "Grüße 👍🏽", "reader": Reader("bob", "/acl_users")},
            **{"identity": "o'\"Bob", "session": "ab" * 16},
            **{"agent": "Firefox\\", "referrer": "https://example.com/?"},
        )
        storage.put_hits([hit(1), first, hit(2)])
        assert storage.waiting_hits(MATOMO, 2) == (first, hit(1))
        claim = self.claimed(storage, 2)
        assert claim.hits == (first, hit(1))
        assert storage.waiting_hits(MATOMO, 2) == (hit(2),)
        assert claim.failures == 0

    def test_texts_of_all_kinds_come_back(self):
        storage = self.outbox_of()
        sent = [hit(n, title=text, identity=text) for n, text in enumerate(NASTY)]
        storage.put_hits(sent)
        assert list(self.claimed(storage, 99).hits) == sent

    def test_nothing_is_claimed_where_nothing_waits(self):
        storage = self.outbox_of()
        assert self.claimed(storage) is None
        storage.put_hits([])
        storage.put_hits([hit(1, service="clicky")])
        assert self.claimed(storage) is None
        assert self.outbox_of("other").claim_hits("clicky", 1, LEASE) is None
        assert storage.outbox(MATOMO) == OutboxState()

    def test_what_was_put_before_changes_nothing_also_when_it_was_sent(self):
        storage = self.outbox_of()
        storage.put_hits([hit(1), hit(1, title="again")])
        storage.put_hits([hit(1, title="later"), hit(2)])
        claim = self.claimed(storage)
        assert claim.hits == (hit(1), hit(2))
        self.settled(storage, claim, counted=keys(1, 2))
        self.time += timedelta(days=29)
        storage.put_hits([hit(1), hit(2)])
        assert self.claimed(storage) is None
        assert storage.outbox(MATOMO).sent == 2

    def test_what_arrives_too_late_to_be_told_from_what_was_sent_is_left_out(self):
        storage = self.outbox_of()
        self.time += KEPT + timedelta(seconds=2)
        storage.put_hits([hit(1), hit(2)])
        assert self.numbers(self.claimed(storage)) == [2]

    def test_what_was_counted_is_gone_and_what_was_not_waits(self):
        storage = self.outbox_of()
        storage.put_hits([hit(n) for n in range(1, 5)])
        claim = self.claimed(storage)
        aside = ((keys(3)[0], "rejected"),)
        self.settled(storage, claim, counted=keys(1, 2), aside=aside, back=keys(4))
        state = storage.outbox(MATOMO)
        assert (state.sent, state.last) == (2, NOW)
        assert (state.waiting, state.oldest) == (1, hit(4).at)
        assert state.aside == (Aside("rejected", 1, hit(3).at),)
        assert self.numbers(self.claimed(storage)) == [4]
        assert storage.outbox(MATOMO).sending == 1

    def test_nobody_else_claims_meanwhile(self):
        storage, other = self.outbox_of(), self.outbox_of()
        storage.put_hits([hit(n) for n in range(9)])
        claim = self.claimed(storage, 3)
        assert self.numbers(claim) == [0, 1, 2]
        self.time += LEASE - timedelta(seconds=1)
        assert self.claimed(other, 3) is None
        self.settled(storage, claim, counted=keys(0, 1, 2))
        assert self.numbers(self.claimed(other, 3)) == [3, 4, 5]

    def test_of_many_who_claim_at_the_same_time_one_does(self):
        storage = self.outbox_of()
        storage.put_hits([hit(n) for n in range(9)])
        others = [self.outbox_of() for _ in range(4)]
        together, found = Barrier(4), []

        def claim(one):
            together.wait()
            found.append(self.numbers(self.claimed(one, 3)))

        threads = [Thread(target=claim, args=(one,)) for one in others]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(found) == [[], [], [], [0, 1, 2]]

    def test_what_nobody_settled_in_time_is_in_doubt_and_not_sent_again(self):
        storage, other = self.outbox_of(), self.outbox_of()
        storage.put_hits([hit(n) for n in range(1, 5)])
        self.claimed(storage, 2)
        self.time += LEASE + timedelta(seconds=1)
        assert self.numbers(self.claimed(other, 9)) == [3, 4]
        assert storage.outbox(MATOMO).aside == (Aside(IN_DOUBT, 2, hit(1).at),)

    def test_it_is_in_doubt_also_where_nothing_else_waits(self):
        storage = self.outbox_of()
        storage.put_hits([hit(1)])
        self.claimed(storage)
        self.time += LEASE + timedelta(seconds=1)
        assert self.claimed(storage) is None
        assert storage.outbox(MATOMO).aside == (Aside(IN_DOUBT, 1, hit(1).at),)

    def test_who_is_late_still_says_what_became_of_it(self):
        storage, other = self.outbox_of(), self.outbox_of()
        storage.put_hits([hit(n) for n in range(1, 6)])
        late = self.claimed(storage, 4)
        self.time += LEASE + timedelta(seconds=1)
        claim = self.claimed(other)
        assert self.numbers(claim) == [5]
        aside = ((keys(3)[0], "rejected"),)
        self.settled(storage, late, counted=keys(1), back=keys(2), aside=aside)
        state = storage.outbox(MATOMO)
        assert (state.sent, state.waiting, state.sending) == (1, 1, 1)
        assert [one.reason for one in state.aside] == [IN_DOUBT, "rejected"]
        # It is the other one's turn still.
        assert self.claimed(storage) is None
        self.settled(other, claim, counted=keys(5))
        assert self.numbers(self.claimed(storage)) == [2]

    def test_after_a_failure_one_alone_is_tried_when_it_is_due(self):
        storage = self.outbox_of()
        storage.put_hits([hit(n) for n in range(1, 5)])
        due = NOW + timedelta(minutes=1)
        problem = {"problem": "unreachable", "detail": "refused", "due": due}
        self.settled(storage, self.claimed(storage), back=keys(1, 2, 3, 4), **problem)
        state = storage.outbox(MATOMO)
        assert (state.problem, state.detail, state.due) == tuple(problem.values())
        assert self.claimed(storage) is None
        self.time = due
        claim = self.claimed(storage)
        assert (self.numbers(claim), claim.failures) == ([1], 1)
        self.settled(storage, claim, back=keys(1), problem="unreachable")
        claim = self.claimed(storage)
        assert (self.numbers(claim), claim.failures) == ([1], 2)
        self.settled(storage, claim, counted=keys(1))
        claim = self.claimed(storage)
        assert (self.numbers(claim), claim.failures) == ([2, 3, 4], 0)
        assert storage.outbox(MATOMO).problem == ""

    def test_a_try_that_somebody_asks_for_counts_for_one_that_failed_before(self):
        storage = self.outbox_of()
        storage.put_hits([hit(1)])
        for failures in (0, 1, 2):
            claim = self.claimed(storage)
            assert claim.failures == failures
            self.settled(storage, claim, back=keys(1), problem="x")
        for _ in range(3):
            storage.send_again(MATOMO, "")
            claim = self.claimed(storage)
            assert claim.failures == 2
            self.settled(storage, claim, back=keys(1), problem="x")
        for _ in range(3):
            storage.send_again(MATOMO, "")
        # One alone is tried still, so that few get in doubt.
        assert self.claimed(storage).failures == 1

    def test_what_was_set_aside_is_tried_again_or_given_up_by_its_reason(self):
        storage = self.outbox_of()
        storage.put_hits([hit(n) for n in range(1, 5)])
        aside = zip(keys(1, 2, 3, 4), ("a", "b", "b", "c"), strict=True)
        due = NOW + timedelta(hours=1)
        claim = self.claimed(storage)
        self.settled(storage, claim, aside=tuple(aside), problem="x", due=due)
        assert self.claimed(storage) is None
        assert storage.send_again(MATOMO, "b") == 2
        assert storage.discard_hits(MATOMO, "a") == 1
        state = storage.outbox(MATOMO)
        assert (state.waiting, state.sent, state.due) == (2, 0, None)
        assert state.aside == (Aside("c", 1, hit(4).at),)
        # What was given up is known, and not taken anew.
        storage.put_hits([hit(1)])
        assert self.numbers(self.claimed(storage)) == [2]

    def test_nothing_is_kept_for_longer_than_some_weeks(self):
        storage, other = self.outbox_of(), self.outbox_of("other")
        for one in (storage, other):
            one.put_hits([hit(n) for n in range(1, 5)])
        claim = self.claimed(storage, 2)
        self.settled(storage, claim, counted=keys(1), aside=((keys(2)[0], "a"),))
        assert storage.drop_old_hits(9) == 0
        self.time = NOW + KEPT + timedelta(seconds=3.5)
        assert [storage.drop_old_hits(2) for _ in range(3)] == [2, 1, 0]
        assert storage.outbox(MATOMO).aside == ()
        assert self.numbers(self.claimed(storage)) == [4]
        assert self.numbers(self.claimed(other)) == [1, 2, 3, 4]

    def test_hits_of_sites_do_not_mix(self):
        storage, other = self.outbox_of("one"), self.outbox_of("two")
        storage.put_hits([hit(1, title="one")])
        other.put_hits([hit(1, title="two")])
        claim = self.claimed(storage)
        assert claim.hits[0].title == "one"
        self.settled(storage, claim, counted=keys(1))
        assert self.claimed(other).hits[0].title == "two"

    def test_who_is_forgotten_is_told_of_to_nobody(self):
        storage = self.outbox_of()
        others = [hit(2), hit(3, reader=Reader("bob", "/acl_users"))]
        storage.put_hits([hit(1, reader=BOB), *others, hit(4, reader=Reader("eve"))])
        if not hasattr(storage, "forget"):
            return
        storage.forget(BOB)
        assert self.numbers(self.claimed(storage)) == [2, 3, 4]
