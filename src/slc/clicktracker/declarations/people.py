"""What declarations know of people."""

from collections.abc import Iterator
from slc.clicktracker import _
from slc.clicktracker.declarations.entries import each_entry
from slc.clicktracker.declarations.entries import remove_entry
from slc.clicktracker.sites.people import names
from slc.clicktracker.sites.people import PlaceOfPeople
from slc.clicktracker.sites.site_record import SiteRecord
from slc.clicktracker.storage.model import Reader


_RECORD = SiteRecord("declarations")

#: Of what was declared: the subject, then the folder and the id of whoever did it. Of an
#: end these two come first.
_SUBJECT, _BY = 0, 1


def _number_of(person: Reader) -> int:
    return sum(1 for _entry in _naming(person))


def _forget(person: Reader, pseudonym: str, erase: bool) -> None:
    """Let the pseudonym stand for whoever declared or ended something: that it was done
    stays. What was declared about the person goes, where all is to be erased."""
    tree = _RECORD.tree()
    for key, kept, is_end in list(_naming(person)):
        if key not in tree:
            continue
        if is_end:
            tree[key] = ("", pseudonym, *kept[2:])
            continue
        subject, folder, user, *rest = kept
        if _is(subject, person):
            if erase:
                remove_entry(tree, key)
                continue
            subject = ("", pseudonym)
        if names(person, folder, user):
            folder, user = "", pseudonym
        tree[key] = (subject, folder, user, *rest)


def _naming(person: Reader) -> Iterator[tuple[tuple, tuple, bool]]:
    """Yield the key and the entry, and whether it is an end, of all that name a person."""
    for key, kept, is_end in each_entry(_RECORD.tree()):
        by = kept[:2] if is_end else kept[_BY : _BY + 2]
        about = () if is_end else kept[_SUBJECT]
        if names(person, *by) or _is(about, person):
            yield key, kept, is_end


def _is(subject: tuple, person: Reader) -> bool:
    return len(subject) == 2 and names(person, *subject)


DECLARATIONS_OF_PEOPLE = PlaceOfPeople(
    _("What they have declared, and what was declared about them"), _number_of, _forget
)
