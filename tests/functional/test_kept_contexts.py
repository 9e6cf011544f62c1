"""Who uses the browser of an earlier test finds nothing of it but Plone's scripts."""

from tests.functional.kept_contexts import KeptContexts

import pytest


SITE = "http://site.example"


@pytest.fixture
def contexts(browser, browser_context_args):
    return KeptContexts(browser, **browser_context_args)


def opened(context):
    page = context.new_page()
    page.route(
        f"{SITE}/**",
        lambda route: route.fulfill(body="<p>Text", content_type="text/html"),
    )
    page.goto(f"{SITE}/page")
    return page


def test_it_is_used_again_and_knows_nobody(contexts):
    context = contexts.take()
    context.add_cookies([{"name": "__ac", "value": "bob", "url": SITE}])
    opened(context).evaluate("localStorage.setItem('named', 'bob')")
    contexts.put_back(context, SITE)
    again = contexts.take()
    assert again is context
    assert again.pages == []
    page = opened(again)
    assert page.evaluate("document.cookie") == ""
    assert page.evaluate("localStorage.length") == 0
    assert page.evaluate("navigator.onLine")


def test_two_at_the_same_time_have_browsers_of_their_own(contexts):
    assert contexts.take() is not contexts.take()


def test_one_with_a_clock_of_its_own_is_not_used_again(contexts):
    context = contexts.take()
    page = context.new_page()
    page.clock.install()
    page.goto("about:blank")
    contexts.put_back(context, SITE)
    assert contexts.take() is not context
