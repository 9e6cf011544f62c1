"""Who is followed, who is in the sample: nobody in both, and the same for the same seed."""

from hypothesis import given
from hypothesis import strategies as st
from slc.clicktracker.activities.cohorts import cohorts
from slc.clicktracker.activities.cohorts import sample_of


IDS = st.frozensets(st.text(st.characters(), min_size=1), max_size=30)
SEEDS = st.text(max_size=5)
SIZES = st.integers(0, 40)
MEMBERS = [f"member-{number}" for number in range(1000)]


@given(st.data(), IDS, SIZES, SEEDS)
def test_the_same_seed_gives_the_same_sample_in_whatever_order_members_come(
    data, members, size, seed
):
    again = data.draw(st.permutations(sorted(members)))
    sample = sample_of(again, size, seed)
    assert sample == sample_of(members, size, seed)
    assert len(sample) == min(size, len(members))
    assert sample <= members


@given(IDS, IDS, st.lists(st.text(), max_size=30), st.integers(0, 50), SIZES, SEEDS)
def test_nobody_is_in_both_and_only_members_are_in_either(
    members, chosen, active, percent, size, seed
):
    found = cohorts(members, chosen, active, percent, size, seed)
    assert not found.followed & found.sample
    assert found.followed | found.sample <= members
    assert members & chosen <= found.followed
    assert len(found.followed - chosen) <= len(members) * percent // 100
    assert len(found.sample) == min(size, len(members - found.followed))


@given(IDS.filter(bool), st.text(min_size=1), SIZES, SEEDS)
def test_who_joins_changes_one_at_most_in_the_sample(members, new, size, seed):
    before = sample_of(members, size, seed)
    after = sample_of(members | {new}, size, seed)
    assert len(before - after) <= 1
    assert after - before <= {new}


def test_another_seed_gives_another_sample():
    one, other = (sample_of(MEMBERS, 100, seed) for seed in ("1", "2"))
    assert len(one) == len(other) == 100
    # 10 are expected in both; fewer than 30 but once in a billion seeds.
    assert len(one & other) < 30


def test_the_most_active_are_a_share_of_all_members():
    active = ["gone", *MEMBERS[::-1]]
    found = cohorts(MEMBERS, [], active, 2, 0, "")
    assert found.followed == set(MEMBERS[-20:])
