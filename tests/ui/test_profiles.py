#!/usr/bin/python3
"""A centre is added, watched, changed and exchanged for another."""

import os
import stat

import harness
from gi.repository import Atspi, GLib
from harness import TOKEN, Centre, check, check_equal, wait_until

OTHER = ("--date=2026-11-20T10:00", "--seed=9", "--queues=3", "--agents=12")


class Program(harness.App):
    """The program as a person starts it: with a configuration, and perhaps a name."""

    def __init__(self, folder, options=(), before=(), **environment):
        self.log = os.path.join(folder, "tongdai.log")
        self.config = os.path.join(folder, "config")
        self.process = harness.start(
            [*before, os.environ["TONGDAI"], *options], self.log, G_DEBUG="fatal-warnings", GTK_A11Y="atspi",
            XDG_CONFIG_HOME=self.config, **environment)
        self.root = wait_until(self._find_root, "the program on the accessibility bus", 30)
        wait_until(lambda: self.find(role="frame"), "the window", 15)

    def dialogs(self):
        """The windows beside the first."""
        return self.find_all(role="frame")[1:] + self.find_all(role="dialog")

    def find_sensitive(self, role, name):
        return next((a for a in self.find_each(role=role, name=name)
                     if a.get_state_set().contains(Atspi.StateType.SENSITIVE)), None)

    def click(self, name, role="push button", seconds=15):
        button = wait_until(lambda: self.find_sensitive(role, name), f"{role} {name!r}", seconds)
        Atspi.Action.do_action(button, 0)

    def press_next(self, label="Next"):
        self.click(lambda n: label in n.split())

    def enter(self, title, text):
        def probe():
            entry = self.find(role=("text", "password text"), name=title)
            if entry is None:
                return False
            if harness.content_of(entry) != text:
                Atspi.EditableText.set_text_contents(entry, text)
            return harness.content_of(entry) == text
        wait_until(probe, f"{text!r} in the entry {title!r}")

    def tile(self, caption):
        return " ".join(self.texts(self.wait_for(role="panel", name=lambda n: n.startswith(caption))))

    def profile(self, name):
        with open(os.path.join(self.config, "tongdai", "profiles", name + ".ini"), encoding="utf-8") as f:
            return f.read()


def write_profile(folder, name, title, centre, more=""):
    base = os.path.join(folder, "config", "tongdai")
    for part in ("profiles", "secrets"):
        os.makedirs(os.path.join(base, part), mode=0o700, exist_ok=True)
    with open(os.path.join(base, "profiles", name + ".ini"), "w", encoding="utf-8") as f:
        f.write(f"[profile]\ntitle={title}\nbackend=supervision\n\n[connection]\nurl={centre.url}\n{more}")
    path = os.path.join(base, "secrets", name)
    with open(path, "w", encoding="utf-8") as f:
        os.fchmod(f.fileno(), 0o600)
        f.write(TOKEN)


def make_folder(folder, name):
    path = os.path.join(folder, name)
    os.makedirs(path)
    return path


def test_the_first_run_leads_to_the_dashboard(folder):
    centre = Centre(folder)
    program = Program(folder)
    program.wait_for(name="What is watched?")
    program.click("Supervision API")
    program.wait_for(name="Where Is It?")

    # What cannot be right is said where it was entered.
    program.enter("Address (http:// or https://)", "ftp://nowhere")
    program.press_next()
    program.wait_for(role="alert", name=lambda n: "http" in n)

    program.enter("Name of the centre", "Tổng đài thử")
    program.enter("Address (http:// or https://)", centre.url)
    program.enter("Access token", "wrong")
    program.press_next()
    program.wait_for(name="Does It Answer?")
    program.wait_for(role="list item", name=lambda n: n.startswith("Signed in, failed"), seconds=60)
    check(program.find_sensitive("push button", lambda n: "Next" in n.split()) is None,
          "a connection that failed can be saved without a word")

    program.click(lambda n: "Back" in n.split())
    program.enter("Access token", TOKEN)
    program.press_next()
    program.wait_for(role="list item", name=lambda n: n.startswith("Signed in, good"), seconds=60)
    program.press_next()
    program.wait_for(name="What Is Good Service?")
    program.press_next("Save")

    # No keyring answers on this bus.
    program.wait_for(name="The Secret Is in a File", seconds=60)
    program.press_next("Dashboard")
    wait_until(lambda: program.freshness() == "Live", "the dashboard", 60)
    check_equal(len(program.dialogs()), 0, "windows beside the dashboard")
    program.wait_for(role="label", name="Tổng đài thử")

    secret = os.path.join(program.config, "tongdai", "secrets", "tong-dai-thu")
    check_equal(stat.S_IMODE(os.stat(secret).st_mode), 0o600, "the mode of the secret's file")
    check(centre.url in program.profile("tong-dai-thu"), "the address is not in the profile")
    check(TOKEN not in program.profile("tong-dai-thu"), "the secret is in the profile")
    program.quit()


