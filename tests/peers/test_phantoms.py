#!/usr/bin/python3
"""Who says that calls can come and takes none, on a real Asterisk: named on two
signs, not on one, and no more once a call is taken."""

from asterisk import Asterisk
from dashboard import Dashboard, by_id
from tap import check, check_equal, wait_until
from traffic import interface, pause, unpause
from truth import Show
import tap

QUEUE = "19009000"
WORKS, PHANTOM = "1001", "1002"
SKIP = int(PHANTOM[-1])  # whose phone rings and is not taken
PATIENCE_S = 10


def agent(watch, number):
    return by_id(watch.snapshot()["agents"])[interface(number)]


def waiting(asterisk):
    return len(Show(asterisk.cli("queue show")).queues[QUEUE]["callers"])


def test_two_signs_name_a_phantom(folder):
    asterisk = Asterisk(folder)
    try:
        ami = asterisk.ami
        for i in sorted(Show(asterisk.cli("queue show")).interfaces()):
            pause(ami, i, "Họp")
        watch = Dashboard(folder, asterisk.url, "wallboard", asterisk.secrets["wallboard"],
                          agents=[f"phantom-idle-seconds={PATIENCE_S}"]).watch()
        watch.wait_for_health("live")
        unpause(ami, PHANTOM)
        wait_until(lambda: agent(watch, PHANTOM)["state"] == "available", "the phantom saying available", 20)

        # Calls that ring out, and nobody else who takes any: one sign.
        ami.call(QUEUE, "0900006001", 900, SKIP=SKIP, TALK=3, TIMEOUT=900)
        wait_until(lambda: agent(watch, PHANTOM)["today"]["no_answer"] >= 4, "calls ringing out", 60)
        check_equal(watch.phantoms(), set(), "phantoms on one sign")
        check_equal(watch.ask("describe", interface(PHANTOM)), "", "what is said on one sign")

        # Others are served, while who came later waits on.
        for i in range(12):
            ami.call(QUEUE, f"09000061{i:02d}", 900, SKIP=SKIP, TALK=3, TIMEOUT=900)
        wait_until(lambda: waiting(asterisk) >= 10, "callers waiting", 30)
        unpause(ami, WORKS)
        wait_until(lambda: watch.phantoms() == {interface(PHANTOM)}, "the phantom being named", 60)
        said = watch.ask("describe", interface(PHANTOM))
        print("#", said)
        check("rang out" in said and "has waited" in said, f"the evidence is {said!r}")
        check(agent(watch, WORKS)["today"]["answered"] > 0, "the other took no call")
        check_equal(agent(watch, PHANTOM)["today"]["answered"], 0, "calls that the phantom took")

        # Whoever takes one is none. Of these the agent takes the first that comes.
        ami.call(QUEUE, "0900006999", 900, PRIO=10, TALK=3, TIMEOUT=900)
        pause(ami, WORKS, "Họp")
        wait_until(lambda: agent(watch, PHANTOM)["today"]["answered"] == 1 or agent(watch, PHANTOM)["state"] == "on-call",
                   "the phantom taking a call", 60)
        wait_until(lambda: watch.phantoms() == set(), "the phantom being none any more", 20)
        watch.end()
    finally:
        asterisk.clean_up()


tap.run(globals(), "tongdai-peers.")
