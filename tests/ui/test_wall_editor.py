#!/usr/bin/python3
"""Each row of the wall's editor changes the file, and the wall that hangs takes
it up; other screens are added, have what the first has, and go again."""

import configparser
import os

import harness
from gi.repository import Atspi
from harness import Centre, check, check_equal, wait_until
from test_profiles import Program, write_profile
from test_wall import said, write_wall


class Editor(Program):
    """The desk with the editor open."""

    def __init__(self, folder, text, by_preferences=False):
        self.centre = Centre(folder, ("--date=2026-11-20T10:00",))
        write_profile(folder, "one", "Một", self.centre)
        self.path = write_wall(os.path.join(folder, "config", "tongdai"), text)
        super().__init__(folder, ["--profile=one"])
        wait_until(lambda: self.freshness() == "Live", "a live start", 60)
        if by_preferences:
            self.press("ctrl+comma")
            self.click("Walls", role="page tab")
            self.click(lambda n: n.endswith("What the wall of this computer shows"))
        else:
            self.press("F10")
            wait_until(lambda: self.find(role="menu item", name=lambda n: n.endswith("Wall Settings…")), "the menu").do_action(0)
        self.wait_for(role="combo box", name="Screen that is edited")
        wait_until(lambda: said(self) != "", "the picture of the wall", 30)

    def open_room(self, folder):
        """The wall that hangs, of the same file."""
        self.room = Program(folder, ["--wall", "--size=1280x720"])
        wait_until(lambda: said(self.room), "the wall", 60)

    def close(self):
        self.press("Escape")
        wait_until(lambda: said(self) == "", "the desk")
        self.quit()

    def text(self):
        with open(self.path, encoding="utf-8") as f:
            return f.read()

    def file(self):
        parser = configparser.RawConfigParser(strict=False)
        parser.optionxform = str
        parser.read_string(self.text())
        return parser

    def value(self, group, key):
        return self.file().get(group, key, fallback=None)

    def expect(self, group, key, value):
        wait_until(lambda: self.value(group, key) == value, f"[{group}] {key}={value} in the file")

    def spin(self, name, value):
        spin = self.wait_for(role="spin button", name=name)
        Atspi.Value.set_current_value(spin, value)

    def focus(self, role, name):
        """By the keyboard alone; of a chooser it is the button within that has the focus."""
        self.wait_for(role=role, name=name)
        those = [a for found in self.find_all(role=role, name=name) for a in harness.walk(found)]
        for _ in range(90):
            if any(a.get_state_set().contains(Atspi.StateType.FOCUSED) for a in those):
                return
            self.press("Tab")
        raise harness.Failure(f"the keyboard does not reach {role} {name!r}")

    def add(self):
        """Opens what asks for another screen: the button within the one that says so."""
        self.wait_for(name="Add a Screen")
        self.find_all(name="Add a Screen")[-1].do_action(0)

    def choose(self, name, key, times=1):
        """Another word of a row or a chooser, as somebody does without a mouse."""
        self.focus("combo box", name)
        self.press("space", *([key] * times), "Return")

    def check(self, within, name):
        """One of several, in a row that has to be opened first."""
        self.focus("list item", within)
        self.press("space")
        self.focus("check box", name)
        self.press("space")


