#!/usr/bin/python3
"""Agents with real SIP telephones, which sipp plays: they ring, talk, and lose
their line."""

import os
import shutil

from asterisk import Asterisk
from compare import compare_counts
from dashboard import Dashboard, by_id
from tap import Skip, check, check_equal, wait_until
from truth import Counts, Show
import tap

QUEUE = "reason-technical"
AGENTS = {"PJSIP/2001": "Mai Phúc", "PJSIP/2002": "Cao Quang", "PJSIP/2003": "Quách Tú"}
CALLS = 9


def start_phones(folder, asterisk):
    return tap.start(["sipp", f"127.0.0.1:{asterisk.values['SIP']}", "-sf",
                      os.path.join(os.path.dirname(os.path.abspath(__file__)), "phone.xml"),
                      "-i", "127.0.0.1", "-p", asterisk.values["PHONES"], "-mi", "127.0.0.1", "-mp", str(tap.free_port()),
                      "-aa", "-nostdin", "-timeout", "200"], os.path.join(folder, "sipp.log"), TERM="dumb")


def expect_states(asterisk, watch, *states):
    """Waits until every phone is in one of these states, by Asterisk and on the dashboard."""
    def agreed():
        show = Show(asterisk.cli("queue show"))
        agents = by_id(watch.snapshot()["agents"])
        agreed.seen = [(show.state(i)[0], agents[i]["state"]) for i in AGENTS]
        return all(a == b and a in states for a, b in agreed.seen)
    try:
        wait_until(agreed, f"the phones being {states}", 30)
    except tap.Failure as e:
        raise tap.Failure(f"{e}; they are {agreed.seen}") from None


def test_telephones_ring_talk_and_lose_their_line(folder):
    if shutil.which("sipp") is None:
        raise Skip("sipp, which plays the telephones, is not installed")
    asterisk = Asterisk(folder, TELEPHONES="load", SIP=str(tap.free_port()), PHONES=str(tap.free_port()))
    try:
        ami = asterisk.ami
        for i in Show(asterisk.cli("queue show")).queues[QUEUE]["members"]:
            ami.ask("QueuePause", Interface=i, Paused="true")
        phones = start_phones(folder, asterisk)
        for i, name in AGENTS.items():
            ami.ask("QueueAdd", Queue=QUEUE, Interface=i, MemberName=name)
        watch = Dashboard(folder, asterisk.url, "wallboard", asterisk.secrets["wallboard"]).watch()
        watch.wait_for_health("live")
        watch.wait_for(lambda s: set(AGENTS) <= set(by_id(s["agents"])), "the agents with telephones")
        expect_states(asterisk, watch, "available")

        seen = set()
        for i in range(CALLS):
            # Every third caller has not the patience for one ring and a talk.
            ami.call(QUEUE, f"0900005{i:03d}", 2 if i % 3 == 2 else 60)

        def over():
            seen.update(by_id(watch.snapshot()["agents"])[i]["state"] for i in AGENTS)
            records = asterisk.queue_log()
            return Counts(records).is_quiet() and sum(r[4] == "ENTERQUEUE" for r in records) == CALLS
        wait_until(over, "the end of the calls", 60)
        check({"ringing", "on-call"} <= seen, f"the dashboard saw the telephones only {sorted(seen)}")

        truth = Counts(asterisk.queue_log())
        print("#", dict(truth.events))
        check(truth.queues[QUEUE]["answered"] >= CALLS // 2, f"the telephones did not answer: {truth.queues[QUEUE]}")

        def agreed():
            agreed.wrong = compare_counts(watch.snapshot(), truth)
            return not agreed.wrong
        try:
            wait_until(agreed, "agreement", 20)
        except tap.Failure:
            raise tap.Failure("the dashboard differs from Asterisk:\n" + "\n".join(agreed.wrong)) from None

        # The line goes dead, and comes back.
        tap.end(phones)
        expect_states(asterisk, watch, "unreachable")
        ami.call(QUEUE, "0900005999", 60)
        watch.wait_for(lambda s: by_id(s["queues"])[QUEUE]["waiting"] == 1, "a caller whom nobody can take")
        start_phones(folder, asterisk)
        expect_states(asterisk, watch, "ringing", "on-call", "available", "wrap-up")
        watch.wait_for(lambda s: by_id(s["queues"])[QUEUE]["waiting"] == 0, "the caller being taken")
        check_equal(watch.health()[0], "live", "the dashboard's health")
        watch.end()
    finally:
        asterisk.clean_up()


tap.run(globals(), "tongdai-peers.")
