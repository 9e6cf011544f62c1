"""Programs that say themselves that they are none of a person's browsers."""

from crawleruseragents import CRAWLER_PATTERNS
from crawleruseragents import is_crawler
from functools import lru_cache


# To look through the whole list takes longer than all the rest that a page has to do
# here, and a site sees few different browsers.
@lru_cache(maxsize=2000)
def crawler_in(agent: str) -> str | None:
    """Return what a known crawler calls itself in a user agent, None if it is none.

    The list is that of ``crawler-user-agents``. Besides crawlers it has feed readers,
    libraries and command line tools.
    """
    if not is_crawler(agent):
        return None
    found = CRAWLER_PATTERNS.case_sensitive.search(agent)
    return found.group().strip(" /") if found else agent
