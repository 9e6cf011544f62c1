"""Acknowledgements: recorded, asked for and forgotten within one transaction."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import groupby
from operator import attrgetter
from slc.clicktracker.storage.acknowledgements.model import Acknowledgement
from slc.clicktracker.storage.acknowledgements.model import AcknowledgementQuery
from slc.clicktracker.storage.acknowledgements.model import KINDS
from slc.clicktracker.storage.keys import identity
from slc.clicktracker.storage.keys import url_key
from slc.clicktracker.storage.model import Document
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import Version
from slc.clicktracker.storage.relational.visits.references import References
from slc.clicktracker.storage.text import LIMITS
from slc.clicktracker.storage.text import storable
from sqlalchemy import Row
from typing import Any
from typing import NamedTuple


class _Known(NamedTuple):
    """An acknowledgement with the numbers of what it is about."""

    row: Acknowledgement
    document: int
    version: int
    reader: int

    @property
    def about(self) -> tuple[int, int, str, int]:
        return self.document, self.reader, self.row.text, self.kind

    @property
    def kind(self) -> int:
        return KINDS.index(self.row.kind)


class AcknowledgementsTransaction(References):
    """Works in one transaction, which has the site for itself."""

    def acknowledge(
        self, every: Sequence[Acknowledgement]
    ) -> tuple[Acknowledgement, ...]:
        """Record those that are new; see ``IAcknowledgements``."""
        new = self._new(self._resolved(every)) if every else []
        sentences: dict[tuple[str, str], int] = {}
        for is_withdrawn, some in groupby(new, attrgetter("row.is_withdrawn")):
            its = list(some)
            self._add(its, sentences)
            if is_withdrawn:
                self._withdraw(its)
            else:
                self._declare(its)
        return tuple(each.row for each in new)

    def _resolved(self, every: Sequence[Acknowledgement]) -> list[_Known]:
        """Return them with the numbers of what they are about, which is added where it is
        not known yet."""
        self.run("add_site")
        site = self.connection.scalar(self.queries.get("site"), {"site": self.site})
        newest = {each.document.uid: each for each in every}
        documents = {uid: self._document(site, its) for uid, its in newest.items()}
        versions: dict[tuple[str, Version], int] = {}
        for each in every:
            shown = each.document.uid, each.version
            if shown not in versions:
                versions[shown] = self._version(documents[shown[0]], each)
        accounts = self.accounts(sorted(every, key=attrgetter("at")))
        found = []
        for each in every:
            uid, who = each.document.uid, (each.reader.folder, each.reader.user)
            account = accounts.at(who, each.at)
            numbers = documents[uid], versions[uid, each.version], account.id
            found.append(_Known(each, *numbers))
        return found

    def _document(self, site: int, its: Acknowledgement) -> int:
        document = its.document
        known_as = {"site": site, "identity": identity(document)}
        self._execute(
            "add_document",
            None,
            {
                **known_as,
                "uid": document.uid,
                "path": document.path,
                "title": document.title,
                "now": self.dialect.moment(its.at),
            },
        )
        return self._execute("document", None, known_as).scalar_one()

    def _version(self, document: int, its: Acknowledgement) -> int:
        version = {
            "document": document,
            "label": its.version.label,
            "digest": its.version.digest,
        }
        since = self.dialect.moment(its.at)
        self.run("add_version", **version, words=its.version.words, since=since)
        return self._execute("version", None, version).scalar_one()

    def _new(self, every: Sequence[_Known]) -> list[_Known]:
        """Return those that change something, each after what the ones before do."""
        keys = [each.row.key for each in every]
        known = {
            row.key for row in self.ask("known_keys", keys=self.dialect.uids(keys))
        }
        pairs = sorted({(each.document, each.reader) for each in every})
        stands = {
            (row.document, row.reader, row.text, row.kind): not row.is_withdrawn
            for row in self.ask("latest_acknowledgements", {"changes": pairs})
        }
        new = []
        for each in every:
            is_so = not each.row.is_withdrawn
            if each.row.key not in known and stands.get(each.about, False) != is_so:
                known.add(each.row.key)
                stands[each.about] = is_so
                new.append(each)
        return new

    def _add(
        self, some: Sequence[_Known], sentences: dict[tuple[str, str], int]
    ) -> None:
        rows = []
        for number, each in enumerate(some):
            row = each.row
            said = row.sentence, row.language
            if row.sentence and said not in sentences:
                sentences[said] = self._sentence(*said)
            rows.append(
                (
                    number,
                    row.key,
                    each.document,
                    each.version,
                    each.reader,
                    each.kind,
                    row.at,
                    row.by.folder,
                    row.by.user,
                    row.by.name,
                    sentences.get(said),
                    row.way,
                    row.why,
                    row.asked_again,
                    row.is_withdrawn,
                )
            )
        self.run("add_acknowledgements", {"acknowledgements": rows})

    def _sentence(self, sentence: str, language: str) -> int:
        said = {"key": url_key(sentence), "language": language}
        self.run("add_sentence", **said, sentence=sentence)
        return self._execute("sentence", None, said).scalar_one()

    def _declare(self, some: Sequence[_Known]) -> None:
        declared: dict[tuple[int, int, int], list[Any]] = defaultdict(
            lambda: [None] * len(KINDS)
        )
        for each in some:
            key = each.document, each.version, each.reader
            declared[key][each.kind] = each.row.at
        rows = [(*key, *times) for key, times in sorted(declared.items())]
        self.run("declare_readings", {"declared": rows})
        pairs = sorted({(each.document, each.reader) for each in some})
        self.run("declared_changes", {"changes": pairs})

    def _withdraw(self, some: Sequence[_Known]) -> None:
        """Texts may be less new than before, so all of the document is derived again."""
        rows = {"withdrawn": sorted({each.about for each in some})}
        for kind, name in enumerate(KINDS):
            self.run(f"withdraw_{name}", rows, kind=kind)
        for kind in range(len(KINDS)):
            self.run("remove_undeclared", rows, kind=kind)
        for document in sorted({each.document for each in some}):
            self.run("document_changes", document=document)

    def acknowledgements(
        self, query: AcknowledgementQuery
    ) -> tuple[Acknowledgement, ...]:
        """Return all that match; see ``IAcknowledgements``."""
        parts = {"of_documents_asked": "", "of_reader_asked": ""}
        parameters: dict[str, Any] = {}
        if query.documents is not None:
            parts["of_documents_asked"] = "{acknowledged_documents}"
            uids = [storable(uid, LIMITS["uid"]) for uid in query.documents]
            parameters["documents"] = self.dialect.uids(uids)
        if query.reader is not None:
            parameters |= {"folder": query.reader.folder, "member": query.reader.user}
            parts["of_reader_asked"] = "{acknowledged_by_present}"
            if query.generation is not None:
                parts["of_reader_asked"] = "{acknowledged_by_generation}"
                parameters["generation"] = query.generation
        rows = self.ask("acknowledgements", parts=parts, **parameters)
        return tuple(map(self._made, rows))

    def _made(self, row: Row) -> Acknowledgement:
        return Acknowledgement(
            key=row.key,
            kind=KINDS[row.kind],
            document=Document(row.uid, row.path, row.title),
            version=Version(row.label, row.digest, row.words),
            reader=Reader(row.member, row.folder, row.name),
            at=self.dialect.datetime(row.at),
            by=Reader(row.by_member, row.by_folder, row.by_name),
            sentence=row.sentence or "",
            language=row.language or "",
            way=row.way,
            why=row.why,
            asked_again=bool(row.asked_again),
            is_withdrawn=bool(row.is_withdrawn),
            generation=row.generation,
            retired=None if row.retired is None else self.dialect.datetime(row.retired),
        )
