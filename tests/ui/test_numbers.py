#!/usr/bin/python3
"""Every number on the screen is the one that the server counted.

The centre plays a large outage, so that there is somebody to count, and then
stands still, so that both sides speak of the same moment.
"""

import collections
import re
import time

import harness
from expected import Numbers, count, mean_duration, percent, ratio
from harness import App, Centre, check, table, wait_until

OUTAGE = ["--scenario=outage", "--date=2026-11-20T10:30", "--seed=7", "--speed=30"]


class Scene:
    """A centre that stands still, and the program that shows it."""

    def __init__(self, folder, options=()):
        self.centre = Centre(folder, OUTAGE)
        wait_until(lambda: Numbers(self.centre.snapshot()).waiting > 5, "callers who wait", 60)
        self.app = App(folder, self.centre, options)
        wait_until(lambda: self.app.freshness() == "Live", "a live start")
        self.snapshot = self.centre.freeze()
        self.frozen = time.monotonic()

    def span(self):
        """Seconds in which the clocks on the screen may have run on."""
        return time.monotonic() - self.frozen + 3

    def settles(self, differences):
        """Waits until @differences finds none; it is the program that has to come.

        Rows change places while they are read, cell by cell, so one reading proves little."""
        found = ["nothing was compared"]

        def probe():
            found[:] = differences()
            return not found
        try:
            wait_until(probe, "the screen", 60)
        except harness.Failure:
            check(not found, "the screen differs from the server: " + "; ".join(found[:8]))


def compare(differences, what, shown, expected):
    allowed = expected if isinstance(expected, set) else {expected}
    if shown not in allowed:
        differences.append(f"{what} is {shown!r}, not {' or '.join(sorted(allowed))!r}")


def labels(app, widget):
    return [t for t in (harness.label_text(a) for a in harness.walk(widget)) if t]


def test_the_key_numbers_of_the_overview(folder):
    scene = Scene(folder, ["--page=overview"])
    numbers = Numbers(scene.snapshot)
    tally = numbers.states()
    staffed = sum(n for state, n in tally.items() if state != "offline")
    serving = staffed - tally.get("paused", 0)
    gone = numbers.today("abandoned") - numbers.today("short_abandoned")
    rate = ratio(gone, numbers.today("offered") - numbers.today("short_abandoned") - numbers.waiting)

    def tile(caption):
        return labels(scene.app, scene.app.wait_for(role="panel", name=lambda n: n.startswith(caption + ": ")))

    def differences():
        found = []
        span = scene.span()
        for caption, place, expected in (
                ("Waiting", 1, count(numbers.waiting)),
                ("Longest wait", 1, numbers.longest(span)),
                ("Service level today", 1, numbers.service_levels(span)),
                ("Last 15 minutes", 1, count(numbers.offered_15min)),
                ("Calls today", 1, count(numbers.today("offered"))),
                ("Calls today", 2, f"{count(numbers.today('answered'))} answered"),
                ("Calls today", 3, f"{count(numbers.today('abandoned'))} abandoned, {percent(rate)}"),
                ("Serving", 1, count(serving)),
                ("Serving", 2, f"of {count(staffed)} staffed"),
                ("Serving", 3, f"Available {tally.get('available', 0)}"),
                ("Serving", 4, f"paused {tally.get('paused', 0)}")):
            shown = tile(caption)
            if caption == "Calls today" and place > 1 and any("forecast" in text for text in shown):
                continue  # once normal is known it takes their place
            needed = re.match(r"/ (\d+) (?:needed|· (\d+) short)$", shown[place]) if (caption, place) == ("Serving", 2) else None
            if needed:  # who are needed are reckoned, but who are missing is a difference
                expected, missing = shown[place], int(needed.group(1)) - serving
                if needed.group(2):
                    compare(found, "missing", needed.group(2), str(missing))
                elif missing > 0:
                    found.append(f"{shown[place]!r} does not say that {missing} are missing")
            compare(found, f"{caption} ({place})", shown[place] if len(shown) > place else None, expected)
        return found

    check(numbers.waiting > 0 and numbers.beyond(numbers.at) > 0, "nobody waits: that proves little")
    scene.settles(differences)
    scene.app.quit()


def test_the_agents_by_state_on_the_overview(folder):
    scene = Scene(folder, ["--page=overview"])
    tally = Numbers(scene.snapshot).states()
    names = {"on-call": "on call"}

    def differences():
        found = []
        legend = {}
        for mark in scene.app.find_all(role="image"):
            texts = labels(scene.app, mark.get_parent())
            if len(texts) == 2 and texts[1] == mark.get_name():
                legend[texts[1]] = texts[0]
        for state in ("on-call", "wrap-up", "ringing", "available", "paused", "unreachable", "offline"):
            compare(found, state, legend.get(names.get(state, state)), count(tally.get(state, 0)))
        return found

    scene.settles(differences)
    scene.app.quit()


