#!/usr/bin/python3
"""A disk that is full, a home that cannot be written and files that are none
cost nothing but what they were to keep: that is said once, what was there
stays, and what is typed is written when there is room again."""

import glob
import json
import os
import resource
import subprocess

import harness
import test_alerts
import test_outward
from harness import App, Centre, check, check_equal, wait_until
from gi.repository import Atspi
from tap import start, tail
from test_profiles import Program, write_profile
from test_survival import UNLIMITED
from test_wall import WALL, offered, put, said, write_wall

# As a file that may not grow: what is written fails, and does not end the program.
CAN_BE_FULL = ["env", "--ignore-signal=XFSZ"]


def fill_disk(program):
    resource.prlimit(program.process.pid, resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))


def free_disk(program):
    resource.prlimit(program.process.pid, resource.RLIMIT_FSIZE, UNLIMITED)


def read(path):
    with open(path, encoding="utf-8") as f:
        return f.read()


def desk_of(folder, options=(), **environment):
    """One whose disk may be full, and all of whose files are the test's own."""
    places = {f"XDG_{k}_HOME": os.path.join(folder, k.lower()) for k in ("STATE", "DATA")}
    desk = Program(folder, ["--profile=one", *options], CAN_BE_FULL, **{**places, **environment})
    wait_until(lambda: desk.freshness() == "Live", "a live start", 60)
    return desk


def wait_for_words(desk, *words, seconds=30):
    """All of the words, in one sentence."""
    wait_until(lambda: any(all(word in text for word in words) for text in desk.texts()),
               f"a sentence with {words!r}", seconds)


FULL = "cannot be written: File too large"


def test_rules_on_a_full_disk_stay_as_they_are(folder):
    centre = Centre(folder)
    write_profile(folder, "one", "Một", centre)
    test_outward.write_rules(folder, test_outward.busy_rule())
    path = os.path.join(folder, "config", "tongdai", "profiles", "one.alerts.json")
    desk = desk_of(folder)
    before = read(path)
    preferences = test_outward.open_preferences(desk)

    def switch():
        return desk.wait_for(role=("switch", "toggle button", "check box"), name=lambda n: "Busy" in n, under=preferences)

    def is_on():
        states = switch().get_state_set()
        return states.contains(Atspi.StateType.CHECKED) or states.contains(Atspi.StateType.PRESSED)

    check(is_on(), "the rule is off")
    fill_disk(desk)

    def is_refused():
        # It is said for some seconds, and a long page takes some to be looked through.
        if is_on():
            switch().do_action(0)
        return any("one.alerts.json" in text and FULL in text for text in desk.texts(preferences))

    wait_until(is_refused, "word of the rules that are not kept", 60)
    wait_until(is_on, "the rule to be on, as it is")
    check_equal(read(path), before, "the rules on a full disk")

    free_disk(desk)
    switch().do_action(0)
    wait_until(lambda: not json.loads(read(path))["rules"][0]["enabled"], "the rule to be off in its file")
    check_equal(os.listdir(os.path.dirname(path)).count("one.alerts.json"), 1, "files of rules")
    desk.quit()


def test_a_sheet_on_a_full_disk_is_kept_when_there_is_room(folder):
    centre = Centre(folder)
    write_profile(folder, "one", "Một", centre)
    desk = desk_of(folder, ["--page=report"])

    def type_note(text):
        entry = desk.wait_for(role="text", name="Note of the shift lead")
        Atspi.EditableText.set_text_contents(entry, text)

    def notes():
        return [json.loads(read(f)).get("note") for f in glob.glob(os.path.join(folder, "data", "tongdai", "*", "shifts", "*.json"))]

    type_note("Mưa")
    wait_until(lambda: notes() == ["Mưa"], "the note in its file")
    fill_disk(desk)
    type_note("Mưa to")
    wait_for_words(desk, ".json", FULL)
    check_equal(notes(), ["Mưa"], "the note on a full disk")
    free_disk(desk)
    wait_until(lambda: notes() == ["Mưa to"], "the note, without another word", 30)
    wait_until(lambda: not any(FULL in text for text in desk.texts()), "the end of the trouble", 30)
    desk.quit()


def test_a_message_on_a_full_disk_is_refused(folder):
    centre = Centre(folder)
    write_profile(folder, "one", "Một", centre)
    desk = desk_of(folder)
    path = os.path.join(folder, "config", "tongdai", "messages", "one.ini")

    def send(text):
        desk.press("ctrl+m")
        entry = desk.wait_for(role="text", name="Message to the walls")
        Atspi.EditableText.set_text_contents(entry, text)
        desk.click(lambda n: n.endswith("Show"))

    send("one")
    wait_until(lambda: os.path.exists(path), "the message")
    before = read(path)
    fill_disk(desk)
    send("two")
    desk.wait_for(name="The Message Cannot Be Written")
    wait_for_words(desk, "one.ini", FULL)
    check_equal(read(path), before, "the message on a full disk")
    desk.click(lambda n: n.endswith("Close"))
    wait_until(lambda: desk.find(name="The Message Cannot Be Written") is None, "the dialog to close")

    free_disk(desk)
    send("three")
    wait_until(lambda: "three" in read(path), "the message once there is room")
    check_equal(os.listdir(os.path.dirname(path)), ["one.ini"], "files of messages")
    desk.quit()


