"""What is compared is the same however it is written."""

from slc.clicktracker.storage.folding import folded
from unicodedata import normalize

import pytest


@pytest.mark.parametrize(
    "text, same",
    [
        ("", ""),
        ("Anna", "anna"),
        ("Özgür", "ozgur"),
        ("Zoë", "zoe"),
        ("Groß", "gross"),
        ("GROẞ", "gross"),
        ("Øystein Łukasz Đorđe", "oystein lukasz dorde"),
        ("Þór Æsa Œuvre", "thor aesa oeuvre"),
        ("Işık İnce", "isik ince"),
        ("ﬁ ™ ㎏ Ｏｚ", "fi tm kg oz"),
        ("Άγγελος", "αγγελοσ"),
        ("Ёлка Й", "елка и"),
        ("Nguyễn", "nguyen"),
        ("王小明", "王小明"),
    ],
)
def test_case_accents_and_composition_make_no_difference(text, same):
    assert folded(text) == same
    assert folded(normalize("NFD", text)) == same
    assert folded(folded(text)) == same
