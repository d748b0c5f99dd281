"""Runs the program as a person would meet it, and reads it as a screen reader does.

A test file defines functions whose names start with `test_`, and ends in
`harness.main(globals())`. It runs inside tests/headless, which gives it a
display and a session bus of its own. Every wait has a deadline, and every
process that was started is ended.
"""

import atexit
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import traceback
import urllib.error
import urllib.request

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

TOKEN = "end-to-end"
READ_TOKEN = "end-to-end-reader"
# A weekday's busy hour: whatever the clock on the wall says, there are calls to see.
BUSY = ("--date=2026-11-20T10:00",)
NOW = ()
# Sanitized builds and shared machines are slow; a test waits this much longer there.
PATIENCE = float(os.environ.get("TONGDAI_TEST_PATIENCE", "1"))

_started = []


class Failure(Exception):
    """What a test found wrong."""


def check(condition, message):
    if not condition:
        raise Failure(message)


def check_equal(actual, expected, what):
    check(actual == expected, f"{what} is {actual!r}, not {expected!r}")


def wait_until(probe, what, seconds=15):
    """Calls @probe until it returns something true, and returns that."""
    deadline = time.monotonic() + seconds * PATIENCE
    error = None
    while True:
        try:
            value = probe()
            error = None
        except GLib.Error as e:  # the widget went away under the hand
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


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def start(arguments, log, **environment):
    env = dict(os.environ, **environment)
    with open(log, "ab") as output:
        process = subprocess.Popen(arguments, stdin=subprocess.DEVNULL, stdout=output,
                                   stderr=subprocess.STDOUT, env=env)
    _started.append(process)
    return process


