"""What stands for the words in readings.sql, by the question."""

from slc.clicktracker.storage.model import ReadingQuery


_ORDER = {
    "name": "{shown_key}",
    "count": "m.count",
    "first": "m.first",
    "last": "m.last",
    "url": "{latest_url}",
}

_EVIDENCE_ORDER = {
    "engaged": "m.engaged",
    "level": "m.level",
}

#: What stands for words in the SQL where versions don't matter, ...
_ANY_VERSION = {
    "rankings": "",
    "ranks": "",
    "texts": "",
    "newest": "",
    "behind": "0 AS behind, 0 AS place",
    "shown": "''",
    "label": "''",
    "stands": "",
    "of_text": "",
    "of_texts": "",
    "told_of_text": "",
}

#: ... and where they do.
_BY_VERSION = {
    "rankings": "{ranked}",
    "ranks": "{with_version} {with_rank}",
    "texts": "{with_rank}",
    "newest": "{newest_only}",
    "behind": "min(k.behind) AS behind, min(k.place) AS place",
    "shown": "{newest_text}",
    "label": "{newest_label}",
    "of_text": "{sums_of_text}",
    "of_texts": "{sums_of_current_texts}",
    "told_of_text": "{shown_of_text}",
}

#: In which order page and evidence are found: ...
_PAGE_FIRST = {
    "sums": "{sums_of_readers}",
    "sorted": "matching",
    "whose": "{of_each}",
    "learnt": "{known_of_each} max(p.sorted_by) AS sorted_by,",
    "known": "{known_of_each} max(p.sorted_by) AS sorted_by,",
    "complete": "evidence",
    "counted": "matching",
}

#: ... evidence first where it decides which rows are on the page, or all of them are, ...
_EVIDENCE_FIRST = {
    "sums": "{sums_of_readers}",
    "sorted": "evidence",
    "whose": "{of_matching}",
    "learnt": "{known_of_each}",
    "known": "{known_of_each}",
    "complete": "page",
    "counted": "evidence",
}

#: ... at once with the sums where these leave nobody out.
_ALL_AT_ONCE = {
    **_EVIDENCE_FIRST,
    "sums": "",
    "whose": "{asked}",
    "learnt": "{sums_of_each}",
    "known": "{sums_of_texts}",
}

#: Only some of it.
_OF_LEVEL = {"sorted": "{of_level}", "counted": "{of_level}"}

_STANDINGS = {"current": "AND m.behind = 0", "older": "AND m.best > 0"}


def readings_parts(query: ReadingQuery) -> dict[str, str]:
    """Return what stands for the words in braces that depend on the query alone."""
    orders = {**_ORDER, **_EVIDENCE_ORDER}
    return {
        "order": orders.get(query.sort, _ORDER["name"]),
        "direction": "DESC" if query.reverse else "ASC",
        "regarded": "{is_read}",
        **_order_of_steps(query),
        **_by_version(query),
    }


def parts_of_page(query: ReadingQuery) -> dict[str, str]:
    """Return the same where it is known which readings are on the page."""
    by_version = {**_BY_VERSION, "rankings": "{given_ranks}"}
    return {
        **_PAGE_FIRST,
        **(by_version if query.by_version else _ANY_VERSION),
        "behind": "o.behind AS behind, o.place AS place",
        "counted": "page",
        "direction": "ASC",
        "regarded": "{is_read}",
        "others_left_out": "",
    }


def _by_version(query: ReadingQuery) -> dict[str, str]:
    """Return what stands in the SQL for words that have to do with versions."""
    if not query.by_version:
        return _ANY_VERSION
    parts = {**_BY_VERSION, "stands": _STANDINGS.get(query.standing, "")}
    parts["whose_text"] = "{text_of_document}" if query.current_of else "{text}"
    if query.standing == "older":
        single = len(query.documents) == 1
        parts["behind"] += f", {'min(k.behind)' if single else '{best_of_all}'} AS best"
    return parts


def _order_of_steps(query: ReadingQuery) -> dict[str, str]:
    if not query.by_evidence:
        return _PAGE_FIRST
    leaves_out = query.by_version or query.since or query.until
    steps = _EVIDENCE_FIRST if leaves_out else _ALL_AT_ONCE
    return {**steps, **_OF_LEVEL} if query.level else steps
