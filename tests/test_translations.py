"""Translations: complete, up to date with the code, and what a German site shows."""

from functools import cache
from i18ndude.catalog import MessageCatalog
from pathlib import Path
from plone import api
from slc.clicktracker.audience.exceptions import end_exception
from slc.clicktracker.audience.exceptions import excuse
from slc.clicktracker.audience.rules import AudienceRule
from slc.clicktracker.audience.rules import choose_audience
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.tracking.choice import Choice
from slc.clicktracker.tracking.choice import choose
from tests.audience.people import add_group
from tests.browser.report.readings import NOON
from tests.browser.report.readings import record
from tests.browser.report.reports import text_of
from tests.plone_site import authenticator_in

import html
import pytest
import re
import slc.clicktracker
import subprocess
import sys
import transaction


PACKAGE = Path(slc.clicktracker.__file__).parent
LOCALES = PACKAGE / "locales"

#: The domains, and where their messages are. Python code has those of one only.
SOURCES = {"slc.clicktracker": PACKAGE, "plone": PACKAGE / "profiles"}

VARIABLE = re.compile(r"\$\{\w+\}")


def messages_in(path):
    """Return the messages of a file: message id and entry."""
    return MessageCatalog(filename=str(path))


def template(domain):
    return messages_in(LOCALES / f"{domain}.pot")


def translations(language):
    """Return (domain, catalog) of all files of a language."""
    folder = LOCALES / language / "LC_MESSAGES"
    return [(path.stem, messages_in(path)) for path in sorted(folder.glob("*.po"))]


LANGUAGES = sorted(path.parent.name for path in LOCALES.glob("*/LC_MESSAGES"))


@pytest.mark.parametrize("domain", SOURCES)
def test_the_template_is_up_to_date_with_the_code(domain, tmp_path):
    found = tmp_path / "found.pot"
    command = [sys.executable, "-m", "i18ndude.script", "rebuild-pot"]
    command += ["--pot", found, "--create", domain, SOURCES[domain]]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    assert not done.stderr
    expected = set(messages_in(found))
    # What no file says; see the Makefile.
    manual = LOCALES / f"{domain}-manual.pot"
    if manual.exists():
        expected |= set(messages_in(manual))
    assert set(template(domain)) == expected, "run: make i18n"


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_the_messages_of_the_template(language):
    for domain, messages in translations(language):
        assert set(messages) == set(template(domain)), "run: make i18n"


def test_every_message_is_translated_into_german():
    domains = dict(translations("de"))
    assert set(domains) == set(SOURCES)
    for messages in domains.values():
        assert [key for key, entry in messages.items() if not entry.msgstr] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_has_the_variables_of_its_message(language):
    for _, messages in translations(language):
        for message, entry in messages.items():
            if entry.msgstr:
                expected = sorted(VARIABLE.findall(message))
                assert sorted(VARIABLE.findall(entry.msgstr)) == expected, message


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_fuzzy(language):
    for path in (LOCALES / language / "LC_MESSAGES").glob("*.po"):
        assert not re.search(r"^#,.*fuzzy", path.read_text("utf-8"), re.M), path


@pytest.fixture
def german_site(tracked):
    """A site in German, with English as a second language, where people read."""
    set_record = api.portal.set_registry_record
    set_record("plone.default_language", "de")
    set_record("plone.available_languages", ["de", "en"])
    set_record("plone.use_cookie_negotiation", True)
    transaction.commit()
    record(tracked.agenda, "bob")
    record(tracked.agenda, "")
    record(tracked.agenda, "gone")
    record(tracked.budget, "carol")
    add_group("Board", "bob", "carol")
    rule = AudienceRule(False, ("Board", "Gone"), (Reader("ghost"),), ("Reviewer",))
    choose_audience(tracked.agenda, rule)
    for reader in (Reader("bob"), Reader("carol")):
        excuse(tracked.agenda, reader, "krank")
    end_exception(tracked.agenda, Reader("bob"))
    transaction.commit()
    return tracked


def texts_of(answer):
    """Return what can be read or heard in the content of a page."""
    assert answer.status_code == 200
    content = answer.text.split("<article")[-1].split("</article")[0]
    said = re.findall(r'(?:alt|aria-label|placeholder|title)="([^"]*)"', content)
    return " | ".join([text_of(answer), *map(html.unescape, said)])


def english_in(text):
    """Return our English messages that a text contains, whatever their variables."""
    return [
        message
        for message, parts, said in english_messages()
        # To look for the parts first takes no time, and leaves few of hundreds.
        if all(part in text for part in parts) and said.search(text)
    ]


@cache
def english_messages():
    """Return all that has another text in German: message, what is between its variables,
    and a pattern for it."""
    return [
        (message, VARIABLE.split(message), pattern(message))
        for _, catalog in translations("de")
        for message, entry in catalog.items()
        if message != entry.msgstr
    ]


