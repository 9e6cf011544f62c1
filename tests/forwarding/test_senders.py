"""What Matomo and Clicky are told, and what is believed of their answers."""

from datetime import timedelta
from slc.clicktracker.forwarding.clicky import ClickySender
from slc.clicktracker.forwarding.matomo import MatomoSender
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.outbox.model import IN_DOUBT
from slc.clicktracker.testing.outbox import hit
from slc.clicktracker.testing.outbox import keys
from slc.clicktracker.testing.outbox import NOW
from tests.forwarding.services import Service
from tests.postgresql_server import free_port
from urllib.parse import parse_qs

import json
import pytest


SECRET = Service.token
LATER = NOW + timedelta(minutes=1)

FULL = {
    **{"title": "Q&A </script>", "url": "https://example.org/b%C3%BCro/q?a=1"},
    **{
        "reader": Reader("bob", "", "Bob"),
        "identity": "Bob & Co",
        "session": "5e" * 16,
    },
    **{"agent": "Firefox/1", "referrer": "https://other.example/"},
}


def matomo(service, **options):
    url = f"{service.base}/matomo.php"
    given = {"site_id": "4", "token": SECRET, "now": lambda: LATER, "seconds": 5}
    return MatomoSender(url=url, **{**given, **options})


def clicky(service, **options):
    given = {"now": lambda: LATER, "_seconds_each": 5}
    url = f"{service.base}/in.php"
    return ClickySender("12345678", SECRET, url=url, **{**given, **options})


def test_matomo_is_told_of_all_in_one_request_the_oldest_first(service):
    found = matomo(service).send([hit(1, **FULL), hit(2)])
    assert (found.counted, found.problem) == (keys(1, 2), "")
    (body,) = map(json.loads, service.told)
    assert body["token_auth"] == SECRET
    assert all(one.startswith("?") and SECRET not in one for one in body["requests"])
    first, second = service.counted
    assert first == {
        **{"idsite": "4", "rec": "1", "apiv": "1", "send_image": "0"},
        **{"url": FULL["url"], "action_name": FULL["title"], "uid": "Bob & Co"},
        **{"urlref": FULL["referrer"], "ua": "Firefox/1"},
        **{"cdt": "2026-03-02 12:00:01", "_id": first["_id"], "cid": first["_id"]},
        **{"pv_id": "000000", "rand": "0" * 16},
    }
    assert "uid" not in second
    assert second["_id"] != first["_id"]
    assert all(len(one["_id"]) == 16 for one in service.counted)


def test_what_is_joined_is_so_for_the_service_and_not_beyond(service):
    hits = [hit(1, session="ab"), hit(2, session="ab"), hit(3), hit(4)]
    matomo(service).send(hits)
    ids = [one["_id"] for one in service.counted]
    assert ids[0] == ids[1]
    assert len(set(ids)) == 3
    clicky(service).send(hits)
    numbers = [one["session_id"] for one in service.counted[4:]]
    assert numbers[0] == numbers[1]
    assert len(set(numbers)) == 3
    assert all(number.isdigit() and 0 < int(number) < 2**31 for number in numbers)


def test_clicky_is_told_of_one_after_the_other(service):
    found = clicky(service).send([hit(1, **FULL), hit(2)])
    assert (found.counted, found.problem) == (keys(1, 2), "")
    first, second = service.counted
    assert first == {
        **{"site_id": "12345678", "sitekey_admin": SECRET, "type": "pageview"},
        **{"session_id": first["session_id"], "href": "/b%C3%BCro/q"},
        **{"title": FULL["title"], "ref": FULL["referrer"], "ua": "Firefox/1"},
        "custom[username]": "Bob & Co",
    }
    assert "custom[username]" not in second
    assert not any("ip_address" in one for one in service.counted)


def test_a_goal_is_no_page_view_and_of_the_same_visitor(service):
    hits = [hit(1, **FULL), hit(2, **{**FULL, "goal": "17"})]
    for sender in (matomo, clicky):
        sender(service).send(hits)
    page, goal, clicky_page, clicky_goal = service.counted
    assert (goal["idgoal"], goal["ca"], goal["_id"]) == ("17", "1", page["_id"])
    assert (goal["url"], goal["uid"]) == (page["url"], page["uid"])
    assert "action_name" not in goal
    assert "idgoal" not in page
    assert (clicky_goal["type"], clicky_goal["goal[id]"]) == ("goal", "17")
    assert clicky_goal["session_id"] == clicky_page["session_id"]
    assert "title" not in clicky_goal


