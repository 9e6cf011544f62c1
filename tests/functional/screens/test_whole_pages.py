"""Each screen as a whole, with what Plone puts around it: accessible, with a title of its own."""

from tests.functional.plones_own import is_plones_own
from tests.functional.screen import DESKTOP
from tests.functional.screen import violations
from tests.nightly import NIGHTLY


AGENDA = "/board-meeting/agenda"
FOLDER = "/board-meeting"

#: The screens by who opens them.
SCREENS = {
    "secretary": (
        *(f"{AGENDA}/@@tracking", f"{FOLDER}/@@tracking"),
        *(f"{AGENDA}/@@who-read-this", f"{FOLDER}/@@who-read-this"),
        f"{AGENDA}/@@who-read-this-addresses",
        f"{AGENDA}/@@who-read-this-print",
        f"{AGENDA}/@@who-read-this-reader?reader=dave",
        f"{AGENDA}/@@clicktracker-minor-change",
        f"{AGENDA}/@@clicktracker-declarations",
        f"{FOLDER}/@@clicktracker-audience",
        f"{FOLDER}/@@clicktracker-audience-rule",
        f"{FOLDER}/@@clicktracker-excuse",
        f"{FOLDER}/@@clicktracker-deadline",
        f"{FOLDER}/@@clicktracker-mails",
        f"{AGENDA}/@@clicktracker-acknowledgement",
        f"{AGENDA}/@@clicktracker-attest",
        f"{AGENDA}/@@clicktracker-as-of",
        f"{AGENDA}/@@clicktracker-seals",
        f"{AGENDA}/@@reading-receipt",
        "/@@my-reading",
        "/@@my-reading-list",
        f"{FOLDER}/@@clicktracker-dashboard",
        f"{FOLDER}/@@clicktracker-dashboard-members",
        "/@@my-deadlines",
    ),
    "manager": (
        "/@@clicktracker-settings",
        "/@@clicktracker-bans",
        "/@@clicktracker-ban",
        "/@@clicktracker-forget",
        "/@@clicktracker-mail-subscriptions",
        "/@@clicktracker-reminders",
        "/@@clicktracker-deleted",
        "/@@clicktracker-deleted-seals",
        "/@@clicktracker-live",
        "/@@clicktracker-visitors-report",
        "/@@clicktracker-map",
        "/@@clicktracker-activities",
        "/@@clicktracker-goals",
    ),
}


def test_each_screen_is_accessible_as_a_whole_and_has_a_title_of_its_own(
    demo_site, browse
):
    titles, found = {}, []
    for user, paths in SCREENS.items():
        page = browse(demo_site, user, viewport=DESKTOP, reports=False)
        for path in paths:
            answer = page.goto(f"{demo_site}{path}")
            assert answer.status == 200, path
            titles.setdefault(page.title(), []).append(path)
            found += [
                (path, rule, node["target"])
                for rule, nodes in violations(page, colours=NIGHTLY, include=[["html"]])
                for node in nodes
                if not is_plones_own(page, rule, node)
            ]
    assert found == []
    assert [each for each in titles.values() if len(each) > 1] == []
