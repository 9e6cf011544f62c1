"""Programs that say themselves that they are none of a person's browsers, or nothing."""

from crawleruseragents import CRAWLER_PATTERNS
from crawleruseragents import is_crawler
from functools import lru_cache
from slc.clicktracker.storage.text import is_blank


# To look through the whole list takes longer than all the rest that a page has to do
# here, and a site sees few different browsers.
@lru_cache(maxsize=2000)
def crawler_in(agent: str) -> str | None:
    """Return what a known crawler calls itself in a user agent, "" where that doesn't say
    what it is, as every person's browser does, and None for anybody else.

    The list is that of ``crawler-user-agents``. Besides crawlers it has feed readers,
    libraries and command line tools.
    """
    if is_blank(agent):
        return ""
    if not is_crawler(agent):
        return None
    found = CRAWLER_PATTERNS.case_sensitive.search(agent)
    return found.group().strip(" /") if found else agent
