#!/usr/bin/python3
"""Every kind of rule, broken by what the simulated centre plays and followed on
the page of alerts: told with what speaks for it, seen to by people, and over."""

import os
import re
import struct
import wave

import harness
import test_alerts
import test_outward
import test_profiles
import test_wall
from harness import Centre, check, check_equal, wait_until
from test_alerts import answer, heads, write

RULES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "src", "alerts", "td-alert-rule.c")
DAY = "--date=2026-11-20T"


class Drive:
    """How a kind is told, of what, from where on; what has to speak for it."""

    def __init__(self, scope, at, clear, evidence, **more):
        self.scope, self.at, self.clear, self.evidence, self.more = scope, at, clear, re.compile(evidence), more

    def rule(self, kind):
        return {"id": kind, "name": f"Rule of {kind}", "kind": kind, "scope": self.scope, "level": "warning", "raise": self.at,
                "clear": self.clear, "for_seconds": 0, "clear_seconds": 0, "from": "00:00", "to": "24:00", "enabled": True,
                **self.more}


WAITS = r"\d+ callers? waits?.* \d+ agents? serves?\."
LEAST_OF_CALLS = r"Of \d+ calls in the last half hour \d+ "

CALLS = {
    "waiting": Drive("centre", 8, 3, WAITS),
    "longest-wait": Drive("centre", 60, 30, WAITS, level="alarm"),
    "service-level": Drive("centre", 0.6, 0.7, LEAST_OF_CALLS + "were answered in time; the target is 80 %"),
    "abandon-rate": Drive("centre", 0.1, 0.08, LEAST_OF_CALLS + "callers hung up"),
    "serving": Drive("centre", 33, 35, r"\d+ agents serve\."),
}
RATES = {
    "out-of-reach": Drive("centre", 1, 0, r"The day stands at [\d.]+ %; .* stays below the target"),
    "missing": Drive("centre", 3, 2, r"\d+ agents? (serves?|will serve in .+), \d+ (is|are) needed for the service level"),
    "silence": Drive("hotline", 0.5, 0.49, r"No calls since \d\d:\d\d; \d+ are normal|\d+ % fewer calls than normal since \d\d:\d\d",
                     target="1900.9000"),  # each that is silent is a matter of its own
    "surge": Drive("hotline", 1, 0.9, r"\d+ calls more than normal since \d\d:\d\d \(×\d"),
    "busy-day": Drive("centre", 0.02, 0.01, r"\d+ calls more than normal since|\d+ calls today; \d+ are normal by now"),
}
PEOPLE = {
    "phantom": Drive("agent", 1, 0, r"the evidence speaks against it: \d+ calls in a row rang out", escalate_seconds=120,
                     clear_seconds=300),
    "long-state": Drive("agent", 60, 0, r"has lasted \d+ minutes.*; the limit is \d+ minutes"),
    "workload": Drive("agent", 1.35, 1.3, r"calls answered today.* % of the centre’s mean"),
    "unreachable": Drive("centre", 1, 0, r"^[1-9]\d* agents? cannot be reached\. .*: \d+\."),
}
SOURCE = {
    "stale": Drive("centre", 2, 1, r"The last good answer is \d+ seconds old\."),
    "lost": Drive("centre", 1, 0.5, r"The last good answer is .* old\. .*onnect", level="alarm"),
    "clock": Drive("centre", 30, 10, r"The source’s clock and this computer’s differ by 1 minute"),
}
GROUPS = (CALLS, RATES, PEOPLE, SOURCE)


