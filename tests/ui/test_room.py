#!/usr/bin/python3
"""A wall on another computer hears the desk: who has taken an alarm, and what
is said to the room. Two folders of settings stand for the two computers."""

import json
import os
import stat
import urllib.error
import urllib.request

import jsonschema
import yaml

import harness
import test_alerts
import test_outward
from gi.repository import Atspi
from harness import Centre, check, check_equal, free_port, wait_until
from test_profiles import Program, write_profile
from test_wall import said, write_wall

CONTRACT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "data", "api", "room-v1.openapi.yaml")

WALL = """[wall]
profile=one
privacy={privacy}
desk=http://127.0.0.1:{port}
desk-key-file=desk.key

[pages]
now=3600
"""


def write_settings(folder, port, names="none", listens="true"):
    """As the preferences write them, on a computer without a settings daemon."""
    path = os.path.join(folder, "config", "glib-2.0", "settings")
    os.makedirs(path, exist_ok=True)
    with open(os.path.join(path, "keyfile"), "w", encoding="ascii") as f:
        f.write(f"[io/github/tongdai/TongDai]\nwalls-listen={listens}\nwalls-port={port}\nwalls-names='{names}'\n")


def key_of(folder):
    path = os.path.join(folder, "config", "tongdai", "secrets", "@walls")
    wait_until(lambda: os.path.exists(path) and os.path.getsize(path) > 0, "the key")
    check_equal(stat.S_IMODE(os.stat(path).st_mode), 0o600, "who may read the key")
    with open(path, encoding="ascii") as f:
        return f.read()


def computer(folder, name, centre):
    path = os.path.join(folder, name)
    os.makedirs(path)
    write_profile(path, "one", "Một", centre)
    test_outward.write_rules(path, test_outward.busy_rule())
    return path


def start_desk(folder):
    desk = Program(folder, ["--profile=one"], GSETTINGS_BACKEND="keyfile", XDG_DATA_HOME=os.path.join(folder, "data"))
    wait_until(lambda: desk.freshness() == "Live", "a live start", 60)
    return desk


def start_room(folder, port, key, privacy="names"):
    path = os.path.join(folder, "desk.key")
    with open(path, "w", encoding="ascii") as f:
        os.fchmod(f.fileno(), 0o600)
        f.write(key + "\n")
    wall = write_wall(folder, WALL.format(privacy=privacy, port=port))
    room = Program(folder, ["--wall=" + wall, "--size=1280x720"], XDG_DATA_HOME=os.path.join(folder, "data"))
    wait_until(lambda: "Busy" in said(room), "the alarm on the wall", 60)
    return room


def take(desk, name):
    desk.press("ctrl+5")
    page = test_alerts.content(desk)
    desk.wait_for(role="text", name="Your name", under=page).set_text_contents(name)
    test_alerts.press(desk, "Take", page)


def write_message(desk, text):
    desk.press("ctrl+m")
    desk.wait_for(role="text", name="Message to the walls")
    desk.press(*text)
    desk.click(lambda n: n.endswith("Show"))


def status_of(port, key, method="GET", path="/v1/room/one"):
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", method=method,
                                     headers={"Authorization": f"Bearer {key}"} if key else {})
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code


def check_contract(port, key):
    """What the desk says is what the document of its API says."""
    with open(CONTRACT, encoding="utf-8") as f:
        document = yaml.safe_load(f)
    request = urllib.request.Request(f"http://127.0.0.1:{port}/v1/room/one", headers={"Authorization": f"Bearer {key}"})
    with urllib.request.urlopen(request, timeout=5) as answer:
        room = json.load(answer)
    check(room["deeds"], "there are deeds")
    schema = {"$ref": "#/components/schemas/Room", "components": document["components"]}
    error = jsonschema.exceptions.best_match(jsonschema.Draft202012Validator(schema).iter_errors(room))
    check(error is None, f"{error}")


