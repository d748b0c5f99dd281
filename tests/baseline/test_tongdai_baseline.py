#!/usr/bin/python3
"""The program's answers are those of the reference, on real calls."""

import csv
import os
import subprocess
import sys
import tempfile

PROGRAM = sys.argv[1]
SHARED = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "..", "shared", "baseline")


def run(*arguments):
    return subprocess.run([PROGRAM, *arguments], capture_output=True, text=True, timeout=100,
                          env=dict(os.environ, LC_ALL="C.UTF-8"))


def test_the_reference():
    calls, reference = (os.path.join(SHARED, name) for name in ("bank_calls_5min.csv", "reference_bank5.csv"))
    if not (os.path.exists(calls) and os.path.exists(reference)):
        return "skip the real calls are not here"

    answer = run("forecast", calls, "--days=60", "--origin=day,noon")
    assert answer.returncode == 0, answer.stderr
    rows = {(r["date"], int(r["slot"]), r["origin"]): r for r in csv.DictReader(answer.stdout.splitlines())}
    compared = 0
    with open(reference, encoding="utf-8", newline="") as f:
        for r in csv.DictReader(f):
            for origin, column in (("day", "mean"), ("noon", "noon_mean")):
                if r[column]:
                    mean = float(rows[r["date"], int(r["slot"]), origin]["mean"])
                    assert abs(mean / float(r[column]) - 1) < 1e-4, (r, mean)
                    compared += 1
    assert compared == 60 * (169 + 109), compared
    for row in rows.values():
        quantiles = [float(row[q]) for q in ("q025", "q10", "q25", "q50", "q75", "q90", "q975")]
        assert quantiles == sorted(quantiles), row
    return None


def made_up(folder, name, text):
    path = os.path.join(folder, name)
    with open(path, "w", encoding="utf-8") as f:
        f.write(text)
    return path


def minutes(days, rate, silent=()):
    """One-minute counts, so even that only what is put in can alarm."""
    lines = ["timestamp,calls"]
    for day in range(1, days + 1):
        for minute in range(8 * 60, 12 * 60):
            count = 0 if (day, minute) in silent else rate + (minute * 7 + day) % 3 - 1
            lines.append(f"2026-03-{day:02d}T{minute // 60:02d}:{minute % 60:02d},{count}")
    return "\n".join(lines) + "\n"


def test_a_silence_is_an_alarm():
    with tempfile.TemporaryDirectory() as folder:
        clean = made_up(folder, "clean.csv", minutes(20, 6))
        silent = made_up(folder, "in.csv", minutes(20, 6, {(20, m) for m in range(600, 660)}))
        answer = run("alarms", f"--history={clean}", silent)
        assert answer.returncode == 0, answer.stderr
        assert answer.stdout.splitlines()[0] == "date,minute,dir"
        down = [line.split(",") for line in answer.stdout.splitlines()[1:] if line.endswith("down")]
        assert [d[0] for d in down] == ["2026-03-20"], down
        assert 120 <= int(down[0][1]) <= 124, down


def test_errors_name_file_and_line():
    with tempfile.TemporaryDirectory() as folder:
        for text, says in (("timestamp,calls\n2026-03-01T08:00,5\n2026-03-01T08:05,x\n", "in.csv:3:"),
                           ("a,b\n1,2\n", "in.csv:1:"), ("", "no counts"),
                           ("timestamp,calls\n2026-03-01T08:00,5\n2026-03-01T08:00,5\n", "twice")):
            answer = run("forecast", made_up(folder, "in.csv", text))
            assert answer.returncode == 1 and says in answer.stderr, (text, answer.stderr)
        assert run("forecast", os.path.join(folder, "none.csv")).returncode == 1
        assert run("forecast").returncode == 2
        assert run("forecast", "--days=0", made_up(folder, "in.csv", "")).returncode == 2


def main():
    tests = [(n[5:].replace("_", " "), f) for n, f in globals().items() if n.startswith("test_")]
    print(f"1..{len(tests)}")
    failed = 0
    for number, (name, function) in enumerate(tests, 1):
        try:
            word = function()
            print(f"ok {number} {name}" + (f" # {word}" if word else ""))
        except (AssertionError, KeyError, IndexError, subprocess.SubprocessError) as e:
            failed += 1
            print(f"not ok {number} {name}")
            print(f"{name}: {e!r}", file=sys.stderr)
    sys.exit(1 if failed else 0)


main()
