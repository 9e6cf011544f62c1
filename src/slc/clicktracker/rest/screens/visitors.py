"""What the screens about visitors say, and what they look for."""

from collections.abc import Iterator
from datetime import datetime
from slc.clicktracker import _
from slc.clicktracker.browser.visitors.live import LiveFeed
from slc.clicktracker.browser.visitors.visitors_screen import VisitorsScreen
from slc.clicktracker.browser.visitors.visits import VisitsView
from slc.clicktracker.reports.sentences import visitors as sentences
from slc.clicktracker.reports.visitors.feed import Feed
from slc.clicktracker.reports.visitors.pages import ShownPage
from slc.clicktracker.reports.visitors.people import Person
from slc.clicktracker.reports.visitors.rows import FeedRow
from slc.clicktracker.reports.visitors.visits import VisitRow
from slc.clicktracker.reports.visitors.visits import VisitsFound
from slc.clicktracker.rest.screens.about import all_times
from slc.clicktracker.rest.screens.parts import choice
from slc.clicktracker.rest.screens.parts import line
from slc.clicktracker.rest.screens.parts import link
from slc.clicktracker.rest.screens.parts import Part
from slc.clicktracker.storage.model import utc_now
from slc.clicktracker.storage.visits.model import PageView
from slc.clicktracker.storage.visits.model import Visit
from slc.clicktracker.words.isolated import isolated
from slc.clicktracker.words.numbers import localized_number
from slc.clicktracker.words.times import ago
from slc.clicktracker.words.times import duration
from slc.clicktracker.words.times import local_time
from zope.i18nmessageid import Message


def feed_screen(view: LiveFeed, found: Feed) -> Part:
    """Say what is above and below the feed; ``view`` is the screen of Plone."""
    lead = sentences.PEOPLE_ARE_LOOKING
    if view.place:
        folder = {"folder": isolated(view.context.Title())}
        lead = _(
            "Pages in ${folder} that people are looking at, the latest first.",
            mapping=folder,
        )
    return {
        "title": _("Live feed"),
        "lead": [line(lead)],
        "notices": list(notices(view)),
        "filters": list(filters(view)),
        "sentences": list(_feed_sentences(found)),
        "empty": sentences.nobody_now(view.asked.given),
        "links": list(screens(view)),
        "about": [line(all_times())],
    }


def _feed_sentences(found: Feed) -> Iterator[Part]:
    present = found.present
    people = _(
        "members: ${members}, guests: ${guests}",
        mapping={
            "members": localized_number(present.members),
            "guests": localized_number(present.guests),
        },
    )
    yield line(_("On the site now: ${people}", mapping={"people": people}))
    if present.others:
        number = {"number": localized_number(present.others)}
        yield line(
            _(
                "(and page views of guests without a cookie, who can't be told apart: "
                "${number})",
                mapping=number,
            )
        )
    if found.total > len(found.rows):
        numbers = {
            "number": localized_number(len(found.rows)),
            "total": localized_number(found.total),
        }
        yield line(
            _(
                "The latest ${number} of ${total} page views of the last hour.",
                mapping=numbers,
            )
        )


def visits_screen(view: VisitsView, found: VisitsFound) -> Part:
    """Say the same of visits, of all or of one visitor."""
    return {
        "title": _("Visits"),
        "lead": list(_visits_lead(view)),
        "notices": list(notices(view)),
        "filters": [] if view.is_path else list(filters(view)),
        "sentences": [] if view.is_path else [line(sentences.ONLY_JOINED)],
        "empty": sentences.no_visits(view.asked.given),
        "links": list(screens(view)),
        "about": [line(all_times())],
    }


def _visits_lead(view: VisitsView) -> Iterator[Part]:
    if view.is_path:
        yield line(
            _(
                "The path of ${visitor} through this site, the latest visit first.",
                mapping={"visitor": view.who},
            )
        )
    elif view.place:
        folder = {"folder": isolated(view.context.Title())}
        yield line(_("The visits to ${folder}, the latest first.", mapping=folder))
    else:
        yield line(sentences.ALL_VISITS)
    if view.place:
        yield line(sentences.ONLY_IN_FOLDER)


def notices(view: VisitorsScreen) -> Iterator[Part]:
    """Yield what has to be known of what is shown."""
    if not view.is_recording:
        yield line(sentences.NOT_RECORDING, _settings(view))
    if not view.asked.group_is_whole:
        yield line(sentences.GROUP_IS_INCOMPLETE)
    if view.names and view.shows_people:
        yield line(sentences.LOOKS_ARE_RECORDED)
    if not view.names:
        yield line(sentences.WHO_SEES_NAMES)


