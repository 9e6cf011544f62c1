"""What a storage has to answer about readings."""

from slc.clicktracker.storage.absence import AbsenceQuery
from slc.clicktracker.storage.folding import folded
from slc.clicktracker.storage.marks import Marks
from slc.clicktracker.storage.model import Document
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import Reading
from slc.clicktracker.storage.model import READING_LEVELS
from slc.clicktracker.storage.model import ReadingQuery
from slc.clicktracker.storage.model import SORT_KEYS
from slc.clicktracker.storage.model import Version
from slc.clicktracker.testing.contract import StorageContract
from slc.clicktracker.testing.visits import ALICE
from slc.clicktracker.testing.visits import BOB
from slc.clicktracker.testing.visits import CAROL
from slc.clicktracker.testing.visits import DOC
from slc.clicktracker.testing.visits import download
from slc.clicktracker.testing.visits import NOBODY
from slc.clicktracker.testing.visits import note
from slc.clicktracker.testing.visits import OTHER
from slc.clicktracker.testing.visits import read
from slc.clicktracker.testing.visits import readings
from slc.clicktracker.testing.visits import visit

import pytest


OLD = Version("0", "d0", 100)


class ReportContract(StorageContract):
    """Tests of the lists of readings."""

    def test_one_row_is_one_reader_and_one_document(self):
        storage = self.make_storage()
        other = Document("uid-other", "/site/other", "Agenda")
        storage.record(
            [visit(1), visit(2, BOB), visit(3, ALICE, other), visit(4, ALICE, other)]
        )
        rows = readings(storage, DOC.uid, other.uid, "uid-unknown", DOC.uid)
        assert [(row.reader.user, row.document.uid, row.count) for row in rows] == [
            ("alice", DOC.uid, 1),
            ("alice", other.uid, 2),
            ("bob", DOC.uid, 1),
        ]
        assert readings(storage, "uid-unknown") == []

    def test_the_same_id_in_two_user_folders_is_two_readers(self):
        storage = self.make_storage()
        storage.record([visit(1, BOB), visit(2, Reader("bob", "/acl_users"))])
        assert [row.reader.folder for row in readings(storage)] == ["", "/acl_users"]

    @pytest.mark.parametrize("reverse", [False, True])
    @pytest.mark.parametrize("sort", [*SORT_KEYS, "odd"])
    def test_pages_are_a_stable_cut_of_the_whole(self, sort, reverse):
        storage = self.make_storage()
        names = ("Zoë", "zoe", "ÄRA", "ära", "", "Straße", "STRASSE", "ﬁn", "😀", "Zoë")
        documents = [Document(f"uid-{n}", f"/site/{n}") for n in range(2)]
        storage.record(
            [
                visit(
                    n,
                    Reader(f"User{n // 2}", name=name),
                    documents[n % 2],
                    at=n // 4,
                    stay=9,
                    engaged=n // 3 * 1000,
                )
                for n, name in enumerate(names * 2)
            ]
        )
        uids = ("uid-0", "uid-1")
        rows = readings(storage, *uids, sort=sort, reverse=reverse)
        values = [_sort_value(row, sort) for row in rows]
        assert values == sorted(values, reverse=reverse)
        for size in (1, 3):
            cut = []
            while len(cut) < len(rows):
                page = storage.readings(
                    ReadingQuery(uids, "", sort, reverse, len(cut), size)
                )
                assert page.total == len(rows)
                assert 0 < len(page.rows) <= size
                cut += page.rows
            assert cut == rows

    @pytest.mark.parametrize(
        "some",
        [
            {},
            {"search": "user1"},
            {"level": "engaged"},
            {"current": ("d0", "d2")},
            {"current": ("d1",), "standing": "current"},
            {"current": ("d2",), "standing": "older"},
            {"current_of": (("uid-0", "d1"), ("uid-1", "d0"), ("uid-1", "d2"))},
        ],
        ids=str,
    )
    @pytest.mark.parametrize("sort", SORT_KEYS)
    def test_pages_of_some_are_a_cut_of_them(self, sort, some):
        storage = self.make_storage()
        documents = [Document(f"uid-{n}", f"/site/{n}") for n in range(2)]
        storage.record(
            [
                read(
                    n,
                    Reader(f"user{n // 4 % 12}"),
                    engaged=n % 5 * n * 1000,
                    at=n % 3 * 10_000 + n % 7,
                    document=documents[n // 2 % 2],
                    version=Version(str(n % 3), f"d{n % 3}", 5),
                    url=f"/{n % 2}",
                )
                for n in range(100)
            ]
            + [download(Reader(f"user{n}"), n, document=documents[0]) for n in (1, 15)]
        )
        uids = ("uid-0", "uid-1")
        for reverse in (False, True):
            whole = readings(storage, *uids, sort=sort, reverse=reverse, **some)
            values = [_sort_value(row, sort) for row in whole]
            assert values == sorted(values, reverse=reverse)
            for start in range(0, len(whole), 5):
                query = ReadingQuery(
                    uids, sort=sort, reverse=reverse, start=start, size=5, **some
                )
                page = storage.readings(query)
                assert list(page.rows) == whole[start : start + 5]
                assert page.total == len(whole)

    def test_ties_are_broken_by_name_and_id(self):
        storage = self.make_storage()
        users = ["dave", "Carol", "bob", "Alice", "alice"]
        storage.record([visit(n, Reader(user)) for n, user in enumerate(users)])
        for reverse in (False, True):
            rows = readings(storage, sort="count", reverse=reverse)
            assert [row.reader.user for row in rows] == [
                "Alice",
                "alice",
                "bob",
                "Carol",
                "dave",
            ]

    def test_a_page_behind_the_end_is_empty_and_knows_the_total(self):
        storage = self.make_storage()
        storage.record([visit(1), visit(2, BOB)])
        page = storage.readings(ReadingQuery((DOC.uid,), start=20))
        assert (page.rows, page.total) == ((), 2)

    @pytest.mark.parametrize("part", ["gROSS", "GROß"])
    def test_a_search_finds_part_of_name_or_id_in_any_case(self, part):
        storage = self.make_storage()
        readers = [
            Reader("u1", name="Jürgen Groß"),
            Reader("u2", name="GROSS"),
            Reader("Gross3", name="Carol"),
            Reader("u4", name="Dave"),
        ]
        storage.record([visit(n, reader) for n, reader in enumerate(readers)])
        found = [row.reader for row in readings(storage, search=part)]
        assert found == [readers[2], readers[1], readers[0]]

    def test_names_are_sorted_without_case_and_accents(self):
        storage = self.make_storage()
        names = [
            "Zoë",
            "ozzy",
            "Ōe",
            "Özgür",
            "Oz",
            "Łukasz",
            "Luka",
            "Øystein",
            "Émile",
        ]
        storage.record(
            [visit(n, Reader(f"u{n}", name=name)) for n, name in enumerate(names)]
        )
        found = [row.reader.name for row in readings(storage)]
        assert found == [
            *("Émile", "Luka", "Łukasz", "Ōe", "Øystein", "Oz", "Özgür", "ozzy", "Zoë")
        ]

    @pytest.mark.parametrize(
        "part", ["özg", "o\u0308zg", "ÖZG", "ozg", "\uff4f\uff5a\uff47"]
    )
    @pytest.mark.parametrize("name", ["Özgür", "O\u0308zgu\u0308r"])
    def test_a_search_finds_a_name_in_whichever_characters_it_is_written(
        self, part, name
    ):
        storage = self.make_storage()
        storage.record([visit(1, Reader("u1", name=name)), visit(2, BOB)])
        assert [row.reader.user for row in readings(storage, search=part)] == ["u1"]
        absent = storage.absent(
            AbsenceQuery(("other",), (Reader("u1", name=name), BOB), search=part)
        )
        assert [row.reader.user for row in absent.rows] == ["u1"]

    @pytest.mark.parametrize("part", ["%", "_", "\\", "'", "100%", "a_b"])
    def test_a_search_is_plain_text(self, part):
        storage = self.make_storage()
        storage.record([visit(1, Reader(f"x{part}y")), visit(2, BOB), visit(3, ALICE)])
        assert [r.reader.user for r in readings(storage, search=part)] == [f"x{part}y"]

    def test_tens_of_thousands_of_documents_can_be_asked_for(self):
        storage = self.make_storage()
        storage.record([visit(1)])
        uids = tuple(f"{number:032x}" for number in range(40000))
        assert len(readings(storage, *uids, DOC.uid)) == 1

    def test_readers_are_those_of_the_whole_list_whatever_page_is_asked_for(self):
        storage = self.make_storage()
        storage.record(
            [
                visit(1, ALICE, version=OLD),
                read(2, BOB),
                read(3, CAROL),
                visit(4, NOBODY, version=OLD),
            ]
        )
        for query, readers in (
            ({}, 3),
            ({"size": 0}, 3),
            ({"start": 9}, 3),
            ({"size": None}, 3),
            ({"sort": "level"}, 3),
            ({"sort": "count", "reverse": True}, 3),
            ({"search": "o"}, 2),
            ({"level": "finished"}, 0),
            ({"current": ("d1",), "standing": "current"}, 2),
            ({"current": ("d1",), "standing": "older"}, 1),
        ):
            page = storage.readings(ReadingQuery((DOC.uid,), **query))
            assert page.readers == readers, query

    def test_who_is_left_out_is_listed_and_not_counted(self):
        storage = self.make_storage()
        storage.record(
            [
                read(1, ALICE, 10_000, marks=Marks.ENDED, depth=100),
                visit(2, BOB, depth=30),
                visit(3, BOB, OTHER),
                download(ALICE),
                note(CAROL),
            ]
        )
        uids = DOC.uid, OTHER.uid
        editors = (Reader("alice"), CAROL, Reader("nobody"))
        for query in ({}, {"size": None}, {"sort": "level"}, {"sort": "last"}):
            page = storage.readings(ReadingQuery(uids, left_out=editors, **query))
            assert (len(page.rows), page.total, page.readers) == (3, 3, 1)


def _sort_value(row: Reading, sort: str) -> object:
    if sort == "level":
        return READING_LEVELS.index(row.level)
    if sort in SORT_KEYS and sort != "name":
        return getattr(row, sort)
    return folded(row.reader.name or row.reader.user)
