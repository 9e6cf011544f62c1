"""What Prometheus finds in a text."""


def samples(text):
    """Return the numbers by name and labels, each of which is there once."""
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    found = dict(line.rsplit(" ", 1) for line in lines)
    assert len(found) == len(lines), "the same labels twice"
    return found
