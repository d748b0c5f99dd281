#!/usr/bin/python3
"""A wall shows what its centre does, says in plain words when it no longer
knows, and comes back by itself; nobody is there to touch it."""

import os
import re
import time

import harness
import test_alerts
import test_outward
from harness import App, Centre, check, check_equal, wait_until
from test_profiles import Program, write_profile

WALL = """[wall]
numbers=waiting;longest-wait;calls-today

[pages]
{pages}
"""


def write_wall(folder, text):
    path = os.path.join(folder, "wall.ini")
    with open(path, "w", encoding="utf-8") as f:
        f.write(text)
    return path


def wall(folder, centre, pages="now=3600", text=None, **options):
    path = write_wall(folder, WALL.format(pages=pages) if text is None else text)
    return App(folder, centre, [f"--wall={path}", "--size=1280x720"], **options)


def said(app):
    """All that is on the wall but the time, as it is told to a screen reader."""
    view = app.find(role="image", name=lambda n: " · " in n)
    return view.get_name() if view is not None else ""


def anything_said(app):
    """As said(), where it may be a single line."""
    return max((a.get_name() or "" for a in app.find_all(role="image")), key=len, default="")


def put(path, text):
    """As an editor that replaces the file."""
    with open(path + ".new", "w", encoding="utf-8") as f:
        os.fchmod(f.fileno(), 0o600)
        f.write(text)
    os.rename(path + ".new", path)


def offered(centre):
    return sum(q["today"]["offered"] for q in centre.snapshot()["queues"])


def test_a_wall_shows_the_centre_as_it_is(folder):
    centre = Centre(folder)
    app = wall(folder, centre)
    wait_until(lambda: "Calls today" in said(app), "the numbers")
    centre.freeze()
    wait_until(lambda: f"{offered(centre):,}" in said(app), "the newest number")
    state = centre.snapshot()
    waiting = sum(q["waiting"] for q in state["queues"])
    check(str(waiting) in said(app).split(" · "), f"{waiting} wait, and the wall says {said(app)!r}")
    for agent in state["agents"]:
        check(agent["name"] not in said(app), "a wall names nobody")
    app.quit()


def test_a_wall_and_a_desk_tell_the_same(folder):
    centre = Centre(folder, ("--date=2026-11-20T10:00", "--scenario=understaffed"))
    places = [os.path.join(folder, name) for name in ("desk", "room")]
    for place in places:
        os.mkdir(place)
    desk = App(places[0], centre, ["--size=1600x900"])
    room = wall(places[1], centre, text="[pages]\nnow=3600\n")
    wait_until(lambda: "needed ≥" in said(room), "the numbers", 60)
    centre.freeze()

    def tile(caption):
        return desk.wait_for(role="panel", name=lambda n: n.startswith(caption + ":")).get_name()

    def face(caption):
        """What the wall says of a number, up to the next."""
        words = said(room).split(" · ")
        begin = len(words) - words[::-1].index(caption)
        return words[begin:begin + 5]

    def agree():
        state = centre.snapshot()
        waiting, today = sum(q["waiting"] for q in state["queues"]), f"{offered(centre):,}"
        level = re.search(r"(\d+)[.,]?\d*\s*%", tile("Service level today"))[1]
        serving, needed = re.search(r": (\d+) / (\d+)", tile("Serving")).groups()
        return (tile("Waiting").startswith(f"Waiting: {waiting} ") and str(waiting) in face("Waiting")
                and tile("Calls today").startswith(f"Calls today: {today} ") and today in face("Calls today")
                and level in face("Service level today") and serving in face("Serving") and f"/ {needed}" in face("Serving"))

    wait_until(agree, "the same numbers at the desk and on the wall")
    room.quit()
    desk.quit()


def test_a_wall_whose_server_dies_hides_its_numbers_and_comes_back(folder):
    centre = Centre(folder)
    app = wall(folder, centre)
    wait_until(lambda: "Calls today" in said(app), "the numbers")
    centre.stop()
    wait_until(lambda: "NO DATA" in said(app), "the loss", 45)
    check("since " in said(app), f"no time of the loss: {said(app)!r}")
    check("attempt " in said(app), f"no attempt: {said(app)!r}")
    check("Calls today" not in said(app), f"an old number: {said(app)!r}")
    centre.start()
    wait_until(lambda: "Calls today" in said(app), "the way back", 45)
    check("NO DATA" not in said(app), f"still no data: {said(app)!r}")
    app.quit()


