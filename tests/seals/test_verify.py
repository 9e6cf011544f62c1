"""What is said of a seal, and of one that was changed."""

from copy import deepcopy
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from slc.clicktracker.seals.keys import SealKey
from slc.clicktracker.seals.verify import CHAIN_FORMAT
from slc.clicktracker.seals.verify import checked
from slc.clicktracker.seals.verify import problems_of_chain
from slc.clicktracker.seals.verify import public_key
from slc.clicktracker.seals.verify import seal_hash
from slc.clicktracker.seals.verify import signed_bytes
from tests.seals.seals import BOB
from tests.seals.seals import PEOPLE
from tests.seals.seals import PUBLIC
from tests.seals.seals import seal
from tests.seals.seals import written

import json
import pytest


OTHER = SealKey.made()
WHOLE = written(seal())


def problems(data, *keys):
    return checked("seal.json", data, keys or [PUBLIC]).problems


def changed(change):
    file = deepcopy(seal())
    change(file)
    return problems(written(file))


def test_what_was_sealed_is_as_it_was_sealed():
    found = checked("seal.json", WHOLE, [PUBLIC])
    assert found.problems == []
    assert found.hash == seal_hash(seal()["head"])
    assert found.notes == [
        "When it was sealed is the word of the site: there is no time stamp of anybody "
        "else."
    ]


def test_spaces_between_its_words_change_nothing():
    text = json.dumps(seal(), indent=2, ensure_ascii=False, sort_keys=True)
    assert problems(text.encode()) == []


def test_whose_name_is_not_there_is_counted_and_the_seal_holds():
    file = {**seal(), "people": {BOB: PEOPLE[BOB]}}
    found = checked("seal.json", written(file), [PUBLIC])
    assert found.problems == []
    assert found.notes[0].startswith("People whose names are not in the file: 1.")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            lambda f: f["parts"]["readings"][0].update(level="opened"),
            'In the part “readings”, entry 1 (Alice "A" Anders) was changed.',
        ),
        (
            lambda f: f["parts"]["expected"].pop(),
            "The part “expected” has 1 entries; 2 were sealed.",
        ),
        (
            lambda f: f["parts"]["expected"].reverse(),
            'In the part “expected”, entry 1 (Alice "A" Anders) was changed.',
        ),
        (
            lambda f: f["parts"]["report"].update(complete=False),
            "In the part “report”, “complete” was changed.",
        ),
        (
            lambda f: f["parts"]["report"].update(more=1),
            "In the part “report”, “more” was changed.",
        ),
        (
            lambda f: f["parts"].pop("readings"),
            "The part “readings” was taken out or put in.",
        ),
        (
            lambda f: f["parts"].update(notes=[]),
            "The part “notes” was taken out or put in.",
        ),
        (
            lambda f: f["digests"]["readings"].append("00" * 32),
            "The digests of the part “readings” were changed.",
        ),
        (
            lambda f: f["people"][BOB].update(name="Bob Baker"),
            "The name, id or salt of Bob Baker was changed.",
        ),
        (
            lambda f: f["people"][BOB].update(salt="5b" * 32),
            "The name, id or salt of Bob Bärger was changed.",
        ),
        (
            lambda f: f["people"].update({"00" * 32: PEOPLE[BOB]}),
            "Bob Bärger is not among the people who were sealed.",
        ),
        (
            lambda f: f["head"].update(as_of="2026-05-05T12:00:00.000000Z"),
            "The signature does not fit: the head (site, number, times, document, "
            "digests) or the signature was changed.",
        ),
        (lambda f: f["head"].update(number="1"), "The head was changed: number."),
        (lambda f: f["head"].update(more=1), "The head was changed: more."),
        (lambda f: f.update(more=1), "The file has not the parts of a seal: more."),
        (
            lambda f: f.update(signature="00"),
            "The signature was changed: it is no signature.",
        ),
        (
            lambda f: f.update(timestamp={}),
            "The time stamp was changed: it can't be read.",
        ),
    ],
)
def test_what_was_changed_is_named(change, said):
    assert said in changed(change)


def test_who_seals_it_again_with_another_key_is_found_out():
    file = seal(OTHER)
    (problem,) = problems(written(file))
    assert problem.startswith(
        f"It is sealed with another key, {OTHER.fingerprint[:16]}…"
    )
    assert problems(written(file), PUBLIC, public_key(OTHER.public)) == []


def test_who_signs_for_another_key_is_found_out():
    file = seal()
    file["signature"] = OTHER.signature(signed_bytes(file["head"]))
    assert len(problems(written(file), public_key(OTHER.public))) == 1
    assert len(problems(written(file))) == 1


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.99])
def test_a_file_that_is_cut_off_says_so(share):
    (problem,) = problems(WHOLE[: int(len(WHOLE) * share)])
    assert problem.startswith("The file is cut off")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"Hello", "This is no JSON: line 1, column 1."),
        (b"\xff\xfe", "This is no text in UTF-8: byte 0."),
        (b"[]", "This is no seal of the format"),
        (b'{"format":"x"}', "This is no seal of the format"),
        (b'{"format":1,"format":2}', "a name is there twice"),
        (b'{"a":1.5}', "a number that no seal has"),
        (b'{"a":NaN}', "a number that no seal has"),
        (b"[" * 100_000, ""),
        (b'{"a":' + b"1" * 10_000 + b"}", "This is no seal"),
    ],
)
def test_what_is_no_seal_says_so(data, said):
    (problem,) = problems(data)
    assert said in problem


@settings(max_examples=300, deadline=None)
@given(st.integers(0, len(WHOLE) - 2), st.integers(0, 7))
def test_one_flipped_bit_is_found(place, bit):
    data = bytearray(WHOLE)
    data[place] ^= 1 << bit
    assert problems(bytes(data))


def test_each_seal_names_the_one_before():
    first = seal()
    second = seal(number=2, previous=seal_hash(first["head"]))
    third = seal(number=3, previous=seal_hash(second["head"]))
    files = [
        checked(f"{n}", written(f), [PUBLIC])
        for n, f in enumerate((first, second, third), 1)
    ]
    chain = {
        "format": CHAIN_FORMAT,
        "seals": [
            {
                "number": each.head["number"],
                "hash": each.hash,
                "previous": each.head["previous"],
            }
            for each in files
        ],
    }
    assert problems_of_chain(files, chain) == []
    assert problems_of_chain(files[::2]) == []
    missing = {**chain, "seals": chain["seals"][::2]}
    assert problems_of_chain(files, missing) == [
        "In the list of seals, number 2 is missing."
    ]
    other = checked("other", written(seal(number=2, previous="00" * 32)), [PUBLIC])
    assert problems_of_chain([files[0], other]) == [
        "Seal 2 names another seal before it than 1."
    ]
    assert problems_of_chain([*files, other])[0] == (
        "Two different seals have the number 2: 2 and other."
    )
    assert "number 2 is not other." in problems_of_chain([other], chain)[0]
    short = {**chain, "seals": chain["seals"][:2]}
    assert problems_of_chain(files, short) == ["Seal 3 is not in the list of seals."]


@pytest.mark.parametrize(
    "text",
    ["", "ed25519:00", "ed25519:" + "g" * 64, OTHER.pem],
    ids=["nothing", "too short", "other digits", "a private key"],
)
def test_what_is_no_public_key_is_refused(text):
    with pytest.raises(ValueError):
        public_key(text)
