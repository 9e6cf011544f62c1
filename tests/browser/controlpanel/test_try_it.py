"""A manager asks whether a page view would be recorded, and hears which rule decides."""

from html import unescape
from plone import api
from slc.clicktracker.interfaces import IVisitorSettings
from slc.clicktracker.sites.bans import ban
from slc.clicktracker.visitors.bans import Caller
from tests.audience.people import add_group
from threading import Barrier
from threading import Thread
from urllib.parse import urlencode
from ZPublisher import HTTPRequest

import pytest
import re
import transaction


PATH = "/@@clicktracker-try"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:142.0) Gecko/20100101 Firefox/142.0"
RECORDED = "Recorded. No rule excludes it."


@pytest.fixture
def settle(site):
    """Return a function: save settings about visitors, as the form does."""

    def save(**values):
        for name, value in values.items():
            api.portal.set_registry_record(name, value, IVisitorSettings)
        transaction.commit()

    save(enabled=True)
    return save


@pytest.fixture
def tell(visitor):
    """Return a function: what the screen answers to a manager."""
    manager = visitor("manager")

    def told(headers=None, **asked):
        page = manager.get(f"{PATH}?{urlencode(asked)}", headers=headers)
        assert page.status_code == 200
        return answer_in(page.text)

    return told


def answer_in(page):
    answer = page.split('id="clicktracker-answer-heading"')[1].split("</section>")[0]
    answer = re.sub("<[^>]+>", " ", answer.split("</h2>")[1])
    return " ".join(unescape(answer).split())


def fields_in(page):
    """Return what stands in the fields; plone.protect adds one to every form."""
    form = page.split('<form method="get"')[1].split("</form>")[0]
    found = {}
    for tag in re.findall(r"<input[^>]*>", form):
        value = re.search(r' value="([^"]*)"', tag)
        found[re.search(r' name="(\w+)"', tag)[1]] = unescape(value[1]) if value else ""
    found.pop("_authenticator")
    found["agent"] = unescape(re.search("<textarea[^>]*>([^<]*)<", form)[1])
    return found


PERSON = {"address": "93.184.216.34", "agent": FIREFOX, "path": "/news"}


@pytest.mark.parametrize(
    "settings, asked, answer",
    [
        ({}, {}, RECORDED),
        (
            {"internal_networks": ("93.184.216.0/24",)},
            {},
            "Not recorded. The address lies in the internal network 93.184.216.0/24. "
            "Networks that are not recorded",
        ),
        (
            {"untracked_paths": ("/news/",)},
            {"path": "/news/today?x=/y#z"},
            "Not recorded. Nothing is recorded at /news/ and below it. Pages that are not "
            "recorded",
        ),
        ({"untracked_paths": ("/news",)}, {"path": "newsletter"}, RECORDED),
        (
            {"untracked_agents": ("FIREFOX",)},
            {},
            "Not recorded. Browsers are not recorded if their user agent contains "
            "“FIREFOX”. Browsers that are not recorded",
        ),
        (
            {},
            {"agent": "curl/8.5"},
            "Not recorded. “curl” is a known crawler, or another program. Leave out known "
            "crawlers",
        ),
        (
            {},
            {"agent": ""},
            "Not recorded. It doesn't say which browser it is. Browsers that people "
            "use always do. Leave out known crawlers",
        ),
        (
            {"untracked_roles": ("Anonymous",)},
            {},
            "Not recorded. People who have the role Anonymous are not recorded. Roles that are not "
            "recorded",
        ),
        ({"untracked_roles": ("Anonymous",)}, {"member": "bob"}, RECORDED),
        (
            {"untracked_roles": ("Member",)},
            {"member": "bob"},
            "Not recorded. People who have the role Member are not recorded. Roles that are not "
            "recorded",
        ),
    ],
)
def test_the_rule_that_decides_is_told(settle, tell, settings, asked, answer):
    settle(**settings)
    assert tell(**PERSON | asked) == answer


def test_a_member_of_a_group_is_told_by_his_id(settle, tell):
    with api.env.adopt_roles(["Manager"]):
        add_group("objectors", "bob")
    settle(untracked_groups=("objectors",))
    assert "People in the group objectors" in tell(**PERSON, member="bob")
    assert tell(**PERSON, member="alice") == RECORDED


def test_who_is_no_member_is_told(settle, tell):
    answer = tell(**PERSON, member="<b>nobody</b>")
    assert answer == (
        f"{RECORDED} There is no member with the id <b>nobody</b> . "
        "The result is for a guest."
    )


@pytest.mark.parametrize("address", ["", "unknown", "10.0.0.0/8", "10.0.0.1:80"])
def test_what_is_no_address_is_told(settle, tell, address):
    settle(internal_networks=("0.0.0.0/0", "::/0"))
    doubt = (
        f"“{address}” is not a network address. "
        "The result is for a visitor with an unknown address. "
    )
    assert tell(**PERSON | {"address": address}) == (
        f"{doubt if address else ''}{RECORDED} Without a valid address, no rule about "
        "networks applies."
    )


def test_a_page_of_another_site_is_told(settle, tell, visitor):
    for path in (
        "http://elsewhere.example.org/news",
        "//elsewhere.example",
        "http://[",
    ):
        assert tell(**PERSON | {"path": path}) == (
            f"The address of the page is not below {visitor().site_url}. Pages of other "
            "sites are not recorded here. If this site can be reached there as well, this "
            f"is the answer. {RECORDED}"
        )


