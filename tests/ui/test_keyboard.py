#!/usr/bin/python3
"""Nothing needs a mouse."""

import harness
from harness import App, Centre, check, wait_until


def start(folder):
    app = App(folder, Centre(folder))
    wait_until(lambda: app.freshness() == "Live", "a live start")
    return app


def test_f1_shows_the_shortcuts_and_escape_takes_them_away(folder):
    app = start(folder)
    check(len(app.find_all(role="frame")) == 1, "one window at the start")
    app.press("F1")
    wait_until(lambda: len(app.find_all(role="frame")) == 2, "the window of the shortcuts")
    app.press("Escape")
    wait_until(lambda: len(app.find_all(role="frame")) == 1, "the window of the shortcuts to go")
    app.quit()


def test_control_and_a_digit_choose_the_page(folder):
    app = start(folder)
    for key, title in (("ctrl+2", "Queues"), ("ctrl+3", "Agents"), ("ctrl+1", "Overview")):
        app.press(key)
        wait_until(lambda: app.page() == title, f"the page {title!r} at {key}")
    app.quit()


def test_control_f_searches_the_agents(folder):
    app = start(folder)
    app.press("ctrl+3")
    wait_until(lambda: app.page() == "Agents", "the page")
    counted = app.wait_for(role="label", name=lambda n: " serving / " in n)
    # Who serves changes by itself, how many there are does not.
    everybody = harness.text_of(counted).split(" / ")[1]
    app.press("ctrl+f", *"zzzz")
    app.wait_for(name="No agent matches")
    app.press("Escape")
    wait_until(lambda: harness.text_of(counted).split(" / ")[1:] == [everybody], "all agents again")
    app.quit()


def test_f5_asks_the_source_at_once(folder):
    centre = Centre(folder)
    app = App(folder, centre)
    wait_until(lambda: app.freshness() == "Live", "a live start")
    # Told to stay away for long, only a person makes the program ask again.
    centre.fault("503", seconds=300)
    wait_until(lambda: app.freshness().endswith(" s old"), "old numbers")
    centre.fault("none")
    harness.time.sleep(2)
    check(app.freshness() != "Live", "the program did not keep to Retry-After")
    app.press("F5")
    wait_until(lambda: app.freshness() == "Live", "the answer to F5", 5)
    app.quit()


if __name__ == "__main__":
    harness.main(globals())