def test_another_profile_is_watched_at_once(folder):
    one = Centre(make_folder(folder, "one"))
    two = Centre(make_folder(folder, "two"), OTHER)
    write_profile(folder, "one", "Một", one)
    write_profile(folder, "two", "Hai", two)
    program = Program(folder, ["--profile=one", "--page=overview"])
    wait_until(lambda: program.freshness() == "Live", "a live start", 60)
    n_one = len(one.snapshot()["queues"])
    n_two = len(two.snapshot()["queues"])
    check(n_one != n_two, "the centres are alike")
    program.wait_for(name=lambda n: n.endswith(f"in {n_one} queues"), seconds=30)

    program.click("Một")
    program.click("Hai", role="menu item")
    program.wait_for(name=lambda n: n.endswith(f"in {n_two} queues"), seconds=60)
    wait_until(lambda: program.freshness() == "Live", "the other centre live", 60)
    one.stop()  # nobody misses it
    harness.time.sleep(3)
    check_equal(program.freshness(), "Live", "the chip after the first centre's end")
    program.quit()


def test_a_preference_takes_effect_at_once(folder):
    centre = Centre(folder)
    write_profile(folder, "one", "Một", centre, "\n[service]\nservice-level-target=70\n")
    program = Program(folder, ["--profile=one", "--page=overview"])
    wait_until(lambda: program.freshness() == "Live", "a live start", 60)
    wait_until(lambda: "Target 70" in program.tile("Service level today"), "the target of the profile")
    program.press("ctrl+comma")
    program.click("Service", role="page tab")
    spin = program.wait_for(role="spin button", name="Target")
    Atspi.Value.set_current_value(spin, 95)
    wait_until(lambda: "Target 95" in program.tile("Service level today"), "the new target on the tile")
    wait_until(lambda: "95" in program.profile("one"), "the new target in the file")
    check_equal(program.freshness(), "Live", "the chip after a change that does not touch the source")
    program.press("Escape")
    wait_until(lambda: not program.dialogs(), "the preferences to close")
    program.press("ctrl+comma")
    wait_until(program.dialogs, "the preferences once more")
    program.quit()


def test_a_profile_that_cannot_be_read_says_why(folder):
    centre = Centre(folder)
    write_profile(folder, "one", "Một", centre, "\n[service]\nservice-level-target=much\n")
    program = Program(folder, ["--profile=one"])
    program.wait_for(name="The Profile Cannot Be Used", seconds=30)
    program.wait_for(role="label", name=lambda n: "service-level-target" in n and "one.ini" in n)
    write_profile(folder, "one", "Một", centre)
    program.click(lambda n: "Again" in n.split())
    wait_until(lambda: program.freshness() == "Live", "the mended profile", 60)
    program.quit()


def test_a_bad_agents_file_is_said_at_its_row(folder):
    profiles = os.path.join(folder, "config", "tongdai", "profiles")
    os.makedirs(profiles)
    with open(os.path.join(profiles, "agents.csv"), "w", encoding="utf-8") as f:
        f.write("what,name\n1,2\n")
    with open(os.path.join(profiles, "pbx.ini"), "w", encoding="utf-8") as f:
        f.write("[profile]\nbackend=asterisk\n\n[connection]\nurl=http://127.0.0.1:9/asterisk\nuser=wallboard\n\n"
                "[asterisk]\nagents-file=agents.csv\n")
    program = Program(folder, ["--profile=pbx"])
    program.wait_for(name="The Centre Cannot Be Watched", seconds=30)
    program.wait_for(role="label", name=lambda n: "agents-file" in n and "pbx.ini" in n)
    program.click(lambda n: "Preferences…" in n.split())
    program.wait_for(role="alert", name=lambda n: "agents.csv" in n)
    program.click("No agents file")
    wait_until(lambda: "agents-file" not in program.profile("pbx"), "the profile without an agents file")
    program.wait_for(name="No Answer Yet", seconds=60)
    program.quit()


def test_a_change_of_the_source_makes_the_watch_anew(folder):
    centre = Centre(folder)
    write_profile(folder, "one", "Một", centre)
    program = Program(folder, ["--profile=one", "--page=overview"])
    wait_until(lambda: program.freshness() == "Live", "a live start", 60)
    board = program.wait_for(name=lambda n: n.endswith(" queues"))
    program.press("ctrl+comma")
    gap = program.wait_for(role="spin button", name="Least time between two questions")
    Atspi.Value.set_current_value(gap, 2)
    wait_until(lambda: "min-gap-seconds=2" in program.profile("one"), "the new gap in the file")

    def is_gone():
        try:
            return board.get_state_set().contains(Atspi.StateType.DEFUNCT)
        except GLib.Error:
            return True
    wait_until(is_gone, "the page of the watch before", 30)
    wait_until(lambda: program.freshness() == "Live", "the new watch", 60)
    program.wait_for(name=lambda n: n.endswith(" queues"))
    program.quit()