def test_a_wall_whose_server_fails_shows_how_old_it_is(folder):
    centre = Centre(folder)
    app = wall(folder, centre)
    wait_until(lambda: "Calls today" in said(app), "the numbers")
    centre.fault("500")
    wait_until(lambda: " old" in said(app), "the age", 45)
    centre.fault("none")
    wait_until(lambda: "Calls today" in said(app) and " old" not in said(app), "the way back", 45)
    app.quit()


def test_pages_take_turns(folder):
    centre = Centre(folder)
    app = wall(folder, centre, "now=5\nqueues=5\npeople=5")
    for title in ("Calls today", "worst", "Unreachable", "Calls today"):
        wait_until(lambda: title in said(app), f"the page with {title!r}", 30)
    app.quit()


def personal(centre):
    """What of people and callers no wall may tell but what its file allows, as
    the centre knows it now."""
    state = centre.snapshot()
    names = {a["name"] for a in state["agents"]}
    numbers = {c["number"] for c in state["callers"]} | {a["call"]["number"] for a in state["agents"] if a.get("call")}
    return names, {n for n in numbers if n}


def told(app):
    """All that the program tells anybody: names, descriptions and texts of its widgets, and its log."""
    with open(app.log, encoding="utf-8", errors="replace") as f:
        log = f.read()
    widgets = [a for i in range(app.root.get_child_count()) for a in harness.walk(app.root.get_child_at_index(i))]
    return "\n".join([log] + [f"{a.get_name()} {harness.text_of(a)} {a.get_description()}" for a in widgets])


def check_tells_nobody(app, centre, what):
    names, numbers = personal(centre)
    heard = told(app)
    check(not [n for n in names if n in heard], f"{what} names somebody: {heard!r}")
    check(not [n for n in numbers if n in heard], f"{what} tells a number: {heard!r}")
    return heard


def test_no_page_gives_anybody_away(folder):
    centre = Centre(folder, ("--date=2026-11-20T10:00", "--scenario=understaffed"))
    titles = ["Calls today", "worst", "Unreachable", "Xin chào"]
    # Without somebody who is named where that is allowed, this would find nothing ever.
    app = wall(folder, centre, token=harness.READ_TOKEN, text="[wall]\nprivacy=names\n[pages]\npeople=3600\n")
    centre.speed(60)
    wait_until(lambda: any(name in said(app) for name in personal(centre)[0]), "somebody who needs a person", 60)
    centre.speed(1)
    app.quit()
    for privacy in ("none", "initials"):
        app = wall(folder, centre, token=harness.READ_TOKEN, environment={"G_MESSAGES_DEBUG": "all"},
                   text=f"[wall]\nprivacy={privacy}\nmessage=Xin chào\n[pages]\nnow=5\nnormal=5\nqueues=5\npeople=5\nmessage=5\n")
        missing = set(titles)

        def all_was_seen():
            heard = check_tells_nobody(app, centre, f"with privacy {privacy} the wall")
            missing.difference_update([title for title in missing if title in heard])
            return not missing

        wait_until(all_was_seen, f"each page with privacy {privacy}", 60)
        app.quit()


def test_a_file_that_is_wrong_stands_on_the_wall(folder):
    centre = Centre(folder)
    app = wall(folder, centre, text="[pages]\nnwo=20\n")
    text = wait_until(lambda: app.find(role="image", name=lambda n: "nwo" in n), "the fault").get_name()
    check("NO DATA" in text, f"no plain word: {text!r}")
    check(not app.find_all(role="dialog") and not app.find_all(role="alert"), "a wall asks nothing")
    app.quit()


def test_a_file_that_is_changed_is_shown_and_a_bad_one_leaves_the_last(folder):
    centre = Centre(folder)
    app = wall(folder, centre)
    wait_until(lambda: "Calls today" in said(app), "the numbers")
    write_wall(folder, "[wall]\nnumbers=serving\n\n[pages]\nnow=3600\n")
    wait_until(lambda: "Serving" in said(app) and "Calls today" not in said(app), "the other number")
    write_wall(folder, "[wall]\nnumbers=serving\n\n[pages]\nnow=1\n")
    wait_until(lambda: "wall.ini: [pages] now" in said(app), "what is wrong")
    check("Serving" in said(app), f"the last good wall is gone: {said(app)!r}")
    write_wall(folder, "[wall]\nnumbers=waiting\n\n[pages]\nnow=3600\n")
    wait_until(lambda: "Waiting" in said(app) and "wall.ini" not in said(app), "the mended file")
    app.quit()


def count_open_files(process):
    return len(os.listdir(f"/proc/{process.pid}/fd"))