def test_every_row_changes_the_file_and_the_wall_that_hangs(folder):
    editor = Editor(folder, "# mine\n[wall]\nprofile=one\n[pages]\nnow=3600\n")
    editor.open_room(folder)
    room = editor.room
    wait_until(lambda: "Calls today" in said(room), "the first page")

    # A number, and its place.
    editor.wait_for(name="Calls today", role="check box").do_action(0)
    wait_until(lambda: "Calls today" not in said(editor) and "Waiting" in said(editor), "the picture without the number")
    wait_until(lambda: "Calls today" not in said(room), "the wall without the number")
    editor.click("Move “Longest wait” up")
    wait_until(lambda: (editor.value("wall", "numbers") or "").startswith("longest-wait;waiting"), "the order in the file")
    wait_until(lambda: said(room).index("Longest wait") < said(room).index("Waiting"), "the order on the wall")

    # Targets.
    editor.spin("Callers who may wait", 7)
    editor.expect("targets", "waiting", "7")
    wait_until(lambda: "target ≤ 7" in said(room), "the target on the wall")
    editor.spin("Longest wait, in seconds", 75)
    editor.expect("targets", "longest-wait-seconds", "75")
    wait_until(lambda: "target ≤ 1:15" in said(room), "the longest wait on the wall")
    editor.spin("Agents who have to serve", 333)
    editor.expect("targets", "serving", "333")
    wait_until(lambda: "333" in said(room), "how many have to serve on the wall")
    editor.spin("Agents who have to serve", 0)
    editor.expect("targets", "serving", None)

    # Queues: the calls of one of them are fewer.
    state = editor.centre.snapshot()
    queue = state["queues"][0]
    editor.check("Queues that are shown and counted", queue["name"])
    editor.expect("wall", "queues", queue["id"])

    # Desks: what is no address is not written.
    editor.enter("Addresses, with semicolons between them", "10.0.0.12")
    editor.enter("File with their key", "desk.key")
    editor.expect("wall", "desk-key-file", "desk.key")
    check_equal(editor.value("wall", "desk"), None, "an address that is none")
    editor.enter("Addresses, with semicolons between them", "http://10.0.0.12:8710")
    editor.expect("wall", "desk", "http://10.0.0.12:8710")
    editor.enter("Addresses, with semicolons between them", "")
    editor.enter("File with their key", "")
    editor.expect("wall", "desk", None)

    # People: where they are, and what is said of them.
    editor.wait_for(role="check box", name="People").do_action(0)
    editor.expect("pages", "people", "20")
    editor.wait_for(role="check box", name="Now").do_action(0)
    editor.expect("pages", "now", None)
    wait_until(lambda: "office" in said(room) and "on-site" in said(room), "the places")
    editor.choose("Arranged by", "Down")
    editor.expect("wall", "arrange", "team")
    team = sorted({a["team"] for a in state["agents"] if a.get("team")})[0]
    wait_until(lambda: team in said(room) and "on-site" not in said(room), "the teams")
    editor.choose("Arranged by", "Up")
    editor.expect("wall", "arrange", None)
    editor.check("Places that are shown", "home")
    editor.expect("wall", "zones", "home")
    wait_until(lambda: "home" in said(room) and "on-site" not in said(room), "one place on the wall")
    editor.check("Teams that are shown", team)
    editor.expect("wall", "teams", team)
    editor.choose("What is said of people", "Down", 2)
    editor.expect("wall", "privacy", "names")

    # Seconds and text.
    editor.spin("Seconds of “People”", 3600)
    editor.expect("pages", "people", "3600")
    editor.enter("Text for the room", "Xin chào; 110 kV")
    editor.expect("wall", "message", "Xin chào; 110 kV")
    editor.wait_for(role="check box", name="Message").do_action(0)
    editor.expect("pages", "message", "20")
    editor.wait_for(role="check box", name="People").do_action(0)
    wait_until(lambda: "Xin chào; 110 kV" in said(room), "the message on the wall")

    # Look and night, at an hour that is now.
    editor.choose("How it hangs", "Down", 2)
    editor.expect("wall", "orientation", "portrait-right")
    editor.choose("Style", "Down")
    editor.expect("wall", "style", "light")
    editor.choose("Language", "Down")
    editor.expect("wall", "language", "vi")
    editor.choose("Screen", "Down")
    editor.expect("wall", "monitor", "screen")
    editor.choose("Sound of an alarm", "Down")
    editor.expect("wall", "sound", "0")
    editor.spin("From", 22 * 60)
    editor.spin("Until", 6 * 60 + 30)
    editor.spin("Brightness, in percent", 40)
    editor.expect("night", "brightness", "40")
    check_equal((editor.value("night", "from"), editor.value("night", "to")), ("22:00", "06:30"), "the night")
    check(editor.text().startswith("# mine\n[wall]\nprofile=one\n"), f"the file of a person is another now: {editor.text()!r}")

    def in_vietnamese():
        room.root = room._find_root() or room.root
        return "Xin chào; 110 kV" in said(room) and "Mô phỏng" not in said(room) and room.find(name="Bảng tường") is not None

    wait_until(in_vietnamese, "the wall in Vietnamese")
    room.quit()
    editor.close()


