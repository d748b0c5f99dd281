#!/usr/bin/python3
"""What the dashboard costs against a wallboard in a browser: the same Asterisk,
the same calls, the same seconds.

usage: compare.py [SECONDS]; started by `./run compare`, in tests/headless.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(HERE, ".."), os.path.join(HERE, "..", "peers")]

import tap  # noqa: E402
from asterisk import Asterisk  # noqa: E402
from dashboard import Dashboard  # noqa: E402
from processes import cpu_s, pss_mib, tree  # noqa: E402
from proxy import Proxy  # noqa: E402
from traffic import DYNAMIC, Plan, log_in  # noqa: E402

WARM_UP = 15


class Rival:
    """A program that is measured; @refreshes tells how often it has refreshed by now."""

    def __init__(self, name, process, refreshes):
        self.name, self.process, self.refreshes = name, process, refreshes

    def begin(self):
        self.pids = tree(self.process.pid)
        self.cpu, self.count = cpu_s(self.pids), self.refreshes()

    def report(self, seconds):
        pids = tree(self.process.pid)
        cpu, count = cpu_s(pids) - self.cpu, self.refreshes() - self.count
        if self.process.poll() is not None or count == 0:
            sys.exit(f"{self.name} did not run (status {self.process.poll()})")
        print(f"| {self.name} | {seconds / count:.2f} s | {cpu / count * 1e3:.1f} ms | {cpu / seconds * 1e3:.0f} ms "
              f"| {pss_mib(pids):.0f} MiB in {len(pids)} |", flush=True)


def start_tongdai(folder, asterisk, page):
    """The program, by way of a proxy that counts how often it asks."""
    proxy = Proxy(asterisk.http_port)
    folder = os.path.join(folder, page)
    os.makedirs(folder)
    dashboard = Dashboard(folder, proxy.url, "wallboard", asterisk.secrets["wallboard"])
    process = tap.start([os.environ["TONGDAI"], f"--profile={dashboard.name}", f"--page={page}", "--size=1920x1080"],
                        os.path.join(folder, "tongdai.log"), **dashboard.environment)
    return Rival(f"tongdai, {page}", process, lambda: proxy.actions.count("queuestatus"))


def start_wallboard(folder, asterisk):
    log = os.path.join(folder, "wallboard.log")
    server = tap.start([sys.executable, os.path.join(HERE, "wallboard", "server.py"), asterisk.url, "wallboard"], log,
                       stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    server.stdin.write(asterisk.secrets["wallboard"].encode() + b"\n")
    server.stdin.flush()
    url = server.stdout.readline().decode().strip()

    def answers():
        server.stdin.write(b"\n")
        server.stdin.flush()
        return int(server.stdout.readline())

    browser = tap.start(
        ["chromium", "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--window-size=1920,1080",
         "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-extensions",
         "--remote-debugging-port=0", f"--user-data-dir={folder}/chromium", url], log)
    return Rival("headless Chromium", browser, answers), Rival("its server", server, answers)


def main():
    seconds = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    folder = tempfile.mkdtemp(prefix="tongdai-compare.")
    asterisk = None
    try:
        asterisk = Asterisk(folder)
        for agent in DYNAMIC:
            log_in(asterisk.ami, agent)
        browser = start_wallboard(folder, asterisk)
        rate = 2.0
        pages = ("overview", "agents")
        plan = Plan(seed=21, calls=int(len(pages) * (seconds + WARM_UP + 5) * rate), rate=rate)
        calls = threading.Thread(target=plan.run, args=[asterisk.ami], daemon=True)
        calls.start()

        version = subprocess.run(["chromium", "--version"], capture_output=True, text=True).stdout.split()[1]
        print(f"7 queues, 21 agents, {rate:g} calls a second, {seconds} s, 1920×1080, Chromium {version}:\n")
        print("| | refreshes every | CPU a refresh | CPU a second | memory (PSS), processes |\n|---|---|---|---|---|")
        for page in pages:
            # One window at a time: two would share their libraries' memory.
            tongdai = start_tongdai(folder, asterisk, page)
            time.sleep(WARM_UP)
            rivals = [tongdai, *browser]
            for rival in rivals:
                rival.begin()
            begin = time.monotonic()
            time.sleep(seconds)
            passed = time.monotonic() - begin
            for rival in rivals:
                rival.report(passed)
            tap.end(tongdai.process)
        calls.join(60)
    finally:
        tap.end_all()
        if asterisk is not None:
            asterisk.clean_up()
        shutil.rmtree(folder, ignore_errors=True)


main()
