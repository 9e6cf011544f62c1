"""Text as it is sorted and searched: whatever the case and the accents."""

from functools import lru_cache
from unicodedata import combining
from unicodedata import normalize


#: Letters that Unicode doesn't take apart, as people do who look for a name.
_LETTERS = str.maketrans(
    {
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ħ": "h",
        "ı": "i",
        "ŧ": "t",
        "ð": "d",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
    }
)


@lru_cache(1 << 16)
def folded(text: str) -> str:
    """Return text without case and accents, in whichever characters it was written.

    Sorted by code point, that puts Özgür before Zoë, and everywhere alike:
    the collation of a database depends on where it runs. Thousands of names are
    compared again and again, so what they fold to is kept.
    """
    if text.isascii():
        return text.lower()
    # What stands for several letters, as ﬁ or ™, may fold to some with case again.
    apart = normalize("NFKD", normalize("NFKD", text).casefold())
    plain = "".join(each for each in apart if not combining(each))
    return plain.translate(_LETTERS)