class Board:
    """The program on a centre, with rules of its own, and its page of alerts."""

    def __init__(self, folder, options, past=False, **environment):
        self.folder, self.watched, self.told, self.over = folder, {}, set(), set()
        self.centre = Centre(folder, options, past=past)
        test_profiles.write_profile(folder, "one", "Một", self.centre)
        test_outward.write_rules(folder)
        self.program = test_outward.run(folder, "first", **environment)
        wait_until(lambda: self.program.freshness() == "Live", "a live start", 60)
        self.open()
        write(self.program, "Your name", "Tâm", self.page)

    def open(self):
        self.program.press("ctrl+5")
        self.page = test_alerts.content(self.program)

    def watch(self, drives):
        """From now on with these rules too; those that are in force go on."""
        self.watched.update(drives)
        test_outward.write_rules(self.folder, *(d.rule(k) for k, d in self.watched.items()))

    def play(self, scenario, speed):
        self.centre.scenario(scenario)
        self.centre.speed(speed)

    def cards(self):
        boxes = children(self.page)
        return [c for b in boxes for c in children(b) if (c.get_name() or "").startswith(("Notice: ", "Warning: ", "Alarm: "))]

    def card(self, kind):
        """The matter of which a rule of @kind is a part."""
        return next((c for c in self.cards() if any(p[0].startswith(f"Rule of {kind}") for p in parts(c))), None)

    def head(self, kind):
        card = self.card(kind)
        return card.get_name() if card is not None else ""

    def part(self, kind):
        """What is told of @kind: its title, what speaks for it, its value and since when."""
        found = [p for c in self.cards() for p in parts(c) if p[0].startswith(f"Rule of {kind}")]
        return found[0] if found else None

    def wait_told(self, kind, seconds=30):
        drive = self.watched[kind]

        def told():
            part = self.part(kind)
            return part if part is not None and "over since" not in part[-1] and drive.evidence.search(part[1]) else None
        try:
            part = wait_until(told, f"a rule of {kind} to be told", seconds)
        except harness.Failure as e:
            raise harness.Failure(f"{e}; there is {self.part(kind)} among {heads(self.page)}") from None
        self.told.add(kind)
        return part

    def wait_over(self, *kinds, seconds=45):
        """They are over by themselves, and what spoke for each at its worst is still to be read."""
        left = set(kinds)

        def none_left():
            for kind in list(left):
                part = self.part(kind)
                if part is not None and part[-1].startswith("over since"):
                    check(self.watched[kind].evidence.search(part[1]), f"what spoke for {kind} became {part[1]!r}")
                    left.discard(kind)
            return not left
        try:
            wait_until(none_left, "rules to be over", seconds)
        except harness.Failure as e:
            raise harness.Failure(f"{e}; {left} are left among {heads(self.page)}") from None
        self.over.update(kinds)

    def wait_head(self, kind, words, seconds=15):
        wait_until(lambda: words in self.head(kind), f"“{words}” of {kind}", seconds)

    # --- what people do ---

    def press(self, kind, name):
        """The button of a matter; a card may be made anew under the hand."""
        def find():
            card = self.card(kind)
            return card and self.program.find(role="push button", name=name, under=card)
        wait_until(find, f"“{name}” of {kind}").do_action(0)

    def take(self, kind):
        self.press(kind, "Take")
        self.wait_head(kind, "Tâm, taken")

    def hand_over(self, kind):
        self.press(kind, "Hand Over…")
        answer(self.program, "handing over", "To whom", "Ngân")
        self.wait_head(kind, "Ngân, taken")

    def put_off(self, kind, reason):
        self.press(kind, "Put Off…")
        answer(self.program, "putting off", "Reason", reason)
        wait_until(lambda: re.search(rf"Put off until \d\d:\d\d: {reason}", self.head(kind)), f"why {kind} is put off")

    def close(self, kind, note):
        self.press(kind, "Close…")
        answer(self.program, "closing", "What was it? (may be left empty)", note)
        wait_until(lambda: any(f"closed by Tâm: {note}" in t for t in self.program.texts(under=self.page)), "it in the log")
        wait_until(lambda: self.card(kind) is None, f"{kind} to be gone after it was closed")
        self.over.add(kind)

    def end(self, drives):
        """All that @drives has was told, and went."""
        check_equal(sorted(self.told), sorted(drives), "what was told")
        check_equal(sorted(self.over), sorted(drives), "what was over")
        # Without a window manager nobody gives the window the focus back that a dialog had.
        harness.end(self.program.process)


def children(accessible):
    found = (accessible.get_child_at_index(i) for i in range(accessible.get_child_count()))
    return [c for c in found if c is not None]


def parts(card):
    """The lines of a matter below its head, each as its texts."""
    rows = ([harness.text_of(a) for a in harness.walk(row) if a.get_role_name() == "label"] for row in children(card)[1:])
    return [r for r in rows if len(r) == 3]


