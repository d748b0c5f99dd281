#!/usr/bin/python3
"""Every number on the screen is the one that the server counted."""

import harness
from expected import Numbers, count, duration, mean_duration
from harness import App, Centre, check, check_equal, table, wait_until


def settle(folder, **options):
    """A program whose centre stands still; and what that centre says."""
    centre = Centre(folder)
    app = App(folder, centre, **options)
    wait_until(lambda: app.freshness() == "Live", "a live start")
    return centre, app, centre.freeze()
