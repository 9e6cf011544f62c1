"""From a page that is opened to the report, in a real browser on a served site."""

from tests.functional.reading import open_and_report
from tests.functional.screen import DESKTOP
from tests.functional.screen import looks_right


def rows(page):
    return [
        [cell.strip() for cell in row.locator("th span, td > span").all_inner_texts()]
        for row in page.locator("#readers tbody tr").all()
    ]


def test_bob_reads_twice_and_the_manager_sees_it(served, browse, shoot):
    bob = browse(served, "bob", viewport=DESKTOP)
    beacons = []
    bob.on(
        "request",
        lambda request: "callback" in request.url and beacons.append(request.url),
    )
    for _ in range(2):
        assert open_and_report(bob, f"{served}/board-meeting/budget").status == 200
    bob.goto(f"{served}/house-rules", wait_until="networkidle")
    assert len(beacons) == 2
    manager = browse(served, "manager", viewport=DESKTOP)
    manager.goto(f"{served}/board-meeting/budget/@@who-read-this")
    assert [(row[0], row[-1]) for row in rows(manager)] == [("Bob Berger", "2")]
    manager.goto(f"{served}/house-rules/@@who-read-this")
    assert rows(manager) == []
    for user, path in (
        ("alice", "agenda"),
        ("alice", "budget"),
        ("carol", "agenda"),
        ("bob", "agenda"),
    ):
        open_and_report(browse(served, user), f"{served}/board-meeting/{path}")
    manager.goto(f"{served}/board-meeting/@@tracking?view=list")
    names = [row[0] for row in rows(manager)]
    assert names == sorted(names)
    assert set(names) == {"Alice Anders", "Bob Berger", "Carol Castillo"}
    manager.goto(f"{served}/@@clicktracker-settings")
    shoot(manager, "settings")


def test_the_secretary_sees_the_report_and_little_else(served, browse):
    open_and_report(browse(served, "carol"), f"{served}/board-meeting/minutes")
    secretary = browse(served, "secretary")
    secretary.goto(f"{served}/board-meeting/minutes")
    secretary.click("text=Tracking")
    secretary.wait_for_selector("#readers tbody tr")
    assert "Carol Castillo" in [row[0] for row in rows(secretary)]
    secretary.goto(f"{served}/house-rules/@@tracking")
    assert secretary.locator("#readers").count() == 0


SCREENS = (
    "/board-meeting/@@tracking",
    "/board-meeting/agenda/@@who-read-this",
    "/board-meeting/agenda/@@who-read-this-addresses",
    "/board-meeting/@@who-read-this?view=list",
    "/house-rules/@@tracking",
)


def test_the_screens_are_accessible_and_fit(served, browse):
    open_and_report(browse(served, "alice"), f"{served}/board-meeting/agenda")
    page = browse(served, "manager", viewport=DESKTOP)
    for path in SCREENS:
        page.goto(served + path)
        looks_right(page)
