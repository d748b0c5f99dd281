#!/usr/bin/python3
"""Every page is reached without a mouse."""

import harness
from harness import App, Centre, check_equal, wait_until


def test_control_and_a_digit_choose_the_page(folder):
    app = App(folder, Centre(folder))
    wait_until(lambda: app.freshness() == "Live", "a live start")
    for key, title in (("ctrl+2", "Queues"), ("ctrl+3", "Agents"), ("ctrl+1", "Overview")):
        app.press(key)
        wait_until(lambda: app.page() == title, f"the page {title!r} at {key}")
    app.quit()


def test_control_f_puts_the_cursor_into_the_search(folder):
    app = App(folder, Centre(folder))
    wait_until(lambda: app.freshness() == "Live", "a live start")
    app.press("ctrl+3")
    wait_until(lambda: app.page() == "Agents", "the page")
    app.press("ctrl+f")
    entry = app.wait_for_focus(role="text")
    app.press("N", "g", "u")
    wait_until(lambda: harness.content_of(entry) == "Ngu", "the typed text in the search")
    app.quit()


if __name__ == "__main__":
    harness.main(globals())
