"""Whatever an editor rewrites when somebody saves a page: readers see the same text."""

from plone import api
from plone.app.textfield.value import RichTextValue
from Products.CMFCore.indexing import processQueue
from slc.clicktracker.versions.shown_html import shown_html
from slc.clicktracker.versions.visible import visible_version
from zope.component.hooks import getSite

import pytest
import time
import transaction


UID = "0123456789abcdef0123456789abcdef"


@pytest.mark.parametrize(
    "sent, saved",
    [
        (
            '<p>See <a href="https://a.example" target="_blank">this</a>.</p>',
            '<p>See <a href="https://a.example" rel="noopener" target="_blank">this</a>.'
            "</p>",
        ),
        (
            f'<p><a href="resolveuid/{UID}">The agenda</a></p>',
            f'<p><a class="" href="../resolveuid/{UID}/" data-val="{UID}"'
            ' data-linktype="internal">The agenda</a></p>',
        ),
        (
            "<table><tr><td>a</td><td></td></tr></table>",
            "<table>\n<tbody>\n<tr>\n<td>a</td>\n<td>&nbsp;</td>\n</tr>\n</tbody>\n</table>",
        ),
        (
            '<p style="text-align:center;color:rgb(1,2,3)">a</p>',
            '<p style="text-align: center; color: rgb(1, 2, 3);">a</p>',
        ),
        ("<p>One<br>two<br></p><p>three</p>", "<p>One<br />two</p>\n<p>three</p>"),
        ("<p>One <b>two<br></b></p>", "<p>One <strong>two</strong></p>"),
        ("<p><span>One</span> two</p>", "<p>One two</p>"),
        ("One", "<p>One</p>"),
        ("One <i>two</i><p>three</p>", "<p>One <em>two</em></p>\n<p>three</p>"),
        ("<ul><li>a<li>b</ul>", "<ul>\n<li>\n<p>a</p>\n</li>\n<li>b</li>\n</ul>"),
        ("<blockquote>a</blockquote>", "<blockquote>\n<p>a</p>\n</blockquote>"),
        ("<p>a</p><p></p><p>b</p>", "<p>a</p>\n<p>&nbsp;</p>\n<p>b</p>"),
        ("<p>a<b></b> <i> </i>b</p>", "<p>a b</p>"),
        ("<p>a <!-- x -->b<script>c</script></p>", "<p>a b</p>"),
        ('<p class="b a">a</p>', '<p class="a b">a</p>'),
        ('<h2 id="one">a<a name="x"></a></h2>', "<h2>a</h2>"),
        (
            '<img src="/a.png">',
            '<p><img alt="" class="" data-scale="large" loading="lazy" src="/a.png" /></p>',
        ),
        ("<video controls></video>", '<video controls="controls"></video>'),
        ("<p>Zu\u0308rich</p>", "<p>Z&uuml;rich</p>"),
        ("<p>One <b>two </b>three</p>", "<p>One <b>two</b> three</p>"),
    ],
)
def test_what_looks_the_same_is_the_same_text(sent, saved):
    assert shown_html(sent) == shown_html(saved)


@pytest.mark.parametrize(
    "one, other",
    [
        ("<p>One two</p>", "<p>One too</p>"),
        ("<p>One two</p>", "<p>Onetwo</p>"),
        ("<p>One<b>two</b></p>", "<p>One <b>two</b></p>"),
        ("<p>One two</p>", "<p>One <b>two</b></p>"),
        ("<p>One two</p>", "<p>One</p><p>two</p>"),
        ("<p>One two</p>", "<p>One<br>two</p>"),
        ("<p>One<br>two</p>", "<p>One</p><p>two</p>"),
        ("<p>One<br>two</p>", "<p>One<br><br>two</p>"),
        ("<p>One</p>", "<h2>One</h2>"),
        ("<p>One</p>", '<p style="color: red">One</p>'),
        ("<p>One</p>", '<p class="callout">One</p>'),
        ("<p>One</p>", '<p>One<img src="/a"></p>'),
        ('<img src="/a">', '<img src="/b">'),
        ('<img src="/a">', '<img src="/a" alt="A">'),
        ('<img src="/a" data-captiontext="A">', '<img src="/a">'),
        ('<p><a href="/a">One</a></p>', '<p><a href="/b">One</a></p>'),
        (
            f'<a href="resolveuid/{UID}">a</a>',
            f'<a href="resolveuid/{UID[::-1]}">a</a>',
        ),
        ("<p>One</p>", '<p><a href="/a">One</a></p>'),
        ("<ul><li>a</li><li>b</li></ul>", "<ul><li>a b</li></ul>"),
        ("<ul><li>a</li></ul>", "<ol><li>a</li></ol>"),
        ("<ul><li>a<ul><li>b</li></ul></li></ul>", "<ul><li>a</li><li>b</li></ul>"),
        (
            "<table><tr><td></td><td>a</td></tr></table>",
            "<table><tr><td>a</td><td></td></tr></table>",
        ),
        ("<table><tr><th>a</th></tr></table>", "<table><tr><td>a</td></tr></table>"),
        ("<p>/li</p>", "<ul><li></li></ul>"),
        ("<p><b>a</b>b</p>", "<p><b>ab</b></p>"),
        ("<p>a</p><hr><p>b</p>", "<p>a</p><p>b</p>"),
    ],
)
def test_what_looks_different_is_another_text(one, other):
    assert shown_html(one) != shown_html(other)