def test_another_language_is_spoken_by_the_same_process(folder):
    centre = Centre(folder)
    text = "[wall]\n{}numbers=calls-today\n[pages]\nnow=3600\n"
    # The desktop's is Vietnamese.
    app = wall(folder, centre, text=text.format("language=en\n"), environment={"LANGUAGE": "vi"})
    wait_until(lambda: "Calls today" in said(app), "the numbers")
    n_files = count_open_files(app.process)

    def says(words, other):
        app.root = app._find_root() or app.root
        text = said(app)
        return words in text and other not in text

    write_wall(folder, text.format("language=vi\n"))
    wait_until(lambda: says("Cuộc gọi hôm nay", "Calls today"), "the wall in Vietnamese")
    write_wall(folder, text.format("language=en\n").replace("calls-today", "calls-tomorrow"))
    wait_until(lambda: says("wall.ini: [wall] numbers", "Calls today"), "what is wrong, told in the language before")
    write_wall(folder, text.format("language=en\n"))
    wait_until(lambda: says("Calls today", "Cuộc gọi"), "the wall in English")
    write_wall(folder, text.format(""))
    wait_until(lambda: says("Cuộc gọi hôm nay", "Calls today"), "the wall in the language of the desktop")
    check(app.process.poll() is None, "another process")
    # One comes and goes; each of three starts would leave its display, its bus and its history open.
    check(count_open_files(app.process) <= n_files + 3, f"{count_open_files(app.process)} open files, after {n_files}")
    app.quit()


def test_what_is_typed_at_the_desk_stands_on_the_wall(folder):
    centre = Centre(folder)
    write_profile(folder, "one", "Một", centre)
    desk = Program(folder, ["--profile=one"])
    wait_until(lambda: desk.freshness() == "Live", "a live start", 60)
    room = Program(folder, ["--wall=" + write_wall(folder, "[wall]\nprofile=one\n\n[pages]\nnow=3600\n"), "--size=1280x720"])
    wait_until(lambda: "Calls today" in said(room), "the numbers", 60)

    desk.press("ctrl+m")
    desk.wait_for(role="text", name="Message to the walls")
    desk.press(*"storm")
    desk.click(lambda n: n.endswith("Show"))
    wait_until(lambda: "storm" in said(room), "the message on the wall")

    desk.press("ctrl+m")
    desk.click(lambda n: n.endswith("Take Down"))
    wait_until(lambda: "Calls today" in said(room) and "storm" not in said(room), "the numbers again")
    room.quit()
    desk.quit()


def test_a_wall_hears_at_once_who_takes_an_alarm_at_the_desk(folder):
    centre = Centre(folder)
    write_profile(folder, "one", "Một", centre)
    test_outward.write_rules(folder, test_outward.busy_rule())
    room = Program(folder, ["--wall=" + write_wall(folder, "[wall]\nprofile=one\nprivacy=names\n\n[pages]\nnow=3600\n"), "--size=1280x720"])
    wait_until(lambda: "Busy" in said(room) and "Calls today" not in said(room), "the alarm on the wall", 60)
    desk = Program(folder, ["--profile=one"])
    wait_until(lambda: desk.freshness() == "Live", "a live start", 60)
    desk.press("ctrl+5")
    page = test_alerts.content(desk)
    desk.wait_for(role="text", name="Your name", under=page).set_text_contents("Lê Thị Mai")
    test_alerts.press(desk, "Take", page)
    wait_until(lambda: "Taken by Lê Thị Mai at " in said(room), "who has taken it")
    room.quit()
    desk.quit()


def test_a_wall_is_edited_beside_its_picture(folder):
    centre = Centre(folder)
    write_profile(folder, "one", "Một", centre)
    write_wall(os.path.join(folder, "config", "tongdai"), "[pages]\nnow=3600\n")
    desk = Program(folder, ["--profile=one"])
    wait_until(lambda: desk.freshness() == "Live", "a live start", 60)
    desk.press("F10")
    item = wait_until(lambda: desk.find(role="menu item", name=lambda n: n.endswith("Wall Settings…")), "the menu")
    item.do_action(0)
    wait_until(lambda: "Calls today" in said(desk), "the picture of the wall", 30)

    path = os.path.join(desk.config, "tongdai", "wall.ini")
    toggle = desk.wait_for(name="Calls today", role="check box")
    toggle.do_action(0)
    wait_until(lambda: "Calls today" not in said(desk) and "Waiting" in said(desk), "the picture without the number")
    wait_until(lambda: "numbers=waiting;longest-wait;service-level;rate;serving\n" in open(path, encoding="utf-8").read(), "the file")
    desk.wait_for(role="push button", name="Move “Longest wait” up").do_action(0)
    wait_until(lambda: "numbers=longest-wait;waiting" in open(path, encoding="utf-8").read(), "the order in the file")
    desk.press("Escape")
    wait_until(lambda: said(desk) == "", "the desk")
    desk.quit()


