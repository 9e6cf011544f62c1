"""A text is as long for a reader in Beijing or Bangkok as for one in London."""

from plone import api
from plone.app.textfield.value import RichTextValue
from slc.clicktracker.storage.model import EngagementRule
from slc.clicktracker.versions.sections import sections_of
from slc.clicktracker.versions.visible import visible_version
from slc.clicktracker.versions.word_count import word_count
from tests.counted import steps

import pytest


#: "At its meeting in the port the board spoke about the winter berths", about.
CHINESE = "我们在港口的会议上讨论了冬季泊位的分配。"
JAPANESE = "港湾の会議で冬季の船席について話し合いました。"
THAI = "เราได้หารือเกี่ยวกับการจัดสรรท่าเทียบเรือในฤดูหนาว"
LAO = "ພາສາລາວເປັນພາສາ"
KHMER = "មនុស្សទាំងអស់កើតមក"
BURMESE = "လူတိုင်းသည်တူညီလွတ်လပ်သော"


@pytest.mark.parametrize(
    "text, least, most",
    [
        (CHINESE, 11, 13),
        (JAPANESE, 10, 15),
        (THAI, 9, 13),
        (LAO, 3, 5),
        (KHMER, 2, 5),
        (BURMESE, 4, 9),
    ],
    ids=["Chinese", "Japanese", "Thai", "Lao", "Khmer", "Burmese"],
)
def test_where_no_spaces_stand_between_words_a_dictionary_finds_them(text, least, most):
    assert least <= word_count(text) <= most
    # However the same text is cut into paragraphs and mixed with others.
    three = word_count(f"{text}\n{text} Three more words {text}")
    assert three == 3 * word_count(text) + 3


@pytest.mark.parametrize(
    "text, words",
    [
        ("", 0),
        ("  ", 0),
        ("one two\nthree", 3),
        ("Don't e-mail on 2026-05-04 – call!", 6),
        ("Zürich\u00a0und Genève", 3),
        ("회의에서 겨울 정박지를 논의했습니다", 4),
        ("我们。", 1),
        ("、。!?", 1),
        ("GDP是3.5%", 3),
    ],
)
def test_words_are_what_stands_between_spaces_and_punctuation_is_none(text, words):
    assert word_count(text) == words


def test_a_chinese_page_of_2500_characters_is_not_finished_after_six_seconds(portal):
    with api.env.adopt_roles(["Manager"]):
        page = api.content.create(portal, "Document", "page", title="议程")
    page.text = RichTextValue(f"<p>{CHINESE * 125}</p>", "text/html")
    words = visible_version(page).words
    assert 1_300 < words < 1_700
    assert EngagementRule().needed(words) > 120_000


def test_the_sections_of_a_chinese_text_have_their_shares_of_it():
    text = f"<h2>一</h2><p>{CHINESE * 10}</p><h2>二</h2><p>{CHINESE * 30}</p>"
    assert [section.begins for section in sections_of(text)] == [0, 25]


def test_a_text_of_twice_the_length_takes_no_more_than_twice_the_work():
    short, long = (f"{CHINESE} and {THAI}. " * often for often in (20, 40))
    assert steps(word_count, long) < 2.1 * steps(word_count, short)
