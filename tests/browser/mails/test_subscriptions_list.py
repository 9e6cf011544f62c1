"""Site administrators see who has subscribed to what, and can end it."""

from plone import api
from slc.clicktracker.mails.deliveries import keep
from slc.clicktracker.mails.delivery import Delivery
from slc.clicktracker.mails.silence import NOT_ALLOWED
from slc.clicktracker.storage.model import utc_now
from tests.mails.subscribers import is_subscribed
from tests.mails.subscribers import subscribed
from tests.plone_site import authenticator_in

import lxml.html
import transaction


PATH = "/@@clicktracker-mail-subscriptions"


def words_of(answer):
    (content,) = lxml.html.fromstring(answer.text).xpath("//*[@id='content-core']")
    return " ".join(content.text_content().split())


def test_an_empty_list_says_how_it_is_filled(board, visitor):
    assert "Nobody has subscribed." in words_of(visitor("manager").get(PATH))


def test_each_with_what_came_of_it(board, visitor):
    for user, delivery in (
        ("alice", Delivery(silence=NOT_ALLOWED)),
        ("bob", Delivery(error="550 no such user")),
        ("carol", Delivery(sent=utc_now())),
    ):
        keep(subscribed(user, board).id, delivery)
    agenda = subscribed("carol", board.agenda)
    with api.env.adopt_roles(["Manager"]):
        api.content.delete(board.agenda)
    transaction.commit()
    text = words_of(visitor("manager").get(PATH))
    alice, bob, carol = (text.index(name) for name in ("Alice", "Bob", "Carol"))
    assert max(alice, bob) < carol
    assert "The member may no longer see who has read this." in text
    assert "550 no such user" in text
    assert "The content is gone." in text
    assert "Last sent" in text
    assert agenda


def test_one_can_be_ended(board, visitor):
    first, second = subscribed("carol", board), subscribed("bob", board)
    manager = visitor("manager")
    token = authenticator_in(manager.get(PATH).text)
    for values in (
        {"subscription": first.id},
        {"subscription": "made up", "_authenticator": token},
        {"subscription": first.id, "_authenticator": "made up"},
    ):
        manager.session.post(manager.url_of(PATH), data=values)
    assert is_subscribed("carol", board)
    values = {"subscription": first.id, "_authenticator": token}
    answer = manager.session.post(manager.url_of(PATH), data=values)
    assert "The subscription of Carol Castillo (carol) has ended." in answer.text
    assert not is_subscribed("carol", board)
    assert is_subscribed("bob", board)
    assert second


def test_it_is_for_site_administrators(board, visitor):
    for name in ("carol", None):
        answer = visitor(name).get(PATH)
        assert "login" in answer.url or "insufficient-privileges" in answer.url