def test_another_screen_has_what_the_first_has_until_it_is_told_otherwise(folder):
    editor = Editor(folder, "[wall]\nprofile=one\n[pages]\nnow=3600\n[targets]\nwaiting=10\n")
    # Typed, after a name that cannot be one.
    editor.add()
    editor.enter("Connector or model", "HDMI[2]")
    editor.click(lambda n: n.endswith("Add"))
    editor.wait_for(role="label", name=lambda n: n.startswith("That is no name of a screen"))
    editor.enter("Connector or model", "HDMI-A-2")
    editor.click(lambda n: n.endswith("Add"))
    wait_until(lambda: editor.file().has_section("wall:HDMI-A-2"), "the screen in the file")
    check_equal(editor.file().options("wall:HDMI-A-2"), [], "what it has of its own")
    check(not editor.find_all(role="combo box", name="Style"), "a style of its own")
    check_equal(len(editor.find_all(role="label", name=lambda n: "As on the first screen" in n)), 12, "parts that it has from the first")

    # Of its own: another target, other pages, no queue but one.
    editor.spin("Callers who may wait", 0)
    editor.expect("targets:HDMI-A-2", "waiting", "")
    check_equal(len(editor.find_all(role="label", name=lambda n: "As on the first screen" in n)), 11, "parts that it has from the first now")
    editor.wait_for(role="check box", name="People").do_action(0)
    wait_until(lambda: editor.file().has_section("pages:HDMI-A-2"), "its own pages")
    editor.wait_for(role="check box", name="Now").do_action(0)
    editor.expect("pages:HDMI-A-2", "now", None)
    editor.expect("pages:HDMI-A-2", "people", "20")
    check_equal(editor.value("pages", "now"), "3600", "the page of the first")
    wait_until(lambda: "on-site" in said(editor), "the picture of its page")

    # The last page may not go: nothing is written, and it is said of whom.
    before = editor.text()
    editor.wait_for(role="check box", name="People").do_action(0)
    editor.wait_for(role="label", name=lambda n: n.startswith("HDMI-A-2 has no page to show"))
    harness.time.sleep(1)
    check_equal(editor.text(), before, "the file")
    editor.wait_for(role="check box", name="People").do_action(0)

    # The first changes, and it goes along where it has nothing of its own.
    editor.choose("Screen that is edited", "Up")
    editor.wait_for(role="combo box", name="Style")
    editor.wait_for(role="check box", name="Calls today").do_action(0)
    editor.spin("Callers who may wait", 12)
    editor.expect("targets", "waiting", "12")
    check_equal(editor.value("targets:HDMI-A-2", "waiting"), "", "its own target")
    editor.choose("Screen that is edited", "Down")
    wait_until(lambda: not editor.find_all(role="combo box", name="Style"), "the other screen")
    toggle = editor.wait_for(role="check box", name="Calls today")
    check(not toggle.get_state_set().contains(Atspi.StateType.CHECKED), "a number that the first does not have")

    # In the shape of its monitor, or another.
    def shape():
        box = editor.find(role="image", name=lambda n: " · " in n).get_extents(Atspi.CoordType.WINDOW)
        return round(box.width / box.height, 1)

    wait_until(lambda: shape() == 1.8, "a wide picture")
    editor.choose("Shape of the picture", "Down", 4)
    wait_until(lambda: shape() == 0.6, "a tall picture")
    editor.choose("Shape of the picture", "Up", 4)

    # The way back.
    editor.click("“Pages” as on the first screen")
    wait_until(lambda: not editor.file().has_section("pages:HDMI-A-2"), "the pages of the first")
    editor.click("“Callers who may wait” as on the first screen")
    wait_until(lambda: not editor.file().has_section("targets:HDMI-A-2"), "the target of the first")
    wait_until(lambda: "Waiting" in said(editor) and "on-site" not in said(editor), "the picture of the first page")
    check(editor.find_sensitive("push button", "“Pages” as on the first screen") is None
          or not editor.find(name="“Pages” as on the first screen").get_state_set().contains(Atspi.StateType.VISIBLE), "a way back from nothing")
    editor.close()


def test_a_connected_monitor_is_added_and_a_screen_that_was_removed_comes_back(folder):
    text = "[wall]\nprofile=one\nstyle=dark\nprivacy=none\n[pages]\nnow=3600\n\n# of the hall\n[wall:HDMI-A-2]\n# east\nqueues=a\n"
    editor = Editor(folder, text)
    editor.open_room(folder)
    editor.choose("Screen that is edited", "Down")
    wait_until(lambda: not editor.find_all(role="combo box", name="Style"), "the other screen")
    editor.click("Remove This Screen")
    wait_until(lambda: "[wall:HDMI-A-2]" not in editor.text(), "the file without the screen")
    check("# of the hall" in editor.text(), "what stood above it is gone")
    editor.click(lambda n: n.endswith("Undo"))
    wait_until(lambda: "# of the hall\n[wall:HDMI-A-2]\n# east\nqueues=a\n" in editor.text(), "the screen and what was told of it")

    # The only monitor there is; the first screen gives it away.
    editor.add()
    editor.click(lambda n: n.startswith("screen · "))
    wait_until(lambda: editor.file().has_section("wall:screen"), "the screen in the file")
    editor.wait_for(role="check box", name="People").do_action(0)
    editor.wait_for(role="check box", name="Now").do_action(0)
    wait_until(lambda: "on-site" in said(editor.room), "its page on a window of its own")
    editor.room.quit()
    editor.close()


def test_a_file_that_is_wrong_is_told_of_and_not_written_over(folder):
    mess = "[wall]\nprofile=one\nwhat a mess\n"
    editor = Editor(folder, mess, by_preferences=True)
    check("Preferences" not in [d.get_name() for d in editor.dialogs()], "the preferences lie over the editor")
    editor.wait_for(role="label", name=lambda n: editor.path in n and ": " in n)
    editor.wait_for(role="check box", name="Calls today").do_action(0)
    harness.time.sleep(1)
    check_equal(editor.text(), mess, "the file")
    editor.wait_for(role="label", name=lambda n: editor.path in n and ": " in n)
    editor.close()


def test_what_a_wall_would_refuse_is_told_by_file_and_key(folder):
    editor = Editor(folder, "[wall]\nprofile=one\ncolour=red\n[pages]\nnow=3600\n")
    editor.wait_for(role="label", name=lambda n: "wall.ini: [wall] colour: " in n)
    editor.wait_for(role="check box", name="Calls today").do_action(0)
    editor.expect("wall", "numbers", "waiting;longest-wait;service-level;rate;serving")
    check_equal(editor.value("wall", "colour"), "red", "what is not known here")
    editor.wait_for(role="label", name=lambda n: "wall.ini: [wall] colour: " in n)
    editor.close()


if __name__ == "__main__":
    harness.main(globals())
