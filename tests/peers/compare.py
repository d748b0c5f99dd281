"""Compares what the dashboard shows with what Asterisk says."""

from dashboard import SERVICE_LEVEL, SHORT_ABANDON, by_id
from tap import check, check_equal
from traffic import interface
from truth import COUNTS, Show, agrees, within

WRAP_UP = {interface("1018"): 600}  # as in queues.conf; 1 s for the rest
RISING = COUNTS + ("answered_in_time", "abandoned_in_time", "short_abandoned", "wait_seconds", "talk_seconds",
                   "max_wait_seconds")


def compare_counts(snapshot, truth, only=None):
    """Every count of the snapshot that differs from queue_log, in words; of the
    queues' @only, where it is given."""
    wrong = []
    shown = {q["id"]: q["today"] for q in snapshot["queues"]}
    for queue, today in sorted(shown.items()):
        for name in only or COUNTS:
            if today.get(name) != truth.queues[queue][name]:
                wrong.append(f"{queue}: {name} is {today.get(name)}, in queue_log {truth.queues[queue][name]}")
    for queue in set(truth.queues) - set(shown):
        wrong.append(f"{queue} is not shown")
    if only:
        return wrong

    for queue, today in sorted(shown.items()):
        waits, abandons, talks = truth.waits[queue], truth.abandons[queue], truth.talks[queue]
        for name, seconds, limit in (("answered_in_time", waits, SERVICE_LEVEL), ("abandoned_in_time", abandons, SERVICE_LEVEL),
                                     ("short_abandoned", abandons, SHORT_ABANDON)):
            least, most = within(seconds, limit)
            if not least <= today.get(name, -1) <= most:
                wrong.append(f"{queue}: {name} is {today.get(name)}, in queue_log {least} to {most}")
        if not agrees(today["wait_seconds"], waits):
            wrong.append(f"{queue}: waited is {today['wait_seconds']} s, in queue_log {sum(waits)} of {len(waits)} calls")
        # Asterisk knows of no hold in a talk.
        if not agrees(today["talk_seconds"] + today["hold_seconds"], talks):
            wrong.append(f"{queue}: talked is {today['talk_seconds']} + {today['hold_seconds']} s, "
                         f"in queue_log {sum(talks)} of {len(talks)} calls")
        longest = max(waits + abandons, default=0)
        if today.get("max_wait_seconds", -1) < longest - 1:
            wrong.append(f"{queue}: max_wait_seconds is {today.get('max_wait_seconds')}, in queue_log {longest}")

    agents = {a.get("name", a["id"]): a.get("today", {}) for a in snapshot["agents"]}
    for name in sorted(set(truth.agents) | set(agents)):
        today = agents.get(name, {})
        for key, value in truth.agents[name].items():
            if today.get(key, 0) != value:
                wrong.append(f"{name}: {key} is {today.get(key)}, in queue_log {value}")
        if not agrees(today.get("talk_seconds", 0) + today.get("hold_seconds", 0), truth.agent_talks[name]):
            wrong.append(f"{name}: talked is {today.get('talk_seconds')} + {today.get('hold_seconds')} s, "
                         f"in queue_log {truth.agent_talks[name]}")
    return wrong


def compare_states(snapshot, show):
    """Every agent of the snapshot that `queue show` has otherwise, in words."""
    wrong = []
    agents = by_id(snapshot["agents"])
    for i in sorted(show.interfaces() | set(agents)):
        if i not in agents:
            wrong.append(f"{i} is not shown")
            continue
        agent = agents[i]
        shown = agent["state"], agent.get("on_hold", False), agent.get("reason")
        expected = show.state(i, WRAP_UP.get(i, 1))
        if shown != expected:
            wrong.append(f"{i} is {shown}, in queue show {expected}: {show.members(i)}")
        queues = {q for q, row in show.queues.items() if i in row["members"]}
        if set(agent.get("queues", ())) != queues:
            wrong.append(f"{i} serves {agent.get('queues')}, in queue show {sorted(queues)}")
    return wrong


def compare_callers(snapshot, asterisk):
    """The callers waiting, in order, against the channels in `queue show`."""
    show = Show(asterisk.cli("queue show"))
    number = {fields[0]: fields[7] for fields in asterisk.channels()}
    for queue, row in show.queues.items():
        callers = sorted((c for c in snapshot["callers"] if c["queue"] == queue), key=lambda c: c["position"])
        check_equal([c["position"] for c in callers], list(range(1, len(row["callers"]) + 1)), f"positions in {queue}")
        check_equal([c["number"][-3:] for c in callers], [number[c][-3:] for c in row["callers"]], f"callers in {queue}")
        check_equal(by_id(snapshot["queues"])[queue]["waiting"], len(row["callers"]), f"waiting in {queue}")


class Invariants:
    """What has to be true of one snapshot after the other, whatever happens."""

    def __init__(self):
        self.last = {}
        self.seen = 0
        self.states = set()

    def look(self, snapshot):
        self.seen += 1
        for queue in snapshot["queues"]:
            today = queue.get("today", {})
            for name, value in today.items():
                check(value >= 0, f"{queue['id']}: {name} is {value}")
            for name in RISING:
                before, now = self.last.get(queue["id"], {}).get(name), today.get(name)
                check(before is None or (now is not None and now >= before),
                      f"{queue['id']}: {name} went from {before} to {now}")
            if today.get("offered") is not None:
                ended = sum(today.get(name, 0) for name in ("answered", "abandoned", "flowed_out"))
                check(ended <= today["offered"], f"{queue['id']}: more calls ended than came: {today}")
            self.last[queue["id"]] = today
        self.states |= {a["state"] for a in snapshot["agents"]}
