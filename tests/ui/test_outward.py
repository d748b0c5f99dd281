#!/usr/bin/python3
"""Who does not look at the program is told of an alert: by the desktop, by a
webhook that fails and comes back, and by a command."""

import base64
import hashlib
import hmac
import http.server
import json
import os
import subprocess
import sys
import threading

import harness
import test_profiles
from gi.repository import Atspi
from harness import Centre, check, check_equal, free_port, wait_until

SECRET = "whsec_" + base64.b64encode(b"a key of thirty-two bytes, or so").decode()


class Receiver:
    """A webhook: an HTTP server that refuses the first @n_fail requests."""

    def __init__(self, port, n_fail=0):
        self.seen, self.taken, self.n_fail = [], [], n_fail
        receiver = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                head = {k: self.headers[f"webhook-{k}"] for k in ("id", "timestamp", "signature")}
                receiver.seen.append(head["id"])
                good = len(receiver.seen) > receiver.n_fail
                if good:
                    receiver.taken.append((head, body))
                self.send_response(204 if good else 503)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", port), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self):
        self.server.shutdown()
        self.server.server_close()

    def events(self):
        return [json.loads(body)["event"] for _, body in self.taken]

    def check_signatures(self):
        key = base64.b64decode(SECRET.removeprefix("whsec_"))
        for head, body in self.taken:
            text = f"{head['id']}.{head['timestamp']}.".encode() + body
            signature = base64.b64encode(hmac.new(key, text, hashlib.sha256).digest()).decode()
            check_equal(head["signature"], "v1," + signature, "the signature")


