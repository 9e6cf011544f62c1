"""Goals and splits as they are written in the control panel, and what is wrong with some."""

from slc.clicktracker.goals.entries import are_goals
from slc.clicktracker.goals.entries import are_splits
from slc.clicktracker.goals.goal import Goal
from slc.clicktracker.goals.goal_line import goal_of
from slc.clicktracker.goals.split import Split
from slc.clicktracker.goals.split_line import split_of
from slc.clicktracker.goals.words import InvalidLine
from slc.clicktracker.visitors.entries import InvalidEntries
from zope.i18nmessageid import Message

import pytest


@pytest.mark.parametrize(
    ("line", "goal"),
    [
        ("Read: finished", Goal("Read", "finished")),
        ("  Got   it :DOWNLOADED ;", Goal("Got it", "downloaded")),
        (
            "Read: engaged; below /news/; clicky 17; Matomo 3",
            Goal("Read", "engaged", "", "/news/", (("clicky", "17"), ("matomo", "3"))),
        ),
        ("Sign-up: event form:sent", Goal("Sign-up", event="form:sent")),
        (
            "</script>: event a; matomo 3",
            Goal("</script>", "", "a", "", (("matomo", "3"),)),
        ),
    ],
)
def test_a_line_is_a_goal(line, goal):
    assert goal_of(line) == goal


@pytest.mark.parametrize(
    "line",
    [
        *(
            "",
            "Read",
            "Read:",
            ": ",
            "Read: ;",
            ":finished",
            " \u200b: finished",
            "a,b: opened",
        ),
        *("Read: memorised", "Read: served", "Read: event", "Read: event 1st"),
        *("Read: event a b", "Read: finished; above /news", "Read: finished; matomo x"),
        *("Read: finished; matomo 3; matomo 4", "Read: finished; below news"),
        *("Read: finished; matomo 0", "Read: finished; clicky 0"),
        *("Read: finished; clicky \u0663", "x" * 81 + ": finished", "x" * 1_000_000),
        "Read: event " + "a" * 65,
        *("x\x00y: opened", "x\x1by: opened", "x\u202ey: opened"),
        *("x\u2066: opened", "Read: opened; below /\u200ba", "\ud800: opened"),
    ],
)
def test_what_is_no_goal_is_refused_in_words(line):
    with pytest.raises(InvalidLine) as refused:
        goal_of(line)
    assert isinstance(refused.value.args[0], Message)


@pytest.mark.parametrize(
    "line, said",
    [
        (": finished", "A name is missing before the colon"),
        ("Read: finish", "“${what}” can't be a goal."),
        ("Read: finished; below news", "A place begins with “/”"),
        ("Read: finished; matomo no", "has no goal number"),
        (
            "Read: finished; piwik 3",
            "You can use these, separated by semicolons: below /news;",
        ),
        ("x\u202ey: opened", "This line contains invisible characters"),
    ],
)
def test_the_answer_is_one_to_this_mistake(line, said):
    with pytest.raises(InvalidLine) as refused:
        goal_of(line)
    assert said in refused.value.args[0]


def test_names_of_other_scripts_are_names():
    for name in ("مرکز‌ها", "👩‍🔬", "مرحبا", "e\u0301t\u00e9"):
        assert goal_of(f"{name}: opened").name == name


@pytest.mark.parametrize(
    "line, said",
    [
        ("a: x, y; goal R; goal S", "There is another condition like"),
        (
            "a: x, y; goal R; below /x",
            "You can use these, separated by semicolons: goal",
        ),
        ("a: x; goal R", "needs two to six variants"),
    ],
)
def test_so_is_that_about_a_split(line, said):
    with pytest.raises(InvalidLine) as refused:
        split_of(line)
    assert said in refused.value.args[0]


def test_which_line_is_wrong_is_said():
    with pytest.raises(InvalidEntries) as refused:
        are_goals(["Read: finished", "x" * 501])
    message = refused.value.args[0]
    assert message.startswith("Goal ${number}")
    assert message.mapping["number"] == 2
    assert message.mapping["line"] == "x" * 40 + "…"


