#!/usr/bin/python3
"""Who leaves, what that costs, and what the shift lead announces."""

import harness
from harness import App, Centre, check, wait_until

LEAVES = ("--scenario=partner-leaves", "--date=2026-11-20T11:20", "--seed=7", "--speed=5")


def test_who_leaves_is_told_with_what_it_costs(folder):
    centre = Centre(folder, LEAVES, past=True)
    app = App(folder, centre)
    wait_until(lambda: app.freshness() == "Live", "a live start")
    # The need follows the forecast as soon as the past was learnt, and so do the coming minutes.
    tile = wait_until(lambda: next((a for a in harness.walk(app.root)
                                    if "Within 60 minutes" in (a.get_description() or "")), None), "what is needed", 60)
    check("by the forecast of calls" in tile.get_description(), tile.get_description())
    check(any(t.startswith("/ ") and t.endswith((" needed", " short")) for t in app.texts()), "nobody says how many are needed")
    app.press("ctrl+3")
    wait_until(lambda: app.page() == "Agents", "the page")
    buttons = wait_until(lambda: [b for b in app.find_all(role="push button")
                                  if b.get_description() == "Who leaves, who comes" and b.get_n_actions()],
                         "the button of who leaves")
    buttons[-1].do_action(0)

    told = centre.snapshot()["centre"]["releases"]
    check(len(told) > 0, "the scenario announces nothing")
    for release in told:
        app.wait_for(role="label", name=lambda n: f"“{release['employer']}” leave at {release['at'][11:16]}" in n)
    app.wait_for(role="label", name=lambda n: "service level expected" in n and "%" in n, seconds=60)

    # What the lead knows besides is taken, shown and taken back.
    app.wait_for(role="push button", name="Announce").do_action(0)
    back = app.wait_for(role="push button", name=lambda n: n.startswith("Take back “") and n.endswith(" · all leave”"))
    wait_until(lambda: len([a for a in app.find_all(role="label") if "leave at" in harness.text_of(a)]) > 0, "its words")
    back.do_action(0)
    wait_until(lambda: app.find(role="push button", name=lambda n: n.startswith("Take back “")) is None, "the list to be empty")
    app.press("Escape")

    ask_what_if(app)
    app.quit()


def ask_what_if(app):
    """By the keyboard alone: half the agents, what that does, back, and away."""
    app.press("ctrl+i")
    slider = app.wait_for(role="slider", name="Agents serving")
    app.wait_for(name=lambda n: n.startswith("Service level ") and n.endswith(", as it is."), seconds=30)
    app.wait_for(role="label", name="Who could be moved")
    for _ in range(4):
        if any(a.get_state_set().contains(harness.Atspi.StateType.FOCUSED) for a in app.find_all(role="slider", name="Agents serving")):
            break
        app.press("Tab")
    app.wait_for_focus("slider")
    before = slider.get_value_iface().get_current_value()
    app.press(*["Page_Down"] * 6)
    wait_until(lambda: slider.get_value_iface().get_current_value() < before, "fewer agents")
    app.wait_for(name=lambda n: n.startswith("Service level ") and " below the " in n, seconds=30)
    app.press("alt+n")
    app.wait_for(name=lambda n: n.startswith("Service level ") and n.endswith(", as it is."), seconds=30)
    app.press("Escape")
    wait_until(lambda: app.find(role="slider", name="Agents serving") is None, "the window to be gone")


if __name__ == "__main__":
    harness.main(globals())
