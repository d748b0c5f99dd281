#!/usr/bin/python3
"""What can go wrong between a dashboard and its Asterisk: each time no number may
fall or jump, what was not counted is marked, and at the end it is right again."""

import contextlib
import signal
import time

from asterisk import Asterisk
from compare import Invariants, compare_counts, compare_states
from dashboard import Dashboard
from proxy import Proxy
from tap import PATIENCE, Failure, check, check_equal, wait_until
from traffic import interface, pause, unpause
from truth import Counts, Show
import tap

QUEUE = "19009000"

# What Asterisk's own counters tell without events; which of the callers who did
# not get through hung up, they do not tell.
TOTALS = ("offered", "answered")


class Scene:
    """An Asterisk, a dashboard that watches it, and what is true of both."""

    def __init__(self, folder, proxied=False, **values):
        self.asterisk = Asterisk(folder, **values)
        self.proxy = Proxy(self.asterisk.http_port) if proxied else None
        url = self.proxy.url if proxied else self.asterisk.url
        self.dashboard = Dashboard(folder, url, "wallboard", self.asterisk.secrets["wallboard"])
        self.watch = self.dashboard.watch()
        self.watch.wait_for_health("live")
        self.invariants = Invariants()
        self.number = 0

    def look(self):
        snapshot = self.watch.snapshot()
        self.invariants.look(snapshot)
        return snapshot

    def make_calls(self, served=4, abandoned=1, timed_out=1):
        """Calls that end in each way, and their end."""
        ami = self.asterisk.ami
        for _ in range(served):
            self._call(TALK=1)
        # Nobody serves this queue while they wait.
        members = Show(self.asterisk.cli("queue show")).queues["reason-billing"]["members"]
        for i in members:
            pause(ami, i, "Họp", "reason-billing")
        for _ in range(abandoned):
            self._call("reason-billing", patience=4)
        for _ in range(timed_out):
            self._call("reason-billing", TIMEOUT=2)
        wait_until(lambda: self.look() and self.is_over(), "the end of the calls", 60)
        for i in members:
            unpause(ami, i, "reason-billing")

    def _call(self, queue=QUEUE, patience=60, **variables):
        self.number += 1
        self.asterisk.ami.call(queue, f"09000{self.number:05d}", patience, **variables)

    def is_over(self):
        records = self.asterisk.queue_log()
        return Counts(records).is_quiet() and \
            sum(r[4] == "ENTERQUEUE" for r in records) == self.number and not self.asterisk.channels()

    def truth(self):
        return Counts(self.asterisk.queue_log())

    def expect_truth(self, names=None, seconds=30, gap=False):
        """Waits until the dashboard says what Asterisk says; returns its snapshot.
        After a @gap events may be lost: then it has to say so, and only what
        Asterisk's own counters tell has to be right."""
        def agreed():
            agreed.snapshot = self.look()
            only = TOTALS if gap and is_estimated(agreed.snapshot) else names
            agreed.wrong = compare_counts(agreed.snapshot, self.truth(), only)
            agreed.wrong += compare_states(agreed.snapshot, Show(self.asterisk.cli("queue show")))
            return not agreed.wrong
        try:
            wait_until(agreed, "agreement", seconds)
        except Failure as e:
            if not hasattr(agreed, "wrong"):
                raise
            raise Failure(f"{e}, {self.watch.health()}:\n" + "\n".join(agreed.wrong)) from None
        return agreed.snapshot

    def close(self):
        if self.proxy is not None:
            self.proxy.close()
        self.asterisk.clean_up()


@contextlib.contextmanager
def scene(folder, **options):
    s = Scene(folder, **options)
    try:
        yield s
        s.watch.end()
    finally:
        s.close()


def is_estimated(snapshot):
    return any(q.get("estimated") for q in snapshot["queues"])


def test_a_restart_loses_nothing_that_was_counted(folder):
    with scene(folder) as s:
        s.make_calls()
        s.expect_truth()
        s.asterisk.stop()
        _, error = s.watch.wait_for_health("lost", "stale")
        check(s.look()["queues"], "the last state is gone")
        s.asterisk.start()
        s.watch.wait_for_health("live", seconds=60)
        s.make_calls()
        s.expect_truth(gap=True)
        check(error, "nothing said why the source was lost")


def test_a_reload_changes_nothing(folder):
    with scene(folder) as s:
        s.make_calls()
        s.expect_truth()
        s.asterisk.cli("module reload app_queue.so")
        s.asterisk.cli("core reload")
        s.make_calls()
        check(not is_estimated(s.expect_truth()), "a reload made the counts estimates")


def test_a_queue_reset_takes_nothing_back(folder):
    with scene(folder) as s:
        s.make_calls()
        s.expect_truth()
        s.asterisk.ami.ask("QueueReset")
        show = Show(s.asterisk.cli("queue show"))
        check_equal(show.queues[QUEUE]["completed"], 0, "Asterisk's own counter after the reset")
        s.make_calls()
        s.expect_truth()


def test_a_killed_session_is_signed_in_anew(folder):
    with scene(folder, proxied=True) as s:
        s.make_calls()
        s.expect_truth()
        for _ in range(3):
            said = s.proxy.kill_session()
            check("Goodbye" in said, f"the session was not killed: {said}")
            s.make_calls(served=2)
            s.expect_truth(gap=True)
        s.watch.wait_for_health("live")
        check_equal(s.proxy.targets, {"/asterisk/rawman"}, "what was asked for: no word of it belongs into a URL")


