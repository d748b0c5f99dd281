#!/usr/bin/python3
"""Days are compared on the Rates page, and files are written and read."""

import csv
import datetime
import os

import harness
from gi.repository import Atspi
from harness import Centre, check, check_equal, wait_until
from test_profiles import Program, write_profile

# Few queues, so that the past is there in seconds.
PAST = ("--date=2026-11-20T10:00", "--seed=3", "--queues=4", "--agents=60")
READ_S = 90


def called(label):
    """A button with a mnemonic has it in its name, before what is read."""
    return lambda name: name == label or name.endswith(" " + label)


def begin(folder, *options, past=True):
    centre = Centre(folder, PAST, past=past)
    write_profile(folder, "one", "Một", centre)
    # GTK 4.8's own file dialog keeps some memory for good: where it is opened no leak is looked for.
    program = Program(folder, ["--profile=one", *options], XDG_STATE_HOME=os.path.join(folder, "state"),
                      ASAN_OPTIONS=os.environ.get("ASAN_OPTIONS", "") + ":detect_leaks=0")
    wait_until(lambda: program.freshness() == "Live", "a live start", 60)
    return centre, program


def choose_file(program, title, button, path):
    """Answers GTK's own file dialog, as there is no portal here."""
    def window():
        return next((w for w in (program.root.get_child_at_index(i) for i in range(program.root.get_child_count()))
                     if w.get_name() == title), None)

    dialog = wait_until(window, f"the dialog {title!r}", 20)

    def entered():
        entries = [e for e in program.find_all(role="text", under=dialog) if e.get_name() != "Connect to Server"]
        if not entries:
            # The dialog to open a file has no entry before a path is begun.
            program.press("slash")
            return False
        Atspi.EditableText.set_text_contents(entries[0], path)
        return harness.content_of(entries[0]) == path

    wait_until(entered, f"{path!r} in the dialog", 20)

    def answered():
        if window() is None:
            return True
        found = program.find(role="push button", name=called(button), under=dialog)
        if found is not None and found.get_state_set().contains(Atspi.StateType.SENSITIVE):
            Atspi.Action.do_action(found, 0)
        return window() is None

    wait_until(answered, f"the end of the dialog {title!r}", 20)


def says(program, satisfies):
    """Whether a toast of the preferences says so: it is the last thing in their
    window, and is gone before all of the window was gone through."""
    window = next(w for w in (program.root.get_child_at_index(i) for i in range(program.root.get_child_count()))
                  if w.get_name() == "Preferences")
    todo, seen = [window], 0
    while todo and seen < 60:
        a = todo.pop()
        seen += 1
        if a.get_role_name() == "label" and satisfies(harness.text_of(a)):
            return True
        todo.extend(c for c in (a.get_child_at_index(i) for i in range(a.get_child_count())) if c is not None)
    return False


def read_csv(path):
    with open(path, "rb") as f:
        data = f.read()
    check(data.startswith(b"\xef\xbb\xbf"), "no byte order mark")
    return list(csv.DictReader(data.decode("utf-8-sig").splitlines()))


def test_a_day_is_chosen_and_what_is_shown_is_exported(folder):
    _, program = begin(folder, "--page=rates")
    wait_until(lambda: any("Normal is learnt from" in t for t in program.texts()), "what is normal", READ_S)

    program.click("Today")
    program.enter("Date (year-month-day)", "2026-11-19")
    program.click(called("Show This Day"))
    wait_until(lambda: any("With the normal that this day had" in t for t in program.texts()), "Thursday", READ_S)
    program.wait_for(role="push button", name="Thu 19/11")

    path = os.path.join(folder, "rates.csv")
    program.click("Export what is shown as CSV…")
    choose_file(program, "Export the Rates", "Export", path)
    # It is put in place as a whole; the toast may be gone before the screen was gone through.
    wait_until(lambda: os.path.exists(path), "the file", 20)

    rows = read_csv(path)
    streams = {(r["stream"], r["counted"]) for r in rows}
    check(("All calls", "day so far") in streams, f"the sum is not among {streams}")
    check_equal(len(rows), 1440 * len(streams), "rows")
    sums = [r for r in rows if r["counted"] == "day so far"]
    for i, row in enumerate(sums):
        end = datetime.datetime.fromisoformat("2026-11-19T00:00:00+07:00") + datetime.timedelta(minutes=i + 1)
        time = datetime.datetime.fromisoformat(row["time"] + ("" if row["time"][-3] == ":" else ":00"))
        check_equal(time, end, f"the time of row {i}")
    last = sums[-1]
    check(float(last["calls"]) > 0, f"no calls: {last}")
    check(float(last["normal_low95"]) < float(last["normal"]) < float(last["normal_high95"]), f"no band: {last}")
    check_equal(last["forecast"], "", "the forecast of a day that is over")
    program.quit()


def test_the_history_is_exported_and_imported(folder):
    _, program = begin(folder, "--page=queues", past=False)
    wait_until(lambda: program.find(role="table row") is not None, "the queues", 30)
    program.press("ctrl+comma")
    tab = program.wait_for(role="page tab", name="History")
    Atspi.Action.do_action(tab, 0)

    path = os.path.join(folder, "history.csv")
    program.click(called("Export…"))
    choose_file(program, "Export the history", "Export", path)
    wait_until(lambda: says(program, lambda t: t == "The history was written."), "that it was written", 30)
    with open(path, encoding="utf-8-sig") as f:
        rows = list(csv.DictReader(f))
    check(len(rows) > 0, "nothing was exported")
    check("timestamp" in rows[0] and "offered" in rows[0] and "queue" in rows[0], f"columns {list(rows[0])}")
    queue = rows[0]["queue"]

    # A day of long ago, and one that makes no sense.
    good = os.path.join(folder, "good.csv")
    with open(good, "w", encoding="utf-8") as f:
        f.write("timestamp,queue,offered\n")
        f.writelines(f"2026-10-01T{h:02}:{m:02}:00,{queue},{h}\n" for h in range(24) for m in range(0, 60, 5))
    bad = os.path.join(folder, "bad.csv")
    with open(bad, "w", encoding="utf-8") as f:
        f.write(f"timestamp,queue,offered\n2026-10-01T00:00:00,{queue},many\n")

    program.click(called("Import…"))
    choose_file(program, "History to import", "Import", bad)
    wait_until(lambda: says(program, lambda t: "bad.csv" in t and "offered" in t), "what is wrong with the file", 30)
    program.click(called("Import…"))
    choose_file(program, "History to import", "Import", good)
    wait_until(lambda: says(program, lambda t: t == "The file is in the history now."), "that it was imported", 30)

    # And it is there: it comes out again.
    os.unlink(path)
    program.click(called("Export…"))
    choose_file(program, "Export the history", "Export", path)
    wait_until(lambda: os.path.exists(path) and "2026-10-01" in open(path, encoding="utf-8-sig").read(), "the day of long ago", 30)
    program.quit()


if __name__ == "__main__":
    harness.main(globals())
