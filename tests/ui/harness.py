"""Runs the program as a person would meet it, and reads it as a screen reader does.

A test file defines functions whose names start with `test_`, and ends in
`harness.main(globals())`. It runs inside tests/headless, which gives it a
display and a session bus of its own. Every wait has a deadline, and every
process that was started is ended.
"""

import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request

import gi

gi.require_version("Atspi", "2.0")
gi.require_version("GdkPixbuf", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
import tap  # noqa: E402
from tap import PATIENCE, Failure, check, check_equal, end, free_port, start, tail  # noqa: E402

TOKEN = "end-to-end"
READ_TOKEN = "end-to-end-reader"
# A weekday's busy hour: whatever the clock on the wall says, there are calls to see.
BUSY = ("--date=2026-11-20T10:00",)
NOW = ()


def wait_until(probe, what, seconds=15):
    """As tap.wait_until(); a widget may go away under the hand."""
    return tap.wait_until(probe, what, seconds, passing=GLib.Error)


class Centre:
    """A simulated call centre, and its API as a plain client sees it; without a
    @past there is nothing to learn from, which takes its time."""

    def __init__(self, folder, options=BUSY, past=False):
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.token_file = os.path.join(folder, "token")
        self.log = os.path.join(folder, "centre.log")
        self.options = [*options] if past else [*options, "--no-past"]
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

    def __init__(self, folder, centre, options=(), language=None, token=TOKEN, before=(), environment=None):
        """@before is a command that becomes the program; @environment goes over all other."""
        self.log = os.path.join(folder, "tongdai.log")
        token_file = os.path.join(folder, "own-token")
        with open(token_file, "w", encoding="ascii") as f:
            os.fchmod(f.fileno(), 0o600)
            f.write(token + "\n")
        self.audit_log = os.path.join(folder, "state", "tongdai", "audit.log")
        environment = {"G_DEBUG": "fatal-warnings", "GTK_A11Y": "atspi",
                       "XDG_STATE_HOME": os.path.join(folder, "state"), **(environment or {})}
        if language is not None:
            environment.update(LC_ALL=language)
        self.process = start([*before, os.environ["TONGDAI"], f"--url={centre.url}",
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
        return next(self.find_each(role, name, under), None)

    def find_each(self, role=None, name=None, under=None):
        """As find_all(), one by one; what was opened last is looked through first."""
        if under is not None:
            windows = [under]
        else:
            windows = [self.root.get_child_at_index(i) for i in range(self.root.get_child_count())][::-1]
        for window in windows:
            if window is not None:
                yield from (a for a in walk(window) if matches(a, role, name))

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
        check(self.process.returncode == 0 or only_quarks_leaked(self.log),
              f"the program's status is {self.process.returncode}, not 0 ({tail(self.log)})")

    def dump(self):
        return dump(self.root)


def only_quarks_leaked(path):
    """Whether all that a leak detector found is GLib's first table of quarks.

    GLib lets it go, on purpose, when a program has more than 2048 of them; made
    before main(), it has no caller that a suppression could name."""
    with open(path, encoding="utf-8", errors="replace") as f:
        text = f.read()
    return ("SUMMARY: AddressSanitizer: 16384 byte(s) leaked in 1 allocation(s)." in text
            and text.count("leak of") == 1 and "runtime error" not in text)


def walk(accessible, depth=0):
    yield accessible
    if depth > 40:
        return
    for i in range(accessible.get_child_count()):
        child = accessible.get_child_at_index(i)
        if child is not None:
            yield from walk(child, depth + 1)


def matches(accessible, role, name):
    """@role may be several: a tree is walked once for all of them."""
    if role is not None and accessible.get_role_name() not in ((role,) if isinstance(role, str) else role):
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


def main(names):
    """Runs the tests of a file on a display and a bus of their own; prints TAP."""
    if os.environ.get("TONGDAI_HEADLESS") != "1":
        here = os.path.dirname(os.path.abspath(__file__))
        headless = os.path.join(here, "..", "headless")
        os.execv(headless, [headless, sys.executable, *sys.argv])

    def begin():
        Atspi.init()
        Atspi.set_timeout(int(5000 * PATIENCE), int(15000 * PATIENCE))

    # Python's side of the accessibility bus falls over at times when a widget goes.
    tap.run(names, "tongdai-ui.", begin)
