"""What the screen has to say of a snapshot, worked out anew from the JSON.

Nothing here is shared with the program: the formulas are those of the
glossary, the forms of the numbers those of English. Time moves on while a
test looks, so what depends on it is worked out for a span of time, and comes
as the set of all that may be shown in it.
"""

import datetime

UNKNOWN = "—"
NARROW = "\u202f"


def parse_time(text):
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp()


def count(value):
    return UNKNOWN if value is None else f"{value:,}"


def percent(fraction, decimals=1):
    return UNKNOWN if fraction is None else f"{fraction * 100:.{decimals}f}{NARROW}%"


def duration(seconds):
    if seconds is None:
        return UNKNOWN
    seconds = int(seconds)
    hours, minutes, seconds = seconds // 3600, seconds // 60 % 60, seconds % 60
    return f"{hours}:{minutes:02d}:{seconds:02d}" if hours else f"{minutes}:{seconds:02d}"


def mean_duration(seconds):
    return UNKNOWN if seconds is None else duration(int(seconds + 0.5))


def ratio(numerator, denominator):
    return numerator / denominator if denominator > 0 else None


class Numbers:
    """The figures of one queue, or with @queue None of all together."""

    def __init__(self, snapshot, queue=None):
        self.snapshot = snapshot
        self.queues = snapshot["queues"] if queue is None else [queue]
        self.ids = {q["id"] for q in self.queues}
        self.callers = [c for c in snapshot.get("callers", []) if c["queue"] in self.ids]
        self.at = parse_time(snapshot["at"])

    def today(self, name):
        return sum(q["today"][name] for q in self.queues)

    @property
    def waiting(self):
        return sum(q["waiting"] for q in self.queues)

    @property
    def offered_15min(self):
        return sum(q["offered_15min"] for q in self.queues)

    def seconds(self, queue_id):
        queue = next(q for q in self.queues if q["id"] == queue_id)
        own = queue.get("service_level", {}).get("seconds")
        return own if own is not None else self.snapshot["centre"]["service_level"]["seconds"]

    def beyond(self, now):
        return sum(1 for c in self.callers if now - parse_time(c["since"]) > self.seconds(c["queue"]))

    def service_level(self, now):
        return ratio(self.today("answered_in_time"),
                     self.today("answered") + self.today("abandoned") - self.today("short_abandoned")
                     + self.beyond(now))

    def service_levels(self, span, decimals=1):
        """All that the service level may be shown as until @span seconds after the snapshot."""
        moments = {self.at, self.at + span}
        moments |= {parse_time(c["since"]) + self.seconds(c["queue"]) + 0.001 for c in self.callers}
        return {percent(self.service_level(m), decimals) for m in moments if self.at <= m <= self.at + span}

    def longest(self, span):
        since = [parse_time(q["longest_since"]) for q in self.queues if q.get("longest_since")]
        if not since:
            return {UNKNOWN}
        age = max(self.at - min(since), 0)
        return {duration(age + s) for s in range(int(span) + 1)} | {duration(age + span)}

    def asa(self):
        return ratio(self.today("wait_seconds"), self.today("answered"))

    def aht(self):
        return ratio(self.today("talk_seconds") + self.today("hold_seconds") + self.today("wrap_up_seconds"),
                     self.today("answered"))

    def states(self):
        """{state: agents} over all agents."""
        tally = {}
        for agent in self.snapshot["agents"]:
            tally[agent["state"]] = tally.get(agent["state"], 0) + 1
        return tally
