"""Compares what the dashboard shows with what Asterisk says."""

from dashboard import by_id
from tap import check, check_equal
from traffic import interface
from truth import COUNTS, Show

WRAP_UP = {interface("1018"): 600}  # as in queues.conf; 1 s for the rest
RISING = COUNTS + ("max_wait_seconds",)


def compare_counts(snapshot, truth, only=None):
    """Every count of the snapshot that differs from queue_log, in words; of the
    queues' @only, where it is given."""
    wrong = []
    shown = {q["id"]: q.get("today", {}) for q in snapshot["queues"]}
    for queue, counts in sorted(truth.queues.items()):
        for name in only or COUNTS:
            if shown.get(queue, {}).get(name) != counts[name]:
                wrong.append(f"{queue}: {name} is {shown.get(queue, {}).get(name)}, in queue_log {counts[name]}")
    for queue, today in shown.items():
        if queue not in truth.queues and any(today.get(name) for name in COUNTS):
            wrong.append(f"{queue} counts {today}, and queue_log has nothing of it")
    if only:
        return wrong
    names = {}
    for agent in snapshot["agents"]:
        names[agent.get("name", agent["id"])] = agent.get("today", {})
    for name, counts in sorted(truth.agents.items()):
        for key, value in counts.items():
            if names.get(name, {}).get(key, 0) != value:
                wrong.append(f"{name}: {key} is {names.get(name, {}).get(key)}, in queue_log {value}")
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
