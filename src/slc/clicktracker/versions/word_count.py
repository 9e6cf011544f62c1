"""How many words a text has, also where no spaces stand between them."""

from icu4py.breakers import WordBreaker

import re


#: Letters of scripts that are written without spaces between words: Thai, Lao, Tibetan,
#: Burmese, Khmer, the Tai scripts, Japanese, Chinese and Yi.
_WITHOUT_SPACES = re.compile(
    "[\u0e00-\u109f\u1780-\u17ff\u1950-\u19df\u1a20-\u1aaf\u3005-\u3007\u3040-\u312f"
    "\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\ua9e0-\ua9ff"
    "\uaa60-\uaadf\uf900-\ufaff\uff66-\uff9f\U0001b000-\U0001b16f"
    "\U00020000-\U0003ffff]"
)


def word_count(text: str) -> int:
    """Return how many words a text has.

    They are what stands between spaces; where a script has none between words,
    ICU finds these by the rules of Unicode and its dictionaries.
    """
    between_spaces = text.split()
    # Most texts are known at once to have none of these letters.
    if text.isascii() or not _WITHOUT_SPACES.search(text):
        return len(between_spaces)
    unbroken = list(filter(_WITHOUT_SPACES.search, between_spaces))
    found = WordBreaker(" ".join(unbroken), "und")
    words = sum(any(map(str.isalnum, each)) for each in found)
    return len(between_spaces) - len(unbroken) + words
