#!/usr/bin/python3
"""The man pages tell every option that the programs tell.

    test_man_pages.py FOLDER PROGRAM...
"""

import os
import re
import shutil
import subprocess
import sys

FOLDER = sys.argv[1]
PROGRAMS = sys.argv[2:]
OPTION = re.compile(r"^\s+(?:-\w, )?(--[a-z][a-z-]*)", re.M)


def run(*arguments):
    environment = dict(os.environ, LC_ALL="C.UTF-8")
    environment.pop("MAN_KEEP_FORMATTING", None)
    return subprocess.run(arguments, capture_output=True, text=True, timeout=60, env=environment, check=False)


def page_of(program):
    return os.path.join(FOLDER, os.path.basename(program) + ".1")


def check_options(program):
    answer = run(program, "--help")
    assert answer.returncode == 0, answer.stderr
    told = set(OPTION.findall(answer.stdout))
    assert "--version" in told, answer.stdout
    with open(page_of(program), encoding="utf-8") as f:
        page = f.read().replace("\\-", "-")
    missing = sorted(option for option in told if not re.search(re.escape(option) + r"(?![a-z-])", page))
    assert not missing, f"the man page does not have {', '.join(missing)}"


def check_form(program):
    if shutil.which("man") is None:
        return "skip man is not here"
    answer = run("man", "-l", "--warnings", "-E", "UTF-8", page_of(program))
    assert answer.returncode == 0 and answer.stderr == "", answer.stderr
    assert "OPTIONS" in answer.stdout, answer.stdout
    return None


def main():
    checks = [(f"{os.path.basename(p)}: {name}", f, p) for p in PROGRAMS
              for name, f in (("every option is in it", check_options), ("it has no faults of form", check_form))]
    print(f"1..{len(checks)}")
    failed = 0
    for number, (name, check, program) in enumerate(checks, 1):
        try:
            word = check(program)
            print(f"ok {number} {name}" + (f" # {word}" if word else ""))
        except AssertionError as e:
            failed += 1
            print(f"not ok {number} {name}")
            print(f"{name}: {e}", file=sys.stderr)
    sys.exit(1 if failed else 0)


main()
