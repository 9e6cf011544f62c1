"""What the docs say of goals and splits is so."""

from pathlib import Path
from slc.clicktracker.goals.goal_line import goal_of
from slc.clicktracker.goals.split_line import split_of

import re


TEXT = Path(__file__).parents[2].joinpath("docs/goals.md").read_text("utf-8")


def test_the_lines_are_goals_and_a_split():
    lines = re.findall("^    (\\S.*:.*)$", TEXT, re.M)
    goals = [goal_of(line) for line in lines[:3]]
    assert [goal.name for goal in goals] == [
        "Read to the end",
        "Board papers",
        "Sign-up",
    ]
    split = split_of(lines[3])
    assert set(split.goals) <= {goal.name for goal in goals}
    for condition in ("`below /news`", "`matomo 3`", "`clicky 17`"):
        assert condition in TEXT
        goal_of(f"x: finished; {condition.strip('`')}")