def test_no_kind_is_left_out(_):
    with open(RULES, encoding="utf-8") as f:
        kinds = re.findall(r'\[TD_ALERT_\w+\] = \{ \{ "([a-z-]+)"', f.read())
    check(len(kinds) > 15, f"only {kinds} were found in {RULES}")
    driven = [k for g in GROUPS for k in g]
    check_equal(sorted(driven), sorted(kinds), "the list of kinds that a test drives")


def test_what_a_thin_shift_breaks(folder):
    board = Board(folder, test_alerts.CROWD)
    board.watch(CALLS)
    board.centre.speed(240)
    for kind in CALLS:
        board.wait_told(kind, 45)
    board.centre.speed(1)
    # One situation is one matter, whatever it breaks.
    wait_until(lambda: len(heads(board.page)) == 1, "one matter")

    # On a wall it is in sight until somebody sees to it.
    board.program.press("F11")
    wait_until(lambda: "Rule of longest-wait" in test_wall.said(board.program) and "Nobody has taken it" in test_wall.said(board.program),
               "it on the wall")
    board.program.press("Escape")
    wait_until(lambda: test_wall.said(board.program) == "", "the desk again")
    board.open()

    board.take("waiting")
    board.hand_over("serving")

    # People come back, and the half hour that is looked at goes by.
    board.play("normal", 600)
    wait_until(lambda: "Over: from" in board.head("waiting"), "all of it to be over", 45)
    board.centre.speed(1)
    board.wait_over(*CALLS)
    board.close("waiting", "a thin shift")
    board.program.wait_for(name="Nothing needs a person now", under=board.page)
    board.end(CALLS)


def test_what_the_rate_of_calls_breaks(folder):
    board = Board(folder, ("--scenario=understaffed", DAY + "18:45", "--seed=3", "--queues=4"), past=True)

    # Known as soon as the past is learnt: it was a bad day, and too few are there.
    board.watch({k: RATES[k] for k in ("out-of-reach", "missing")})
    board.centre.speed(10)
    board.wait_told("out-of-reach", 90)
    board.wait_told("missing")
    board.take("missing")
    board.wait_head("out-of-reach", "Tâm, taken")
    board.play("normal", 300)
    board.wait_over("missing")

    # Silence is a matter of its own: put off, it comes back when the time is over.
    board.watch({"silence": RATES["silence"]})
    board.play("trunk-down", 120)
    board.wait_told("silence", 45)
    board.centre.speed(1)
    board.put_off("silence", "the carrier knows")
    board.centre.speed(240)
    board.wait_head("silence", "Nobody has taken it")
    board.play("normal", 360)
    board.wait_over("silence")

    # A storm that is more than the day can hide; what is of a day ends with it.
    board.watch({k: RATES[k] for k in ("surge", "busy-day")})
    board.play("outage", 120)
    board.wait_told("surge", 45)
    board.centre.speed(400)
    board.wait_told("busy-day", 40)
    board.wait_told("out-of-reach")
    board.centre.speed(1)
    board.hand_over("surge")
    # What is over is in sight for an hour.
    board.play("normal", 1500)
    wait_until(lambda: board.centre.snapshot()["at"][:16] > "2026-11-20T23:30", "the end of the day", 30)
    board.centre.speed(360)
    board.wait_over("surge", "busy-day", "out-of-reach")
    board.end(RATES)


class Loudspeaker:
    """A program that plays sounds, before all others, and what it was given."""

    def __init__(self, folder):
        self.folder = os.path.join(folder, "heard")
        programs = test_profiles.make_folder(folder, "bin")
        os.makedirs(self.folder)
        player = os.path.join(programs, "pw-play")
        with open(player, "w", encoding="utf-8") as f:
            f.write(f"""#!/bin/sh
name=$(date +%s%N)
cat "$1" > "{self.folder}/$name.part" && mv "{self.folder}/$name.part" "{self.folder}/$name.wav"
""")
        os.chmod(player, 0o755)
        self.path = programs + os.pathsep + os.environ["PATH"]

    def peaks(self):
        """How loud each sound was, the first first."""
        return [peak(os.path.join(self.folder, n)) for n in sorted(os.listdir(self.folder)) if n.endswith(".wav")]


