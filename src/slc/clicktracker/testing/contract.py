"""What every storage has to do, also one of two methods."""

from collections.abc import Callable
from collections.abc import Iterable
from datetime import datetime
from datetime import timedelta
from datetime import timezone
from slc.clicktracker.interfaces import IClickStorage
from slc.clicktracker.storage.errors import StorageUnavailable
from slc.clicktracker.storage.text import LIMITS
from slc.clicktracker.storage.text import storable
from threading import Barrier
from threading import Thread

import pytest


#: Ids that are patterns, quotes or escapes elsewhere.
NASTY = (
    "my_doc",
    "100%",
    "back\\slash",
    "it's",
    'a"b',
    "Grüße",
    "日本",
    "👍🏽",
    "a b",
    ";--",
    ":name",
    "%(x)s",
    "{y}",
)


class StorageContract:
    """Tests that pytest collects from subclasses.

    ``make_storage`` returns a storage for a site (its UID). All that are made in
    one test use the same data, as several processes would, and at the
    beginning of each test there is none. A storage that knows no sites ignores
    the argument. ::

        class TestMyStorage(StorageContract):
            @pytest.fixture(autouse=True)
            def database(self, tmp_path):
                self.path = tmp_path / "readings"

            def make_storage(self, site=""):
                return MyStorage(self.path)

    Needs pytest, and nothing of Plone.
    """

    def make_storage(self, site: str = "") -> IClickStorage:
        raise NotImplementedError("say how to make the storage under test")

    def make_unreachable(self) -> IClickStorage | None:
        """Return a storage whose server does not answer, None if it has none."""
        return None

    def test_provides_the_interface(self):
        assert IClickStorage.providedBy(self.make_storage())

    def test_nothing_is_known_at_first(self):
        assert list(self.make_storage().getLog("/site")) == []

    def test_a_visit_is_in_the_log(self):
        storage = self.make_storage()
        assert storage.logAccess("alice", "/site/doc", "/doc") is True
        assert log(storage, "/site/doc") == [("alice", 1, "/doc")]

    def test_visits_are_summed_up_by_user_and_url(self):
        storage = self.make_storage()
        for user, path, url in (
            ("alice", "/site/doc", "/doc"),
            ("alice", "/site/doc", "/doc"),
            ("alice", "/site/doc", "/doc/view"),
            ("alice", "/site/other", "/doc"),
            ("bob", "/site/doc", "/doc"),
        ):
            storage.logAccess(user, path, url)
        assert log(storage, "/site") == [
            ("alice", 3, "/doc"),
            ("alice", 1, "/doc/view"),
            ("bob", 1, "/doc"),
        ]

    def test_anonymous_visitors_are_the_empty_user(self):
        storage = self.make_storage()
        storage.logAccess("", "/site/doc", "/doc")
        assert log(storage, "/site") == [("", 1, "/doc")]

    def test_a_place_covers_itself_and_what_is_below_but_no_neighbour(self):
        storage = self.make_storage()
        for path in (
            "/a/b",
            "/a/b/c",
            "/a/b/c/d",
            "/a/bc",
            "/a/b-2",
            "/a/b.html",
            "/a",
        ):
            storage.logAccess("alice", path, path)
        assert urls(storage, "/a/b") == ["/a/b", "/a/b/c", "/a/b/c/d"]

    def test_a_slash_at_the_end_of_a_place_means_nothing(self):
        storage = self.make_storage()
        for path in ("/a/b", "/a/b/c", "/a/bc"):
            storage.logAccess("alice", path, path)
        assert urls(storage, "/a/b/") == urls(storage, "/a/b") == ["/a/b", "/a/b/c"]

    @pytest.mark.parametrize("everything", ["", "/"])
    def test_the_root_covers_everything(self, everything):
        storage = self.make_storage()
        for path in ("/a", "/b/c"):
            storage.logAccess("alice", path, path)
        assert urls(storage, everything) == ["/a", "/b/c"]

    @pytest.mark.parametrize("name", NASTY)
    def test_every_character_of_an_id_is_plain(self, name):
        storage = self.make_storage()
        inside = f"/site/{name}/page"
        storage.logAccess(name, inside, inside)
        for other in ("myXdoc", "100", "100x", "backslash", "its", "", "%", "_"):
            storage.logAccess("bob", f"/site/{other}!/page", "/elsewhere")
        assert log(storage, f"/site/{name}") == [(name, 1, inside)]

    def test_long_text_is_kept_whole(self):
        storage = self.make_storage()
        user, path, url = (
            storable("/" + letter * 3000, LIMITS[kind])
            for kind, letter in (("user", "ü"), ("path", "日"), ("url", "👍"))
        )
        for _ in range(2):
            storage.logAccess(user, path, url)
            storage.logAccess(user, path, url[:-1] + "x")
        assert sorted(log(storage, path)) == sorted(
            [(user, 2, url), (user, 2, url[:-1] + "x")]
        )

    def test_times_are_aware_and_in_utc(self):
        storage = self.make_storage()
        before = datetime.now(timezone.utc) - timedelta(seconds=1)
        storage.logAccess("alice", "/site/doc", "/doc")
        (row,) = storage.getLog("/site")
        assert row[2].utcoffset() == timedelta(0)
        assert before <= row[2] <= datetime.now(timezone.utc) + timedelta(seconds=1)

    def test_the_last_access_is_the_latest(self):
        storage = self.make_storage()
        storage.logAccess("alice", "/site/doc", "/doc")
        first = storage.getLog("/site")[0][2]
        while datetime.now(timezone.utc) <= first:
            pass
        storage.logAccess("alice", "/site/doc", "/doc")
        assert storage.getLog("/site")[0][2] > first

    @pytest.mark.parametrize(
        ("order", "users"),
        [
            ("member", ["alice", "bob", "bob", "carol"]),
            ("url", ["carol", "alice", "bob", "bob"]),
            ("count", ["bob", "carol", "alice", "bob"]),
            ("lastaccess", ["carol", "alice", "bob", "bob"]),
            (None, ["alice", "bob", "bob", "carol"]),
            ("count; DROP TABLE reading", ["alice", "bob", "bob", "carol"]),
        ],
    )
    def test_the_log_is_ordered_by_a_known_column(self, order, users):
        storage = self.make_storage()
        for user, url, count in (
            ("carol", "/a", 1),
            ("alice", "/b", 2),
            ("bob", "/c", 3),
            ("bob", "/d", 1),
        ):
            for _ in range(count):
                storage.logAccess(user, "/site/doc", url)
        assert [row[0] for row in storage.getLog("/site", order)] == users

    @pytest.mark.parametrize("order", ["member", "url", "count", "lastaccess"])
    def test_the_order_can_be_reversed(self, order):
        storage = self.make_storage()
        column = {"member": 0, "url": 3, "count": 1, "lastaccess": 2}[order]
        for number, user in enumerate(("bob", "alice", "carol")):
            for _ in range(3 - number):
                storage.logAccess(user, "/site/doc", f"/{user}")
        rows = list(storage.getLog("/site", order, True))
        assert rows == sorted(rows, key=lambda row: row[column], reverse=True)
        assert len(rows) == 3

    @pytest.mark.parametrize("reverse", [False, True])
    def test_ties_are_broken_by_user_and_url(self, reverse):
        storage = self.make_storage()
        visits = [(user, url) for user in ("bob", "Bob", "älf") for url in ("/b", "/a")]
        for user, url in visits:
            storage.logAccess(user, "/site/doc", url)
        rows = [(row[0], row[3]) for row in storage.getLog("/site", "count", reverse)]
        assert rows == sorted(visits)

    def test_first_visits_at_the_same_moment_are_all_counted(self):
        storages = [self.make_storage(), self.make_storage()]
        for number in range(50):
            path = f"/site/doc-{number}"
            at_once(
                lambda storage, path=path: storage.logAccess("alice", path, path),
                storages,
            )
            assert log(storages[0], path) == [("alice", 2, path)]

    def test_a_server_that_does_not_answer_is_a_typed_error(self):
        storage = self.make_unreachable()
        if storage is None:
            return
        with pytest.raises(StorageUnavailable):
            storage.getLog("/site")
        with pytest.raises(StorageUnavailable):
            storage.logAccess("alice", "/site/doc", "/doc")


def log(storage: IClickStorage, place: str) -> list[tuple[str, int, str]]:
    """Return (user, count, url) of the log."""
    return [(user, count, url) for user, count, _last, url in storage.getLog(place)]


def urls(storage: IClickStorage, place: str) -> list[str]:
    """Return the URLs of the log, in order."""
    return sorted(url for _user, _count, _last, url in storage.getLog(place))


def at_once(call: Callable, arguments: Iterable) -> None:
    """Call a function with each argument, in as many threads, at the same moment.

    Raises the first error of any of them.
    """
    arguments = list(arguments)
    barrier = Barrier(len(arguments))
    errors: list[BaseException] = []

    def run(argument: object) -> None:
        try:
            barrier.wait(30)
            call(argument)
        except BaseException as error:
            errors.append(error)

    threads = [Thread(target=run, args=(argument,)) for argument in arguments]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]