def test_f11_at_the_desk_is_a_wall_and_back(folder):
    centre = Centre(folder)
    app = App(folder, centre)
    wait_until(lambda: app.freshness() == "Live", "a live start")
    app.press("F11")
    wait_until(lambda: "Calls today" in said(app), "the wall")
    app.press("Escape")
    wait_until(lambda: said(app) == "" and app.freshness() == "Live", "the desk")
    app.quit()


def test_no_key_opens_anything_on_a_wall(folder):
    centre = Centre(folder)
    write_profile(folder, "one", "Một", centre)
    room = Program(folder, ["--wall=" + write_wall(folder, "[wall]\nprofile=one\n\n[pages]\nnow=3600\n"), "--size=1280x720"])
    wait_until(lambda: "Calls today" in said(room), "the numbers", 60)
    for key in ("Escape", "F1", "F10", "F11", "ctrl+comma", "ctrl+n", "ctrl+m", "ctrl+i", "ctrl+p", "ctrl+e", "ctrl+w", "ctrl+shift+d", "ctrl+shift+i"):
        room.press(key)
        time.sleep(0.5)
        check(room.process.poll() is None, f"{key} ends the wall")
        check(not room.dialogs(), f"{key} opens {[w.get_name() for w in room.dialogs()]!r}")
    room.quit()


def test_a_secret_and_a_profile_that_are_mended_are_taken_up(folder):
    centre = Centre(folder)
    write_profile(folder, "one", "Một", centre)
    base = os.path.join(folder, "config", "tongdai")
    secret, profile = os.path.join(base, "secrets", "one"), os.path.join(base, "profiles", "one.ini")
    good = {path: open(path, encoding="utf-8").read() for path in (secret, profile)}
    put(secret, "a-wrong-one")
    room = Program(folder, ["--wall=" + write_wall(folder, "[wall]\nprofile=one\n\n[pages]\nnow=3600\n"), "--size=1280x720"])
    wait_until(lambda: "NO DATA" in anything_said(room), "the refusal", 60)
    put(secret, good[secret])
    wait_until(lambda: "Calls today" in said(room), "the numbers, with the right secret", 60)

    # What was good and is broken leaves the numbers, and the foot says what is wrong.
    put(profile, good[profile].replace("backend=supervision", "backend=nothing"))
    wait_until(lambda: "one.ini" in said(room), "what is wrong with the profile")
    check("Calls today" in said(room), f"the numbers are gone: {said(room)!r}")
    put(profile, good[profile])
    wait_until(lambda: "Calls today" in said(room) and "one.ini" not in said(room), "the mended profile", 60)

    # The profile names another place, where nobody answers.
    put(profile, good[profile].replace(centre.url, "http://127.0.0.1:9"))
    wait_until(lambda: "NO DATA" in anything_said(room), "the other place", 60)
    put(profile, good[profile])
    wait_until(lambda: "Calls today" in said(room), "the numbers again", 60)
    room.quit()


def test_the_environment_gives_the_secret_of_the_profile_that_the_file_names(folder):
    centre = Centre(folder)
    write_profile(folder, "one", "Một", centre)
    os.unlink(os.path.join(folder, "config", "tongdai", "secrets", "one"))
    room = Program(folder, ["--wall=" + write_wall(folder, "[wall]\nprofile=one\n\n[pages]\nnow=3600\n"), "--size=1280x720"],
                   TONGDAI_SECRET=harness.READ_TOKEN)
    wait_until(lambda: "Calls today" in said(room), "the numbers", 60)
    room.quit()


def test_a_wall_file_that_comes_later_is_taken_up(folder):
    centre = Centre(folder)
    path = os.path.join(folder, "later", "wall.ini")
    app = App(folder, centre, [f"--wall={path}", "--size=1280x720"])
    wait_until(lambda: "wall.ini" in anything_said(app), "what is missing")
    check("NO DATA" in anything_said(app), f"no plain word: {anything_said(app)!r}")
    os.mkdir(os.path.dirname(path))
    write_wall(os.path.dirname(path), WALL.format(pages="now=3600"))
    wait_until(lambda: "Calls today" in said(app), "the numbers")
    app.quit()


if __name__ == "__main__":
    harness.main(globals())
