"""Whatever is forgotten in between, all storages say the same, and no visit gets smaller."""

from dataclasses import replace
from datetime import timedelta
from hypothesis import given
from hypothesis import strategies as st
from slc.clicktracker.testing.visitors.made_up import minutes
from slc.clicktracker.testing.visitors.made_up import view
from slc.clicktracker.testing.visitors.made_up import visits
from slc.clicktracker.testing.visitors.retention import everything as in_batches
from slc.clicktracker.testing.visits import START
from tests.nightly import examples
from tests.storage.visit_histories import everything
from tests.storage.visit_histories import PAGES
from tests.storage.visit_histories import PEOPLE


thorough = examples(9, nightly=500)

#: A page view is told several times, and always of the same time: one that was removed
#: can't be known again otherwise.
messages = st.integers(0, 30).flatmap(
    lambda number: st.builds(
        view,
        st.just(number),
        st.just(number * 4),
        st.just(PEOPLE[number % 3]),
        st.sampled_from((0, 2, 15, 40)),
        session=st.just(("a", "a", "b", "")[number % 4]),
        page=st.just(PAGES[number % len(PAGES)]),
        address=st.just(("192.0.2.1", "2001:db8::1", "")[number % 3]),
        gap=st.just(timedelta(minutes=(9, 20)[number % 2])),
        is_exit=st.just(number % 7 == 6),
    )
)
often = st.integers(1, 4)
steps = st.one_of(
    *[st.tuples(st.just("record_views"), st.lists(messages, max_size=12))] * 3,
    *[
        st.tuples(st.just(name), st.integers(0, 130).map(minutes), often)
        for name in ("drop_views", "drop_visits", "shorten_addresses")
    ],
)


@thorough
@given(history=st.lists(steps, max_size=12))
def test_all_storages_forget_the_same(backends, history):
    with backends.emptied():
        backends.now = START + timedelta(days=1)
        for step, *arguments in history:
            storages = backends.of("one")
            if step == "record_views":
                for storage in storages:
                    storage.record_views(*arguments)
                continue
            before, most = arguments
            totals = []
            for storage in storages:
                batches = in_batches(getattr(storage, step), before, most)
                assert all(batch <= most for batch in batches)
                totals.append(sum(batches))
                storage.drop_unused(START - timedelta(days=1), 100)
            assert all(total == totals[0] for total in totals), step
        reference, *others = map(everything, backends.of("one"))
        for answers in others:
            assert answers == reference


@thorough
@given(
    history=st.lists(st.lists(messages, max_size=12), max_size=6),
    times=st.lists(st.integers(0, 110), min_size=6, max_size=6),
)
def test_no_visit_gets_smaller_while_page_views_are_forgotten(backends, history, times):
    """Compared with a site that forgets nothing and is sent what the other one takes:
    each of its visits is there, in parts where one of them was over as all of its page
    views had been forgotten."""
    with backends.emptied():
        backends.now = START + timedelta(days=1)
        forgetful, whole = backends.of("one"), backends.of("two")
        oldest = START
        for sent, time in zip(history, times, strict=False):
            taken = [each for each in sent if each.at >= oldest]
            oldest = max(oldest, minutes(time))
            for one, two in zip(forgetful, whole, strict=True):
                one.record_views(sent)
                two.record_views(taken)
                assert united(bare(one), bare(two), oldest) == bare(two)
                while one.drop_views(oldest, 3):
                    assert united(bare(one), bare(two), oldest) == bare(two)


def united(parts: list, visits: list, oldest) -> list:
    """Return what visits are in all that are there in parts: all but the latest part ended
    before all that is kept."""
    found = []
    for visit in visits:
        *ended, latest = sorted(
            (each for each in parts if visit_of(each, visits) is visit), key=beginning
        )
        assert all(each.last < oldest for each in ended)
        first = (*ended, latest)[0]
        pages = sum(each.pages for each in (*ended, latest))
        whole = replace(first, **what_goes_on(latest), pages=pages)
        if any(each.session == visit.session and each.last < oldest for each in parts):
            # That it is over may be known only by what was forgotten, or seen since.
            whole = replace(whole, is_over=visit.is_over)
        found.append(whole)
    return found


def beginning(visit) -> tuple:
    return visit.start, visit.key


def visit_of(part, visits):
    """Return the visit that a part is of: of one session, the next one begins later."""
    begun = [
        each
        for each in visits
        if each.session == part.session and beginning(each) <= beginning(part)
    ]
    return max(begun, key=beginning)


def what_goes_on(visit) -> dict:
    """Return what is that of the latest page view of a visit."""
    names = ("reader", "exit", "last", "is_over", "former", "generation")
    return {name: getattr(visit, name) for name in names}


def bare(storage) -> list:
    """Return the visits, but for names and titles: the latest is that of a page view."""
    return [
        replace(
            each,
            reader=replace(each.reader, name=""),
            entry=replace(each.entry, title=""),
            exit=replace(each.exit, title=""),
        )
        for each in visits(storage)
    ]
