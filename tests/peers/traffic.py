"""A busy time at the call centre: who calls when, how patient they are, what the
agents do meanwhile. The same seed makes the same plan."""

import random
import time

from asterisk import Refused

# How much of the traffic each queue has.
QUEUES = {"19009000": 6, "19001006": 5, "reason-billing": 2, "reason-technical": 3, "reason-sales": 2,
          "reason-complaint": 2, "reason-empty": 1}
REASONS = ("Nghỉ giải lao", "Ăn trưa", "Đào tạo", "Họp", "Xét nghiệm")
GIVEN_NAMES = ("An", "Bình", "Chi", "Dũng", "Giang", "Hạnh", "Khoa", "Lộc", "Mỹ", "Nghĩa")

DYNAMIC = {"1020": ("Tạ Thủy", "19009000"), "1021": ("Lâm Sơn", "19001006")}


def interface(agent):
    return f"Local/{agent}@agents/n"


def log_in(ami, agent, queue=None):
    name, home = DYNAMIC[agent]
    ami.ask("QueueAdd", Queue=queue or home, Interface=interface(agent), MemberName=name,
            StateInterface=f"hint:{agent}@agenthints")


def log_out(ami, agent, queue=None):
    ami.ask("QueueRemove", Queue=queue or DYNAMIC[agent][1], Interface=interface(agent))


class Plan:
    """Steps in time: (seconds from the start, function of the Ami)."""

    def __init__(self, seed, calls, rate):
        r = random.Random(seed)
        self.steps = []
        self.calls = calls
        at = 0.0
        bag = [q for q, weight in QUEUES.items() for _ in range(weight)]
        while calls > 0:
            # Callers come in bursts: that is what fills a queue.
            burst = min(calls, r.choice((1, 1, 1, 2, 3, 8)))
            for _ in range(burst):
                self._add_call(r, at, r.choice(bag))
            calls -= burst
            at += burst * r.uniform(0.5, 1.5) / rate
        self.seconds = at
        self._add_agents(r)
        self.steps.sort(key=lambda step: step[0])

    def _add_call(self, r, at, queue):
        patience = r.choice((2, 3, 4, 6, 9, 30, 30, 30, 30, 30, 30, 30))
        variables = {"TALK": r.choice((1, 1, 2, 2, 3)), "RING": r.choice((0.1, 0.5, 1)), "PRIO": int(r.random() < 0.1)}
        if r.random() < 0.25:
            variables["SKIP"] = r.randrange(10)
        if r.random() < 0.1:
            variables["HOLD"] = 1
        if r.random() < 0.2:
            # Far from their patience: at the same second the manager interface
            # does not tell who gave up, the queue or the caller.
            variables["TIMEOUT"], patience = r.choice(((4, 30), (4, 30), (7, 30), (7, 2)))
        number, name = "09%08d" % r.randrange(10 ** 8), r.choice(GIVEN_NAMES)
        self.steps.append((at, lambda ami: ami.call(queue, number, patience, name, **variables)))

    def _add_agents(self, r):
        free = {f"{1000 + i}": 0.0 for i in range(1, 18)}
        out = {agent: 0.0 for agent in DYNAMIC}
        at = 2.0
        while at < self.seconds - 4:
            until = min(at + r.uniform(2, 12), self.seconds - 1)
            kind = r.random()
            if kind < 0.25:
                agent = r.choice(sorted(out))
                if out[agent] < at:
                    self.steps += [(at, lambda ami, a=agent: log_in(ami, a)), (until, lambda ami, a=agent: log_out(ami, a))]
                    out[agent] = until
            else:
                agent = r.choice(sorted(free))
                if free[agent] < at:
                    self._add_absence(r, agent, at, until, kind)
                    free[agent] = until
            at += r.uniform(0.3, 1.5)

    def _add_absence(self, r, agent, at, until, kind):
        if kind < 0.85:
            reason = r.choice(REASONS)
            self.steps += [(at, lambda ami: pause(ami, agent, reason)), (until, lambda ami: unpause(ami, agent))]
        else:
            self.steps += [(at, lambda ami: ami.set_device(agent, "UNAVAILABLE")),
                           (until, lambda ami: ami.set_device(agent, "NOT_INUSE"))]

    def run(self, ami, meanwhile=lambda: None):
        """Does the steps at their times; @meanwhile is called about twice a second."""
        begin = time.monotonic()
        called = 0.0
        for at, step in self.steps:
            while (left := begin + at - time.monotonic()) > 0:
                if time.monotonic() - called > 0.5:
                    called = time.monotonic()
                    meanwhile()
                else:
                    time.sleep(min(left, 0.1))
            try:
                step(ami)
            except Refused as e:
                # A late step may find that the agent is in, or out, already.
                if "Already there" not in str(e) and "Not there" not in str(e):
                    raise


def pause(ami, agent, reason=None, queue=None):
    fields = {"Reason": reason} if reason else {}
    if queue:
        fields["Queue"] = queue
    ami.ask("QueuePause", Interface=interface(agent) if "/" not in agent else agent, Paused="true", **fields)


def unpause(ami, agent, queue=None):
    fields = {"Queue": queue} if queue else {}
    ami.ask("QueuePause", Interface=interface(agent) if "/" not in agent else agent, Paused="false", **fields)
