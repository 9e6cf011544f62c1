"""What the screens say of a moment, and of seals."""

from collections.abc import Iterator
from slc.clicktracker import _
from slc.clicktracker.browser.seals.as_of import AsOfView
from slc.clicktracker.browser.seals.seals import SealsView
from slc.clicktracker.reports.sentences import moments as sentences
from slc.clicktracker.reports.then import PersonRow
from slc.clicktracker.reports.then import shown_name
from slc.clicktracker.rest.screens.about import address
from slc.clicktracker.rest.screens.about import all_times
from slc.clicktracker.rest.screens.parts import choice
from slc.clicktracker.rest.screens.parts import form
from slc.clicktracker.rest.screens.parts import line
from slc.clicktracker.rest.screens.parts import link
from slc.clicktracker.rest.screens.parts import Part
from slc.clicktracker.seals.chain import Seal
from slc.clicktracker.snapshots.as_of import AsOf
from slc.clicktracker.snapshots.snapshot import DocumentThen
from slc.clicktracker.words.isolated import isolated
from slc.clicktracker.words.times import local_time
from typing import Any
from zope.i18nmessageid import Message


def as_of_screen(content: Any, request: Any) -> Part:
    view = AsOfView(content, request)
    found = view.found
    said = view.problem or (view.emptiness if found is None else None)
    return {
        "notices": [line(said)] if said else [],
        "sentences": list(_sentences(view, found)) if found else [],
        "warnings": list(_warnings(view)) if found else [],
        "filters": _filters(view),
        "columns": [
            {"name": "name", "title": _("Person")},
            {"name": "expected_title", "title": _("Expected")},
            {"name": "how_far", "title": _("How far")},
            {"name": "last", "title": _("Last")},
        ],
        "titles": {
            "people": _("People"),
            "nobody": sentences.NOBODY,
        },
        "forms": dict(_forms(view)) if found and view.manages_tracking else {},
        "links": [
            link(
                address(content, "clicktracker-seals"), _("Sealed reports of this item")
            ),
            link(address(content, "who-read-this"), _("Who read this")),
        ],
    }


def person_said(row: PersonRow) -> dict[str, Any]:
    """Return in words what else is known of somebody."""
    reading = row.reading
    how_far = [_("No evidence")]
    if reading is not None:
        said = {
            _("Acknowledged"): reading.acknowledged,
            _("Attested"): reading.attested,
        }
        how_far = [row.level.title, *(title for title, at in said.items() if at)]
        if not reading.is_current:
            how_far.append(_("of an older version"))
    expected = {True: _("Yes"), False: _("No"), None: _("not known")}
    titles = [expected[row.is_expected]]
    if not row.is_able:
        titles.append(_("but could not view it"))
    return {"expected_title": titles, "how_far": how_far}


def seals_screen(content: Any, request: Any) -> Part:
    view = SealsView(content, request)
    return {
        "notices": [],
        "sentences": [line(sentences.ABOUT_SEALS), line(all_times())],
        "warnings": [],
        "titles": {
            "seals": _("Sealed reports"),
            "nothing": sentences.NO_SEALS,
            "keys": _("Public keys of this site"),
            "check": _("Check a seal"),
            "about_check": sentences.HOW_TO_CHECK,
            "command": view.check_command if view.keys else "",
        },
        "forms": {},
        "links": [
            link(
                address(content, "clicktracker-as-of"),
                _("Choose a moment and seal it"),
            ),
            link(
                address(content, "clicktracker-seals.json"),
                _("Download the list of all seals"),
            ),
        ],
    }


def seal_said(seal: Seal) -> Iterator[Part]:
    names = {"name": isolated(shown_name(seal.by)), "time": local_time(seal.made)}
    yield line(_("Sealed by ${name}, ${time}", mapping=names))
    if seal.stamped:
        stamped = {"time": local_time(seal.stamped)}
        yield line(_("Time stamp of an authority: ${time}", mapping=stamped))
    else:
        yield line(_("Without a time stamp"))
    yield line(seal.hash)


def seal_title(seal: Seal) -> Message:
    names = {"number": seal.number, "time": local_time(seal.as_of)}
    return _("Seal ${number}, as of ${time}", mapping=names)


def seal_links(content: Any, views: str, seal: Seal) -> list[Part]:
    """Return where the files are; ``views`` is how the names of these begin."""
    file, printed = (
        f"{address(content, views)}{ending}?number={seal.number}"
        for ending in (".json", "-print")
    )
    return [link(file, _("Download the file")), link(printed, _("Print"))]


def _filters(view: AsOfView) -> list[Part]:
    options = [choice(each.value, each.title) for each in view.options]
    if view.asked.moment is not None and view.is_typed:
        options.insert(0, choice(view.asked.value, local_time(view.asked.moment)))
    return [
        {
            "name": "moment",
            "kind": "choice",
            "title": _("Moment"),
            "choices": options,
            "value": view.asked.value,
        },
        {"name": "day", "kind": "day", "title": _("or another day")},
        {"name": "time", "kind": "text", "title": _("Time of day")},
    ]


def _sentences(view: AsOfView, found: AsOf) -> Iterator[Part]:
    then, time = found.then, {"time": local_time(found.moment)}
    yield line(_("As of ${time}", mapping=time))
    if then.expected:
        yield line(view.summary)
    yield line(view.source)
    if view.taken_later is not None:
        yield line(sentences.taken_later(local_time(view.taken_later)))
    if then.expected and not then.complete:
        yield line(sentences.AUDIENCE_IS_INCOMPLETE)
    for document in then.documents:
        yield from _document(view, document)
    yield line(view.no_evidence)
    yield line(all_times())


def _document(view: AsOfView, document: DocumentThen) -> Iterator[Part]:
    if not document.text:
        yield line(sentences.VERSION_IS_UNKNOWN)
        return
    names = {
        "document": isolated(document.title or document.uid),
        "digest": document.text[:16],
    }
    yield line(view.version_of(document))
    yield line(_("of ${document}, digest ${digest}", mapping=names))


def _warnings(view: AsOfView) -> Iterator[Part]:
    if view.manages_tracking and view.key_problem:
        yield line(sentences.cannot_be_sealed(view.key_problem))


def _forms(view: AsOfView) -> Iterator[tuple[str, Part]]:
    take = _("Take a snapshot now")
    yield "take", form(take, take, [])
    if view.key_problem:
        return
    seal = _("Seal this report")
    asked = {"moment": view.asked.value}
    yield "seal", {**form(seal, seal, []), "data": asked}