def pattern(message):
    """Return a pattern for a message with any values, not as a part of a word."""
    words = ".+?".join(map(re.escape, VARIABLE.split(message)))
    return re.compile(rf"(?<![\w-]){words}(?![\w-])")


def test_english_is_recognised(tracked, visitor):
    text = texts_of(visitor("manager").get("/board/agenda/@@tracking"))
    found = english_in(text)
    assert "Reads of this item are recorded, because ${folder} is tracked." in found
    assert {"Tracking", "Like the folder above", "Save"} <= set(found)


@pytest.mark.parametrize(
    "path, expected",
    [
        ("/board/@@tracking", "Das Lesen dieses Inhalts wird erfasst."),
        ("/board/agenda/@@tracking", "weil „ Board meeting “ erfasst wird."),
        ("/board/agenda/@@who-read-this", "Anonyme Besucherinnen und Besucher"),
        ("/board/agenda/@@who-read-this", "hat die aktuelle Fassung geöffnet."),
        (
            "/board/agenda/@@who-read-this?reader=gone",
            "derzeit nicht unter den Mitgliedern",
        ),
        (
            "/board/agenda/@@who-read-this?reader=xyz",
            "Niemand entspricht diesen Filtern: Name oder Benutzer-ID enthält „xyz“",
        ),
        ("/board/agenda/@@who-read-this-print", "Zurück zum Bericht"),
        ("/board/agenda/@@who-read-this-reader?reader=bob", "Diese Person"),
        ("/board/agenda/@@clicktracker-minor-change", "unter „Ältere Fassung“"),
        ("/board/@@clicktracker-dashboard", "Dokumente werden erfasst"),
        (
            "/board/@@clicktracker-dashboard-members",
            "Nicht als gelesen bekannt",
        ),
        (
            "/board/@@clicktracker-dashboard-members?member=xyz",
            "„xyz“ muss hier nichts",
        ),
        ("/rules/@@tracking", "Das Lesen dieses Inhalts wird nicht erfasst."),
        ("/board/@@who-read-this.csv", "Benutzer-ID"),
        ("/board/@@clicktracker-audience", "Personen sollen dies lesen."),
        ("/board/agenda/@@clicktracker-audience", "Benannt: Gruppe Board, Gruppe"),
        ("/board/@@clicktracker-audience-rule", "Kann erfassen, wer dies gelesen"),
        ("/board/@@clicktracker-excuse?person=bob", "bis die Ausnahme endet"),
        ("/@@clicktracker-settings", "Das Lesen wird erfasst."),
    ],
)
def test_a_german_site_shows_no_english(german_site, visitor, path, expected):
    text = texts_of(visitor("manager").get(path))
    assert expected in text
    assert english_in(text) == []


def test_what_is_left_out_or_a_default_page_is_told_in_german(german_site, visitor):
    choose(german_site, Choice.EXCLUDE)
    german_site.setDefaultPage("agenda")
    transaction.commit()
    text = texts_of(visitor("manager").get("/board/agenda/@@tracking"))
    assert "weil „ Board meeting “ ausgenommen ist." in text
    assert "öffnen Sie die Leseerfassung des Ordners ." in text
    assert english_in(text) == []


def test_what_was_done_is_told_in_german(german_site, visitor):
    manager = visitor("manager")
    url = f"{manager.site_url}/board/@@tracking"
    token = authenticator_in(manager.session.get(url).text)
    data = {"choice": Choice.EXCLUDE.value, "_authenticator": token}
    page = manager.session.post(url, data=data).text
    assert "Ab jetzt geöffnete Seiten werden nicht erfasst." in page


def test_times_are_written_the_german_way(german_site, visitor):
    answer = visitor("manager").get("/board/agenda/@@who-read-this?reader=bob")
    assert f'title="{NOON:%d.%m.%Y} 12:00">{NOON:%d.%m.%Y}<' in answer.text


def test_plones_own_screens_name_ours_in_german(german_site, visitor):
    manager = visitor("manager")
    page = manager.get("/board/agenda").text
    assert "Leseerfassung" in page
    assert "ClickTracker-Einstellungen" in manager.get("/@@overview-controlpanel").text
    sharing = text_of(manager.get("/board/@@sharing"))
    assert "Kann erfassen, wer dies gelesen hat" in sharing
    assert "Can track who read this" not in sharing


def test_who_prefers_english_gets_english_on_a_german_site(german_site, visitor):
    manager = visitor("manager")
    manager.session.cookies.set("I18N_LANGUAGE", "en")
    text = text_of(manager.get("/board/agenda/@@tracking"))
    assert "Reads of this item are recorded, because Board meeting is tracked." in text
    assert "Leseerfassung" not in text