def _settings(view: VisitorsScreen) -> Part | None:
    url = view.settings_url
    return link(url, _("ClickTracker Settings")) if url else None


def filters(view: VisitorsScreen) -> Iterator[Part]:
    """Yield what the lists can be narrowed by."""
    if view.names:
        yield {"name": "member", "kind": "text", "title": _("Name or user id")}
        groups = [choice(group, title) for group, title in view.groups]
        title = _("Group")
        yield {"name": "group", "kind": "choice", "title": title, "choices": groups}
    yield {"name": "page", "kind": "text", "title": _("Address of a page")}
    who = [choice("members", _("Members")), choice("guests", _("Guests"))]
    yield {"name": "who", "kind": "choice", "title": _("Who"), "choices": who}


def screens(view: VisitorsScreen) -> Iterator[Part]:
    """Yield the other screens about visitors, and where the same is for the whole site."""
    for each in view.screens():
        yield link(each.url, each.title, is_shown=each.is_active)
    if view.whole_url:
        yield link(view.whole_url, _("Whole site"))


def said_of_row(view: VisitorsScreen, row: FeedRow, now: datetime) -> Part:
    """Say what is shown of a page view."""
    seen = row.view
    return {
        "ago": ago(seen.at, now),
        "time": local_time(seen.at),
        "who": who_said(view, row.person),
        "visit": row.visit and _of_visit(row.visit),
        "page": _page(row.page, seen),
        "facts": _facts(view, seen.agent, seen.referrer, seen.source, seen.address),
    }


def said_of_visit(view: VisitsView, row: VisitRow) -> Part:
    """Say what is shown of a visit, and of its pages."""
    visit = row.visit
    facts = _facts(view, visit.agent, visit.referrer, visit.source, visit.address)
    if visit.is_over:
        facts.append(line(_("logged out")))
    pages = _("Pages: ${pages}.", mapping={"pages": localized_number(visit.pages)})
    left_out = {"number": localized_number(row.left_out)}
    return {
        "time": local_time(visit.start),
        "ago": _("last active ${ago}", mapping={"ago": ago(visit.last, utc_now())}),
        "who": None if view.is_path else who_said(view, row.person),
        "visit": pages if view.place else _of_visit(visit),
        "facts": facts,
        "left_out": _("Earlier pages that are not listed: ${number}", mapping=left_out)
        if row.left_out
        else None,
        "views": [
            {
                "time": local_time(seen.at),
                "engaged": _engaged(view, seen),
                "page": _page(page, seen),
            }
            for seen, page in row.views
        ],
    }


def _engaged(view: VisitsView, seen: PageView) -> Message:
    if not view.knows_time(seen):
        return _("for an unknown time")
    return _("engaged for ${time}", mapping={"time": duration(seen.engaged)})


def _of_visit(visit: Visit) -> Message:
    milliseconds = int(visit.time_on_site.total_seconds() * 1000)
    said = {
        "pages": localized_number(visit.pages),
        "time": duration(milliseconds),
    }
    return _("Pages: ${pages}. Time on the site: ${time}.", mapping=said)


def who_said(view: VisitorsScreen, person: Person) -> Part:
    """Say who it is, with a link to all visits of theirs where they can be known."""
    path, title = view.path_url(person), person.name or person.title
    said = line(title, link(path, title) if path else None)
    return {**said, "note": person.note} if person.note else said


def _page(page: ShownPage, seen: PageView) -> Part:
    status = {"status": str(seen.status)}
    return {
        **page_said(page),
        "status": None if seen.status == 200 else _("Status ${status}", mapping=status),
    }


def page_said(page: ShownPage) -> Part:
    """Say which page it is, with a link to the content that there is now."""
    if page.note:
        return {"text": page.note, "is_page": True, "is_hidden": True}
    title = page.title or page.url
    said = line(title, link(page.href, title) if page.href else None)
    return {**said, "is_page": True, **({"address": page.url} if page.title else {})}


def _facts(
    view: VisitorsScreen, agent: str, referrer: str, source: str, address: str
) -> list[Part]:
    found = []
    if words := view.agent_words(agent):
        found.append(line(words))
    if site := view.site_of(referrer):
        found.append(line(_("from ${site}", mapping={"site": isolated(site)})))
    found.append(line(view.source_words(source)))
    if view.names and address:
        ban = view.ban_url(address)
        found.append(line(address, link(ban, _("Ban"), about=address) if ban else None))
    return found
