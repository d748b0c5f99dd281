#!/usr/bin/python3
"""Adds up what the last `meson test` of a build folder said.

    tests/tally.py FOLDER [OPTION]...   the options that meson test was given

Prints three numbers: passed, failed, skipped; then, a line each, the points
that failed, and those that passed only when they were tried again. Counts each
point of each TAP program. What meson's own JUnit file forgets is a failure
here: a program that crashed, leaked, ran out of time or stopped short after
points that were fine, and a program that should have run and did not.
"""

import glob
import json
import os
import re
import subprocess
import sys

# How a program says why it ends: GLib's tests, its log, the sanitizers.
LAST_WORDS = re.compile(r"Bail out!|\*\* ?ERROR|.*-(?:ERROR|CRITICAL|WARNING) \*\*|SUMMARY: \w+Sanitizer|.*runtime error:")
POINT = re.compile(r"(not )?ok\b[^#]*(?:#\s*(skip|todo)\b)?", re.IGNORECASE)


def count(record):
    """Returns (passed, failed, skipped) of one test program."""
    passed = failed = skipped = 0
    for line in record.get("stdout", "").splitlines():
        point = POINT.match(line)
        if point is None:
            continue
        if point[2]:
            skipped += 1
        elif point[1]:
            failed += 1
        else:
            passed += 1

    result = record["result"]
    if result in ("OK", "EXPECTEDFAIL"):
        if passed + failed + skipped == 0:
            passed = 1
    elif result == "SKIP":
        if skipped == 0:
            skipped = 1
    elif failed == 0:
        failed = 1
    return passed, failed, skipped


def get_last_words(record):
    """Returns why a program ended that failed at no point, and after which."""
    said = [line.strip() for stream in ("stdout", "stderr") for line in record.get(stream, "").splitlines()]
    points = [line for line in said if POINT.match(line)]
    words = [line for line in said if LAST_WORDS.match(line)] or said[-1:]
    return "; ".join([record["result"]] + [f"after “{line}”" for line in points[-1:]] + words[-3:])


def main():
    folder, options = sys.argv[1], sys.argv[2:]
    # Its name holds that of a wrapper, if there was one.
    log = max(glob.glob(os.path.join(folder, "meson-logs", "testlog*.json")), key=os.path.getmtime)
    listing = subprocess.run(
        ["meson", "test", "--no-rebuild", "-C", folder, "--list", *options],
        capture_output=True, text=True)
    if listing.returncode != 0:
        sys.exit(listing.stdout + listing.stderr)
    expected = [line for line in listing.stdout.splitlines()
                if line and not line.startswith(("ninja:", "No "))]

    with open(log, encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines if line.strip()]

    total = [0, 0, 0]
    failures = []
    for record in records:
        numbers = count(record)
        for i, number in enumerate(numbers):
            total[i] += number
        if numbers[1]:
            points = [line[len("not ok"):].strip() for line in record.get("stdout", "").splitlines()
                      if line.startswith("not ok") and "# TODO" not in line]
            failures += [f"{record['name']}: {point}" for point in points or [get_last_words(record)]]

    again = [f"{record['name']}: {line[len('# failed once:'):].strip()}" for record in records
             for line in record.get("stdout", "").splitlines() if line.startswith("# failed once:")]

    absent = len(expected) - len(records)
    if absent > 0 or not records:
        print(f"{max(absent, 1)} test programs did not run", file=sys.stderr)
        total[1] += max(absent, 1)
    print(*total)
    for failure in failures:
        print("failed:", failure)
    for point in again:
        print("failed once:", point)


if __name__ == "__main__":
    main()
