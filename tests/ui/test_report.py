#!/usr/bin/python3
"""A shift's sheet is written, leaves the program in every form, and is handed over for good."""

import glob
import json
import os
import re
import shutil
import struct
import subprocess
import urllib.parse

import harness
from gi.repository import Atspi
from harness import check, check_equal, wait_until
from test_profiles import Program
from test_rates import begin, called, choose_file, read_csv

SHIFT = "Hand-over sheet 2026-11-20 08:00–20:00"
GIVER, TAKER, NOTE = "Lê Minh Tâm", "Võ Kim Ngân", "Lưới 110 kV “Tây Ninh” nhảy lúc 14:03."


def sheet_of(program):
    """What the sheet says first, once its figures are there."""
    image = program.find(role="image", name=SHIFT)
    match = re.match(r"([\d,]+) calls offered", image.get_description() if image is not None else "")
    return int(match[1].replace(",", "")) if match else None


def count_offered(centre):
    """What the centre counted from 08:00 to its last whole minute."""
    at = centre.snapshot()["at"]
    query = urllib.parse.urlencode({"from": "2026-11-20T08:00:00+07:00", "to": at[:16] + ":00" + at[-6:], "step": 60})
    return sum(sum(queue["offered"]) for queue in centre.request("/v1/intervals?" + query)["queues"])


def type_into(program, name, text):
    entry = program.wait_for(role="text", name=lambda n: n.startswith(name))
    Atspi.EditableText.set_text_contents(entry, text)
    wait_until(lambda: harness.content_of(entry) == text, f"{text!r} as {name!r}")


def save(program, begin_saving, title, button, path):
    begin_saving()
    choose_file(program, title, button, path)
    wait_until(lambda: os.path.exists(path) and os.path.getsize(path) > 0, path, 20)


def read_size(path):
    """Width and height of a picture."""
    with open(path, "rb") as f:
        head = f.read(24)
    check_equal(head[:8], b"\x89PNG\r\n\x1a\n", "the beginning of a PNG")
    return struct.unpack(">II", head[16:24])


def test_a_shift_is_written_exported_and_handed_over(folder):
    centre, program = begin(folder, "--page=report", past=False)
    wait_until(lambda: sheet_of(program) is not None, "the sheet", 30)
    centre.speed(0)
    wait_until(lambda: sheet_of(program) == count_offered(centre), "what the centre counted", 90)
    offered = sheet_of(program)

    # What is typed is kept as it is typed.
    type_into(program, "Handed over by", GIVER)
    type_into(program, "Taken over by", TAKER)
    type_into(program, "Note of the shift lead", NOTE)
    program.wait_for(role="label", name="Kept as typed")
    files = glob.glob(os.path.join(os.environ["XDG_DATA_HOME"], "tongdai", "*", "shifts", "2026-11-20-0800.json"))
    check_equal(len(files), 1, "files of the shift")
    with open(files[0], encoding="utf-8") as f:
        kept = json.load(f)
    check_equal([kept["giver"], kept["taker"], kept["note"]], [GIVER, TAKER, NOTE], "what is kept")
    check("queues" not in kept, "figures were kept before the shift was handed over")

    pdf, png, page, picture = (os.path.join(folder, n) for n in ("sheet.pdf", "sheet.png", "page.csv", "picture.png"))
    save(program, lambda: program.click("PDF…"), "Save the Sheet", "Save", pdf)
    save(program, lambda: program.click("PNG…"), "Save the Sheet", "Save", png)
    save(program, lambda: program.press("ctrl+e"), "Export This Page", "Export", page)
    save(program, lambda: program.press("ctrl+shift+s"), "Save a Picture of This Page", "Save", picture)
    check_equal(read_size(png), (1191, 1684), "the size of an A4 page, two pixels a point")
    check(all(side % 2 == 0 for side in read_size(picture)), "the picture is not twice as large as the screen")
    total = read_csv(page)[-1]
    check_equal([total["queue"], int(total["offered"])], ["", offered], "the last row of the table")
    if shutil.which("pdftotext") is not None:
        text = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, check=True, text=True).stdout
        for word in (f"{offered:,}", GIVER, TAKER, "“Tây Ninh”", "Page 1/"):
            check(word in text, f"{word!r} is not in the PDF:\n{text}")

    # Handed over, it is what it was.
    program.click("Hand Over…")
    program.click(called("Hand Over"))
    program.wait_for(role="label", name=lambda n: n.startswith("Handed over at"), seconds=30)
    note = program.wait_for(role="text", name="Note of the shift lead")
    check(not note.get_state_set().contains(Atspi.StateType.EDITABLE), "the note can still be changed")

    def is_frozen():
        with open(files[0], encoding="utf-8") as f:
            shift = json.load(f)
        return "handed_over" in shift and shift["total"]["offered"] == offered

    wait_until(is_frozen, "the frozen figures in the file")
    centre.speed(60)
    wait_until(lambda: count_offered(centre) > offered, "more calls")
    program.press("ctrl+1", "ctrl+6")
    check_equal(sheet_of(program), offered, "calls of the frozen sheet")
    program.quit()
    check_it_is_so_after_a_restart(folder, files[0], offered)


