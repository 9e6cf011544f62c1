"""Whatever is removed of readings, and whoever is forgotten, all storages say the same, and
what is derived of readings is what they amount to."""

from datetime import date
from datetime import timedelta
from hypothesis import given
from hypothesis import strategies as st
from slc.clicktracker.storage.absence import AbsenceQuery
from slc.clicktracker.storage.acknowledgements.model import AcknowledgementQuery
from slc.clicktracker.storage.history import HistoryQuery
from slc.clicktracker.storage.model import EngagementRule
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.retention import KINDS_OF_READINGS
from slc.clicktracker.testing.visits import readings
from slc.clicktracker.testing.visits import START
from tests.nightly import examples
from tests.storage.histories import accesses
from tests.storage.histories import acknowledgements
from tests.storage.histories import EXPECTED
from tests.storage.histories import people
from tests.storage.histories import RULES
from tests.storage.histories import UIDS


thorough = examples(8, nightly=500)

#: Some tickets are of these minutes, others of half a day later.
moments = st.one_of(
    st.integers(0, 6).map(lambda number: START + timedelta(minutes=number)),
    st.integers(10, 14).map(lambda number: START + timedelta(hours=number)),
)
often = st.integers(1, 3)
steps = st.one_of(
    *[st.tuples(st.just("record"), st.lists(accesses(), max_size=12))] * 3,
    st.tuples(st.just("acknowledge"), st.lists(acknowledgements(), max_size=4)),
    st.tuples(st.just("retire"), people),
    st.tuples(st.just("forget"), people),
    st.tuples(st.just("pseudonymise"), people),
    st.tuples(st.just("drop_accesses"), moments, often),
    st.tuples(
        st.just("drop_readings"),
        st.sampled_from(KINDS_OF_READINGS),
        moments,
        often,
        st.sampled_from(RULES),
    ),
    st.tuples(st.just("drop_days"), moments, often),
)


@thorough
@given(history=st.lists(steps, max_size=10))
def test_all_storages_remove_and_forget_the_same(backends, history):
    with backends.emptied():
        for number, (step, *arguments) in enumerate(history):
            # So that some of what arrives is from before somebody was forgotten.
            backends.now = START + timedelta(minutes=number, hours=11)
            if step == "pseudonymise":
                arguments.append(f"forgotten-{number}")
            answers = [_done(s, step, *arguments) for s in backends.of("one")]
            assert all(answer == answers[0] for answer in answers), step
        reference, *others = map(everything, backends.of("one"))
        for storage, answers in zip(backends.of("one")[1:], others, strict=True):
            assert answers == reference
            storage.rebuild()
            assert everything(storage) == reference


def _done(storage, step, *arguments):
    answer = getattr(storage, step)(*arguments)
    return sum(answer) if step.startswith("drop_") else answer


def everything(storage) -> dict:
    """What can be asked of what is left."""
    found = {
        "log": storage.getLog("/site"),
        "accesses": storage.status().accesses,
        "readings": storage.status().readings,
        "days": storage.activity(UIDS, date(2025, 1, 1), date(2027, 1, 1)),
        "first": storage.first_readings(UIDS),
        "depths": storage.depths(UIDS),
        "acknowledged": storage.acknowledgements(AcknowledgementQuery(UIDS)),
        "absent": storage.absent(AbsenceQuery(UIDS, EXPECTED)),
    }
    for rule in RULES:
        found["coverage", rule] = storage.coverage(UIDS, rule)
        found["rows", rule] = readings(storage, *UIDS, rule=rule, sort="level")
    for row in readings(storage, *UIDS):
        query = HistoryQuery(
            UIDS, row.reader, generation=row.generation, rule=EngagementRule()
        )
        found["history", row.reader.user, row.reader.folder, row.generation] = (
            storage.history(query)
        )
    for reader in (*EXPECTED, Reader("")):
        found["traces", reader] = storage.traces(reader)
    return found
