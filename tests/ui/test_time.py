#!/usr/bin/python3
"""Days, months and clocks go on, or back, under a desk and a wall that nobody
restarts: the sums start anew, nothing that was counted is lost, nothing is stuck."""

import datetime
import os
import re
import struct
import time

import harness
from harness import App, Centre, check, check_equal, wait_until
from test_wall import WALL, offered, said, write_wall

HERE = datetime.timezone(datetime.timedelta(hours=7)) # the simulated centre's
DAY = 24 * 3600


class Clock:
    """The time of day as the programs that are started with it see it."""

    def __init__(self, folder):
        self.path = os.path.join(folder, "steps")
        self.steps = [0, 0]
        self._write()
        self.environment = {"LD_PRELOAD": os.environ["TONGDAI_STEPPED_CLOCK"], "TONGDAI_CLOCK_STEPS": self.path,
                            "ASAN_OPTIONS": os.environ.get("ASAN_OPTIONS", "") + ":verify_asan_link_order=0"}

    def _write(self):
        with open(self.path, "r+b" if os.path.exists(self.path) else "wb") as f:
            f.write(struct.pack("qq", *self.steps))

    def step(self, seconds):
        """Sets it, as a person or a time server does."""
        self.steps[0] += seconds
        self._write()

    def pass_by(self, seconds):
        """So much time goes by, in which no timer ran."""
        self.steps = [step + seconds for step in self.steps]
        self._write()

    def moments(self, form, ago=0):
        """What it may show, now or a little @ago."""
        now = time.time() + self.steps[0]
        return {datetime.datetime.fromtimestamp(now - past, HERE).strftime(form) for past in range(int(ago) + 1)}


class Room:
    """A desk and a wall on the same centre."""

    def __init__(self, folder, options, environment=None, past=False):
        self.centre = Centre(folder, options, past)
        environment = {**(environment or {}), "XDG_DATA_HOME": os.path.join(folder, "data")}
        path = write_wall(folder, WALL.format(pages="now=3600"))
        self.wall = App(folder, self.centre, [f"--wall={path}", "--size=1280x720"], environment=environment)
        self.desk = App(folder, self.centre, ["--page=overview"], environment=environment)
        wait_until(lambda: "Calls today" in said(self.wall), "the numbers on the wall")
        wait_until(lambda: self.desk.freshness() == "Live", "a live desk")

    def calls_today(self):
        """What the desk shows as today's calls."""
        tile = self.desk.find(role="panel", name=lambda n: n.startswith("Calls today: "))
        words = [t for t in map(harness.label_text, harness.walk(tile)) if t] if tile is not None else []
        return words[1] if len(words) > 1 else None

    def follows(self, when):
        """Both show what the centre has counted since, and say that it is new."""
        before = offered(self.centre)
        self.centre.speed(30)
        wait_until(lambda: offered(self.centre) != before, "another call", 60)
        self.centre.freeze()
        count = f"{offered(self.centre):,}"
        wait_until(lambda: count in said(self.wall).split(" · "), f"{count} calls on the wall {when}", 45)
        wait_until(lambda: self.calls_today() == count, f"{count} calls at the desk {when}", 45)
        wait_until(lambda: " old" not in said(self.wall) and "NO DATA" not in said(self.wall), f"a fresh wall {when}")
        wait_until(lambda: self.desk.freshness() == "Live", f"a live desk {when}")
        self.centre.speed(1)

    def quit(self):
        self.desk.quit()
        self.wall.quit()


def test_a_month_ends_at_midnight(folder):
    room = Room(folder, ("--date=2026-11-30T23:58", "--scenario=outage", "--seed=3"))
    last = offered(room.centre)
    check(last > 100, f"{last} calls on the last day of a month prove little")
    room.centre.speed(60)
    wait_until(lambda: room.centre.snapshot()["at"].startswith("2026-12-01T00:0"), "the first day of the next", 30)
    room.follows("after midnight")
    check(offered(room.centre) < last / 4, "the centre counts on from yesterday")

    room.desk.press("ctrl+4")
    room.desk.wait_for(role="image", name=lambda n: n.startswith("Calls"), seconds=30)
    room.desk.press("ctrl+1")
    room.follows("in the new month")
    room.quit()


def test_a_clock_that_is_set_leaves_both_live(folder):
    clock = Clock(folder)
    room = Room(folder, (*harness.BUSY, "--unmarked"), clock.environment)
    for seconds, what in ((3600, "an hour on"), (-7200, "two hours back"), (3 * DAY, "three days on")):
        clock.step(seconds)
        room.follows(f"with a clock set {what}")

    # Since when there are no numbers is told by the clock as it is now.
    room.centre.stop()
    begin = time.monotonic()
    wait_until(lambda: "NO DATA" in said(room.wall), "the loss", 45)
    clock.step(3600)
    wait_until(lambda: any(f"since {moment}" in said(room.wall)
                           for moment in clock.moments("%H:%M", time.monotonic() - begin + 15)), "the time of the loss", 45)
    room.quit()


def test_a_source_that_was_gone_for_days_is_live_again(folder):
    clock = Clock(folder)
    room = Room(folder, (*harness.BUSY, "--unmarked"), clock.environment)
    room.centre.stop()
    wait_until(lambda: "NO DATA" in said(room.wall), "the loss", 45)
    days = clock.moments("%d/%m", 60)
    clock.pass_by(3 * DAY)
    wait_until(lambda: any(f"since {day}" in said(room.wall) for day in days), "the day of the loss", 45)

    room.centre.options[0] = "--date=2026-11-23T10:00"
    room.centre.start()
    wait_until(lambda: "Calls today" in said(room.wall), "the numbers again", 60)
    room.follows("after three days")
    room.quit()


if __name__ == "__main__":
    harness.main(globals())
