"""Whether a ticket counts: accepted, left to Plone, or refused by name."""

from dataclasses import replace
from datetime import datetime
from datetime import timedelta
from datetime import timezone
from slc.clicktracker.tickets.credential import LogInCookie
from slc.clicktracker.tickets.ticket import issue
from slc.clicktracker.tickets.ticket import Keys
from slc.clicktracker.tickets.ticket import Ticket
from slc.clicktracker.tickets.ticket import verify
from slc.clicktracker.tickets.verdict import judge
from slc.clicktracker.tickets.verdict import KeyUnknown
from slc.clicktracker.tickets.verdict import Outcome
from slc.clicktracker.tickets.verdict import Reason
from slc.clicktracker.tickets.verdict import Refused
from slc.clicktracker.tickets.verdict import SiteRules

import pytest


KEYS = Keys(("key",), ("anonymous key",))
COOKIE = LogInCookie("__ac")
NOON = datetime(2026, 5, 4, 12, tzinfo=timezone.utc)
HOUR = timedelta(hours=1)
RULES = SiteRules("site", KEYS, timedelta(hours=24), COOKIE, known=NOON + HOUR)


def ticket(issued=NOON, site="site", keys=KEYS, credential="cookie"):
    ticket = Ticket(
        site=site,
        document="uid",
        version="1",
        digest="",
        words=0,
        url="/doc",
        path="/site/doc",
        title="Doc",
        user="bob",
        folder="",
        name="Bob",
        issued=issued,
    )
    return issue(ticket, keys, credential)


def reason(*args):
    with pytest.raises(Refused) as info:
        judge(*args)
    return info.value.reason


def test_the_log_in_that_got_the_page_is_accepted():
    outcome, found = judge(ticket(), RULES, ("cookie",), NOON + HOUR)
    assert outcome is Outcome.ACCEPT
    assert found.user == "bob"


@pytest.mark.parametrize(
    "bound_to, credential", [("cookie", "another"), ("cookie", ""), ("", "cookie")]
)
def test_another_or_no_credential_is_left_to_plone(bound_to, credential):
    text = ticket(credential=bound_to)
    outcome, _ = judge(text, RULES, (credential,), NOON + HOUR)
    assert outcome is Outcome.UNKNOWN


def test_an_old_ticket_has_expired():
    assert judge(ticket(), RULES, ("cookie",), NOON + 24 * HOUR)
    assert (
        reason(ticket(), RULES, ("cookie",), NOON + 25 * HOUR) is Reason.TICKET_EXPIRED
    )


def test_no_setting_makes_a_ticket_live_longer_than_the_keys():
    forever = replace(RULES, lifetime=timedelta(days=365))
    assert judge(ticket(), forever, ("cookie",), NOON + 72 * HOUR)
    late = NOON + 73 * HOUR
    assert reason(ticket(), forever, ("cookie",), late) is Reason.TICKET_EXPIRED


def test_a_ticket_that_outlived_the_keys_has_expired_too():
    text = ticket(keys=Keys(("gone",), ()))
    assert reason(text, RULES, ("cookie",), NOON + 100 * HOUR) is Reason.TICKET_EXPIRED


def test_a_young_ticket_of_another_key_is_forged():
    text = ticket(keys=Keys(("mallory",), ()))
    assert reason(text, RULES, ("cookie",), NOON + HOUR) is Reason.TICKET_FORGED


@pytest.mark.parametrize("minutes", [-4, 0, 1, 100])
def test_a_ticket_that_claims_to_be_younger_than_the_rules_may_have_a_newer_key(
    minutes,
):
    claimed = RULES.known + timedelta(minutes=minutes)
    text = ticket(claimed, keys=Keys(("tomorrow",), ()))
    with pytest.raises(KeyUnknown):
        judge(text, RULES, ("cookie",), claimed + timedelta(seconds=10))


def visit(keys, **changes):
    """The ticket that all guests get for a page on one day."""
    day = {"user": "", "tracked": False, "issued": NOON - 12 * HOUR}
    return issue(replace(verify(ticket(), KEYS)[0], **day | changes), keys)


@pytest.mark.parametrize("lifetime", [1, 24])
def test_a_ticket_for_the_day_may_have_a_key_of_a_later_hour(lifetime):
    rules = replace(RULES, lifetime=lifetime * HOUR)
    with pytest.raises(KeyUnknown):
        judge(visit(Keys((), ("tomorrow",))), rules, (), NOON + 2 * HOUR)


def test_a_ticket_for_the_last_day_of_all_is_no_error():
    last = datetime(9999, 12, 31, tzinfo=timezone.utc)
    with pytest.raises(KeyUnknown):
        judge(visit(Keys((), ("mallory",)), issued=last), RULES, (), NOON)


def test_a_ticket_for_an_earlier_day_has_no_newer_key():
    forged = visit(Keys((), ("mallory",)), issued=NOON - 36 * HOUR)
    assert reason(forged, RULES, (), NOON + 2 * HOUR) is Reason.TICKET_FORGED


def test_a_ticket_of_another_site_is_refused():
    assert reason(ticket(site="x"), RULES, ("cookie",), NOON) is Reason.OTHER_SITE


def test_clocks_of_servers_may_differ_by_minutes_not_by_an_hour():
    assert judge(ticket(NOON + timedelta(minutes=4)), RULES, ("cookie",), NOON)
    early = ticket(NOON + HOUR)
    assert reason(early, RULES, ("cookie",), NOON) is Reason.TICKET_FROM_FUTURE


def test_what_is_no_ticket_is_malformed():
    assert reason("garbage", RULES, ("cookie",), NOON) is Reason.TICKET_MALFORMED