class Centre:
    """A simulated call centre, and its API as a plain client sees it."""

    def __init__(self, folder, options=BUSY):
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.token_file = os.path.join(folder, "token")
        self.log = os.path.join(folder, "centre.log")
        self.options = list(options)
        self.process = None
        with open(self.token_file, "w", encoding="ascii") as f:
            os.fchmod(f.fileno(), 0o600)
            f.write(TOKEN + " act\n" + READ_TOKEN + " read\n")
        self.start()

    def start(self):
        self.process = start([os.environ["TONGDAI_CENTRE"], f"--port={self.port}",
                              f"--token-file={self.token_file}", *self.options], self.log)
        wait_until(self._answers, "the centre's first answer", 30)

    def stop(self):
        """Ends it as a power cut would: nobody is told."""
        self.process.kill()
        self.process.wait()

    def _answers(self):
        check(self.process.poll() is None, f"the centre ended with {self.process.returncode}:\n{tail(self.log)}")
        try:
            return self.snapshot()
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return None

    def ask(self, path, token=TOKEN, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.url + path, data=data, headers={
            "Authorization": f"Bearer {token}", "Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=10 * PATIENCE) as answer:
            return answer.read()

    def request(self, path, body=None):
        text = self.ask(path, body=body)
        return json.loads(text) if text else None

    def snapshot(self):
        return self.request("/v1/snapshot")

    def fault(self, name, **options):
        self.request("/demo/fault", {"fault": name, **options})

    def speed(self, speed):
        self.request("/demo/speed", {"speed": speed})

    def scenario(self, name):
        self.request("/demo/scenario", {"scenario": name})

    def freeze(self):
        """Stops the simulated time; returns the state that stays."""
        self.speed(0)
        time.sleep(0.2)
        first = self.snapshot()
        time.sleep(0.5)
        second = self.snapshot()
        check_equal(second["revision"], first["revision"], "the revision of a frozen centre")
        return second


class App:
    """The program, seen through the accessibility bus."""

    def __init__(self, folder, centre, options=(), language=None, token=TOKEN):
        self.log = os.path.join(folder, "tongdai.log")
        token_file = os.path.join(folder, "own-token")
        with open(token_file, "w", encoding="ascii") as f:
            os.fchmod(f.fileno(), 0o600)
            f.write(token + "\n")
        self.audit_log = os.path.join(folder, "state", "tongdai", "audit.log")
        environment = {"G_DEBUG": "fatal-warnings", "GTK_A11Y": "atspi",
                       "XDG_STATE_HOME": os.path.join(folder, "state")}
        if language is not None:
            environment.update(LC_ALL=language)
        self.process = start([os.environ["TONGDAI"], f"--url={centre.url}",
                              f"--token-file={token_file}", *options], self.log, **environment)
        self.root = wait_until(self._find_root, "the program on the accessibility bus", 30)
        wait_until(lambda: self.find(role="frame"), "the window", 15)

    def _find_root(self):
        check(self.process.poll() is None, f"the program ended with {self.process.returncode}:\n{tail(self.log)}")
        desktop = Atspi.get_desktop(0)
        desktop.clear_cache()
        for i in range(desktop.get_child_count()):
            child = desktop.get_child_at_index(i)
            if child is not None and child.get_process_id() == self.process.pid:
                # Without a running main loop nothing would tell the cache of a change.
                child.set_cache_mask(Atspi.Cache.NONE)
                return child
        return None

    def find_all(self, role=None, name=None, under=None):
        """Every widget of @role whose name is, or satisfies, @name, in order."""
        return [a for a in walk(under or self.root) if matches(a, role, name)]

    def find(self, role=None, name=None, under=None):
        for a in walk(under or self.root):
            if matches(a, role, name):
                return a
        return None

    def wait_for(self, role=None, name=None, under=None, seconds=15):
        return wait_until(lambda: self.find(role, name, under), f"{role or 'widget'} {name!r}", seconds)

    def texts(self, under=None):
        return [t for t in (text_of(a) for a in walk(under or self.root)) if t]

    def freshness(self):
        """What the freshness chip says."""
        chip = self.find(role="status bar")
        return text_of(chip) if chip is not None else ""

    def page(self):
        """The title of the page that is shown."""
        for tab in self.find_all(role="page tab", under=self.find(role="page tab list")):
            states = tab.get_state_set()
            if any(states.contains(s) for s in (Atspi.StateType.SELECTED, Atspi.StateType.CHECKED,
                                                Atspi.StateType.PRESSED)):
                return tab.get_name()
        return None

    def wait_for_focus(self, role, seconds=10):
        return wait_until(lambda: next((a for a in self.find_all(role=role)
                                        if a.get_state_set().contains(Atspi.StateType.FOCUSED)), None),
                          f"the focus on a {role}", seconds)

    def press(self, *keys):
        """Types key combinations ("ctrl+2") into the program's window."""
        windows = subprocess.run(["xdotool", "search", "--onlyvisible", "--pid", str(self.process.pid)],
                                 capture_output=True, text=True, timeout=10 * PATIENCE).stdout.split()
        check(windows, "xdotool sees no window of the program")
        subprocess.run(["xdotool", "windowfocus", "--sync", windows[-1]], timeout=10 * PATIENCE, check=True)
        for key in keys:
            subprocess.run(["xdotool", "key", "--clearmodifiers", key], timeout=10 * PATIENCE, check=True)
            time.sleep(0.1)

    def quit(self):
        """Closes the window as a person does; the program has to end well."""
        if self.process.poll() is None:
            self.press("ctrl+q")
            try:
                self.process.wait(15 * PATIENCE)
            except subprocess.TimeoutExpired:
                end(self.process)
                raise Failure("the program did not end at Ctrl+Q") from None
        check_equal(self.process.returncode, 0, f"the program's status ({tail(self.log)})")

    def dump(self):
        return dump(self.root)


def walk(accessible, depth=0):
    yield accessible
    if depth > 40:
        return
    for i in range(accessible.get_child_count()):
        child = accessible.get_child_at_index(i)
        if child is not None:
            yield from walk(child, depth + 1)


def matches(accessible, role, name):
    if role is not None and accessible.get_role_name() != role:
        return False
    if name is None:
        return True
    own = accessible.get_name() or text_of(accessible)
    return name(own) if callable(name) else own == name


def text_of(accessible):
    """The name of a widget, else the text in it."""
    name = accessible.get_name()
    if name:
        return name
    text = accessible.get_text_iface()
    if text is None:
        return ""
    # GTK 4.8 gives nothing for "to the end".
    return Atspi.Text.get_text(text, 0, Atspi.Text.get_character_count(text))


def content_of(accessible):
    """The text that was typed into an entry."""
    text = accessible.get_text_iface()
    return Atspi.Text.get_text(text, 0, Atspi.Text.get_character_count(text)) if text is not None else ""


def dump(accessible, depth=0):
    try:
        line = "  " * depth + f"[{accessible.get_role_name()}] {text_of(accessible)!r}"
        description = accessible.get_description()
        lines = [line + (f" – {description!r}" if description else "")]
        for i in range(accessible.get_child_count()):
            child = accessible.get_child_at_index(i)
            if child is not None:
                lines.append(dump(child, depth + 1))
    except GLib.Error as e:
        lines = ["  " * depth + f"({e.message})"]
    return "\n".join(lines)


def table(accessible):
    """The rows of a column view, each as {title of the column: text}."""
    titles, rows = None, []
    for row in walk(accessible):
        if row.get_role_name() != "table row":
            continue
        children = [row.get_child_at_index(i) for i in range(row.get_child_count())]
        texts = [" ".join(t for t in (label_text(a) for a in walk(c)) if t) for c in children]
        if titles is None:
            titles = texts
        elif len(texts) == len(titles):
            rows.append(dict(zip(titles, texts)))
    return rows


def label_text(accessible):
    text = text_of(accessible) if accessible.get_role_name() == "label" else ""
    return "" if text == "GtkLabel" else text  # what GTK calls a label without text


def tail(path, lines=30):
    try:
        with open(path, encoding="utf-8", errors="replace") as f:
            return "".join(f.readlines()[-lines:])
    except OSError:
        return ""


def main(names):
    """Runs the tests of a file, each with a folder of its own; prints TAP."""
    if os.environ.get("TONGDAI_HEADLESS") != "1":
        here = os.path.dirname(os.path.abspath(__file__))
        headless = os.path.join(here, "..", "headless")
        os.execv(headless, [headless, sys.executable, *sys.argv])

    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    atexit.register(end_all)
    Atspi.init()
    Atspi.set_timeout(int(5000 * PATIENCE), int(15000 * PATIENCE))

    tests = [(n, f) for n, f in names.items() if n.startswith("test_") and callable(f)]
    for argument in sys.argv[1:]:
        if argument.startswith("--part="):  # --part=1/3: the first of three shares
            part, parts = map(int, argument[len("--part="):].split("/"))
            tests = tests[part - 1::parts]
        else:
            tests = [(n, f) for n, f in tests if n == argument]
    if not tests:
        sys.exit("there is no such test")
    failed = 0
    print(f"1..{len(tests)}", flush=True)
    for number, (name, function) in enumerate(tests, 1):
        title = name[len("test_"):].replace("_", " ")
        folder = tempfile.mkdtemp(prefix="tongdai-ui.")
        begin = time.monotonic()
        try:
            function(folder)
            print(f"ok {number} {title}", flush=True)
        except Exception as e:  # whatever it was, the next test has its chance
            failed += 1
            print(f"not ok {number} {title}", flush=True)
            if not isinstance(e, Failure):
                traceback.print_exc(file=sys.stderr)
            print(f"{title}: {e}", file=sys.stderr)
            for log in sorted(os.listdir(folder)):
                if log.endswith(".log"):
                    print(f"--- {log}\n{tail(os.path.join(folder, log))}", file=sys.stderr)
        finally:
            end_all()
            _started.clear()
            shutil.rmtree(folder, ignore_errors=True)
        print(f"# {time.monotonic() - begin:.1f} s", flush=True)
    sys.exit(1 if failed else 0)
