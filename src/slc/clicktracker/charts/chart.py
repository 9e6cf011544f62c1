"""A chart: what is drawn, whatever draws it."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Series:
    """One number for each label of a chart, drawn as bars or as a line."""

    title: str
    values: tuple[int, ...]
    kind: Literal["bar", "line"] = "bar"


@dataclass(frozen=True)
class Chart:
    """What is drawn: ``labels`` from left to right, and one or more series of numbers.

    All texts may be messages. ``label_title`` says what the labels are ("Day"). Where
    they ``are_names``, of which none may be left out as of days, they stand below each
    other, and all series are bars. Lines have a scale of their own, beside that of the bars,
    but where all numbers are of the same and ``is_one_scale``.
    ``ValueError`` where a series has more or fewer numbers than there are labels.
    """

    title: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    label_title: str = ""
    are_names: bool = False
    is_one_scale: bool = False

    def __post_init__(self) -> None:
        if any(len(each.values) != len(self.labels) for each in self.series):
            raise ValueError(f"{self.title!r} needs a number for each label")
