"""What an answer of Matomo's says about hits that were sent together.

"success" means little, and so does the status: what counts are the numbers of those that
were tracked and that were invalid. Which ones were invalid it tells only who has a token.
"""

from collections.abc import Sequence
from slc.clicktracker.forwarding.http import Answer
from slc.clicktracker.forwarding.problems import BUSY
from slc.clicktracker.forwarding.problems import COUNTED_NOTHING
from slc.clicktracker.forwarding.problems import COUNTED_SOME
from slc.clicktracker.forwarding.problems import FAILS
from slc.clicktracker.forwarding.problems import OTHER_ANSWER
from slc.clicktracker.forwarding.problems import PARTLY
from slc.clicktracker.forwarding.problems import REDIRECTS
from slc.clicktracker.forwarding.problems import REFUSES
from slc.clicktracker.forwarding.problems import REJECTED
from slc.clicktracker.forwarding.problems import SECRET
from slc.clicktracker.storage.outbox.model import IN_DOUBT
from slc.clicktracker.storage.outbox.model import Settlement
from typing import Any
from typing import NamedTuple

import json


class _Counts(NamedTuple):
    tracked: int
    invalid: int
    indices: list[int] | None


def settled(answer: Answer, keys: Sequence[str], has_token: bool) -> Settlement:
    """Return what became of hits, in the order in which they were sent."""
    keys = tuple(keys)
    status = answer.status
    detail = f"HTTP {status}"
    counts = _counts(answer.body, len(keys))
    if counts is not None and not 300 <= status < 400:
        return _counted(counts, keys, has_token)
    if 300 <= status < 400:
        return Settlement(back=keys, problem=REDIRECTS, detail=detail)
    if status in (401, 403):
        problem = SECRET if has_token else REFUSES
        return Settlement(back=keys, problem=problem, detail=detail)
    if status in (429, 503):
        return Settlement(back=keys, problem=BUSY, detail=detail)
    if 400 <= status < 500:
        return _none_of(keys, REFUSES, detail)
    problem = FAILS if status >= 500 else OTHER_ANSWER
    aside = tuple((key, IN_DOUBT) for key in keys)
    return Settlement(aside=aside, problem=problem, detail=detail)


def _counted(counts: _Counts, keys: tuple[str, ...], has_token: bool) -> Settlement:
    tracked, invalid, indices = counts
    if tracked == len(keys):
        return Settlement(counted=keys)
    detail = f"{tracked}/{len(keys)}"
    # Who is known to Matomo is told which ones are invalid.
    is_unknown = has_token and invalid > 0 and indices is None
    if tracked == 0:
        if is_unknown:
            return Settlement(back=keys, problem=SECRET, detail=detail)
        return _none_of(keys, COUNTED_NOTHING, detail)
    if indices is not None and len(indices) == invalid == len(keys) - tracked:
        rejected = {keys[index] for index in indices}
        return Settlement(
            counted=tuple(key for key in keys if key not in rejected),
            aside=tuple((key, REJECTED) for key in keys if key in rejected),
        )
    aside = tuple((key, PARTLY) for key in keys)
    problem = SECRET if is_unknown else COUNTED_SOME
    return Settlement(aside=aside, problem=problem, detail=detail)


def _none_of(keys: tuple[str, ...], problem: str, detail: str) -> Settlement:
    """Return what becomes of hits of which none was counted.

    It may be because of a setting, or of one of them. So they are tried one by one then, and
    one that is not counted alone doesn't keep back all that come after it.
    """
    if len(keys) == 1:
        aside = ((keys[0], REJECTED),)
        return Settlement(aside=aside, problem=problem, detail=detail)
    return Settlement(back=keys, problem=problem, detail=detail)


def _counts(body: bytes, most: int) -> _Counts | None:
    """Return the numbers in an answer; None where it is none of Matomo's."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict):
        return None
    tracked, invalid = found.get("tracked"), found.get("invalid", 0)
    if not (_is_number(tracked, most) and _is_number(invalid, most - tracked)):
        return None
    return _Counts(tracked, invalid, _indices(found.get("invalid_indices"), most))


def _indices(found: Any, most: int) -> list[int] | None:
    """Return which of the hits are invalid, each once; None where that isn't said."""
    if not isinstance(found, list) or not all(_is_number(i, most - 1) for i in found):
        return None
    return found if len(set(found)) == len(found) else None


def _is_number(value: Any, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= most