def test_a_wall_that_is_edited_on_a_full_disk_is_written_when_there_is_room(folder):
    centre = Centre(folder)
    write_profile(folder, "one", "Một", centre)
    path = write_wall(os.path.join(folder, "config", "tongdai"), "[pages]\nnow=3600\n")
    before = read(path)
    desk = desk_of(folder)
    desk.press("F10")
    wait_until(lambda: desk.find(role="menu item", name=lambda n: n.endswith("Wall Settings…")), "the menu").do_action(0)
    wait_until(lambda: "Calls today" in said(desk), "the picture of the wall", 30)
    fill_disk(desk)
    desk.wait_for(name="Calls today", role="check box").do_action(0)
    wait_for_words(desk, "wall.ini", FULL)
    check_equal(read(path), before, "the wall's file on a full disk")
    free_disk(desk)
    wait_until(lambda: "numbers=waiting;longest-wait;service-level;rate;serving\n" in read(path), "the file, without another word", 30)
    wait_until(lambda: not any(FULL in text for text in desk.texts()), "the end of the trouble")
    desk.press("Escape")
    wait_until(lambda: said(desk) == "", "the desk")
    desk.quit()


def test_who_takes_an_alarm_on_a_full_disk_is_told_to_the_wall_later(folder):
    centre = Centre(folder)
    write_profile(folder, "one", "Một", centre)
    test_outward.write_rules(folder, test_outward.busy_rule())
    room = Program(folder, ["--wall=" + write_wall(folder, "[wall]\nprofile=one\nprivacy=names\n\n[pages]\nnow=3600\n"),
                            "--size=1280x720"], XDG_DATA_HOME=os.path.join(folder, "room"))
    wait_until(lambda: "Busy" in said(room) and "Calls today" not in said(room), "the alarm on the wall", 60)
    desk = desk_of(folder)
    desk.press("ctrl+5")
    page = test_alerts.content(desk)
    desk.wait_for(role="text", name="Your name", under=page).set_text_contents("Mai")
    fill_disk(desk)
    test_alerts.press(desk, "Take", page)
    wait_for_words(desk, "Walls and other desks do not hear of it yet", FULL)
    check("Taken by" not in said(room), f"the wall knows it: {said(room)!r}")
    free_disk(desk)
    wait_until(lambda: "Taken by Mai at " in said(room), "who has taken it", 30)
    room.quit()
    desk.quit()


def test_files_that_turn_into_something_else_leave_a_wall_as_it_was(folder):
    centre = Centre(folder)
    write_profile(folder, "one", "Một", centre)
    test_outward.write_rules(folder, test_outward.busy_rule(enabled=False))
    config = os.path.join(folder, "config", "tongdai")
    messages = os.path.join(config, "messages")
    os.makedirs(messages)
    path = write_wall(folder, "[wall]\nprofile=one\nnumbers=waiting;longest-wait;calls-today\n\n[pages]\nnow=3600\n")
    good = read(path)
    room = Program(folder, [f"--wall={path}", "--size=1280x720"], XDG_DATA_HOME=os.path.join(folder, "room"))
    wait_until(lambda: "Calls today" in said(room), "the numbers", 60)

    def follows(what):
        """The newest number is there: nothing waits for a file."""
        centre.speed(30)
        before = offered(centre)
        wait_until(lambda: offered(centre) != before, "another call", 60)
        centre.freeze()
        wait_until(lambda: f"{offered(centre):,}" in said(room), f"the newest number with {what}", 45)
        centre.speed(1)

    def remove(file):
        if os.path.isdir(file):
            os.rmdir(file)
        elif os.path.lexists(file):
            os.unlink(file)

    def spoil(file, how):
        remove(file)
        if how == "pipe":
            os.mkfifo(file)
        elif how == "folder":
            os.mkdir(file)
        else:
            put(file, "[nothing\n")

    files = [path] + [os.path.join(config, name) for name in ("profiles/one.alerts.json", "messages/one.ini", "profiles/one.taken")]
    taken = glob.glob(os.path.join(folder, "**", "*.taken"), recursive=True)
    files += [file for file in taken if file not in files]
    for how in ("pipe", "folder", "text of nothing"):
        for file in files:
            spoil(file, how)
        wait_until(lambda: "wall.ini" in said(room), f"word of the wall's file, which is a {how}", 45)
        follows(f"files that are each a {how}")
        for file in files:
            remove(file)
        put(path, good)
        wait_until(lambda: "wall.ini" not in said(room), f"the end of the trouble with a {how}", 45)
    put(os.path.join(messages, "one.ini"), "[message]\ntext=storm\n")
    wait_until(lambda: "storm" in said(room), "a message that can be read")
    room.quit()


