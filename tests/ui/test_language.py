#!/usr/bin/python3
"""The program speaks Vietnamese where the desk does."""

import os
import subprocess

import harness
from expected import Numbers
from harness import App, Centre, check, wait_until


def vietnamese(folder):
    """Makes the locale, where the machine has none; returns what chooses it."""
    known = subprocess.run(["locale", "-a"], capture_output=True, text=True, timeout=10, check=True).stdout
    if "vi_vn.utf8" not in known.lower().replace("utf-8", "utf8"):
        os.environ["LOCPATH"] = folder
        subprocess.run(["localedef", "-i", "vi_VN", "-f", "UTF-8", os.path.join(folder, "vi_VN.UTF-8")],
                       timeout=60, check=True)
    return "vi_VN.UTF-8"


def test_pages_and_states_are_in_vietnamese(folder):
    centre = Centre(folder)
    app = App(folder, centre, language=vietnamese(folder))
    wait_until(lambda: app.freshness() == "Trực tiếp", "a live start")
    for title in ("Tổng quan", "Hàng đợi", "Ai giúp được?", "Đang chờ", "đang nghe"):
        app.wait_for(name=title)
    texts = app.texts()
    for word in ("Overview", "Queues", "Agents", "Waiting", "Live", "Calls today"):
        check(word not in texts, f"{word!r} is still English")
    app.quit()


def test_numbers_have_vietnamese_separators(folder):
    centre = Centre(folder)
    app = App(folder, centre, language=vietnamese(folder))
    wait_until(lambda: app.freshness() == "Trực tiếp", "a live start")
    numbers = Numbers(centre.freeze())
    offered = f"{numbers.today('offered'):,}".replace(",", ".")
    check("." in offered, "too few calls to prove anything")
    wait_until(lambda: offered in app.texts(), f"{offered} on the screen")
    app.quit()


if __name__ == "__main__":
    harness.main(globals())