def test_the_queues_on_the_overview(folder):
    scene = Scene(folder, ["--page=overview"])

    def differences():
        found = []
        board = scene.app.wait_for(role="list", name="Queues, worst first")
        rows = {}
        for row in scene.app.find_all(role="list item", under=board):
            texts = labels(scene.app, row)
            if texts:
                rows[texts[0]] = texts
        for queue in scene.snapshot["queues"]:
            numbers = Numbers(scene.snapshot, queue)
            texts = rows.get(queue["name"])
            if texts is None or len(texts) != 6:
                found.append(f"{queue['name']} is {texts!r}")
                continue
            levels = {f" · level {level}" for level in numbers.service_levels(scene.span())}
            for what, shown, expected in (
                    ("serving", texts[1], f"{count(queue['serving'])} serving"),
                    ("service level", texts[2], levels),
                    ("waiting", texts[3], count(queue["waiting"])),
                    ("longest wait", texts[4], numbers.longest(scene.span())),
                    ("calls in 15 minutes", texts[5], count(queue["offered_15min"]))):
                compare(found, f"{queue['name']}: {what}", shown, expected)
        return found

    scene.settles(differences)
    scene.app.quit()


def expected_row(numbers, span):
    """{column: what may stand there} of a queue."""
    return {
        "waiting": count(numbers.waiting),
        "longest": numbers.longest(span),
        "offered": count(numbers.today("offered")),
        "answered": count(numbers.today("answered")),
        "abandoned": count(numbers.today("abandoned")),
        "flowed out": count(numbers.today("flowed_out")),
        "service level": numbers.service_levels(span),
        "ASA": mean_duration(numbers.asa()),
        "AHT": mean_duration(numbers.aht()),
        "15 min": count(numbers.offered_15min),
        "against normal": "—",  # this centre knows no past
    }


def expected_wait(queue, numbers):
    """Of who joins now; who joins an empty queue may be answered at once."""
    aht = numbers.aht()
    if not queue["waiting"] or not queue["serving"] or aht is None:
        return "—"
    return mean_duration((queue["waiting"] + 1) * aht / queue["serving"])


def test_every_cell_of_the_queues_page(folder):
    # Wide enough that no column gives way.
    scene = Scene(folder, ["--page=queues", "--size=1600x900"])
    view = scene.app.wait_for(role="tree table", name="Queues")

    def differences():
        found = []
        rows = {row["Queue"]: row for row in table(view)}
        for queue in scene.snapshot["queues"]:
            row = rows.get(queue["name"])
            if row is None:
                found.append(f"there is no row of {queue['name']}")
                continue
            expected = expected_row(Numbers(scene.snapshot, queue), scene.span())
            expected["serving"] = count(queue["serving"])
            expected["EWT"] = expected_wait(queue, Numbers(scene.snapshot, queue))
            if set(row) != set(expected) | {"Queue"}:
                found.append(f"the columns are {sorted(row)}")
                break
            for column, allowed in expected.items():
                compare(found, f"{queue['name']}: {column}", row[column], allowed)
        return found

    scene.settles(differences)
    scene.app.quit()


def expected_agent(agent):
    """What stands of an agent that no clock moves."""
    state = agent["state"].replace("-", " ").replace("wrap up", "wrap-up")
    today = agent["today"]
    aht = ratio(today["talk_seconds"] + today["hold_seconds"] + today["wrap_up_seconds"], today["answered"])
    return (agent["name"], state, agent["place"], agent["team"], count(today["answered"]), mean_duration(aht))


def test_every_agent_of_the_map(folder):
    """The map is drawn; a screen reader is told of each tile nevertheless."""
    scene = Scene(folder, ["--page=agents"])
    grid = scene.app.wait_for(role="table", name="Map of agents")
    expected = collections.Counter((name, state, place) for name, state, place, *_ in
                                   (expected_agent(a) for a in scene.snapshot["agents"]))
    # "An, on call 4 minutes 12 seconds, office"
    cell = re.compile("(.*), (" + "|".join({state for _, state, _ in expected}) + ") [0-9].*, (.*)")

    def differences():
        shown = collections.Counter()
        for accessible in scene.app.find_all(role="table cell", under=grid):
            match = cell.fullmatch(accessible.get_name())
            shown[match.groups() if match else accessible.get_name()] += 1
        return ([f"{a} is not shown" for a in expected - shown]
                + [f"{a} is shown" for a in shown - expected])

    check(len(expected) > 50, "too few agents to prove anything")
    scene.settles(differences)
    scene.app.quit()


def test_every_agent_of_the_agents_page(folder):
    scene = Scene(folder, ["--page=agents"])
    harness.Atspi.Action.do_action(scene.app.wait_for(role="push button", name="List of agents"), 0)
    view = scene.app.wait_for(role="tree table", name="Agents")
    expected = collections.Counter(expected_agent(a) for a in scene.snapshot["agents"])

    def differences():
        shown = collections.Counter(
            (row["Name"], row["State"].split(",")[0], row["Place"], row["Team"], row["Answered"], row["AHT"])
            for row in table(view))
        return ([f"{a} is not shown" for a in expected - shown]
                + [f"{a} is shown" for a in shown - expected])

    check(len(expected) > 50, "too few agents to prove anything")
    scene.settles(differences)
    scene.app.quit()


if __name__ == "__main__":
    harness.main(globals())
