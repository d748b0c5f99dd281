#!/usr/bin/python3
"""What needs a person: told, taken, put off, handed over, closed, and found in the log."""

import os

import harness
import test_outward
import test_profiles
from harness import App, Centre, check, wait_until

# Too few agents from the start, and a minute a second: callers soon wait.
CROWD = ("--scenario=understaffed", "--date=2026-11-20T09:55", "--seed=7", "--speed=60")


def press(app, name):
    """Presses what is on the screen, of several the last. GTK says the name of a
    button that may have a mnemonic twice."""
    buttons = wait_until(lambda: [b for b in app.find_all(role="push button", name=lambda n: n in (name, f"{name} {name}"))
                                  if b.get_n_actions()], f"“{name}”")
    buttons[-1].do_action(0)


def write(app, entry, text):
    app.wait_for(role="text", name=entry).set_text_contents(text)


def heads(app):
    """What a screen reader says of each matter on the page."""
    return [a.get_name() for a in app.find_all(role="panel", name=lambda n: n.startswith(("Notice: ", "Warning: ", "Alarm: ")))]


def look_back_at_it(app, centre):
    """The centre as it was: it says so, goes by minutes, and Escape ends it."""

    def moments():
        windows = [app.root.get_child_at_index(i) for i in range(app.root.get_child_count())]
        return [w.get_name() for w in windows if w is not None and (w.get_name() or "").startswith("As it was at ")]

    def spoken():
        return [a.get_name() for a in app.find_all(role="status bar", name=lambda n: n.startswith("As it was at "))]

    press(app, "As It Was")
    first = wait_until(moments, "the past")[0]
    wait_until(lambda: any(": the minute of the alarm" in s for s in spoken()), "which minute it is")
    wait_until(lambda: app.find(name=lambda n: n.startswith("Waiting: ") and "at most in the minute" in n), "the callers of then")
    queues = app.wait_for(name="Queues as they were")
    titles = {q["name"] for q in centre.snapshot()["queues"]}
    check(titles & set(app.texts(under=queues)), "the queues by their names")
    check(any("offline" in t for t in app.texts()), "what agents did")

    app.press("Left", "Left")
    wait_until(lambda: any("2 minutes before the alarm" in s for s in spoken()), "two minutes before")
    check(moments()[0] != first, "another minute has another name")
    app.press("Right", "Right", "Right")
    wait_until(lambda: any("1 minute after the alarm" in s for s in spoken()), "a minute after")
    press(app, "To the Alarm")
    wait_until(lambda: moments() == [first], "the alarm again")
    app.press("p")
    wait_until(lambda: any(" after the alarm" in s for s in spoken()), "it to play on")
    app.press("Escape")
    wait_until(lambda: not moments(), "it to be gone")


def test_an_alert_goes_through_all_hands(folder):
    centre = Centre(folder, CROWD)
    app = App(folder, centre)
    app.press("ctrl+5")
    wait_until(lambda: app.page() == "Alerts", "the page")
    wait_until(lambda: any("Callers waiting" in h or "Longest wait" in h for h in heads(app)), "an alert of waiting callers", 45)

    # The simulated time flew; what people do should not be overtaken by it.
    centre.speed(1)
    wait_until(lambda: any("Nobody has taken it" in h for h in heads(app)), "that nobody has it")
    wait_until(lambda: any("wait" in t and "serve" in t for t in app.texts()), "the evidence")
    write(app, "Your name", "Tâm")
    press(app, "Take")
    wait_until(lambda: any("Tâm, taken" in h for h in heads(app)), "who took it")

    look_back_at_it(app, centre)

    press(app, "Hand Over…")
    write(app, "To whom", "Ngân")
    app.press("Return")
    wait_until(lambda: any("Ngân, taken" in h for h in heads(app)), "who has it now")

    press(app, "Put Off…")
    write(app, "Reason", "waiting for the grid")
    app.press("Return")
    wait_until(lambda: any("Put off until" in h and "waiting for the grid" in h for h in heads(app)), "why it is put off")

    before = wait_until(lambda: len(heads(app)), "the matters")
    press(app, "Close…")
    write(app, "What was it? (may be left empty)", "a thin shift")
    app.press("Return")
    wait_until(lambda: len(heads(app)) < before, "it to be gone")
    wait_until(lambda: any("closed by Tâm: a thin shift" in t for t in app.texts()), "it in the log")
    # Without a window manager nobody gives the window the focus back that the dialog had.
    harness.end(app.process)


def test_a_bad_file_of_rules_is_said_and_others_go_on(folder):
    centre = Centre(folder)
    test_profiles.write_profile(folder, "one", "Một", centre)
    path = os.path.join(folder, "config", "tongdai", "profiles", "one.alerts.json")
    bad = {"id": "crowd", "kind": "waiting", "raise": -4}
    test_outward.write_rules(folder, bad)
    program = test_outward.run(folder, "first")
    wait_until(lambda: program.freshness() == "Live", "a live start", 60)
    program.press("ctrl+5")

    def said():
        return [t for t in program.texts() if path in t and 'rule "crowd"' in t and "rules[" in t and "].raise: -4" in t]

    wait_until(said, "which file, rule and field are wrong")
    check(any("rules are watched" in t for t in program.texts()), "the rules of a first start go on")

    # A file that people repair takes effect, and one that they break does not.
    test_outward.write_rules(folder, test_outward.busy_rule())
    wait_until(lambda: any(h.startswith("Alarm: Busy") for h in heads(program)), "the rule of the file", 30)
    check(not said(), "what is repaired is not said any more")
    test_outward.write_rules(folder, test_outward.busy_rule(), bad)
    wait_until(said, "that it is broken again")
    check(any(h.startswith("Alarm: Busy") for h in heads(program)), "the rules before it go on")

    preferences = test_outward.open_preferences(program)
    wait_until(lambda: any(path in t and 'rule "crowd"' in t for t in program.texts(under=preferences)), "it in the preferences")
    test_outward.close_preferences(program)
    program.quit()


if __name__ == "__main__":
    harness.main(globals())
