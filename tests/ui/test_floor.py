#!/usr/bin/python3
"""The floor plan shows what the server says, and can be drawn without a mouse."""

import json
import os

import harness
from harness import App, Centre, check, check_equal, wait_until

# Words of the supervision API as the program says them.
STATES = {"on-call": "on call", "wrap-up": "wrap-up"}


def show_plan(app):
    wait_until(lambda: app.freshness() == "Live", "a live start")
    app.press("ctrl+3")
    wait_until(lambda: app.page() == "Agents", "the page")
    app.wait_for(role="push button", name="Floor plan").do_action(0)
    return app.wait_for(role="table", name="Floor plan")


def tab_to(app, widgets):
    """Walks by Tab to one of the widgets."""
    for _ in range(60):
        for a in widgets:
            if a.get_state_set().contains(harness.Atspi.StateType.FOCUSED):
                return a
        app.press("Tab")
    raise harness.Failure("Tab comes to none of them")


def cells(app, plan):
    return [c.get_name() for c in app.find_all(role="table cell", under=plan)]


def test_every_agent_of_the_place_is_there_in_the_server_s_state(folder):
    centre = Centre(folder)
    app = App(folder, centre)
    plan = show_plan(app)
    agents = [a for a in centre.freeze()["agents"] if a.get("place") == "on-site"]
    check(len(agents) > 20, "too few agents on site to tell anything")

    def missing():
        names = cells(app, plan)
        return [a for a in agents
                if not any(n.startswith(f"{a['name']}, {STATES.get(a['state'], a['state'])} ") for n in names)]
    wait_until(lambda: not missing(), "everybody on the plan in the server's state")
    names = cells(app, plan)
    seats = {a["seat"] for a in agents}
    check(any(n == "D8, free" for n in names), "no seat D8 that is free")
    check("D8" not in seats, "D8 is free on the plan, but not at the server")
    app.quit()


def test_arrows_walk_from_seat_to_seat(folder):
    centre = Centre(folder)
    app = App(folder, centre)
    plan = show_plan(app)
    centre.freeze()
    first = tab_to(app, app.find_all(role="table cell", under=plan)).get_name()
    app.press("Right")
    second = wait_until(lambda: next((n for n in [app.wait_for_focus("table cell").get_name()] if n != first), None),
                        "the focus on the next seat")
    check(", A2" in second, f"right of A1 is A2, not {second!r}")
    app.quit()


def test_a_plan_is_drawn_and_saved_by_keyboard(folder):
    app = App(folder, Centre(folder))
    show_plan(app)
    app.wait_for(role="push button", name=lambda n: "New Plan" in n).do_action(0)
    wait_until(lambda: len(app.find_all(role="frame")) == 2, "the editor")
    app.wait_for(role="push button", name="Row of desks").do_action(0)
    tab_to(app, [app.wait_for(role="image", name="Floor plan")])
    app.press("Return", "ctrl+s")
    own = os.path.join(os.environ["XDG_CONFIG_HOME"], "tongdai", "floor-plans", "new-plan.json")
    wait_until(lambda: os.path.exists(own), "the plan's file")
    with open(own, encoding="utf-8") as file:
        plan = json.load(file)
    check_equal([s["id"] for s in plan["seats"]], ["A1", "A2", "A3", "A4"], "the seats of the row")
    os.unlink(own)
    app.press("ctrl+w")
    wait_until(lambda: len(app.find_all(role="frame")) == 1, "the editor to go")
    app.quit()


if __name__ == "__main__":
    harness.main(globals())
