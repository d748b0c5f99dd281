#!/usr/bin/python3
"""What a supervisor does reaches the centre, the screen and the log."""

import json
import os

import harness
from harness import READ_TOKEN, App, Centre, check, check_equal, wait_until

# Before the morning, when there is always somebody free and somebody on a call.
QUIET = ("--date=2026-11-20T05:00",)


def start(folder, state, **options):
    """A centre that stands still, the program on its agents, and an agent in @state."""
    centre = Centre(folder, QUIET)
    agent = next(a for a in centre.freeze()["agents"] if a["state"] == state)
    app = App(folder, centre, **options)
    wait_until(lambda: app.freshness() == "Live", "a live start")
    app.press("ctrl+3")
    wait_until(lambda: app.page() == "Agents", "the page")
    app.press("ctrl+f", *agent["extension"])
    app.wait_for(role="label", name=lambda n: n.startswith("1 of "))
    app.press("ctrl+l")
    app.wait_for(role="tree table", name="Agents")
    return centre, app, agent


def focus_row(app):
    rows = app.find_all(role="table row")  # of the one agent, after the titles
    for _ in range(30):
        app.press("Tab")
        if any(a.get_state_set().contains(harness.Atspi.StateType.FOCUSED) for a in rows):
            return
    raise harness.Failure("Tab does not lead to the agents")


def open_menu(app, item):
    focus_row(app)
    # What the token may do is asked for beside the first polls.
    wait_until(lambda: app.press("Menu") or app.find(role="menu item", name=item), f"the menu with {item}")


def pick(app, item):
    """Goes to an item of the menu that is open, past those that cannot be chosen now."""
    wanted = app.wait_for(role="menu item", name=item)
    for _ in range(20):
        if wanted.get_state_set().contains(harness.Atspi.StateType.FOCUSED):
            app.press("Return")
            return
        app.press("Down")
    raise harness.Failure(f"the keyboard does not lead to {item}")


def choose(app, item):
    open_menu(app, item)
    pick(app, item)


def agent_now(centre, agent):
    return next(a for a in centre.snapshot()["agents"] if a["id"] == agent["id"])


def read_log(app):
    with open(app.audit_log, encoding="utf-8") as f:
        return [json.loads(line) for line in f]


def log_window(app):
    """Opens the log of actions from the main menu, and reads what it says."""
    app.press("F10")
    pick(app, "Log of Actions")
    table = app.wait_for(role="tree table", name="Log of actions, the newest first")
    rows = wait_until(lambda: harness.table(table), "the log")
    app.press("Escape")
    wait_until(lambda: app.find(role="tree table", name="Log of actions, the newest first") is None, "the log to go")
    return [(row["What"], row["Whom"], row["Result"]) for row in rows]


def test_a_pause_reaches_the_centre_the_screen_and_the_log(folder):
    centre, app, agent = start(folder, "available")
    choose(app, "Pause…")
    app.wait_for(role="label", name=f"Pause {agent['name']}?")
    app.press("alt+p")
    wait_until(lambda: agent_now(centre, agent)["state"] == "paused", "the pause at the centre")
    check_equal(agent_now(centre, agent)["reason"], "Lunch", "the reason")
    # The toast that says so goes before a slow reader comes to it.
    wait_until(lambda: any("paused" in row["State"] for row in harness.table(app.root) if "State" in row),
               "the pause on the screen")
    lines = wait_until(lambda: (lambda found: found if len(found) == 2 else None)(read_log(app)), "two lines in the log")
    check_equal([line["result"] for line in lines], ["sent", "done"], "the results")
    check_equal(os.stat(app.audit_log).st_mode & 0o777, 0o600, "the log's mode")
    for line in lines:
        check_equal((line["action"], line["agent"], line["agent_name"], line["reason"]),
                    ("pause", agent["id"], agent["name"], "Lunch"), "what was logged")
        check_equal(line["source"], centre.url, "the source in the log")
        check("@" in line["who"], "the log does not say who")
        check(harness.TOKEN not in json.dumps(line), "the token stands in the log")
    check_equal(log_window(app), [("Pause", f"{agent['name']} ({agent['id']})", "done")], "the log on the screen")
    app.quit()


def test_who_may_only_read_has_no_menu(folder):
    centre, app, _ = start(folder, "available", token=READ_TOKEN)
    check_equal(harness.json.loads(centre.ask("/v1/session", READ_TOKEN))["actions"], [], "what the token may do")
    focus_row(app)
    app.press("Menu", "Return", "shift+F10")
    harness.time.sleep(1)
    check(app.find(role="menu item", name="Pause…") is None, "there is a menu")
    check(app.find(role="push button", name="Actions…") is None, "there is a bar of actions")
    app.quit()


def test_a_refusal_stays_until_it_is_read(folder):
    centre, app, agent = start(folder, "on-call")
    choose(app, "Hang Up…")
    app.wait_for(role="label", name=f"Hang Up the Call of {agent['name']}?")
    # Somebody else was faster.
    centre.request(f"/v1/agents/{agent['id']}/hang-up", {})
    app.press("alt+h")
    app.wait_for(role="label", name="It Was Not Done")
    app.wait_for(role="label", name=lambda n: n.endswith(f"{agent['name']} is not on a call"))
    check_equal(read_log(app)[-1]["result"], "failed", "the result in the log")
    harness.time.sleep(2)
    check(app.find(role="label", name="It Was Not Done") is not None, "the error went away by itself")
    app.press("Escape")
    wait_until(lambda: app.find(role="label", name="It Was Not Done") is None, "the error to go")
    app.quit()


def test_nothing_is_sent_that_cannot_be_logged(folder):
    with open(os.path.join(folder, "state"), "w", encoding="ascii"):
        pass  # a file where the folder should be
    centre, app, agent = start(folder, "available")
    choose(app, "Pause…")
    app.wait_for(role="label", name=f"Pause {agent['name']}?")
    app.press("alt+p")
    app.wait_for(role="label", name=lambda n: "Nothing was sent" in n)
    check_equal(agent_now(centre, agent)["state"], "available", "the state at the centre")
    check_equal(centre.request("/demo")["actions"], [], "what was done at the centre")
    app.press("Escape")
    wait_until(lambda: app.find(role="label", name=lambda n: "Nothing was sent" in n) is None, "the error to go")
    app.quit()


if __name__ == "__main__":
    harness.main(globals())