def test_a_demo_that_does_not_start_can_be_tried_again(folder):
    program = os.path.join(folder, "centre")
    with open(program, "w", encoding="utf-8") as f:
        f.write("#!/bin/sh\nexit 3\n")
    os.chmod(program, 0o755)
    app = Program(folder, ["--demo"], TONGDAI_CENTRE=program)
    app.wait_for(name="The Demo Centre Does Not Run", seconds=30)
    app.wait_for(role="label", name=lambda n: "status 3" in n)
    with open(program, "w", encoding="utf-8") as f:
        f.write(f"#!/bin/sh\nexec {os.environ['TONGDAI_CENTRE']} \"$@\"\n")
    app.click(lambda n: "Again" in n.split())
    wait_until(lambda: app.freshness() == "Live", "the demo centre", 60)
    app.quit()


def test_a_deleted_profile_leaves_nothing(folder):
    centre = Centre(folder)
    write_profile(folder, "one", "Một", centre)
    program = Program(folder, ["--profile=one"])
    wait_until(lambda: program.freshness() == "Live", "a live start", 60)
    program.press("ctrl+comma")
    program.click("Profile", role="page tab")
    program.click(lambda n: "Delete" in n.split() and "Profile…" in n.split())
    program.wait_for(name="Delete “Một”?")
    check("backend=" in program.profile("one"), "the profile went without a yes")
    program.click(lambda n: n.split()[-1] == "Delete")
    program.wait_for(role="push button", name="Watch the Demo Centre")
    left = lambda part: os.listdir(os.path.join(program.config, "tongdai", part))
    wait_until(lambda: not left("profiles") and not left("secrets"), "the files to go", 30)
    wait_until(lambda: not program.dialogs(), "the windows of the profile to go")
    program.quit()


def test_the_history_goes_with_its_profile_when_it_is_asked_to(folder):
    centre = Centre(folder)
    write_profile(folder, "one", "Một", centre)
    data = os.path.join(folder, "data")
    program = Program(folder, ["--profile=one"], XDG_DATA_HOME=data)
    place = os.path.join(data, "tongdai", "one", "history.db")
    wait_until(lambda: program.freshness() == "Live", "a live start", 60)
    wait_until(lambda: os.path.exists(place), "the history")
    program.press("ctrl+comma")
    program.click("Profile", role="page tab")
    program.click(lambda n: "Delete" in n.split() and "Profile…" in n.split())
    keep = program.wait_for(role="check box", name="Delete its recorded history too")
    check(not keep.get_state_set().contains(Atspi.StateType.CHECKED), "the history is deleted unasked")
    Atspi.Action.do_action(keep, 0)
    program.click(lambda n: n.split()[-1] == "Delete")
    program.wait_for(role="push button", name="Watch the Demo Centre")
    wait_until(lambda: not os.path.exists(os.path.dirname(place)), "the history to go", 30)
    program.quit()


def test_the_centre_s_own_days_are_kept(folder):
    centre = Centre(folder)
    write_profile(folder, "one", "Một", centre)
    program = Program(folder, ["--profile=one"])
    wait_until(lambda: program.freshness() == "Live", "a live start", 60)
    program.press("ctrl+comma")
    program.click("Holidays", role="page tab")
    # The centre's clock says which years are listed.
    for text in ("Monday 16 February 2026 – Friday 20 February 2026", "National Day"):
        program.wait_for(role="label", name=text)

    program.click(lambda n: "Add…" in n.split())
    program.enter("Name", "Ngày thành lập")
    adds = lambda n: n.split()[-1:] == ["Add"]
    save = program.wait_for(role="push button", name=adds)
    check(not save.get_state_set().contains(Atspi.StateType.SENSITIVE), "a day without a date was taken")
    program.enter("Date (year-month-day)", "2026-02-30")
    program.wait_for(name="A date such as 2026-12-25")
    program.enter("Date (year-month-day)", "2026-12-21")
    Atspi.Action.do_action(program.wait_for(role="check box", name="Every year"), 0)
    program.click(adds)
    program.wait_for(role="label", name="21 December, every year")
    wait_until(lambda: "[holidays]\n12-21=Ngày thành lập\n" in program.profile("one"), "the day in the file")

    program.click("Edit “Ngày thành lập”")
    program.enter("Name", "Ngày truyền thống")
    program.click(lambda n: n.split()[-1:] == ["Save"])
    wait_until(lambda: "12-21=Ngày truyền thống\n" in program.profile("one"), "its new name in the file")
    check_equal(program.freshness(), "Live", "the chip after a change that does not touch the source")
    program.click("Remove “Ngày truyền thống”")
    wait_until(lambda: "12-21" not in program.profile("one"), "the day to go from the file")
    program.quit()


if __name__ == "__main__":
    harness.main(globals())