def test_a_wall_on_another_computer_hears_its_desk(folder):
    centre, port = Centre(folder), free_port()
    here, there = computer(folder, "desk", centre), computer(folder, "room", centre)
    write_settings(here, port, "names")
    desk = start_desk(here)
    key = key_of(here)
    room = start_room(there, port, key)
    wait_until(lambda: "Nobody has taken it" in said(room), "that the desk is heard")
    take(desk, "Lê Thị Mai")
    wait_until(lambda: "Taken by Lê Thị Mai at " in said(room), "who has taken it", 5)
    # The desk names people; this wall's file may not.
    for privacy, words in (("initials", "Taken by L.T.M. at "), ("none", "Taken at ")):
        write_wall(there, WALL.format(privacy=privacy, port=port))
        wait_until(lambda: words in said(room), f"“{words}”")
        check("Mai" not in said(room), f"the wall names somebody: {said(room)!r}")
    check_contract(port, key)
    check_equal(status_of(port, None), 401, "what somebody without the key gets")
    check_equal(status_of(port, key, method="POST"), 405, "what somebody who orders gets")

    write_message(desk, "storm")
    wait_until(lambda: "storm" in said(room), "the message on the wall, after the minute in which it says who has taken the alarm", 100)

    # The desk goes without a word, and comes back.
    desk.process.kill()
    desk.process.wait()
    wait_until(lambda: "Desk not heard since " in said(room), "what the foot says", 90)
    check("storm" in said(room), "what was said last stays")
    desk = start_desk(here)
    wait_until(lambda: "Desk not heard since " not in said(room), "the desk to be heard again", 30)
    check_equal(key_of(here), key, "the key after a restart")
    desk.press("ctrl+m")
    desk.click(lambda n: n.endswith("Take Down"))
    wait_until(lambda: "storm" not in said(room), "the message to be taken down")
    for log in (desk.log, room.log):
        with open(log, encoding="utf-8") as f:
            text = f.read()
        check(key not in text and "Mai" not in text, "a log has the key or a name")
    room.quit()
    desk.quit()


def test_a_desk_that_names_nobody_and_a_wall_that_has_a_wrong_key(folder):
    centre, port = Centre(folder), free_port()
    here, there = computer(folder, "desk", centre), computer(folder, "room", centre)
    write_settings(here, port)
    desk = start_desk(here)
    key = key_of(here)
    room = start_room(there, port, "wrong")
    wait_until(lambda: "The desk refuses this wall’s key" in said(room), "the wrong key")
    path = os.path.join(there, "desk.key")
    with open(path, "w", encoding="ascii") as f:
        f.write(key)
    wait_until(lambda: "Nobody has taken it" in said(room), "that the desk is heard with the right one")
    take(desk, "Lê Thị Mai")
    wait_until(lambda: "Taken at " in said(room), "that it is taken", 5)
    check("Mai" not in said(room) and "L.T.M." not in said(room), f"the wall names somebody: {said(room)!r}")
    room.quit()
    desk.quit()


def test_the_preferences_say_what_to_write_into_the_walls_file(folder):
    centre, port = Centre(folder), free_port()
    here = computer(folder, "desk", centre)
    write_settings(here, port, listens="false")
    desk = Program(here, ["--profile=one"], GSETTINGS_BACKEND="keyfile")
    wait_until(lambda: desk.freshness() == "Live", "a live start", 60)
    preferences = test_outward.open_preferences(desk, "Walls")
    switch = desk.wait_for(role="check box", name="Walls may hear this desk", under=preferences)
    Atspi.Action.do_action(switch, 0)
    key = key_of(here)
    wait_until(lambda: key in desk.texts(preferences), "the key in the preferences")
    wait_until(lambda: status_of(port, key) == 200, "an answer")

    # Another one, on which nobody listens any more.
    test_outward.press(desk, preferences, "Make another key")
    desk.click(lambda n: n.endswith("New Key") and not n.endswith("…"))
    wait_until(lambda: key_of(here) != key, "another key")
    wait_until(lambda: status_of(port, key) == 401, "the old key to be refused")
    check_equal(status_of(port, key_of(here)), 200, "what the new key gets")
    check_equal(status_of(port, key_of(here), path="/v1/room/two"), 404, "another centre")
    desk.quit()


if __name__ == "__main__":
    harness.main(globals())
