#!/usr/bin/python3
"""The map of agents, as a screen reader is told of it, against a real Asterisk."""

import collections
import os
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "ui"))

from asterisk import Asterisk
from compare import WRAP_UP
from dashboard import NAME, Dashboard
from scene import SCENE, set_scene
from tap import Failure, check, check_equal, start, wait_until
from traffic import interface
from truth import Show
import harness

# Not for the tests: the library beneath them warns of a widget that goes.
FATAL = os.environ.pop("G_DEBUG", "fatal-warnings")

# Words of the supervision API as the program says them.
STATES = {"on-call": "on call", "wrap-up": "wrap-up"}

# Whom the server does not name: by the dashboard's own file.
OWN_NAMES = {interface("1020"): "Tạ Thủy", interface("1021"): "Lâm Sơn"}


class Program(harness.App):
    """The program with the profile of the centre."""

    def __init__(self, folder, dashboard):
        self.log = os.path.join(folder, "tongdai.log")
        self.process = start([os.environ["TONGDAI"], f"--profile={NAME}", "--page=agents"], self.log,
                             G_DEBUG=FATAL, GTK_A11Y="atspi", **dashboard.environment)
        self.root = wait_until(self._find_root, "the program on the accessibility bus", 30)
        wait_until(lambda: self.find(role="frame"), "the window", 15)


def expected(show):
    """How many agents of a name are in a state, by the server."""
    agents = collections.Counter()
    for i in show.interfaces() | set(OWN_NAMES):
        state, _, _ = show.state(i, WRAP_UP.get(i, 1))
        name = OWN_NAMES.get(i) or show.members(i)[0]["name"]
        agents[name, STATES.get(state, state)] += 1
    return agents


def test_the_states_on_the_map_are_asterisks_own(folder):
    asterisk = Asterisk(folder)
    try:
        set_scene(asterisk)
        program = Program(folder, Dashboard(folder, asterisk.url, "wallboard", asterisk.secrets["wallboard"]))
        wait_until(lambda: program.freshness() == "Live", "a live start", 60)
        grid = program.wait_for(role="table", name="Map of agents")
        words = "available|ringing|on call|wrap-up|paused|unreachable|offline"
        cell = re.compile(f"(.*?), ({words})\\b.*")

        def shown():
            found = collections.Counter()
            for accessible in program.find_all(role="table cell", under=grid):
                match = cell.fullmatch(accessible.get_name())
                found[match.groups() if match else accessible.get_name()] += 1
            return found

        def agrees():
            agrees.asterisk, agrees.map = expected(Show(asterisk.cli("queue show"))), shown()
            return agrees.asterisk == agrees.map
        try:
            wait_until(agrees, "the map agreeing with Asterisk", 30)
        except Failure:
            raise Failure(f"only in Asterisk: {agrees.asterisk - agrees.map}, "
                          f"only on the map: {agrees.map - agrees.asterisk}") from None
        check_equal({state for _, state in agrees.map}, set(words.split("|")), "the states on the map")
        check(sum(agrees.map.values()) >= len(SCENE), f"only {sum(agrees.map.values())} agents on the map")
        program.quit()
    finally:
        asterisk.clean_up()


if __name__ == "__main__":
    harness.main(globals())
