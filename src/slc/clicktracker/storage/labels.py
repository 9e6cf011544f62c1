"""``first_label``: the number by which a text is called that several versions show."""

from collections.abc import Iterable


def first_label(labels: Iterable[str]) -> str:
    """Return the first of the labels of one text, so that it is called the same after a save
    that leaves the text alone; "" where no history has given it a number."""
    # Numbers, so the longer one is later.
    numbered = (label for label in labels if label)
    return min(numbered, key=lambda label: (len(label), label), default="")
