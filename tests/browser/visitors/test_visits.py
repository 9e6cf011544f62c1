"""The path of a visitor through the site, now and earlier."""

from datetime import datetime
from datetime import timedelta
from datetime import timezone
from tests.browser.visitors.screens import links
from tests.browser.visitors.screens import LIVE
from tests.browser.visitors.screens import text_of
from tests.browser.visitors.screens import VISITS
from tests.browser.visitors.visitors import seen


def test_each_visitor_can_be_followed(recorded, visitor):
    manager = visitor("manager")
    found = links(manager.get(LIVE))
    path = text_of(manager.get(found["Bob Berger"].removeprefix(manager.site_url)))
    assert "The path of Bob Berger through this site" in path
    assert "Pages: 2. Time on the site: 4 min 48 s." in path
    assert path.index("House rules") < path.index("Agenda")
    guest = manager.get(found["Guest 3fa9"].removeprefix(manager.site_url))
    assert "The path of Guest 3fa9" in text_of(guest)
    assert "a guest" not in found


def test_a_path_has_visits_now_and_earlier(recorded, visitor):
    for day in range(1, 13):
        seen(recorded.rules, "bob", day * 86_400, engaged=5_000)
    manager = visitor("manager")
    answer = manager.get(f"{VISITS}?person=bob")
    assert answer.text.count("<section") == 10
    second = manager.get(f"{VISITS}?person=bob&b_start:int=10")
    assert second.text.count("<section") == 3
    assert "12 d ago" in text_of(second)
    beyond = manager.get(f"{VISITS}?person=bob&b_start:int=500")
    assert beyond.text.count("<section") == 3


def test_time_on_a_page_is_known_of_the_script_alone(recorded, visitor):
    at = datetime.now(timezone.utc) - timedelta(minutes=9)
    seen(recorded.rules, "carol", at=at, seen=at + timedelta(minutes=2), engaged=65_000)
    seen(recorded.rules, "alice", source="server")
    manager = visitor("manager")
    assert "engaged for 1 min 5 s" in text_of(manager.get(f"{VISITS}?person=carol"))
    assert "for an unknown time" in text_of(manager.get(f"{VISITS}?person=alice"))


def test_somebody_who_was_never_there(recorded, visitor):
    answer = visitor("manager").get(f"{VISITS}?person=dave")
    assert "The path of dave" in text_of(answer)
    assert "No visit is known." in text_of(answer)
