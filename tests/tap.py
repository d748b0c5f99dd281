"""What the tests written in Python share: checks, waits with a deadline,
processes that end with the test, and a report in TAP.

A test file defines functions whose names start with `test_`, each of which is
given a folder of its own, and ends in `run(globals())`.
"""

import atexit
import ctypes
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import traceback

# Sanitized builds and shared machines are slow; a test waits this much longer there.
PATIENCE = float(os.environ.get("TONGDAI_TEST_PATIENCE", "1"))

# How often a test with a screen is tried before it has failed. A key or a click
# can get lost in a display that is starved of time; who passes late is told of.
TRIES = int(os.environ.get("TONGDAI_TEST_TRIES", "1"))

PR_SET_PDEATHSIG = 1

_started = []


class Failure(Exception):
    """What a test found wrong."""


class Skip(Exception):
    """Why a test cannot be made here."""


def check(condition, message):
    if not condition:
        raise Failure(message)


def check_equal(actual, expected, what):
    check(actual == expected, f"{what} is {actual!r}, not {expected!r}")


def wait_until(probe, what, seconds=15, passing=()):
    """Calls @probe until it returns something true, and returns that. Errors of
    the kinds in @passing only mean: not yet."""
    deadline = time.monotonic() + seconds * PATIENCE
    error = None
    while True:
        try:
            value = probe()
            error = None
        except passing as e:
            value, error = None, e
        if value:
            return value
        if time.monotonic() > deadline:
            raise Failure(f"{what}: not within {seconds * PATIENCE:g} s" + (f" ({error})" if error else ""))
        time.sleep(0.05)


def end(process, seconds=10):
    """Ends a process, by force where it does not listen; returns its status."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(seconds * PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    return process.returncode


def end_all():
    for process in reversed(_started):
        end(process)
    _started.clear()


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def die_with_parent():
    """In a child before its program: even a killed test leaves nothing behind."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def start(arguments, log, stdin=subprocess.DEVNULL, stdout=None, **environment):
    """Starts a process whose output goes to @log; @stdout may be a pipe instead."""
    env = dict(os.environ, **environment)
    with open(log, "ab") as output:
        process = subprocess.Popen(arguments, stdin=stdin, stdout=stdout or output,
                                   stderr=output, env=env, preexec_fn=die_with_parent)
    _started.append(process)
    return process


def tail(path, lines=30):
    try:
        with open(path, encoding="utf-8", errors="replace") as f:
            return "".join(f.readlines()[-lines:])
    except OSError:
        return ""


def run_one(title, function, prefix):
    """Returns how it went, in the words of TAP."""
    folder = tempfile.mkdtemp(prefix=prefix)
    begin = time.monotonic()
    try:
        function(folder)
        return f"ok {title}"
    except Skip as e:
        return f"ok {title} # SKIP {e}"
    except Exception as e:  # whatever it was, the next test has its chance
        if not isinstance(e, Failure):
            traceback.print_exc(file=sys.stderr)
        print(f"{title}: {e}", file=sys.stderr)
        for log in sorted(os.listdir(folder)):
            if log.endswith(".log"):
                print(f"--- {log}\n{tail(os.path.join(folder, log))}", file=sys.stderr)
        return f"not ok {title}"
    finally:
        end_all()
        shutil.rmtree(folder, ignore_errors=True)
        print(f"# {time.monotonic() - begin:.1f} s", flush=True)


def run_in_child(title, function, prefix, begin):
    """The same in a process of its own, after @begin. A library of the tests that
    falls over by a memory fault says nothing of the program: it is tried again."""
    for last in (False, False, True):
        reader, writer = os.pipe()
        child = os.fork()
        if child == 0:
            ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
            os.close(reader)
            begin()
            result = run_one(title, function, prefix)
            os.write(writer, result.encode())
            sys.stderr.flush()
            os._exit(0)
        os.close(writer)
        with os.fdopen(reader, encoding="utf-8") as pipe:
            result = pipe.read()
        _, status = os.waitpid(child, 0)
        if result:
            return result
        print(f"{title}: the test itself ended with {status}", file=sys.stderr)
        if last or not os.WIFSIGNALED(status) or os.WTERMSIG(status) != signal.SIGSEGV:
            return f"not ok {title}"
    return None


def run(names, prefix="tongdai-test.", begin=None):
    """Runs the tests of a file, each with a folder of its own; prints TAP. Where
    @begin is given, each runs in a process of its own, after calling it."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    atexit.register(end_all)

    tests = [(n, f) for n, f in names.items() if n.startswith("test_") and callable(f)]
    chosen = set(sys.argv[1:])
    for argument in sys.argv[1:]:
        if argument.startswith("--part="):  # --part=1/3: the first of three shares
            part, parts = map(int, argument[len("--part="):].split("/"))
            tests = tests[part - 1::parts]
            chosen.discard(argument)
    if chosen:
        tests = [(n, f) for n, f in tests if n in chosen]
    if not tests:
        sys.exit("there is no such test")
    failed = 0
    print(f"1..{len(tests)}", flush=True)
    for number, (name, function) in enumerate(tests, 1):
        title = f"{number} {name[len('test_'):].replace('_', ' ')}"
        if begin is None:
            result = run_one(title, function, prefix)
        else:
            result = run_in_child(title, function, prefix, begin)
            for _ in range(TRIES - 1):
                if not result.startswith("not ok"):
                    break
                print(f"# failed once: {title}", flush=True)
                result = run_in_child(title, function, prefix, begin)
        failed += result.startswith("not ok")
        print(result, flush=True)
    sys.exit(1 if failed else 0)
