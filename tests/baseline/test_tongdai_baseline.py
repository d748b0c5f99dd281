#!/usr/bin/python3
"""The program's answers are those of the reference, on real calls."""

import csv
import datetime
import math
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
                           ("timestamp,calls\n2026-03-01T08:00,5\n2026-03-01T08:00,5\n", "twice"),
                           ("calls,timestamp\n1e9,2026-03-01T08:00\n", "in.csv:2: column 1 (calls)")):
            answer = run("forecast", made_up(folder, "in.csv", text))
            assert answer.returncode == 1 and says in answer.stderr, (text, answer.stderr)
        assert run("forecast", os.path.join(folder, "none.csv")).returncode == 1
        assert run("forecast").returncode == 2
        assert run("forecast", "--days=0", made_up(folder, "in.csv", "")).returncode == 2


COLUMNS = ["date", "slot", "origin", "mean", "q025", "q10", "q25", "q50", "q75", "q90", "q975"]
MONDAY = datetime.date(2026, 1, 5)


def counts(days, step, opens, closes, of_day, keep=lambda day, minute: True):
    """Rows of a line whose calls are of_day(day), none where that is None."""
    n = (closes - opens) // step
    for day in range(days):
        total = of_day(day)
        if total is None:
            continue
        date, owed = MONDAY + datetime.timedelta(day), 0.5
        for slot in range(n):
            minute = opens + slot * step
            # A hump over the day, and a little unrest that is the same on every machine.
            owed += total / n * (1 + 0.8 * math.sin(math.pi * (slot + 0.5) / n)) / 1.51 * (1 + 0.1 * math.sin(slot * 7 + day * 5))
            if keep(day, minute):
                yield f"{date}T{minute // 60:02d}:{minute % 60:02d}", int(owed)
            owed -= int(owed)


def forecast(rows, *arguments, head="timestamp,calls", end="\n"):
    """{date: [forecast of the evening before, calls]} once every number of the answer is fit to use."""
    rows = list(rows)
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "in.csv")
        with open(path, "w", encoding="utf-8", newline="") as f:
            f.write(end.join([head, *(f"{t},{c}" for t, c in rows)]) + end)
        answer = run("forecast", path, *arguments)
    assert answer.returncode == 0 and answer.stderr == "", answer.stderr
    reader = csv.DictReader(answer.stdout.splitlines())
    assert reader.fieldnames == COLUMNS, reader.fieldnames
    days = {}
    for row in reader:
        mean, *quantiles = (float(row[c]) for c in COLUMNS[3:])
        assert math.isfinite(mean) and mean >= 0, row
        assert all(math.isfinite(q) and q >= 0 for q in quantiles) and quantiles == sorted(quantiles), row
        if row["origin"] == "day":
            days.setdefault(row["date"], [0, 0])[0] += mean
    for at, calls in rows:
        if at[:10] in days:
            days[at[:10]][1] += float(calls or 0)
    return days


def check_near(days, share):
    assert days, "no forecast"
    for date, (mean, calls) in days.items():
        assert abs(mean / calls - 1) < share, (date, mean, calls)


def test_any_length_of_slots():
    for step in (1, 5, 10, 15, 30, 60):
        for opens, closes in ((480, 1020), (0, 1440)):
            days = forecast(counts(35, step, opens, closes, lambda day: None if day % 7 > 4 else 3000), "--days=5")
            assert len(days) == 5, days
            check_near(days, 0.05)


def test_counts_by_the_day():
    days = forecast(((str(MONDAY + datetime.timedelta(d)), 600 if d % 7 == 6 else 1000) for d in range(60)), "--days=7")
    assert len(days) == 7, days
    check_near({d: (mean, 600 if datetime.date.fromisoformat(d).weekday() == 6 else 1000) for d, (mean, _) in days.items()}, 0.06)


def test_bytes_that_other_programs_write():
    rows = list(counts(20, 15, 480, 1020, lambda day: 2000))
    plain = forecast(rows)
    assert plain == forecast(rows, head="\ufefftimestamp,calls", end="\r\n")
    assert plain == forecast(reversed(rows))
    assert plain == forecast([(t.replace("T", " ") + ":00+07:00", c) for t, c in rows])


