#!/usr/bin/python3
"""One agent's day, opened by the keyboard; whom somebody should look after, by rules of one's own; phantoms."""

import harness
from expected import duration, mean_duration
from harness import App, Centre, check, check_equal, wait_until
from test_floor import tab_to
from test_profiles import Program, write_profile

# Half an hour in which phantoms show themselves.
PHANTOMS = ("--scenario=phantoms", "--date=2026-11-20T10:00", "--seed=3", "--speed=20")


def figures(app):
    """The figures of the panel, by their captions."""
    return {a.get_description(): harness.text_of(a) for a in app.find_all(role="label") if a.get_description()}


def test_an_agent_s_day_is_opened_by_the_keyboard(folder):
    centre = Centre(folder)
    app = App(folder, centre, ["--page=agents"])
    wait_until(lambda: app.freshness() == "Live", "a live start")
    grid = app.wait_for(role="table", name="Map of agents")
    snapshot = centre.freeze()
    tab_to(app, [grid])
    app.press("Return")
    line = app.wait_for(role="label", name=lambda n: n.startswith("Ext. "))
    extension = harness.text_of(line).split(" · ")[0].removeprefix("Ext. ")
    agent = next(a for a in snapshot["agents"] if a.get("extension") == extension)
    app.wait_for(role="label", name=agent["name"])

    today = agent["today"]
    worked = today["talk_seconds"] + today["hold_seconds"] + today["wrap_up_seconds"]
    expected = {"Answered": str(today["answered"]), "No answer": str(today["no_answer"]),
                "AHT": mean_duration(worked / today["answered"])}
    wait_until(lambda: expected.items() <= figures(app).items(), f"the figures {expected}")
    if agent["state"] != "paused":
        check_equal(figures(app)["Paused"], duration(today["paused_seconds"]), "the pauses of the day")

    check(agent["place"] in harness.text_of(line), "the panel does not tell the place of work")
    app.quit()


def test_a_limit_in_the_preferences_marks_who_is_over_it(folder):
    centre = Centre(folder)
    write_profile(folder, "one", "Một", centre)
    program = Program(folder, ["--profile=one", "--page=agents"])
    wait_until(lambda: program.freshness() == "Live", "a live start", 60)
    program.wait_for(role="table", name="Map of agents")
    snapshot = centre.freeze()
    check(any(a["state"] == "on-call" for a in snapshot["agents"]), "nobody is on a call")

    program.press("ctrl+comma")
    wait_until(program.dialogs, "the preferences")
    tab = wait_until(lambda: program.find(role="page tab", name="Agents", under=program.dialogs()[0]), "the page of agents")
    tab.do_action(0)
    spin = wait_until(lambda: program.find(role="spin button", name="A call", under=program.dialogs()[0]), "the limit of a call")
    harness.Atspi.Value.set_current_value(spin, 1)
    wait_until(lambda: "on-call-seconds=60" in program.profile("one"), "the limit in the file")
    program.press("Escape")
    wait_until(lambda: not program.dialogs(), "the preferences to close")
    wait_until(lambda: any("1 minute" in t and "for more than" in t for t in spoken(program)), "who is over the limit")
    program.quit()


def spoken(app):
    """All that a screen reader is told, descriptions too."""
    return [t for a in harness.walk(app.root) for t in (a.get_name(), a.get_description()) if t]


def phantom_that_stays(app, centre):
    """Stops the centre while a phantom is on the map: who takes the next call is none any more."""
    def is_told():
        return any("available in name only" in t for t in spoken(app))

    for _ in range(5):
        wait_until(is_told, "a phantom on the map", 60)
        centre.freeze()
        wait_until(lambda: app.freshness() == "Live", "the last state")
        if is_told():
            return
        centre.speed(20)
    raise harness.Failure("no phantom stays")


def test_a_phantom_is_named_with_its_evidence(folder):
    centre = Centre(folder, PHANTOMS)
    app = App(folder, centre, ["--page=agents"])
    wait_until(lambda: app.freshness() == "Live", "a live start")
    app.wait_for(role="table", name="Map of agents")
    phantom_that_stays(app, centre)

    # Who needs a person stands first, and so does the phantom in its zone.
    tab_to(app, [app.find(role="table", name="Map of agents")])
    app.press("Return")
    app.wait_for(role="label", name=lambda n: n.startswith("Ext. "))
    evidence = []
    for key in ("Home", "Right", *("Page_Down", "Right") * 5):
        app.press(key, "Return")
        evidence = [t for t in app.texts() if "the evidence speaks against it" in t]
        if evidence:
            break
    check(evidence, "nobody's panel tells of the phantom")
    lines = evidence[0].splitlines()
    check(len(lines) >= 3, f"fewer than two signs: {lines}")
    app.quit()


if __name__ == "__main__":
    harness.main(globals())
