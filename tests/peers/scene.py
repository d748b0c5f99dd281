"""One agent in each state on a real Asterisk, and callers who wait; all of it stays so."""

from tap import wait_until
from traffic import interface, log_in, pause, unpause
from truth import Show


def call_one(asterisk, agent, queue, until, **variables):
    """Has one agent, the only one who is not paused, take or be offered a call."""
    unpause(asterisk.ami, agent)
    number = f"0900001{agent[-3:]}"
    asterisk.ami.call(queue, number, 900, TIMEOUT=900, **variables)
    wait_until(lambda: until in Show(asterisk.cli("queue show")).members(interface(agent))[0]["words"],
               f"{agent} being {until}", 30)


def set_scene(asterisk):
    ami = asterisk.ami
    show = Show(asterisk.cli("queue show"))
    for i in sorted(show.interfaces()):
        pause(ami, i, "Họp")

    # Whoever writes for ten minutes after a call still does.
    if show.members(interface("1018"))[0]["last"] is None:
        unpause(ami, "1018")
        ami.call("reason-complaint", "0900002018", 60, TALK=1)
        wait_until(lambda: Show(asterisk.cli("queue show")).members(interface("1018"))[0]["last"] is not None,
                   "the call before the wrap-up", 30)
    unpause(ami, "1018")

    call_one(asterisk, "1004", "19009000", "In use", TALK=900)
    call_one(asterisk, "1005", "19009000", "On Hold", HOLD=900)
    call_one(asterisk, "1003", "reason-billing", "Ringing", RING=900)

    # Nobody may take these.
    for i in range(5):
        ami.call("19001006", f"0900003{i:03d}", 900, name="Nguyễn Văn Chờ", TIMEOUT=900)
        wait_until(lambda i=i: len(Show(asterisk.cli("queue show")).queues["19001006"]["callers"]) == i + 1,
                   "a caller waiting", 20)
    ami.call("19001006", "0900003999", 900, name="Khách quan trọng", PRIO=10, TIMEOUT=900)
    wait_until(lambda: len(Show(asterisk.cli("queue show")).queues["19001006"]["callers"]) == 6, "six waiting", 20)

    pause(ami, "1001", "Ăn trưa")
    unpause(ami, "1008")
    unpause(ami, "1007")
    ami.set_device("1007", "UNAVAILABLE")
    log_in(ami, "1020", "reason-technical")
    pause(ami, "1020")


SCENE = {
    "1001": "paused", "1003": "ringing", "1004": "on-call", "1005": "on-call", "1007": "unreachable",
    "1008": "available", "1010": "paused", "1018": "wrap-up", "1020": "paused", "1021": "offline",
}