@pytest.mark.parametrize("make", [matomo, clicky])
def test_no_secret_is_in_a_preview_or_wherever_a_sender_is_shown(service, make):
    sender = make(service)
    preview = sender.preview([hit(1, **FULL)])
    assert SECRET not in preview
    assert "hidden" in preview
    assert SECRET not in repr(sender)
    assert service.told == []


@pytest.mark.parametrize("token", [SECRET, ""])
def test_what_is_older_than_a_day_matomo_is_told_only_with_a_token(service, token):
    hits = [hit(1, at=-24 * 3600), hit(2, at=-23 * 3600)]
    found = matomo(service, token=token).send(hits)
    if token:
        assert (found.counted, found.aside) == (keys(1, 2), ())
    else:
        assert (found.counted, found.aside) == (keys(2), ((keys(1)[0], "too-old"),))
        assert "token_auth" not in json.loads(service.told[0])
    assert found.problem == ""


def test_where_all_are_too_old_nothing_is_asked(service):
    found = clicky(service).send([hit(1, at=-25 * 3600)])
    assert found.aside == ((keys(1)[0], "too-old"),)
    found = matomo(service, token="").send([hit(1, at=-25 * 3600)])
    assert found.aside == ((keys(1)[0], "too-old"),)
    assert service.headers == []


def test_a_page_view_of_the_future_counts_now(service):
    matomo(service).send([hit(1, at=3600)])
    assert service.counted[0]["cdt"] == "2026-03-02 12:01:00"


def test_what_matomo_cannot_use_is_set_aside_alone(service):
    found = matomo(service).send([hit(1), hit(2, title="bad"), hit(3)])
    assert found.counted == keys(1, 3)
    assert found.aside == ((keys(2)[0], "rejected"),)
    assert (found.back, found.problem) == ((), "")


def test_without_a_token_nobody_knows_which_ones_matomo_has_not_counted(service):
    hits = [hit(1), hit(2, title="bad"), hit(3)]
    found = matomo(service, token="").send(hits)
    assert {reason for _key, reason in found.aside} == {"partly"}
    assert (len(found.aside), found.counted, found.back) == (3, (), ())
    assert (found.problem, found.detail) == ("counted-some", "2/3")


def test_a_wrong_token_is_told_from_hits_that_are_wrong(service):
    hits = [hit(1, title="bad"), hit(2, title="bad")]
    found = matomo(service, token="b" * 32).send(hits)
    assert (found.back, found.problem) == (keys(1, 2), "secret")


def test_where_all_are_invalid_none_is_lost_as_it_may_be_a_setting(service):
    found = matomo(service, site_id="5").send([hit(1), hit(2)])
    assert (found.back, found.problem) == (keys(1, 2), "counted-nothing")
    # One that is not counted alone doesn't keep back the others.
    found = matomo(service, site_id="5").send([hit(1)])
    assert found.aside == ((keys(1)[0], "rejected"),)
    assert found.problem == "counted-nothing"


#: How it answers, what becomes of two hits, and what is wrong then.
BACK, DOUBT, PARTLY = "back", IN_DOUBT, "partly"
MATOMOS = [
    ("counts_none", BACK, "counted-nothing"),
    ("names_others", PARTLY, "secret"),
    ("names_none", PARTLY, "counted-some"),
    ("names_one_twice", DOUBT, "other-answer"),
    ("counts_too_many", DOUBT, "other-answer"),
    ("is_no_json", DOUBT, "other-answer"),
    ("is_a_list", DOUBT, "other-answer"),
    ("has_truths_for_numbers", DOUBT, "other-answer"),
    ("is_deep", DOUBT, "other-answer"),
    ("is_endless", DOUBT, "other-answer"),
    ("is_cut_off", DOUBT, "no-answer"),
    ("redirects", BACK, "redirects"),
    (400, BACK, "refuses"),
    (401, BACK, "secret"),
    (403, BACK, "secret"),
    (404, BACK, "refuses"),
    (413, BACK, "refuses"),
    (426, BACK, "refuses"),
    (429, BACK, "busy"),
    (500, DOUBT, "fails"),
    (502, DOUBT, "fails"),
    (503, BACK, "busy"),
    (504, DOUBT, "fails"),
    (204, DOUBT, "other-answer"),
]