def test_who_is_banned_is_not_recorded(settle, tell):
    settle()
    ban("93.184.216.0/24", "", None, Caller("198.51.100.1"))
    transaction.commit()
    assert tell(**PERSON) == (
        "Not recorded. Visitors from this address are banned and see nothing of the "
        "site. Bans"
    )
    assert tell(**PERSON | {"address": "93.184.217.1"}) == RECORDED


@pytest.mark.parametrize("address", ["10.1.2.3", "::1", "fe80::1%eth0", "127.0.0.1"])
def test_what_may_be_a_proxy_that_is_not_named_is_in_no_network(settle, tell, address):
    """As the doors can't know it, either."""
    settle(internal_networks=("0.0.0.0/0", "::/0"))
    answer = tell(**PERSON | {"address": address})
    assert answer.startswith(
        f"{RECORDED} No rule about networks applies to this address"
    )
    assert answer.endswith("Set trusted-proxy in zope.conf.")


def test_behind_a_proxy_that_is_named_private_networks_count(settle, tell, monkeypatch):
    settle(internal_networks=("10.0.0.0/8", "fe80::/64"))
    monkeypatch.setattr(HTTPRequest, "trusted_proxies", ["10.0.0.1"])
    for address in ("10.1.2.3", "::ffff:10.1.2.3"):
        answer = tell(**PERSON | {"address": address})
        assert "The address lies in the internal network 10.0.0.0/8." in answer
    answer = tell(**PERSON | {"address": "fe80::1%eth0"})
    assert "The address lies in the internal network fe80::/64." in answer
    assert tell(**PERSON | {"address": "10.0.0.1"}) == (
        f"{RECORDED} This is the address of a proxy that Zope trusts, not of a visitor. "
        "So no rule about networks applies."
    )


def test_a_whole_address_of_the_site_is_a_path(settle, tell, visitor):
    settle(untracked_paths=("/board",))
    url = visitor().site_url
    assert "Nothing is recorded at /board" in tell(
        **PERSON | {"path": f"{url}/board/x"}
    )
    assert tell(**PERSON | {"path": url}) == RECORDED


def test_while_visits_are_off_the_answer_says_so(settle, tell):
    settle(enabled=False, untracked_paths=("/news",))
    answer = tell(**PERSON)
    assert answer.startswith(
        "Nothing is recorded now, because visits are switched off."
    )
    assert "Nothing is recorded at /news and below it." in answer
    assert tell(**PERSON | {"path": "/"}).endswith(RECORDED)


def test_what_is_not_given_is_that_of_the_request(settle, visitor):
    page = visitor("manager").get(PATH, headers={"User-Agent": "Lynx/2.9"}).text
    assert fields_in(page) == {
        "address": "127.0.0.1",
        "agent": "Lynx/2.9",
        "path": "/@@clicktracker-try",
        "member": "",
    }


def test_what_was_asked_stays_in_the_fields(settle, visitor):
    asked = {
        "address": '"><script>alert(1)</script>',
        "agent": "</textarea><script>alert(2)</script>",
        "path": "/'\"<script>",
        "member": "<script>alert(3)</script>",
    }
    page = visitor("manager").get(f"{PATH}?{urlencode(asked)}").text
    assert "<script>alert" not in page
    assert fields_in(page)["address"] == asked["address"]
    assert "alert(2)" in fields_in(page)["agent"]
    assert fields_in(page)["member"] == asked["member"]


@pytest.mark.parametrize(
    "query",
    [
        "address=%00&agent=%00&path=%00&member=%00",
        "address=%ED%A0%80&agent=%ED%A0%80&path=%ED%A0%80&member=%ED%A0%80",
        "path=http://[&address=[&agent=[",
        "path=//x//y&address=a&address=b",
        "address:int=5&path:list=x&agent:record=1",
        "path=http://elsewhere.example.org/news",
    ],
)
def test_an_odd_question_has_an_answer(settle, visitor, query):
    page = visitor("manager").get(f"{PATH}?{query}")
    assert page.status_code == 200
    assert "ecorded." in answer_in(page.text)


def test_a_long_question_has_an_answer(settle, tell):
    assert (
        tell(**PERSON | {"agent": "x" * 30_000, "path": "/" + "y/" * 10_000})
        == RECORDED
    )


def test_asking_changes_nothing(settle, visitor, site):
    manager = visitor("manager")
    manager.get(PATH)
    transaction.begin()
    before = site._p_jar.db().lastTransaction()
    manager.get(f"{PATH}?{urlencode(PERSON | {'member': 'bob'})}")
    assert site._p_jar.db().lastTransaction() == before


@pytest.mark.parametrize("who", ["bob", None])
def test_others_may_not_ask(settle, visitor, who):
    assert "clicktracker-answer" not in visitor(who).get(PATH).text


def test_no_cache_keeps_the_answer(settle, visitor):
    headers = visitor("manager").get(PATH).headers
    assert headers["Cache-Control"] == "private, no-store"


def test_a_change_counts_at_once_in_all_threads(panel, visitor):
    """Four threads of the server have answered before, each with what was saved then."""
    managers = [visitor("manager") for _ in range(4)]
    # Threads that compile a template at the same time make Python 3.11.2 fail.
    managers[0].get(PATH)

    def answers():
        barrier, found = Barrier(4), []

        def ask(manager):
            barrier.wait()
            found.append(manager.get(f"{PATH}?{urlencode(PERSON)}").text)

        threads = [Thread(target=ask, args=(manager,)) for manager in managers]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return {answer_in(page) for page in found}

    panel("save", enabled="selected")
    assert answers() == {RECORDED}
    panel("save", enabled="selected", untracked_paths="/news")
    assert all("Nothing is recorded at /news" in each for each in answers())
    panel("save", enabled="selected")
    assert answers() == {RECORDED}