def write_settings(folder):
    """As a program kept them whose queues were sorted by name, backwards, without the expected wait."""
    path = os.path.join(folder, "config", "glib-2.0", "settings", "keyfile")
    os.makedirs(os.path.dirname(path))
    with open(path, "w", encoding="utf-8") as f:
        f.write("[io/github/tongdai/TongDai]\nqueues-sort='-name'\nqueues-hide-expected-wait=true\n")
    return path


def check_the_queues_are_as_they_were_left(program, settings):
    """What was chosen of the table of queues is remembered, and so is what is chosen now."""
    program.press("ctrl+2")
    view = program.wait_for(role="tree table", name="Queues")
    rows = wait_until(lambda: harness.table(view), "the queues")
    check("EWT" not in rows[0], "the expected wait is shown")
    names = [row["Queue"] for row in rows]
    check_equal(names, sorted(names, reverse=True), "queues sorted by name, backwards")
    program.click(called("Worst first"))

    def is_kept():
        with open(settings, encoding="utf-8") as f:
            return "queues-sort=''" in f.read()

    wait_until(is_kept, "that the worst come first to be kept")


def check_it_is_so_after_a_restart(folder, path, offered):
    """What was handed over is opened as it was; a file that is damaged is said to be, is left as it is, and spoils no other."""
    broken = os.path.join(os.path.dirname(path), "2026-11-19-2000.json")
    with open(path, encoding="utf-8") as f:
        frozen = f.read()
    with open(broken, "w", encoding="utf-8") as f:
        f.write(frozen[:len(frozen) // 2])
    # Whole, but of other hours than its name says.
    stranger = os.path.join(os.path.dirname(path), "2026-11-19-0800.json")
    shutil.copyfile(path, stranger)
    settings = write_settings(folder)
    program = Program(folder, ["--profile=one", "--page=report"], XDG_STATE_HOME=os.path.join(folder, "state"),
                      GSETTINGS_BACKEND="keyfile",
                      ASAN_OPTIONS=os.environ.get("ASAN_OPTIONS", "") + ":detect_leaks=0")
    program.wait_for(role="label", name=lambda n: n.startswith("Handed over at"), seconds=60)
    check_equal(sheet_of(program), offered, "calls of the sheet after a restart")
    check_equal(harness.content_of(program.wait_for(role="text", name="Note of the shift lead")), NOTE, "the note")

    for bad in (broken, stranger):
        program.click("The shift before")
        program.wait_for(role="label", name=lambda n: os.path.basename(bad) in n)
        program.wait_for(role="label", name=lambda n: n.startswith("The file of this shift cannot be read"))
        check(program.find_sensitive("push button", "Hand Over…") is None, f"a shift can be handed over whose file is {bad}")
        note = program.wait_for(role="text", name="Note of the shift lead")
        check(not note.get_state_set().contains(Atspi.StateType.EDITABLE), f"a note can be written into {bad}")
    program.click("The next shift")
    program.wait_for(role="label", name=lambda n: n.startswith("The file of this shift cannot be read"))
    program.click("The next shift")
    program.wait_for(role="label", name=lambda n: n.startswith("Handed over at"))
    check_equal(sheet_of(program), offered, "calls of the sheet beside a damaged one")
    check_the_queues_are_as_they_were_left(program, settings)
    program.quit()
    with open(broken, encoding="utf-8") as f:
        check_equal(f.read(), frozen[:len(frozen) // 2], "the damaged file")
    for kept in (path, stranger):
        with open(kept, encoding="utf-8") as f:
            check_equal(f.read(), frozen, kept)


if __name__ == "__main__":
    harness.main(globals())