def test_a_page_of_a_proxy_is_told_and_the_state_kept(folder):
    with scene(folder, proxied=True) as s:
        s.make_calls()
        before = s.expect_truth()
        s.proxy.mode = "html"
        _, error = s.watch.wait_for_health("lost", "stale", "refused")
        error = wait_until(lambda: s.watch.health()[1], "a word about the page", 20)
        check_equal(s.look()["queues"], before["queues"], "the queues while a proxy answers")
        s.proxy.mode = "pass"
        s.watch.wait_for_health("live", seconds=60)
        s.make_calls()
        s.expect_truth(gap=True)


def test_half_an_answer_is_no_answer(folder):
    with scene(folder, proxied=True) as s:
        s.make_calls()
        before = s.expect_truth()
        s.proxy.mode = "half"
        wait_until(lambda: s.watch.health()[1], "a word about the half answers", 40)
        check_equal(s.look()["queues"], before["queues"], "the queues on half answers")
        s.proxy.mode = "pass"
        s.watch.wait_for_health("live", seconds=60)
        s.make_calls()
        s.expect_truth(gap=True)


def test_lost_events_are_noticed_and_the_counts_marked(folder):
    with scene(folder, proxied=True) as s:
        s.make_calls()
        check(not is_estimated(s.expect_truth()), "exact counts are marked as estimates")
        s.proxy.mode = "lose"
        while not all(name in s.proxy.lost for name in (b"AgentConnect", b"AgentComplete")):
            s.make_calls(served=6)
        s.proxy.mode = "pass"
        wait_until(lambda: is_estimated(s.look()), "an estimate of what was lost", 60)
        s.expect_truth(TOTALS, seconds=60)
        s.make_calls()
        s.expect_truth(TOTALS)


def test_a_dashboard_that_slept_is_right_when_it_wakes(folder):
    with scene(folder, HTTPTIMEOUT="5") as s:
        s.make_calls()
        s.expect_truth()
        s.watch.process.send_signal(signal.SIGSTOP)
        try:
            begin = time.monotonic()
            ami = s.asterisk.ami
            for _ in range(5):
                s._call(TALK=1)
            wait_until(s.is_over, "the end of the calls", 60)
            pause(ami, interface("1002"), "Ăn trưa")
            # For longer than its session lives.
            wait_until(lambda: time.monotonic() - begin > 9, "the session's end", 20)
        finally:
            s.watch.process.send_signal(signal.SIGCONT)
        s.watch.wait_for_health("live", seconds=60)
        s.expect_truth(TOTALS)
        s.make_calls()
        s.expect_truth(TOTALS)


def test_a_wrong_password_is_told(folder):
    with contextlib.ExitStack() as stack:
        asterisk = Asterisk(folder)
        stack.callback(asterisk.clean_up)
        wrong = "not-the-word-" + "x" * 8
        dashboard = Dashboard(folder, asterisk.url, "wallboard", wrong)
        status, output, errors = dashboard.check()
        check_equal(status, 1, f"the status of a check with a wrong password ({output}{errors})")
        check("Authentication failed" in output, f"it is not said: {output}{errors}")
        check(wrong not in output + errors, "the secret is in the output")
        status, output, errors = dashboard.run("--dump", dashboard.name)
        check(status != 0, f"a dump with a wrong password ended well: {output}{errors}")
        watch = dashboard.watch()
        _, error = watch.wait_for_health("refused")
        check(error and wrong not in error, f"the error of a wrong password: {error}")

        right = Dashboard(folder, asterisk.url, "wallboard", asterisk.secrets["wallboard"], "right")
        status, output, errors = right.check()
        check_equal(status, 0, f"the status of a check with the right password ({output}{errors})")
        check("16.28" in output, f"the server's version is not in the check: {output}")
        status, output, errors = Dashboard(folder, asterisk.url, "supervisor", asterisk.secrets["supervisor"],
                                           "digest", digest="true").check()
        check_equal(status, 0, f"the status of a check by digest ({output}{errors})")

        noperm = Dashboard(folder, asterisk.url, "noperm", asterisk.secrets["noperm"], "noperm")
        _, output, errors = noperm.check()
        watch = noperm.watch()
        # QueueStatus needs no right, so what it tells is shown.
        watch.wait_for(lambda snapshot: len(snapshot["agents"]) >= 19, "the agents without a right")
        check(watch.info()["missing"], f"nothing tells that rights are missing; the check says: {output}")
        check_equal(watch.info()["actions"], set(), "what a user without rights may do")


def test_what_is_no_asterisk_is_told(folder):
    asterisk = Asterisk(folder)
    try:
        proxy = Proxy(asterisk.http_port)
        proxy.mode = "html"
        status, output, errors = Dashboard(folder, proxy.url, "wallboard", "x").check()
        check_equal(status, 1, f"the status of a check of a web page ({output}{errors})")
        proxy.close()
        nothing = f"http://127.0.0.1:{tap.free_port()}/asterisk"
        status, output, errors = Dashboard(folder, nothing, "wallboard", "x").check()
        check_equal(status, 1, f"the status of a check of nothing ({output}{errors})")
        status, output, errors = Dashboard(folder, asterisk.url + "/elsewhere", "wallboard", "x").check()
        check_equal(status, 1, f"the status of a check of another page ({output}{errors})")
    finally:
        asterisk.clean_up()


tap.run(globals(), "tongdai-peers.")