class Desk:
    """What the desktop is asked to show, and a person's clicks."""

    def __init__(self):
        self.process = subprocess.Popen([sys.executable, os.path.join(os.path.dirname(os.path.abspath(__file__)), "desk.py")],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.said = []
        threading.Thread(target=self._listen, daemon=True).start()
        wait_until(lambda: self.of("ready"), "the desktop's service")

    def _listen(self):
        for line in self.process.stdout:
            self.said.append(json.loads(line))

    def of(self, kind):
        return [s for s in self.said if s["kind"] == kind]

    def click(self, notification, label):
        self.process.stdin.write(f"{notification['id']} {notification['actions'][label]}\n")
        self.process.stdin.flush()

    def stop(self):
        self.process.stdin.close()
        self.process.wait(10)


def write_rules(folder, *rules):
    path = os.path.join(folder, "config", "tongdai", "profiles", "one.alerts.json")
    with open(path, "w", encoding="utf-8") as f:
        json.dump({"format": 1, "rules": rules}, f)


def busy_rule(**more):
    """One that any busy hour raises at once."""
    return {"id": "busy", "name": "Busy", "kind": "serving", "scope": "centre", "level": "alarm", "raise": 5000,
            "clear": 6000, "for_seconds": 0, "clear_seconds": 0, "from": "00:00", "to": "24:00", "enabled": True, **more}


def run(folder, name, **environment):
    """The program in a state of its own, which a second start finds again."""
    log = os.path.join(folder, name)
    os.makedirs(log, exist_ok=True)
    places = {f"XDG_{k}_HOME": os.path.join(folder, k.lower()) for k in ("STATE", "DATA")}
    return test_profiles.Program(folder, ["--profile=one"], **places, **environment)


def window(program, name):
    """One of the program's windows: all of them together are a long walk."""
    def probe():
        children = (program.root.get_child_at_index(i) for i in range(program.root.get_child_count()))
        return next((c for c in children if c is not None and c.get_name() == name), None)
    return wait_until(probe, f"the window {name!r}")


def has_window(program, name):
    return any(program.root.get_child_at_index(i).get_name() == name for i in range(program.root.get_child_count()))


def press(program, under, name, role="push button"):
    button = program.wait_for(role=role, name=lambda n: n.startswith(name) or n.endswith(name), under=under)
    Atspi.Action.do_action(button, 0)


def open_preferences(program, page="Alerts"):
    """At their page of alerts, which is not the window's, or another."""
    program.press("ctrl+comma")
    preferences = window(program, "Preferences")
    press(program, preferences, page, role="page tab")
    return preferences


def close_preferences(program):
    program.press("Escape")
    wait_until(lambda: not has_window(program, "Preferences"), "the preferences to close")


def outbox(folder):
    path = os.path.join(folder, "state", "tongdai", "outbox", "one")
    return [n for n in os.listdir(path) if n.endswith(".json")] if os.path.isdir(path) else []


def test_an_alert_reaches_those_who_look_elsewhere(folder):
    centre = Centre(folder)
    port = free_port()
    heard = os.path.join(folder, "heard")
    test_profiles.write_profile(folder, "one", "Một", centre,
                                f"\n[alerts]\nwebhook-url=http://127.0.0.1:{port}/hook\ncommand=tee -a '{heard}'\n")
    with open(os.path.join(folder, "config", "tongdai", "secrets", "one@webhook"), "w", encoding="ascii") as f:
        os.fchmod(f.fileno(), 0o600)
        f.write(SECRET)
    write_rules(folder, busy_rule())
    desk = Desk()
    program = run(folder, "first")
    wait_until(lambda: program.freshness() == "Live", "a live start", 60)

    # Nobody takes what the webhook is told, and the power goes.
    shown = wait_until(lambda: desk.of("show"), "a notification", 30)[0]
    check("Busy" in shown["title"], shown["title"])
    check(shown["body"].startswith("Alarm"), shown["body"])
    check_equal(shown["urgency"], 2, "the urgency of an alarm")
    check({"Take", "Show"} <= set(shown["actions"]), f"the actions are {shown['actions']}")
    wait_until(lambda: outbox(folder), "what the webhook is still to be told")
    wait_until(lambda: os.path.exists(heard) and '"raised"' in open(heard, encoding="utf-8").read(), "the command's input")
    desk.click(shown, "Take")
    wait_until(lambda: desk.of("close"), "the notification to be withdrawn")
    wait_until(lambda: len(outbox(folder)) == 2, "the taking to be told too")
    program.process.kill()
    program.process.wait()

    # It comes back, fails at first, and gets it all, once and in order.
    receiver = Receiver(port, n_fail=1)
    program = run(folder, "second")
    wait_until(lambda: len(receiver.taken) >= 2, "the webhook to be told", 40)
    check_equal(receiver.events()[:2], ["raised", "taken"], "what the webhook was told")
    check_equal(receiver.seen[0], receiver.seen[1], "the id of what was tried again")
    receiver.check_signatures()
    raised, taken = (json.loads(body)["incident"] for _, body in receiver.taken[:2])
    check_equal(raised["parts"][0]["rule"], "busy", "the rule")
    check_equal((raised["level"], raised["owner"]), ("alarm", None), "the level and the owner")
    check_equal(taken["state"], "taken", "the state")
    check(taken["owner"], "nobody is told to have taken it")
    wait_until(lambda: not outbox(folder), "the outbox to be empty")

    # A person who sets it up sees at once whether it works.
    preferences = open_preferences(program)
    press(program, preferences, "Send")
    program.wait_for(role="label", name="The webhook took the message.", under=preferences)
    check_equal(receiver.events()[-1], "test", "what the webhook was told last")
    receiver.check_signatures()
    press(program, preferences, "Run")
    program.wait_for(role="label", name=lambda n: n.startswith("{") and '"test"' in n, under=preferences)
    receiver.n_fail = len(receiver.seen) + 1
    press(program, preferences, "Send")
    program.wait_for(role="label", name=lambda n: "status 503" in n, under=preferences)
    close_preferences(program)
    program.quit()
    receiver.stop()
    desk.stop()


def rules(folder):
    with open(os.path.join(folder, "config", "tongdai", "profiles", "one.alerts.json"), encoding="utf-8") as f:
        return json.load(f)["rules"]


def test_a_rule_is_tried_on_today_before_it_is_in_force(folder):
    centre = Centre(folder)
    test_profiles.write_profile(folder, "one", "Một", centre)
    write_rules(folder, busy_rule(scope="queue", enabled=False))
    program = run(folder, "rules")
    wait_until(lambda: program.freshness() == "Live", "a live start", 60)
    preferences = open_preferences(program)
    press(program, preferences, "Busy")
    editor = window(program, "Rule")
    spin = program.wait_for(role="spin button", name="Fires at this or less", under=editor)
    n_queues = len(centre.snapshot()["queues"])

    # Each queue has fewer than so many agents, as soon as that is written down.
    def fires():
        said = [t for t in program.texts(under=editor) if t.startswith("It would")]
        if said == ["It would not have fired today."]:
            Atspi.Value.set_current_value(spin, 9999 - Atspi.Value.get_current_value(spin))
        return said and said[0].startswith(f"It would have fired {n_queues} times today, last at ")
    wait_until(fires, "what would have been", 40)
    Atspi.Value.set_current_value(spin, 0)
    program.wait_for(role="label", name="It would not have fired today.", under=editor)
    check_equal(rules(folder)[0]["raise"], 5000, "the threshold before it is saved")
    press(program, editor, "Save")
    wait_until(lambda: rules(folder)[0]["raise"] == 0, "the new threshold in the file")

    # A rule that would be over before it begins is not saved; one may go.
    wait_until(lambda: not has_window(program, "Rule"), "the rule to close")
    press(program, preferences, "Busy")
    editor = window(program, "Rule")
    Atspi.Value.set_current_value(program.wait_for(role="spin button", name="Fires at this or less", under=editor), 9000)
    program.wait_for(role="label", name=lambda n: "over before it begins" in n, under=editor)
    save = program.find(role="push button", name=lambda n: n.endswith("Save"), under=editor)
    check(not save.get_state_set().contains(Atspi.StateType.SENSITIVE), "a rule that makes no sense can be saved")
    press(program, editor, "Delete the Rule")
    wait_until(lambda: rules(folder) == [], "the rule to go")
    wait_until(lambda: not has_window(program, "Rule"), "the rule to close")
    close_preferences(program)
    program.quit()


if __name__ == "__main__":
    harness.main(globals())
