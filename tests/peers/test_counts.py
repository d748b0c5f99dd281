#!/usr/bin/python3
"""Over three hundred calls on a real Asterisk: the dashboard counts what queue_log
counts, and shows of every agent and caller what `queue show` shows."""

import time

from asterisk import Asterisk
from compare import Invariants, compare_callers, compare_counts, compare_states
from dashboard import Dashboard, by_id
from tap import PATIENCE, Failure, check, check_equal, wait_until
from scene import SCENE, set_scene
from traffic import Plan, interface
from truth import Counts, Show
import tap

CALLS = 340
RATE = 4.5  # a second


def test_counts_and_states_are_asterisks_own(folder):
    asterisk = Asterisk(folder)
    try:
        dashboard = Dashboard(folder, asterisk.url, "wallboard", asterisk.secrets["wallboard"])
        plan = Plan(seed=16, calls=CALLS, rate=RATE)
        watch = dashboard.watch()
        watch.wait_for_health("live")
        # The calls take this long, whatever the machine; the rest is for a slow one.
        dump = dashboard.start_dump(int(plan.seconds + 15 + 20 * PATIENCE))
        wait_until(lambda: len(sessions(asterisk)) >= 2, "both watching", 20)

        seen = Invariants()
        plan.run(asterisk.ami, lambda: seen.look(watch.snapshot()))
        wait_until(lambda: Counts(asterisk.queue_log()).is_quiet(), "the end of the last call", 60)
        set_scene(asterisk)
        left = dump.ends - time.monotonic()
        check(left > 2, f"this machine was too slow for the scene to be set before the dump ({left:.0f} s)")

        records = asterisk.queue_log()
        truth = Counts(records)
        print("#", dict(truth.events), f"{seen.seen} snapshots, states seen: {sorted(seen.states)}")
        offered = sum(q["offered"] for q in truth.queues.values())
        check(offered >= 300, f"only {offered} calls were made")
        for event in ("CONNECT", "ABANDON", "EXITWITHTIMEOUT", "RINGNOANSWER", "COMPLETEAGENT", "COMPLETECALLER",
                      "PAUSEALL", "UNPAUSEALL", "ADDMEMBER", "REMOVEMEMBER"):
            check(truth.events[event] > 0, f"the traffic had no {event}")
        for state in ("available", "ringing", "on-call", "wrap-up", "paused", "unreachable", "offline"):
            check(state in seen.states, f"nobody was {state} during the traffic")

        # What runs has a second to see the scene, then both have to have it.
        def disagreement(snapshot):
            show = Show(asterisk.cli("queue show"))
            return compare_counts(snapshot, truth) + compare_states(snapshot, show)

        def agreed():
            agreed.last = disagreement(watch.snapshot())
            return not agreed.last
        try:
            wait_until(agreed, "the dashboard agreeing with Asterisk", 10)
        except Failure:
            raise Failure("the watch differs from Asterisk:\n" + "\n".join(agreed.last)) from None
        snapshot = watch.snapshot()
        seen.look(snapshot)
        check_equal(asterisk.queue_log(), records, "queue_log after the scene")
        compare_callers(snapshot, asterisk)
        agents = by_id(snapshot["agents"])
        check_equal({a: agents[interface(a)]["state"] for a in SCENE}, SCENE, "the scene")
        check(not any(q.get("estimated") for q in snapshot["queues"]), "a queue's counts are estimates")

        # And the program itself.
        snapshot = dump.finish()
        wrong = disagreement(snapshot)
        check(not wrong, "the program differs from Asterisk:\n" + "\n".join(wrong))
        compare_callers(snapshot, asterisk)
        check(not any(q.get("estimated") for q in snapshot["queues"]), "a queue's counts are estimates")
        watch.end()
    finally:
        asterisk.clean_up()


def sessions(asterisk):
    """The manager sessions of the dashboard's user."""
    return [line for line in asterisk.cli("manager show connected").splitlines() if line.split()[:1] == ["wallboard"]]


tap.run(globals(), "tongdai-peers.")