def test_a_wall_starts_beside_pipes(folder):
    """Nobody writes into them: whoever waited for that would show nothing for ever."""
    centre = Centre(folder)
    write_profile(folder, "one", "Một", centre)
    config = os.path.join(folder, "config", "tongdai")
    os.makedirs(os.path.join(config, "messages"))
    for name in ("wall.ini", "messages/one.ini", "profiles/one.alerts.json"):
        os.mkfifo(os.path.join(config, name))
    room = Program(folder, ["--wall", "--profile=one", "--size=1280x720"], XDG_DATA_HOME=os.path.join(folder, "room"))
    wait_until(lambda: any("wall.ini" in text for text in room.texts()), "word of the wall's file", 60)
    os.unlink(os.path.join(config, "wall.ini"))
    put(os.path.join(config, "wall.ini"), "[wall]\nprofile=one\n\n[pages]\nnow=3600\n")
    wait_until(lambda: "Calls today" in said(room), "the numbers", 60)
    room.quit()


def test_a_home_that_cannot_be_written_is_watched_all_the_same(folder):
    centre = Centre(folder)
    write_profile(folder, "one", "Một", centre)
    # A file, in which nobody, not even root, can make a folder.
    home = os.path.join(folder, "home")
    put(home, "")
    places = {f"XDG_{k}_HOME": home for k in ("STATE", "DATA", "CACHE")}
    desk = Program(folder, ["--profile=one"], **places)
    wait_until(lambda: desk.freshness() == "Live", "a live desk", 60)
    wait_for_words(desk, "The history cannot be kept: ")
    room = Program(folder, ["--wall=" + write_wall(folder, "[wall]\nprofile=one\n\n[pages]\nnow=3600\n"), "--size=1280x720"],
                   **{**places, "XDG_DATA_HOME": "/proc/tongdai"})
    wait_until(lambda: "Calls today" in said(room), "the numbers", 60)
    wait_until(lambda: "The history cannot be kept: " in said(room), "word of what is not kept", 30)

    os.unlink(home)
    os.mkdir(home)
    centre.speed(60)
    wait_until(lambda: os.path.exists(os.path.join(home, "tongdai", "one", "history.db")), "the history", 60)
    wait_until(lambda: not any("The history cannot be kept" in text for text in desk.texts()), "the end of the trouble", 60)
    room.quit()
    desk.quit()


STOOD_STILL = 70 # of which the unit's systemd makes a new start


def test_a_folder_that_no_longer_answers_ends_a_wall_by_its_watchdog(folder):
    """Before it has anything to show, and while it hangs there."""
    centre = Centre(folder)
    hangs = {"LD_PRELOAD": os.environ["TONGDAI_HANGING_LIBRARY"]}
    if "asan" in read_libraries(os.environ["TONGDAI"]):
        hangs["ASAN_OPTIONS"] = os.environ.get("ASAN_OPTIONS", "") + ":verify_asan_link_order=0"

    def file_of(name):
        os.makedirs(os.path.join(folder, name))
        return write_wall(os.path.join(folder, name), WALL.format(pages="now=3600"))

    early, late = file_of("early"), file_of("late")
    put(early + ".hangs", "")
    log = os.path.join(folder, "early", "tongdai.log")
    first = start([os.environ["TONGDAI"], f"--url={centre.url}", f"--token-file={centre.token_file}", f"--wall={early}"],
                  log, TONGDAI_HANGING_FILE=early, **hangs)
    room = App(os.path.join(folder, "late"), centre, [f"--wall={late}", "--size=1280x720"],
               environment={"TONGDAI_HANGING_FILE": late, **hangs})
    wait_until(lambda: "Calls today" in said(room), "the numbers", 60)
    put(late + ".hangs", "")
    put(late, read(late) + "\n")
    check_equal(room.process.wait(90 * harness.PATIENCE), STOOD_STILL, "the status of a wall that hung")
    check("stood still" in tail(room.log), f"it does not say why it ended: {tail(room.log)!r}")
    check_equal(first.wait(120 * harness.PATIENCE), STOOD_STILL, "the status of one that never hung there")
    check("stood still" in tail(log), f"it does not say why it ended: {tail(log)!r}")


def read_libraries(program):
    return subprocess.run(["ldd", program], capture_output=True, text=True, check=True).stdout


if __name__ == "__main__":
    harness.main(globals())