def test_two_splits_are_not_told_by_the_same_dimension():
    dimension = "goal R; matomo dimension"
    assert are_splits([f"a: x, y; {dimension} 1", f"b: x, y; {dimension} 2"])
    with pytest.raises(InvalidEntries):
        are_splits([f"a: x, y; {dimension} 1", f"b: x, y; {dimension} 1"])


def test_the_goals_of_a_split_have_their_names_in_whatever_case():
    assert split_of("a: x, y; goal Read, READ").goals == ("READ",)
    assert goal_of("Read: opened").is_called("READ")


def test_a_place_is_one_of_the_site_and_covers_what_is_below():
    goal = goal_of("Read: finished; below /news/").within("/plone")
    assert [
        goal.covers(f"/plone{path}") for path in ("/news", "/news/a", "/newsletter")
    ] == [*(True, True, False)]
    assert goal_of("Read: finished").within("/plone").covers("/anywhere")


@pytest.mark.parametrize(
    ("line", "split"),
    [
        ("a: x, y; goal Read", Split("a", ("x", "y"), ("Read",))),
        (
            "head-line : short,long , 3; GOALS Read to the end, Sign-up; matomo dimension 12",
            Split(
                "head-line", ("short", "long", "3"), ("Read to the end", "Sign-up"), 12
            ),
        ),
    ],
)
def test_a_line_is_a_split(line, split):
    assert split_of(line) == split


@pytest.mark.parametrize(
    "line",
    [
        *("", "a", "a:", "a: ; goal Read", "a: x; goal Read", "a: x, x; goal Read"),
        *("a: x, y", "a: x, y; goal", "a: x, y; goal a:b", "1a: x, y; goal Read"),
        *("a b: x, y; goal Read", "a: x y, z; goal Read", "a: </script>, y; goal Read"),
        *(
            "a: 1,2,3,4,5,6,7; goal Read",
            "a: x, y; goal R; goal S",
            "a: x, y; goal R; z",
        ),
        *("a: x, y; goal R; matomo dimension 0", "a" * 65 + ": x, y; goal R"),
        "a: x, y; goal R" + " " * 1_000_000 + "x",
    ],
)
def test_what_is_no_split_is_refused_in_words(line):
    with pytest.raises(InvalidLine):
        split_of(line)


def test_a_name_is_there_once_and_lines_are_not_without_end():
    assert are_goals(()) and are_splits(())
    assert are_goals(["Read: finished", "Reads: finished"])
    for lines in (["Read: finished", "read: opened"], ["Read: finished"] * 51, ["x"]):
        with pytest.raises(InvalidEntries):
            are_goals(lines)
    with pytest.raises(InvalidEntries):
        are_splits(["a: x, y; goal Read", "a: x, z; goal Read"])


class TestWhoIsShownWhat:
    split = Split("headline", ("short", "long", "none"), ("Read",))

    def shown(self, user, site="site", folder="", name="headline"):
        split = Split(name, self.split.variants, ())
        return split.variant_of(site, folder, user)

    def test_the_same_one_always_sees_the_same(self):
        # In each process and in years: that has to stay what it is.
        people = ["alice", "bob", "carol"]
        assert [self.shown(who) for who in people] == ["long", "none", "long"]
        for who in ("\ud800", "x" * 100_000):
            assert self.shown(who) == self.shown(who)

    def test_a_guest_sees_the_first(self):
        assert self.shown("") == "short"

    def test_each_variant_is_as_likely_as_any_other_and_splits_are_independent(self):
        people = [f"member-{number}" for number in range(3000)]
        first = [self.shown(who) for who in people]
        for variant in self.split.variants:
            assert 920 < first.count(variant) < 1080
        for other in (
            [self.shown(who, name="other") for who in people],
            [self.shown(who, site="other") for who in people],
            [self.shown(who, folder="/acl_users") for who in people],
        ):
            same = sum(a == b for a, b in zip(first, other, strict=True))
            assert 900 < same < 1100
