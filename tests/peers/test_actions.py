#!/usr/bin/python3
"""Each supervisor action, done to a real Asterisk by the dashboard, and seen by
Asterisk's own commands and by the dashboard itself."""

import contextlib
import re

from asterisk import Asterisk
from dashboard import Dashboard, by_id
from tap import check, check_equal, wait_until
from traffic import interface
from truth import Show
import tap

AGENT = interface("1009")  # serves three queues
PHONE = "Local/9001@supervisors"
# What each mode of listening is to ChanSpy: quiet, quiet and whispering, quiet and barging in.
SPY_MODES = {"listen": "", "whisper": "w", "barge": "B"}


@contextlib.contextmanager
def supervised(folder, user="supervisor"):
    asterisk = Asterisk(folder)
    try:
        watch = Dashboard(folder, asterisk.url, user, asterisk.secrets[user]).watch()
        watch.wait_for_health("live")
        watch.wait_for(lambda s: AGENT in by_id(s["agents"]), "the agents")
        yield asterisk, watch
        watch.end()
    finally:
        asterisk.clean_up()


def rows(asterisk, agent=AGENT):
    """{queue: row} of the agent in `queue show`."""
    show = Show(asterisk.cli("queue show"))
    return {q: row["members"][agent] for q, row in show.queues.items() if agent in row["members"]}


def expect(watch, agent, **values):
    """Waits until the dashboard shows these of the agent."""
    def shown(snapshot):
        row = by_id(snapshot["agents"])[agent]
        return all((sorted(row.get(k, ())) if isinstance(v, list) else row.get(k)) == v for k, v in values.items())
    watch.wait_for(shown, f"{agent} being {values}")


def talk(asterisk, watch, agent="1018", queue="reason-complaint"):
    """Has the agent, who alone is not paused in that queue, on a long call."""
    for i in Show(asterisk.cli("queue show")).queues[queue]["members"]:
        if i != interface(agent):
            asterisk.ami.ask("QueuePause", Interface=i, Paused="true")
    asterisk.ami.call(queue, "0900004001", 900, TALK=900)
    expect(watch, interface(agent), state="on-call")


def test_pausing_with_a_reason_and_back(folder):
    with supervised(folder) as (asterisk, watch):
        check_equal(watch.act("pause", AGENT, reason="Đào tạo"), None, "a pause")
        members = rows(asterisk)
        check_equal(len(members), 3, "the queues of the agent")
        check(all(r["paused"] and r["reason"] == "Đào tạo" for r in members.values()), f"not paused: {members}")
        expect(watch, AGENT, state="paused", reason="Đào tạo")

        check_equal(watch.act("unpause", AGENT), None, "the end of a pause")
        check(not any(r["paused"] for r in rows(asterisk).values()), "still paused")
        expect(watch, AGENT, state="available")

        check_equal(watch.act("pause", AGENT, queue="reason-sales", reason="Họp"), None, "a pause in one queue")
        check_equal({q for q, r in rows(asterisk).items() if r["paused"]}, {"reason-sales"}, "where it is paused")
        expect(watch, AGENT, state="available")


def test_joining_and_leaving_a_queue(folder):
    with supervised(folder) as (asterisk, watch):
        check_equal(watch.act("queue-add", AGENT, queue="reason-empty"), None, "joining a queue")
        check("reason-empty" in rows(asterisk), "it did not join")
        check_equal(rows(asterisk)["reason-empty"]["name"], "Đỗ Lan", "the name in the new queue")
        expect(watch, AGENT, queues=sorted(["19009000", "19001006", "reason-sales", "reason-empty"]))
        error = watch.act("queue-add", AGENT, queue="reason-empty")
        check(error and "Already there" in error, f"joining twice: {error}")
        error = watch.act("queue-add", AGENT, queue="no-such-queue")
        check(error and error != "done", f"joining no queue: {error}")

        # The call rings, with the state that the phone has in the other queues.
        asterisk.ami.call("reason-empty", "0900004002", 60, RING=60)
        expect(watch, AGENT, state="ringing")
        for channel in asterisk.channels():
            if channel[0].startswith("Local/60@callers"):
                asterisk.ami.ask("Hangup", Channel=channel[0])
                break
        expect(watch, AGENT, state="available")

        check_equal(watch.act("queue-remove", AGENT, queue="reason-empty"), None, "leaving a queue")
        check("reason-empty" not in rows(asterisk), "it did not leave")
        expect(watch, AGENT, queues=sorted(["19009000", "19001006", "reason-sales"]))
        error = watch.act("queue-remove", AGENT, queue="reason-empty")
        check(error, "leaving a queue twice went well")
        error = watch.act("queue-remove", AGENT, queue="reason-sales")
        check_equal(bool(error), "reason-sales" in rows(asterisk), "an error, where it stayed")


def spies(asterisk):
    return [c for c in asterisk.channels() if c[5] == "ChanSpy"]


def test_listening_whispering_and_barging_in(folder):
    with supervised(folder) as (asterisk, watch):
        error = watch.act("listen", interface("1018"), extension=PHONE)
        check(error, "listening to nobody went well")
        talk(asterisk, watch)
        for number, (kind, mode) in enumerate(SPY_MODES.items(), 9001):
            phone = f"Local/{number}@supervisors"
            check_equal(watch.act(kind, interface("1018"), extension=phone), None, kind)
            channel = wait_until(lambda: [c for c in spies(asterisk) if c[0].startswith(phone)],
                                 f"a channel that spies, for {kind}", 10)[0]
            target, _, options = channel[6].partition(",")
            check("1018@agents" in target or target in {c[0] for c in asterisk.channels()}, f"{kind} is to {target}")
            check("q" in options, f"{kind} is heard: {options}")
            check_equal("".join(re.findall("[wBW]", options)), mode, f"the mode of {kind}")
            expect(watch, interface("1018"), state="on-call")
        error = watch.act("listen", interface("1018"), extension="Local/nobody@nowhere")
        check(error, "listening from a phone that does not exist went well")
        check(any("1018@agents" in c[0] for c in asterisk.channels()), "the call ended with the listening")


def test_hanging_up(folder):
    with supervised(folder) as (asterisk, watch):
        talk(asterisk, watch)
        check_equal(watch.act("hang-up", interface("1018")), None, "hanging up")
        wait_until(lambda: not asterisk.channels(), "the end of the call", 15)
        expect(watch, interface("1018"), state="wrap-up")
        check(watch.act("hang-up", interface("1018")), "hanging up without a call went well")


def test_who_may_not_act_is_told_so(folder):
    with supervised(folder, "noperm") as (asterisk, watch):
        check_equal(watch.info()["actions"], set(), "what may be done without a right")
        check(watch.act("pause", AGENT, reason="Họp"), "a pause without the right went well")
        check(not any(r["paused"] for r in rows(asterisk).values()), "it was done all the same")


def test_every_action_is_offered_with_the_rights(folder):
    with supervised(folder) as (_, watch):
        wait_until(lambda: watch.info()["actions"] == {
            "pause", "unpause", "queue-add", "queue-remove", "listen", "whisper", "barge", "hang-up"},
            "every action being offered", 15)
        check("16.28" in watch.info()["server"], f"the server: {watch.info()}")
        check(watch.act("pause", "Local/9999@agents/n", reason="Họp"), "pausing nobody went well")


tap.run(globals(), "tongdai-peers.")
