"""A process that has just started need not read again what thousands of documents say."""

from persistent.mapping import PersistentMapping
from plone import api
from plone.autoform.interfaces import IFormFieldProvider
from plone.behavior.annotation import AnnotationStorage
from plone.behavior.interfaces import IBehavior
from plone.behavior.registration import BehaviorRegistration
from plone.namedfile.file import NamedBlobFile
from slc.clicktracker.sites.storage import spool_folder
from slc.clicktracker.versions import file_digest
from slc.clicktracker.versions import texts_ahead
from slc.clicktracker.versions import visible
from slc.clicktracker.versions.kept_digests import BlobState
from slc.clicktracker.versions.standing import standings_of
from tests.versions.content import behaviour
from zope.component import getSiteManager
from zope.interface import Interface
from zope.interface import provider
from zope.schema import TextLine

import pytest
import transaction


@pytest.fixture
def papers(site, monkeypatch):
    monkeypatch.setattr(texts_ahead, "_MANY", 2)
    file = NamedBlobFile(b"The lease.", "application/pdf", "lease.pdf")
    with api.env.adopt_roles(["Manager"]):
        lease = api.content.create(site.board, "File", "lease", "Lease", file=file)
        transaction.commit()
        yield [site.board.agenda, site.board.budget, lease]


@pytest.fixture
def computed(monkeypatch):
    """Whose version was really computed."""
    calls, compute = [], visible._uncounted

    def noted(content):
        calls.append(content.getId())
        return compute(content)

    monkeypatch.setattr(visible, "_uncounted", noted)
    return calls


def restarted(papers):
    """What a process knows that has just been started."""
    visible._known.clear()
    file_digest._known.clear()
    return standings_of(papers)


def test_what_an_earlier_process_has_found_out_is_known(papers, computed, read):
    found = restarted(papers)
    assert computed == ["agenda", "budget", "lease"]
    assert len(read) == 1
    computed.clear()
    assert restarted(papers) == found
    # Of a file its data are what is known, even though it is small.
    assert (computed, len(read)) == (["lease"], 1)


def test_what_was_changed_is_read(papers, computed):
    before = restarted(papers)
    papers[0].title = "Order of the day"
    papers[2].file = NamedBlobFile(b"Another one.", "application/pdf", "lease.pdf")
    transaction.commit()
    computed.clear()
    agenda, budget, lease = restarted(papers)
    assert computed == ["agenda", "lease"]
    assert (agenda != before[0], budget == before[1]) == (True, True)
    assert lease != before[2]


def test_what_is_not_saved_is_kept_nowhere(papers, computed):
    before = restarted(papers)
    papers[0].title = "Order of the day"
    assert restarted(papers)[0] != before[0]
    transaction.abort()
    assert restarted(papers) == before


@pytest.mark.parametrize("changed", ["the type", "what is installed"])
def test_all_are_read_where_something_else_says_what_fields_there_are(
    papers, computed, monkeypatch, changed
):
    restarted(papers)
    if changed == "the type":
        api.portal.get_tool("portal_types").Document.title = "Page"
        transaction.commit()
    else:
        monkeypatch.setattr(texts_ahead, "_software", lambda: "plone.api-9")
    computed.clear()
    restarted(papers)
    assert computed == ["agenda", "budget", "lease"]


def test_what_is_in_an_object_of_its_own_is_read_by_each_process(papers, computed):
    """It is changed without the document."""
    papers[0].description = PersistentMapping({"first": "Heating"})
    transaction.commit()
    before = restarted(papers)
    papers[0].description["first"] = "Roof"
    transaction.commit()
    computed.clear()
    assert restarted(papers)[0] != before[0]
    assert computed == ["agenda", "lease"]


@provider(IFormFieldProvider)
class INote(Interface):
    note = TextLine(title="Note", required=False)


def test_so_is_what_a_behavior_keeps_somewhere_else(papers):
    behavior = BehaviorRegistration("Note", "", INote, None, AnnotationStorage(INote))
    manager = getSiteManager()
    manager.registerUtility(behavior, IBehavior, INote.__identifier__)
    manager.registerAdapter(behavior.factory, (Interface,), INote)
    with behaviour("Document", INote.__identifier__):
        INote(papers[0]).note = "Heating"
        transaction.commit()
        before = restarted(papers)
        INote(papers[0]).note = "Roof"
        transaction.commit()
        assert restarted(papers)[0] != before[0]


def test_other_threads_may_read_files_meanwhile(papers):
    class ReadMeanwhile(BlobState):
        """While that is compared with others, another one is added."""

        def __hash__(self):
            other = BlobState("other", self.oid, bytes(len(file_digest._known)))
            file_digest._known[other] = "a digest"
            return super().__hash__()

    file_digest._known[ReadMeanwhile("main", b"8 bytes.", b"8 bytes.")] = "a digest"
    visible._known.clear()
    assert None not in standings_of(papers)


def test_where_nothing_can_be_kept_all_are_read(papers, computed, caplog):
    spool_folder().mkdir(parents=True, exist_ok=True)
    (spool_folder() / "digests.sqlite").write_text("no database " * 100)
    found = restarted(papers)
    assert restarted(papers) == found
    assert computed == ["agenda", "budget", "lease"] * 2
    assert "can't be kept" in caplog.text


def test_a_few_are_read_without_a_look_at_the_disk(papers, monkeypatch):
    monkeypatch.setattr(texts_ahead, "_MANY", 4)
    restarted(papers)
    assert not (spool_folder() / "digests.sqlite").exists()
