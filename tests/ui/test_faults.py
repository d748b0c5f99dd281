#!/usr/bin/python3
"""Whatever a source does, the screen says how fresh its numbers are, keeps
the last ones, and comes back by itself."""

import time

import harness
from harness import App, Centre, check, check_equal, wait_until

LIVE = "Live"
REFUSED = "Refused"


def is_old(text):
    return text.endswith(" s old") or text.startswith("Lost")


def is_lost(text):
    return text.startswith("Lost")


def number_of(text):
    """Of a tile: what is normal beside it may still be learnt."""
    return text.split(": ")[1].split(" ")[0]


def tile(app, caption):
    return app.wait_for(role="panel", name=lambda n: n.startswith(caption + ": ")).get_name()


def fault(folder, name, seen, within=45, **options):
    """Lets the source do @name, and looks for a chip whose text satisfies @seen."""
    centre = Centre(folder)
    app = App(folder, centre)
    wait_until(lambda: app.freshness() == LIVE, "a live start")
    before = tile(app, "Calls today")
    check("—" not in before, f"no number at the start: {before!r}")

    centre.fault(name, **options)
    wait_until(lambda: seen(app.freshness()), f"the chip of {name!r}", within)
    centre.speed(0)
    kept = tile(app, "Calls today")
    check("—" not in kept, f"the number was lost: {kept!r}")
    time.sleep(1)
    check_equal(number_of(tile(app, "Calls today")), number_of(kept), "a number of a source that does not answer")

    centre.fault("none")
    wait_until(lambda: app.freshness() == LIVE, f"a recovery from {name!r}", 45)
    offered = sum(q["today"]["offered"] for q in centre.snapshot()["queues"])
    wait_until(lambda: f"{offered:,}" in tile(app, "Calls today"), "the newest number after the recovery")
    app.quit()


def test_a_refused_token_is_told_as_such(folder):
    fault(folder, "401", lambda text: text == REFUSED)


def test_a_failing_server_makes_the_numbers_old(folder):
    fault(folder, "500", is_old)


def test_a_server_that_asks_for_patience_makes_the_numbers_old(folder):
    fault(folder, "503", is_old)


def test_a_truncated_answer_makes_the_numbers_old(folder):
    fault(folder, "truncated", is_old)


def test_an_answer_of_wrong_types_makes_the_numbers_old(folder):
    fault(folder, "wrong-types", is_old)


def test_an_answer_that_is_no_json_makes_the_numbers_old(folder):
    fault(folder, "html", is_old)


def test_a_huge_answer_makes_the_numbers_old(folder):
    fault(folder, "huge", is_old, within=65)


def test_closed_connections_are_a_lost_source(folder):
    fault(folder, "closed", is_lost)


def test_connections_that_break_off_are_a_lost_source(folder):
    fault(folder, "cut", is_lost)


def test_revisions_that_go_backwards_make_the_numbers_old(folder):
    fault(folder, "backwards", is_old)


def test_a_clock_that_is_off_is_told_with_the_source(folder):
    # In a quiet hour the request in flight may be held for 20 s before the fault meets the next one.
    centre = Centre(folder, harness.NOW)
    app = App(folder, centre)
    wait_until(lambda: app.freshness() == LIVE, "a live start")
    chip = app.wait_for(role="status bar")
    check("clock" not in chip.get_description(), "a clock that is right is no news")
    centre.fault("clock")
    wait_until(lambda: "Its clock is" in chip.get_description(), "word of the clock", 45)
    check_equal(app.freshness(), LIVE, "the chip of a source whose clock is off")
    app.quit()


def test_an_answer_that_drips_makes_the_numbers_old(folder):
    fault(folder, "drip", is_old, within=65)


def test_an_answer_that_does_not_come_makes_the_numbers_old(folder):
    fault(folder, "slow", is_old, within=65, seconds=60)


def test_a_server_that_dies_is_lost_and_found_again(folder):
    centre = Centre(folder)
    app = App(folder, centre)
    wait_until(lambda: app.freshness() == LIVE, "a live start")
    centre.stop()
    wait_until(lambda: is_lost(app.freshness()), "the loss", 45)
    centre.start()
    wait_until(lambda: app.freshness() == LIVE, "the way back", 45)
    centre.freeze()
    offered = sum(q["today"]["offered"] for q in centre.snapshot()["queues"])
    wait_until(lambda: f"{offered:,}" in tile(app, "Calls today"), "the numbers of the new server")
    app.quit()


if __name__ == "__main__":
    harness.main(globals())
