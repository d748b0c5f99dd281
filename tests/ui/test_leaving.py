#!/usr/bin/python3
"""What leaves the program by its dialogs: a sheet that is printed, and the history by
dates; whole, or not at all, and said so."""

import os

import harness
import test_profiles
from gi.repository import Atspi
from harness import check, check_equal, wait_until
from test_rates import begin, called, choose_file, read_csv
from test_report import sheet_of

EXPORT = "Export the History"
# Nobody may make a file there, not even root.
UNWRITABLE = "/sys/tongdai-test.csv"


def window_of(program, title):
    return next((w for w in (program.root.get_child_at_index(i) for i in range(program.root.get_child_count()))
                 if w.get_name() == title), None)


def press_button(program, name, dialog):
    button = wait_until(lambda: next((b for b in program.find_all(role="push button", name=called(name), under=dialog())
                                      if b.get_state_set().contains(Atspi.StateType.SENSITIVE)), None), f"{name!r}", 20)
    Atspi.Action.do_action(button, 0)


def fill(program, dialog, name, text):
    entry = program.wait_for(role="text", name=lambda n: n.startswith(name), under=dialog())
    Atspi.EditableText.set_text_contents(entry, text)
    wait_until(lambda: harness.content_of(entry) == text, f"{text!r} as {name!r}")


def print_sheet(program, folder):
    """By GTK's own dialog, to a file in the folder of documents."""
    def dialog():
        return window_of(program, "Print")

    program.click("Print…")
    wait_until(dialog, "the dialog", 20)
    row = program.wait_for(role="label", name="Print to File", under=dialog(), seconds=20)
    check(row is not None, "there is no printer that writes a file")
    # A row of GTK's list is chosen by keys alone.
    for _ in range(12):
        if any(b.get_state_set().contains(Atspi.StateType.SENSITIVE)
               for b in program.find_all(role="push button", name=called("Print"), under=dialog())):
            break
        program.press("Tab", "Down", "space")
    press_button(program, "Print", dialog)
    wait_until(lambda: dialog() is None, "the end of the dialog", 20)


def is_pdf(path):
    with open(path, "rb") as f:
        data = f.read()
    return data.startswith(b"%PDF-") and b"%%EOF" in data[-32:]


def export_dialog(program):
    return window_of(program, EXPORT)


def open_export(program):
    program.press("F10")
    item = program.wait_for(role="menu item", name=called("Export the History…"))
    Atspi.Action.do_action(item, 0)
    wait_until(lambda: export_dialog(program), "the dialog", 20)


def ask_for(program, first, last):
    fill(program, lambda: export_dialog(program), "First day", first)
    fill(program, lambda: export_dialog(program), "Last day", last)


def write_to(program, path):
    press_button(program, "Export…", lambda: export_dialog(program))
    choose_file(program, "Write the History", "Export", path)


def check_exports(program, folder):
    """Two days, of which every minute of every queue is in the file once."""
    path = os.path.join(folder, "days.csv")
    open_export(program)
    ask_for(program, "2026-11-18", "2026-11-17")
    check(not program.find(role="push button", name=called("Export…"), under=export_dialog(program))
          .get_state_set().contains(Atspi.StateType.SENSITIVE), "days that end before they begin can be exported")
    ask_for(program, "2026-11-17", "2026-11-18")
    write_to(program, path)
    program.wait_for(role="label", name="The file was written.", under=export_dialog(program), seconds=30)
    rows = read_csv(path)
    minutes = {(row["queue"], row["timestamp"]) for row in rows}
    check_equal(len(rows), len(minutes), "rows, each minute of a queue once")
    check_equal({row["timestamp"][:10] for row in rows}, {"2026-11-17", "2026-11-18"}, "the days")
    check_equal(len(rows), 2 * 1440 * len({row["queue"] for row in rows}), "the minutes")


def says(program, text):
    program.wait_for(role="label", name=lambda n: text in n, under=export_dialog(program), seconds=30)


def choose_spans(program):
    row = program.wait_for(role="combo box", name="What", under=export_dialog(program))
    for _ in range(8):
        if row.get_state_set().contains(Atspi.StateType.FOCUSED):
            break
        program.press("Tab")
    program.press("space", "Down", "Return")
    wait_until(lambda: program.find(role="label", name="What agents did, span by span", under=row), "spans as what is exported")


def check_stopping(program, folder):
    """What is stopped on the way leaves no file, and can be begun anew."""
    path = os.path.join(folder, "spans.csv")
    choose_spans(program)
    # Hour by hour through half a century: it would take minutes.
    ask_for(program, "1971-01-01", "2026-11-20")
    write_to(program, path)
    press_button(program, "Stop", lambda: export_dialog(program))
    says(program, "Stopped; no file was written.")
    check(not os.path.exists(path), "half a file was left")
    check_equal([n for n in os.listdir(folder) if n.startswith(".goutputstream")], [], "what was left beside it")


def check_refusals(program, folder):
    """Where nothing can be written, that is said with the file's name; what is shown stays."""
    write_to(program, UNWRITABLE)
    says(program, UNWRITABLE)
    program.press("Escape")
    wait_until(lambda: export_dialog(program) is None, "the end of the dialog")


def test_a_sheet_is_printed_and_the_history_is_exported(folder):
    documents = test_profiles.make_folder(folder, "documents")
    os.makedirs(os.path.join(folder, "config"), exist_ok=True)
    with open(os.path.join(folder, "config", "user-dirs.dirs"), "w", encoding="utf-8") as f:
        f.write(f'XDG_DOCUMENTS_DIR="{documents}"\n')
    centre, program = begin(folder, "--page=report")
    wait_until(lambda: sheet_of(program) is not None, "the sheet", 30)

    print_sheet(program, documents)
    path = os.path.join(documents, "hand-over-2026-11-20-0800.pdf")
    wait_until(lambda: os.path.exists(path) and is_pdf(path), path, 20)
    program.wait_for(role="label", name="The sheet was sent to be printed.")

    program.click("PDF…")
    choose_file(program, "Save the Sheet", "Save", UNWRITABLE)
    program.wait_for(role="label", name=lambda n: UNWRITABLE in n)
    check(sheet_of(program) is not None, "the sheet is gone")

    check_exports(program, folder)
    check_stopping(program, folder)
    check_refusals(program, folder)
    program.quit()


if __name__ == "__main__":
    harness.main(globals())