def peak(path):
    with wave.open(path) as f:
        check_equal(f.getsampwidth(), 2, "the width of a sample")
        data = f.readframes(f.getnframes())
    return max(abs(s) for (s,) in struct.iter_unpack("<h", data))


def leave_it_to_the_desktop(board, desk, loudspeaker):
    """Who looks elsewhere hears of it, hears it louder when nobody takes it, and takes it there."""
    shown = wait_until(lambda: desk.of("show"), "a notification", 30)[0]
    check(shown["title"].startswith("Rule of phantom") and shown["urgency"] < 2, f"{shown}")
    first = wait_until(loudspeaker.peaks, "a sound")[0]
    board.program.press("ctrl+1")
    wait_until(lambda: board.program.page() != "Alerts", "another page")
    desk.click(shown, "Show")
    wait_until(lambda: board.program.page() == "Alerts", "the page of alerts")
    board.wait_told("phantom")

    board.wait_head("phantom", "Nobody has taken it, told again", 20)
    board.centre.speed(1)
    again = wait_until(lambda: [s for s in desk.of("show") if "nobody has taken it yet" in s["body"]], "it to be shown again")[-1]
    check_equal(again["urgency"], 2, "the urgency of what nobody has taken")
    wait_until(lambda: loudspeaker.peaks()[-1] > 1.2 * first, "a louder sound")

    desk.click(again, "Take")
    board.wait_head("phantom", "Tâm, taken")
    wait_until(lambda: desk.of("close"), "the notification to be withdrawn")


def stand_still_at_lost_lines(centre):
    """Returns of how many agents the line is gone; it is soon back."""
    def count(state):
        return sum(a["state"] == "unreachable" for a in state["agents"])

    centre.speed(20)
    wait_until(lambda: count(centre.snapshot()), "a lost line", 30)
    return count(centre.freeze())


def test_what_people_break(folder):
    loudspeaker, desk = Loudspeaker(folder), test_outward.Desk()
    board = Board(folder, ("--scenario=phantoms", DAY + "10:30", "--seed=3"), PATH=loudspeaker.path)
    board.watch({"phantom": PEOPLE["phantom"]})
    board.centre.speed(30)
    leave_it_to_the_desktop(board, desk, loudspeaker)
    desk.stop()

    board.watch(PEOPLE)
    board.wait_told("workload")
    board.take("workload")
    board.centre.speed(60)
    board.wait_told("long-state", 45)
    board.centre.speed(1)
    board.take("long-state")
    board.put_off("long-state", "a hard call")
    board.close("phantom", "a broken headset")

    n_gone = wait_until(lambda: stand_still_at_lost_lines(board.centre), "a lost line", 30)
    wait_until(lambda: board.wait_told("unreachable")[1].startswith(f"{n_gone} agent"), f"{n_gone} lost lines to be told")
    board.hand_over("unreachable")

    board.play("normal", 600)
    board.wait_over("long-state", "workload", "unreachable")
    board.end(PEOPLE)


def test_what_the_source_breaks(folder):
    # A clock is held against that of a real centre alone; of so many agents one always does something.
    board = Board(folder, (*harness.NOW, "--unmarked", "--agents=600"))
    board.watch(SOURCE)
    board.centre.fault("clock", seconds=90)
    board.wait_told("clock", 45)
    board.take("clock")
    board.centre.fault("none")
    board.wait_over("clock")

    board.centre.fault("503", seconds=1)
    board.wait_told("stale")
    board.wait_head("stale", "Warning: ")
    board.put_off("stale", "they start it anew")
    # What becomes worse is no longer put off.
    board.centre.stop()
    board.wait_told("lost", 45)
    wait_until(lambda: board.head("lost").startswith("Alarm: ") and "Put off" not in board.head("lost"), "an alarm that is not put off")
    board.centre.start()
    # Who waits has it tried at once.
    board.program.press("F5")
    board.wait_over("lost", "stale")
    board.end(SOURCE)


if __name__ == "__main__":
    harness.main(globals())
