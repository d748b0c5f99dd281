"""What happened in a call centre, by Asterisk's own word: its queue_log and what
`queue show` prints. Nothing here knows how the dashboard reckons."""

import collections
import re

COUNTS = ("offered", "answered", "abandoned", "flowed_out")

# How a caller leaves a queue, neither served nor hanging up.
LEFT = {"EXITWITHTIMEOUT", "EXITWITHKEY", "EXITEMPTY", "SYSCOMPAT"}


class Counts:
    """Of queue_log's records: the counts of each queue and of each agent, and the
    times, which it has in whole seconds: the end's minus the beginning's."""

    def __init__(self, records):
        self.queues = collections.defaultdict(lambda: dict.fromkeys(COUNTS, 0))
        self.waits = collections.defaultdict(list)  # of answered calls
        self.abandons = collections.defaultdict(list)
        self.talks = collections.defaultdict(list)
        self.agents = collections.defaultdict(lambda: {"answered": 0, "no_answer": 0})
        self.agent_talks = collections.defaultdict(list)
        self.events = collections.Counter()
        self.waiting = set()
        self.talking = set()

        for _, call, queue, agent, event, *fields in records:
            self.events[event] += 1
            if queue == "NONE" or event in ("ADDMEMBER", "REMOVEMEMBER"):
                continue
            q = self.queues[queue]
            if event == "ENTERQUEUE":
                q["offered"] += 1
                self.waiting.add(call)
            elif event == "CONNECT":
                q["answered"] += 1
                self.waits[queue].append(int(fields[0]))
                self.agents[agent]["answered"] += 1
                self.waiting.discard(call)
                self.talking.add(call)
            elif event in ("COMPLETEAGENT", "COMPLETECALLER"):
                self.talks[queue].append(int(fields[1]))
                self.agent_talks[agent].append(int(fields[1]))
                self.talking.discard(call)
            elif event == "ABANDON":
                q["abandoned"] += 1
                self.abandons[queue].append(int(fields[2]))
                self.waiting.discard(call)
            elif event in LEFT:
                q["flowed_out"] += 1
                self.waiting.discard(call)
            elif event == "RINGNOANSWER":
                self.agents[agent]["no_answer"] += 1

    def is_quiet(self):
        """Every call that entered has left, and every talk has ended."""
        return not self.waiting and not self.talking


def within(seconds, limit):
    """How many of these whole seconds may be, and how many must be, no more than @limit."""
    return sum(s <= limit - 1 for s in seconds), sum(s <= limit + 1 for s in seconds)


def agrees(total, seconds):
    """Whether @total is the sum of the times that were cut to these whole seconds.
    Each is off by less than one; together by the root of their number, five times
    over, so that this does not fail by chance."""
    return abs(total - sum(seconds)) <= min(len(seconds), 1 + 2.1 * len(seconds) ** 0.5) + 0.001


MEMBER = re.compile(r"^      (?P<name>.*?) \((?P<interface>[^()]+?)(?: from (?P<hint>[^()]+))?\)(?P<rest>.*)$")
CALLER = re.compile(r"^      (?P<position>\d+)\. (?P<channel>\S+) \(wait: (?P<wait>[0-9:]+), prio: \d+\)")
QUEUE = re.compile(r"^(?P<name>\S+) has (?P<calls>\d+) calls .*C:(?P<completed>\d+), A:(?P<abandoned>\d+)")


class Show:
    """What `queue show` prints: queues, their members and callers."""

    def __init__(self, text):
        self.queues = {}
        queue = None
        for line in text.splitlines():
            if m := QUEUE.match(line):
                queue = {"completed": int(m["completed"]), "abandoned": int(m["abandoned"]), "calls": int(m["calls"]),
                         "members": {}, "callers": []}
                self.queues[m["name"]] = queue
            elif m := CALLER.match(line):
                queue["callers"].append(m["channel"])
            elif m := MEMBER.match(line):
                words = re.findall(r"\(([^()]*)\)", m["rest"])
                pause = next((re.match(r"paused(?::(.*?))?(?: was \d+ secs ago)?$", w) for w in words
                              if w.startswith("paused")), None)
                last = next((int(w.split()[2]) for w in words if w.startswith("last was")), None)
                queue["members"][m["interface"]] = {
                    "name": m["name"], "words": words, "paused": pause is not None,
                    "reason": (pause[1] or None) if pause else None, "last": last}

    def members(self, interface):
        """The agent's row in each queue that has it."""
        return [q["members"][interface] for q in self.queues.values() if interface in q["members"]]

    def interfaces(self):
        return {i for q in self.queues.values() for i in q["members"]}

    def state(self, interface, wrap_up=0):
        """(state, on hold, reason) of an agent, in the words of the glossary."""
        rows = self.members(interface)
        if not rows:
            return "offline", False, None
        words = set().union(*(r["words"] for r in rows))
        if "On Hold" in words:
            return "on-call", True, None
        if words & {"In use", "Busy"}:
            return "on-call", False, None
        if "Ringing" in words:
            return "ringing", False, None
        if all(r["paused"] for r in rows):
            return "paused", False, rows[0]["reason"]
        if words & {"Unavailable", "Invalid"}:
            return "unreachable", False, None
        ended = [r["last"] for r in rows if r["last"] is not None]
        if ended and min(ended) < wrap_up:
            return "wrap-up", False, None
        return "available", False, None
