#!/usr/bin/python3
"""How good the baseline is on real calls, against the bars that were set.

    baseline_bars.py TONGDAI-BASELINE

The data are not the project's: where they do not lie beside it, there is
nothing to measure, and that is said.
"""

import collections
import csv
import datetime
import gzip
import os
import statistics
import subprocess
import sys
import tempfile

PROGRAM = sys.argv[1]
SHARED = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "..", "shared", "baseline")
OPENS = 7 * 60
MINUTES = 845

missed = 0


def row(name, value, bar, least=False):
    global missed
    met = value >= bar if least else value <= bar
    missed += not met
    print(f"{'ok  ' if met else 'MISS'}  {name:58s} {value:8.2f}  bar {'≥' if least else '≤'} {bar:g}")


def run(*arguments):
    answer = subprocess.run([PROGRAM, *arguments], capture_output=True, text=True, timeout=600)
    if answer.returncode != 0:
        sys.exit(answer.stderr)
    return list(csv.DictReader(answer.stdout.splitlines()))


def read_counts(minutes):
    """{(date, slot): calls} in slots of so many minutes."""
    counts, n = collections.Counter(), collections.Counter()
    with open(os.path.join(SHARED, "bank_calls_5min.csv"), encoding="utf-8", newline="") as f:
        for r in csv.DictReader(f):
            at = datetime.datetime.fromisoformat(r["timestamp"])
            slot = (at.hour * 60 + at.minute - OPENS) // minutes
            counts[at.date().isoformat(), slot] += float(r["calls"])
            n[at.date().isoformat(), slot] += 1
    return {k: v for k, v in counts.items() if n[k] == minutes // 5}


def write_counts(path, counts, minutes):
    with open(path, "w", encoding="utf-8") as f:
        f.write("timestamp,calls\n")
        for (date, slot), calls in sorted(counts.items()):
            minute = OPENS + slot * minutes
            f.write(f"{date}T{minute // 60:02d}:{minute % 60:02d},{calls:g}\n")


def forecast(folder, name, counts, minutes, bars):
    path = os.path.join(folder, "counts.csv")
    write_counts(path, counts, minutes)
    rows = run("forecast", path)
    for origin in ("day", "noon"):
        error = total = n = in80 = in95 = 0
        days = collections.defaultdict(lambda: [0.0, 0.0])
        for r in rows:
            if r["origin"] != origin:
                continue
            calls, mean = counts[r["date"], int(r["slot"])], float(r["mean"])
            error += abs(calls - mean)
            total += calls
            n += 1
            in80 += float(r["q10"]) <= calls <= float(r["q90"])
            in95 += float(r["q025"]) <= calls <= float(r["q975"])
            days[r["date"]][0] += calls
            days[r["date"]][1] += mean
        row(f"{name}, {origin}: WAPE %", round(100 * error / total, 2), bars[origin])
        print(f"      {name}, {origin}: inside the 80 % band {100 * in80 / n:.1f} %, the 95 % band {100 * in95 / n:.1f} %")
        if origin == "day" and "total" in bars:
            row(f"{name}: day total, MAPE %", round(100 * statistics.mean(abs(c - m) / c for c, m in days.values()), 2),
                bars["total"])


def thin(counts):
    """Ten thousand calls a day of them, drawn as the published rows were."""
    try:
        import numpy
    except ImportError:
        return None
    dates = sorted({d for d, _ in counts})
    slots = 1 + max(s for _, s in counts)
    table = numpy.array([[counts[d, s] for s in range(slots)] for d in dates], int)
    drawn = numpy.random.default_rng(1).binomial(table, 10000 / 32461)
    return {(d, s): float(drawn[i, s]) for i, d in enumerate(dates) for s in range(slots)}


def unpack(folder, name):
    path = os.path.join(folder, name + ".csv")
    with gzip.open(os.path.join(SHARED, "streams", name + ".csv.gz"), "rb") as packed, open(path, "wb") as plain:
        plain.write(packed.read())
    return path


def alarms(folder):
    clean = unpack(folder, "rep0_clean")
    last = sorted({d for d, _ in read_counts(5)})[-60:]
    found = [a for a in run("alarms", f"--history={clean}", clean) if a["date"] in last]
    for direction in ("up", "down"):
        row(f"false alarms a week, {direction}", sum(a["dir"] == direction for a in found) / (60 * MINUTES / 4225), 1.1)

    for name, median, late, least in (("x1p2", 31, None, 88), ("x1p5", 7, 14, 88), ("x2", 2, 4, 88), ("x5", 1, None, 88),
                                      ("x0p5", 5, 9, 88), ("x0", 1, 2, 88)):
        path = unpack(folder, f"rep0_{name}")
        with open(path, encoding="utf-8", newline="") as f:
            onsets = {r["timestamp"][:10]: int(r["onset_min"]) for r in csv.DictReader(f)}
        direction = "down" if name.startswith("x0") else "up"
        delays = []
        minutes = collections.defaultdict(list)
        for a in run("alarms", f"--history={clean}", path):
            if a["dir"] == direction:
                minutes[a["date"]].append(int(a["minute"]))
        for date, onset in onsets.items():
            in_time = [m for m in minutes[date] if onset <= m < onset + 120]
            delays.append(min(in_time) - onset + 1 if in_time else 121)
        delays.sort()
        row(f"{name}: minutes to the alarm, median", statistics.median(delays), median)
        if late is not None:
            row(f"{name}: minutes to the alarm, 90 % of them", delays[round(0.9 * (len(delays) - 1))], late)
        row(f"{name}: found within two hours, %", 100 * sum(d <= 120 for d in delays) / len(delays), least, least=True)


def main():
    if not os.path.isdir(os.path.join(SHARED, "streams")):
        print("skipped: the real calls are not beside the project")
        sys.exit(77)
    with tempfile.TemporaryDirectory() as folder:
        counts = read_counts(5)
        forecast(folder, "five minutes", counts, 5, {"day": 6.94, "noon": 6.63, "total": 2.8})
        forecast(folder, "a quarter of an hour", read_counts(15), 15, {"day": 5.24, "noon": 4.69})
        drawn = thin(counts)
        if drawn is None:
            print("      10,000 calls a day: not measured, for want of python3-numpy")
        else:
            forecast(folder, "10,000 calls a day, five minutes", drawn, 5, {"day": 11.1, "noon": 11.2})
        alarms(folder)
    print(f"{missed} bars missed")


main()
