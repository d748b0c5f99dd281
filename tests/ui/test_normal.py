#!/usr/bin/python3
"""What breaks out of normal is said on the screen, and what does not is not."""

import harness
from harness import App, Centre, check, wait_until

# Few queues, so that the past is learnt in seconds; the same day and seed each time.
CALM = ("--date=2026-11-20T10:00", "--seed=3", "--queues=4", "--agents=60")
LEARN_S = 90
TELL_S = 90


class Scene:
    """A dashboard that has learnt what is normal for its centre."""

    def __init__(self, folder, *options):
        self.centre = Centre(folder, (*CALM, *options), past=True)
        self.app = App(folder, self.centre, ["--page=overview"])
        wait_until(lambda: self.app.freshness() == "Live", "a live start", 30)
        wait_until(lambda: self.tile("Last 15 minutes").find("Normal") >= 0, "what is normal", LEARN_S)

    def tile(self, caption):
        return " ".join(self.app.texts(self.app.wait_for(role="panel", name=lambda n: n.startswith(caption))))

    def said(self):
        """What the bar of alarms says, or nothing."""
        bar = self.app.find(role="alert", name=lambda n: ": " in n)
        return bar.get_name() if bar is not None else ""

    def wait_for(self, *words):
        return wait_until(lambda: self.said() if all(w in self.said() for w in words) else None,
                          f"{words} on the screen, where it says {self.said()!r}", TELL_S)


def test_a_normal_day_raises_no_alarm(folder):
    s = Scene(folder)
    s.centre.speed(60)
    wait_until(lambda: s.app.find(role="panel", name=lambda n: n.startswith("Last 15")) and "10:3" in
               s.centre.ask("/v1/snapshot").decode()[:400], "half an hour", 60)
    wait_until(lambda: "Forecast" in s.tile("Calls today") or "forecast" in s.tile("Calls today"), "the forecast of the day")
    check("more than normal" not in s.said() and "fewer" not in s.said() and "No calls" not in s.said(),
          f"it says {s.said()!r}")
    s.app.quit()


def test_an_outage_is_a_surge_with_its_evidence(folder):
    s = Scene(folder)
    s.centre.scenario("outage")
    s.centre.speed(30)
    said = s.wait_for("calls more than normal since 10:")
    check("×" in said, f"no factor: {said!r}")
    check("mostly" in said, f"no cause: {said!r}")
    s.app.quit()


def test_a_dead_trunk_is_a_silence(folder):
    s = Scene(folder)
    s.centre.scenario("trunk-down")
    s.centre.speed(30)
    s.wait_for("since 10:")
    check("No calls" in s.said() or "fewer calls than normal" in s.said(), f"it says {s.said()!r}")
    s.app.quit()


def test_a_source_that_is_lost_is_no_silence(folder):
    s = Scene(folder)
    s.centre.speed(30)
    s.centre.fault("closed")
    wait_until(lambda: s.app.freshness() != "Live", "that the source is lost", 60)
    check("No calls" not in s.said() and "fewer calls" not in s.said(), f"it says {s.said()!r}")
    s.app.quit()


def test_a_lockdown_is_a_busy_day(folder):
    s = Scene(folder, "--scenario=lockdown")
    s.wait_for("A busy day", "normal by now")
    s.app.quit()


def test_a_reduced_service_is_a_quiet_day(folder):
    s = Scene(folder, "--scenario=reduced")
    wait_until(lambda: "A quiet day" in s.said() or "fewer calls than normal" in s.said(), "that there are too few calls", TELL_S)
    check("A quiet day" in s.said(), f"six calls where ten are normal are told as {s.said()!r}")
    wait_until(lambda: "▼" in s.tile("Calls today"), "the mark on the calls of today", TELL_S)
    s.app.quit()


if __name__ == "__main__":
    harness.main(globals())