@pytest.fixture
def agenda(portal):
    with api.env.adopt_roles(["Manager"]):
        board = api.content.create(portal, "Folder", "board")
        agenda = api.content.create(board, "Document", "agenda")
        processQueue()
        yield agenda


@pytest.mark.parametrize("behind", ["", "/view", "#item-3", "/@@images/image/large"])
def test_an_internal_link_is_the_same_by_uid_and_by_address(agenda, behind):
    uid, url = api.content.get_uuid(agenda), agenda.absolute_url()
    linked = [
        shown_html(f'<p><a href="{address}{behind}">The agenda</a></p>')
        for address in (
            f"resolveuid/{uid}",
            f"../../resolveuid/{uid}",
            f"/plone/resolveuid/{uid}",
            url,
            agenda.absolute_url_path(),
            # By the name that the outside knows, where the site is at the root.
            "https://intranet.example.org/board/agenda",
        )
    ]
    assert all(each == linked[0] for each in linked)
    elsewhere = shown_html(f'<p><a href="{url}-of-may{behind}">The agenda</a></p>')
    assert elsewhere != linked[0]


def test_a_link_to_what_was_moved_since_is_the_same(agenda):
    link = f'<p><a href="{agenda.absolute_url()}">The agenda</a></p>'
    before = shown_html(link)
    # An object that is to be moved has to be saved.
    transaction.savepoint(optimistic=True)
    api.content.rename(agenda, "agenda-of-may")
    processQueue()
    assert shown_html(link) == before


@pytest.mark.parametrize(
    "address",
    [
        "https://a.example/board/other",
        "https://a.example/board/agenda/more",
        "https://a.example/",
        "http://[",
        "mailto:bob@a.example",
        "#top",
        "agenda",
        "",
        "/",
        "//a.example",
        "https://a.example/%ff%00",
    ],
)
def test_another_address_stays_as_it_is(agenda, address):
    assert getSite() is not None
    links = shown_html(f'<a href="{address}">a</a>'), shown_html("<a href='x'>a</a>")
    assert links[0] != links[1]
    assert UID not in repr(links)
    assert "resolveuid" not in repr(links)


def test_a_text_field_is_the_same_with_the_line_ends_of_a_form(agenda):
    agenda.description = "One\ntwo"
    before = visible_version(agenda).digest
    agenda.description = "One\r\ntwo "
    assert visible_version(agenda).digest == before


def test_text_in_composed_and_decomposed_characters_is_the_same(agenda):
    agenda.title, agenda.text = "Zürich", RichTextValue("Zürich", "text/plain")
    before = visible_version(agenda).digest
    agenda.title = "Zu\u0308rich"
    agenda.text = RichTextValue("Zu\u0308rich", "text/plain")
    assert visible_version(agenda).digest == before


@pytest.mark.parametrize(
    "part, end, often",
    [
        ("<p>Word and <b>more</b></p>", "", 2_000),
        ("<div>", "", 10_000),
        ("<br>", "", 10_000),
        ("<b>", "</b>", 1_000),
        ("<table><tr><td>", "", 500),
    ],
    ids=["long", "deep", "breaks", "tags", "tables"],
)
def test_a_longer_text_takes_no_more_than_its_share(part, end, often):
    def seconds(text):
        start = time.process_time()
        shown_html(text)
        return time.process_time() - start

    # What grows with the square of the length would take 64 times as long.
    short, long = (
        min(seconds(part * times + "a" + end * times) for _ in range(3))
        for times in (often, often * 8)
    )
    assert long < 32 * short
