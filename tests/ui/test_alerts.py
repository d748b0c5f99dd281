#!/usr/bin/python3
"""What needs a person: told, taken, put off, handed over, closed, and found in the log."""

import os

import harness
import test_outward
import test_profiles
from harness import App, Centre, check, wait_until

# Too few agents from the start, and a minute a second: callers soon wait.
CROWD = ("--scenario=understaffed", "--date=2026-11-20T09:55", "--seed=7", "--speed=60")


def windows(app):
    """Each by itself: all of them together are a long walk."""
    children = [app.root.get_child_at_index(i) for i in range(app.root.get_child_count())]
    return [c for c in children if c is not None]


def content(app):
    """The page of alerts alone."""
    return app.wait_for(role="text", name="Your name").get_parent().get_parent()


def press(app, name, under):
    """Presses the first button of a name; GTK says that of one which may have a mnemonic twice."""
    button = wait_until(lambda: app.find(role="push button", name=lambda n: n in (name, f"{name} {name}"), under=under), f"“{name}”")
    button.do_action(0)


def write(app, entry, text, under=None):
    app.wait_for(role="text", name=entry, under=under).set_text_contents(text)


def answer(app, question, entry, text):
    """Writes into the dialog that a button opens, and says yes."""
    dialog = wait_until(lambda: next((w for w in windows(app)[1:] if app.find(role="text", name=entry, under=w)), None),
                        f"the dialog of {question}")
    write(app, entry, text, dialog)
    app.press("Return")


def heads(page):
    """What a screen reader says of each matter on the page: its boxes hold them."""
    names = []
    for i in range(page.get_child_count()):
        box = page.get_child_at_index(i)
        for j in range(box.get_child_count() if box is not None else 0):
            card = box.get_child_at_index(j)
            names.append(card.get_name() or "" if card is not None else "")
    return [n for n in names if n.startswith(("Notice: ", "Warning: ", "Alarm: "))]


def look_back_at_it(app, page, centre):
    """The centre as it was: it says so, goes by minutes, and Escape ends it."""
    press(app, "As It Was", page)
    window = wait_until(lambda: next((w for w in windows(app) if (w.get_name() or "").startswith("As it was at ")), None), "the past")
    first = window.get_name()
    banner = app.wait_for(role="status bar", name=lambda n: n == first + ": the minute of the alarm", under=window)
    app.wait_for(name=lambda n: n.startswith("Waiting: ") and "at most in the minute" in n, under=window)
    queues = app.wait_for(name="Queues as they were", under=window)
    titles = {q["name"] for q in centre.snapshot()["queues"]}
    check(titles & set(app.texts(under=queues)), "the queues by their names")
    check(any("offline" in t for t in app.texts(under=window)), "what agents did")

    app.press("Left", "Left")
    wait_until(lambda: "2 minutes before the alarm" in banner.get_name(), "two minutes before")
    check(window.get_name() != first, "another minute has another name")
    app.press("Right", "Right", "Right")
    wait_until(lambda: "1 minute after the alarm" in banner.get_name(), "a minute after")
    press(app, "To the Alarm", window)
    wait_until(lambda: window.get_name() == first, "the alarm again")
    app.press("p")
    wait_until(lambda: " after the alarm" in banner.get_name(), "it to play on")
    app.press("Escape")
    wait_until(lambda: len(windows(app)) == 1, "it to be gone")


def test_an_alert_goes_through_all_hands(folder):
    centre = Centre(folder, CROWD)
    app = App(folder, centre)
    app.press("ctrl+5")
    page = content(app)
    centre.speed(120)
    wait_until(lambda: any("Callers waiting" in h or "Longest wait" in h for h in heads(page)), "an alert of waiting callers", 45)

    # The simulated time flew; what people do should not be overtaken by it.
    centre.speed(1)
    wait_until(lambda: any("Nobody has taken it" in h for h in heads(page)), "that nobody has it")
    wait_until(lambda: any("wait" in t and "serve" in t for t in app.texts(under=page)), "the evidence")
    write(app, "Your name", "Tâm", page)
    press(app, "Take", page)
    wait_until(lambda: any("Tâm, taken" in h for h in heads(page)), "who took it")

    look_back_at_it(app, page, centre)

    press(app, "Hand Over…", page)
    answer(app, "handing over", "To whom", "Ngân")
    wait_until(lambda: any("Ngân, taken" in h for h in heads(page)), "who has it now")

    press(app, "Put Off…", page)
    answer(app, "putting off", "Reason", "waiting for the grid")
    wait_until(lambda: any("Put off until" in h and "waiting for the grid" in h for h in heads(page)), "why it is put off")

    before = wait_until(lambda: len(heads(page)), "the matters")
    press(app, "Close…", page)
    answer(app, "closing", "What was it? (may be left empty)", "a thin shift")
    wait_until(lambda: len(heads(page)) < before, "it to be gone")
    wait_until(lambda: any("closed by Tâm: a thin shift" in t for t in app.texts(under=page)), "it in the log")
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
    page = content(program)

    def said(under):
        return [t for t in program.texts(under=under) if path in t and 'rule "crowd"' in t and "rules[" in t and "].raise: -4" in t]

    wait_until(lambda: said(page), "which file, rule and field are wrong")
    check(any("rules are watched" in t for t in program.texts(under=page)), "the rules of a first start go on")

    # A file that people repair takes effect, and one that they break does not.
    test_outward.write_rules(folder, test_outward.busy_rule())
    wait_until(lambda: any(h.startswith("Alarm: Busy") for h in heads(page)), "the rule of the file", 30)
    check(not said(page), "what is repaired is not said any more")
    test_outward.write_rules(folder, test_outward.busy_rule(), bad)
    wait_until(lambda: said(page), "that it is broken again")
    check(any(h.startswith("Alarm: Busy") for h in heads(page)), "the rules before it go on")

    preferences = test_outward.open_preferences(program)
    wait_until(lambda: said(preferences), "it in the preferences")
    test_outward.close_preferences(program)
    program.quit()


if __name__ == "__main__":
    harness.main(globals())