def test_what_is_missing_is_not_zero():
    whole = forecast(counts(40, 5, 480, 1020, lambda day: 2000), "--days=3")
    gaps = forecast(counts(40, 5, 480, 1020, lambda day: None if day in (20, 21, 30) else 2000,
                           lambda day, minute: day >= 37 or (day * 7 + minute // 5) % 9 != 0), "--days=3")
    assert len(gaps) == 3
    for date, (mean, _) in gaps.items():
        assert abs(mean / whole[date][0] - 1) < 0.03, (date, mean, whole[date])


def test_more_days_than_the_file_has():
    assert len(forecast(counts(6, 15, 480, 1020, lambda day: 500), "--days=400")) == 5
    assert forecast(counts(1, 15, 480, 1020, lambda day: 500)) == {}


def test_few_calls():
    days = forecast(counts(60, 5, 480, 1020, lambda day: 3), "--days=20")
    assert all(1.5 < mean < 6 for mean, _ in days.values()), days
    assert forecast(counts(20, 5, 480, 1020, lambda day: 0)) == {}


def test_many_calls():
    check_near(forecast(counts(20, 60, 480, 1020, lambda day: 4e7), "--days=5"), 0.03)


def test_three_days_of_history():
    check_near(forecast(counts(4, 5, 480, 1020, lambda day: 1000), "--days=1"), 0.05)


def test_a_line_that_is_closed_at_week_ends():
    for closed in (None, 0):
        days = forecast(counts(42, 5, 480, 1020, lambda day: closed if day % 7 > 4 else 2000), "--days=14")
        assert len(days) == 14, days
        for date, (mean, calls) in days.items():
            assert mean < 1 if calls == 0 else abs(mean / calls - 1) < 0.06, (closed, date, mean, calls)


def test_a_day_without_a_call():
    days = forecast(counts(40, 5, 480, 1020, lambda day: 0 if day == 32 else 2000), "--days=7")
    check_near(days, 0.05)


def test_a_line_that_opens_later():
    days = forecast(counts(20, 5, 480, 1020, lambda day: 0 if day < 3 else 1000), "--days=14")
    check_near(days, 0.12)


def test_calls_that_triple_overnight():
    days = list(forecast(counts(40, 5, 480, 1020, lambda day: 6000 if day >= 34 else 2000), "--days=6").values())
    assert abs(days[0][0] / 2000 - 1) < 0.06, days
    assert all(abs(mean / calls - 1) < 0.15 for mean, calls in days[2:]), days


def test_holidays():
    rows = list(counts(60, 15, 480, 1020, lambda day: 600 if day in (24, 38, 58) else 2000))
    with tempfile.TemporaryDirectory() as folder:
        names = "".join(f"{MONDAY + datetime.timedelta(d)},a day off\r\n" for d in (24, 38, 58))
        days = forecast(rows, "--days=2", "--holidays=" + made_up(folder, "off.csv", "\ufeffdate,name\r\n" + names))
        check_near(days, 0.25)
        bad = run("forecast", "--holidays=" + made_up(folder, "bad.csv", "date,name\nsoon,Tết\n"),
                  made_up(folder, "in.csv", "timestamp,calls\n2026-03-01T08:00,5\n"))
        assert bad.returncode == 1 and "bad.csv:2:" in bad.stderr, bad.stderr


def test_days_that_open_at_another_minute_are_judged():
    with tempfile.TemporaryDirectory() as folder:
        clean = made_up(folder, "clean.csv", minutes(20, 6))
        silent = minutes(20, 6, {(20, m) for m in range(600, 660)}).splitlines()
        day = [line for line in silent if line.startswith("2026-03-20T") and line[11:] >= "08:17"]
        answer = run("alarms", f"--history={clean}", made_up(folder, "in.csv", "\n".join([silent[0], *day]) + "\n"))
        assert answer.returncode == 0, answer.stderr
        down = [line.split(",") for line in answer.stdout.splitlines() if line.endswith("down")]
        assert len(down) == 1 and 120 <= int(down[0][1]) <= 124, answer.stdout


def test_alarms_need_minutes():
    with tempfile.TemporaryDirectory() as folder:
        clean = made_up(folder, "clean.csv", minutes(20, 6))
        coarse = made_up(folder, "coarse.csv", "timestamp,calls\n2026-03-01T08:00,5\n2026-03-01T08:15,5\n")
        for history, path in ((clean, coarse), (coarse, clean)):
            answer = run("alarms", f"--history={history}", path)
            assert answer.returncode == 1 and "coarse.csv: its slots" in answer.stderr, answer.stderr
        assert run("alarms", clean).returncode == 2


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