@pytest.mark.parametrize(("answer", "what", "problem"), MATOMOS)
def test_what_becomes_of_hits_by_the_answer_of_matomo(service, answer, what, problem):
    is_status = isinstance(answer, int)
    service.answer = service.status_of(answer) if is_status else answer
    found = matomo(service).send([hit(1), hit(2)])
    assert (found.problem, found.counted) == (problem, ())
    if what == BACK:
        assert (found.back, found.aside) == (keys(1, 2), ())
    else:
        assert found.back == ()
        assert found.aside == tuple((key, what) for key in keys(1, 2))


CLICKYS = [
    ("is_cut_off", DOUBT, "no-answer"),
    ("is_endless", DOUBT, "other-answer"),
    ("redirects", BACK, "redirects"),
    (400, "rejected", "refuses"),
    (401, BACK, "secret"),
    (403, BACK, "secret"),
    (404, BACK, "refuses"),
    (414, "rejected", "refuses"),
    (429, BACK, "busy"),
    (500, DOUBT, "fails"),
    (503, BACK, "busy"),
    (206, DOUBT, "other-answer"),
]


@pytest.mark.parametrize(("answer", "what", "problem"), CLICKYS)
def test_what_becomes_of_hits_by_the_answer_of_clicky(service, answer, what, problem):
    """Of three the first one is counted, and the second one fails."""
    asked = service.status_of(answer) if isinstance(answer, int) else answer
    fails = getattr(service, asked)

    def second(path, text):
        is_first = len(service.headers) == 1
        return service.right(path, text) if is_first else fails(path, text)

    service.second, service.answer = second, "second"
    found = clicky(service).send([hit(1), hit(2), hit(3)])
    assert (found.problem, found.counted) == (problem, keys(1))
    if what == BACK:
        assert (found.back, found.aside) == (keys(2, 3), ())
    else:
        assert (found.back, found.aside) == (keys(3), ((keys(2)[0], what),))
    assert len(service.headers) == 2


@pytest.mark.parametrize("make", [matomo, clicky])
def test_a_redirection_is_not_followed(service, make):
    other = Service()
    try:
        service.answer, service.elsewhere = "redirects", f"{other.base}/matomo.php"
        make(service).send([hit(1)])
        assert other.headers == []
    finally:
        other.end()


@pytest.mark.parametrize("make", [matomo, clicky])
def test_who_takes_too_long_leaves_it_in_doubt(service, make):
    service.answer = "is_slow"
    short = {"seconds": 0.2} if make is matomo else {"_seconds_each": 0.2}
    found = make(service, **short).send([hit(1)])
    assert found.aside == ((keys(1)[0], IN_DOUBT),)
    assert found.problem == "no-answer"


NOWHERE = [
    (lambda: f"http://127.0.0.1:{free_port()}/matomo.php", "unreachable"),
    (lambda: "http://no-such-host.invalid/matomo.php", "no-host"),
    (lambda: "http://169.254.169.254/matomo.php", "forbidden-address"),
    (lambda: "http://0.0.0.0/matomo.php", "forbidden-address"),
]


@pytest.mark.parametrize(("url", "problem"), NOWHERE)
def test_what_was_never_sent_waits(url, problem):
    found = MatomoSender(url(), "4", seconds=2, now=lambda: LATER).send([hit(1)])
    assert (found.back, found.problem) == (keys(1), problem)


def test_a_certificate_that_nobody_knows_is_not_trusted(service):
    url = service.base.replace("http:", "https:") + "/matomo.php"
    found = MatomoSender(url, "4", SECRET, now=lambda: LATER).send([hit(1)])
    assert (found.back, found.problem) == (keys(1), "certificate")
    assert service.told == []


def test_the_request_is_one_that_matomo_understands(service):
    matomo(service).send([hit(1)])
    (headers,) = service.headers
    assert headers["Content-Type"] == "application/json"
    assert headers["Host"] == service.base.removeprefix("http://")
    assert not parse_qs(headers.get("Referer", ""))
