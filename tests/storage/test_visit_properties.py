"""Whatever visitors do, all storages say the same of it, in whatever order they hear of it."""

from datetime import timedelta
from hypothesis import given
from hypothesis import strategies as st
from slc.clicktracker.testing.visits import START
from tests.nightly import examples
from tests.storage.visit_histories import everything
from tests.storage.visit_histories import histories
from tests.storage.visit_histories import messages
from tests.storage.visit_histories import SITES


thorough = examples(4, nightly=500)


@thorough
@given(history=histories)
def test_all_storages_say_the_same_of_visitors(backends, history):
    with backends.emptied():
        for number, (site, (step, *arguments)) in enumerate(history):
            backends.now = START + timedelta(minutes=10 * number, seconds=30)
            answers = [getattr(s, step)(*arguments) for s in backends.of(site)]
            assert all(answer == answers[0] for answer in answers), step
        for site in SITES:
            reference, *others = map(everything, backends.of(site))
            for answers in others:
                assert answers == reference


@thorough
@given(sent=st.lists(messages, max_size=25), data=st.data())
def test_it_makes_no_difference_in_which_order_page_views_arrive(backends, sent, data):
    shuffled = data.draw(st.permutations(sent))
    cuts = sorted(data.draw(st.lists(st.integers(0, len(sent)), max_size=4)))
    backends.now = START
    with backends.emptied():
        for one, two in zip(backends.of("one"), backends.of("two"), strict=True):
            one.record_views(sent)
            for start, end in zip([0, *cuts], [*cuts, len(sent)], strict=True):
                two.record_views(shuffled[start:end])
                two.record_views(shuffled[: start // 2])
            assert everything(one) == everything(two)
