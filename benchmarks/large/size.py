"""How large the made-up site is: all of it, or a part of everything."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Size:
    """``share`` 1 is a ministry; a tenth of it has a tenth of all numbers."""

    share: float = 1

    @property
    def documents(self) -> int:
        """How many there are, without those that are deleted."""
        return self._part(5_000, 40)

    @property
    def deleted(self) -> int:
        return self._part(100, 4)

    @property
    def folders(self) -> int:
        return self._part(200, 9)

    @property
    def circulars(self) -> int:
        """Documents in the largest folder, which everybody may read."""
        return self._part(250, 8)

    @property
    def circular_readings(self) -> int:
        """Readings of the documents in it."""
        return self._part(208_000, 400)

    @property
    def members(self) -> int:
        return self._part(10_000, 80)

    @property
    def left(self) -> int:
        """People who have read something and have no account any more."""
        return self._part(100, 4)

    @property
    def groups(self) -> int:
        return self._part(100, 12)

    @property
    def readings(self) -> int:
        """Readings as a storage keeps them: of one version by one reader. Some find no
        place, as few may read what is in a private folder."""
        return self._part(3_500_000, 3_000)

    def _part(self, of: int, least: int) -> int:
        return max(round(of * self.share), least)


FULL = Size()
TENTH = Size(0.1)

#: For tests: as small as it can be with a bit of everything in it.
SMALLEST = Size(0.01)
