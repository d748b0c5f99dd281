# The program as a whole: its start against an empty libadwaita window's, its
# memory, and how long its main loop is ever away. Times are of one run on one
# machine: read the ratios.
#
# usage: bench-program.py TONGDAI CENTRE EMPTY_WINDOW BENCH_STALLS

import os
import statistics
import subprocess
import sys
import tempfile
import time

ROUNDS = 7
SECONDS = 15

tongdai, centre_program, empty_window, bench_stalls = sys.argv[1:5]


class Centre:
    """A simulated centre on a free port."""

    def __init__(self, *options):
        self.process = subprocess.Popen(
            [centre_program, "--port=0", "--seed=1", "--date=2026-11-18T10:00", *options],
            stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True)
        self.token = self.url = None
        for line in self.process.stdout:
            if line.startswith("token "):
                self.token = line.split()[1]
            elif line.startswith("listening on "):
                self.url = line.split()[2]
                return
        sys.exit("the centre did not get ready")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(20)


def first_frame(*command):
    """Milliseconds from the start of a program to its first frame."""
    started = time.monotonic()
    output = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False).stdout
    for line in output.splitlines():
        if line.startswith("first frame at "):
            return int(line.split()[-1]) / 1e3 - started * 1e3
    sys.exit(f"no first frame of {command[0]}:\n{output}")


def pss_mib(pid):
    with open(f"/proc/{pid}/smaps_rollup", encoding="ascii") as f:
        for line in f:
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    return None


def cpu_s(pid):
    with open(f"/proc/{pid}/stat", encoding="utf-8") as f:
        fields = f.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def bench_start():
    with Centre("--agents=300") as centre:
        environment = dict(os.environ, TONGDAI_TOKEN=centre.token)
        os.environ.update(environment)
        ours, empty = [], []
        for _ in range(ROUNDS):
            empty.append(first_frame(empty_window))
            ours.append(first_frame(tongdai, f"--url={centre.url}", "--first-frame"))
    a, b = statistics.median(ours), statistics.median(empty)
    ratio = statistics.median(x / y for x, y in zip(ours, empty))
    print(f"start to first frame    tongdai {a:6.0f} ms   empty window {b:6.0f} ms   ratio {ratio:5.2f}  (at most 2)")


def bench_memory():
    for agents in (300, 10000):
        with Centre(f"--agents={agents}") as centre, tempfile.TemporaryFile() as log:
            environment = dict(os.environ, TONGDAI_TOKEN=centre.token)
            process = subprocess.Popen([tongdai, f"--url={centre.url}", "--page=agents", "--size=1920x1080"],
                                       env=environment, stdout=log, stderr=log)
            try:
                time.sleep(10)
                before = cpu_s(process.pid)
                time.sleep(SECONDS)
                cpu = (cpu_s(process.pid) - before) / SECONDS * 1e3
                memory = pss_mib(process.pid)
            finally:
                process.terminate()
                process.wait(20)
        bound = "  (at most 100)" if agents == 300 else ""
        print(f"{agents:6d} agents          PSS {memory:6.1f} MiB{bound}   CPU {cpu:6.1f} ms a second")


def bench_loop():
    print("main loop              agents  changes a second  longest turn (CPU ms)  (wall ms)  over 50 ms  CPU ms a second")
    # Twice as fast as life, so that of 10,000 agents more than 1 % change each second.
    for agents in (120, 1000, 10000):
        with Centre(f"--agents={agents}", "--speed=2") as centre:
            for page in ("overview", "queues", "agents"):
                line = subprocess.run([bench_stalls, centre.url, centre.token, page, str(SECONDS)],
                                      capture_output=True, text=True, timeout=120, check=True).stdout
                cpu, wall, stalls, load, n, changes = line.split()
                print(f"  {page:20s} {n:>6s}  {changes:>16s}  {cpu:>21s}  {wall:>9s}  {stalls:>10s}  {load:>15s}")


bench_start()
bench_memory()
bench_loop()
