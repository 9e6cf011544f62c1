"""How much of the database is read for the declarations of many documents."""

from random import Random
from slc.clicktracker.declarations.declarations import Declarations


#: Entries in a part of the tree, at least, on average.
_FULL = 15

#: The site, its annotations, the tree and what is between it and its parts.
_WAY = 25

notes = Declarations("note")
others = Declarations("other")

_RANDOM = Random(15)
DOCUMENTS = [f"{_RANDOM.getrandbits(128):032x}" for _number in range(5000)]


def test_documents_without_any_cost_nothing(site, loads):
    notes.declare("one", "on leave")
    most = loads(lambda: notes.of_each(DOCUMENTS[:1]))
    assert loads(lambda: notes.of_each(DOCUMENTS)) <= most
    assert loads(lambda: [uid in notes.uids for uid in DOCUMENTS]) <= most


def test_some_of_many_documents_are_read_in_few_parts(site, loads):
    for uid in DOCUMENTS[::20]:
        notes.declare(uid, "on leave")
    of_all = loads(lambda: notes.of_each(DOCUMENTS))
    assert len(notes.of_each(DOCUMENTS)) == 250
    assert of_all <= 250 / _FULL + _WAY
    assert loads(lambda: notes.of_each(DOCUMENTS[1::2])) <= of_all


def test_one_kind_is_not_read_for_the_sake_of_another(site, loads):
    for uid in DOCUMENTS[::20]:
        notes.declare(uid, "on leave")
        for _time in range(40):
            others.declare(uid, "read aloud")
    of_all = loads(lambda: notes.of_each(DOCUMENTS))
    assert of_all <= 250 / _FULL + _WAY
    assert loads(lambda: others.of_each(DOCUMENTS)) > 10 * of_all


def test_each_of_many_documents_has_some(site, loads):
    for uid in DOCUMENTS:
        notes.end(notes.declare(uid, "on leave"))
    assert loads(lambda: notes.of_each(DOCUMENTS)) <= 2 * 5000 / _FULL + _WAY
    assert loads(lambda: notes.of_each(DOCUMENTS[:250])) <= 250 + _WAY
