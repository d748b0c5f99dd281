"""The dashboard as its user sets it up: a profile, a secret, and the program."""

import json
import os
import select
import subprocess
import time

import asterisk  # noqa: F401  tells where tap is
from tap import PATIENCE, Failure, check, wait_until
import tap

NAME = "tongdai"
SERVICE_LEVEL = 3  # seconds; the calls of the tests are short
SHORT_ABANDON = 3

QUEUE_NAMES = {
    "19009000": ("Tổng đài 1900.9000", "1900.9000", None),
    "19001006": ("Tổng đài 1900.1006", "1900.1006", None),
    "reason-billing": ("Tiền điện", "1900.9000", "Hóa đơn"),
    "reason-technical": ("Kỹ thuật", "1900.9000", "Mất điện"),
}


class Dashboard:
    """A user's settings folder with one profile in it."""

    def __init__(self, folder, url, user, secret, name=NAME, agents=(), **connection):
        self.folder = folder
        self.name = name
        self.config = os.path.join(folder, "config")
        profiles = os.path.join(self.config, "tongdai", "profiles")
        secrets = os.path.join(self.config, "tongdai", "secrets")
        os.makedirs(profiles, exist_ok=True)
        os.makedirs(secrets, mode=0o700, exist_ok=True)
        self.secret_file = os.path.join(secrets, name)
        with open(os.open(self.secret_file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as f:
            f.write(secret)

        lines = ["[profile]", "title=Trung tâm thử nghiệm", "backend=asterisk",
                 "[connection]", f"url={url}", f"user={user}"]
        lines += [f"{key.replace('_', '-')}={value}" for key, value in connection.items()]
        lines += ["[service]", f"service-level-seconds={SERVICE_LEVEL}", f"short-abandon-seconds={SHORT_ABANDON}",
                  "[asterisk]", "agents-file=agents.csv", "wrap-up-seconds=1"]
        lines += ["[agents]", *agents]
        for queue, (title, hotline, reason) in QUEUE_NAMES.items():
            lines += [f"[queue {queue}]", f"name={title}", f"hotline={hotline}"]
            lines += [f"reason={reason}"] if reason else []
        with open(os.path.join(profiles, name + ".ini"), "w", encoding="utf-8") as f:
            f.write("\n".join(lines) + "\n")
        with open(os.path.join(profiles, "agents.csv"), "w", encoding="utf-8") as f:
            f.write("interface,name,team,employer,place,seat\n")
            # Most names come from the server; these two it knows only while they are signed in.
            f.write("Local/1020@agents/n,Tạ Thủy,Đội 2,Đối tác A,partner,B07\n")
            f.write("Local/1021@agents/n,Lâm Sơn,Đội 2,,home,\n")
        self.environment = {"XDG_CONFIG_HOME": self.config, "XDG_DATA_HOME": os.path.join(folder, "data")}

    def run(self, *options, seconds=60):
        """The program to its end: (status, what it printed, its errors)."""
        result = subprocess.run([os.environ["TONGDAI"], *options], stdin=subprocess.DEVNULL, capture_output=True,
                                text=True, timeout=seconds * PATIENCE, env=dict(os.environ, **self.environment),
                                preexec_fn=tap.die_with_parent)
        return result.returncode, result.stdout, result.stderr

    def check(self):
        """`tongdai --check`."""
        return self.run("--check", self.name)

    def start_dump(self, seconds):
        """`tongdai --dump`, which watches for @seconds."""
        return Dump(self, seconds)

    def watch(self):
        return Watch(self)


class Dump:
    """A `tongdai --dump` that runs."""

    def __init__(self, dashboard, seconds):
        self.log = os.path.join(dashboard.folder, "dump.log")
        self.ends = time.monotonic() + seconds
        self.process = tap.start([os.environ["TONGDAI"], "--dump", dashboard.name, f"--after={seconds}"], self.log,
                                 stdout=subprocess.PIPE, **dashboard.environment)

    def finish(self):
        """Its snapshot, once it is there."""
        try:
            text, _ = self.process.communicate(timeout=max(0, self.ends - time.monotonic()) + 30 * PATIENCE)
        except subprocess.TimeoutExpired:
            raise Failure("the dump did not end") from None
        check(self.process.returncode == 0, f"the dump ended with {self.process.returncode}: {tap.tail(self.log)}")
        return json.loads(text)


class Watch:
    """The dashboard's pipeline, questioned while it runs (see watch.c)."""

    def __init__(self, dashboard):
        self.log = os.path.join(dashboard.folder, "watch.log")
        self.process = tap.start([os.environ["PEER_WATCH"], dashboard.name, dashboard.secret_file], self.log,
                                 stdin=subprocess.PIPE, stdout=subprocess.PIPE, **dashboard.environment)
        self.buffer = b""

    def ask(self, *fields, seconds=30):
        try:
            self.process.stdin.write("\t".join(fields).encode() + b"\n")
            self.process.stdin.flush()
        except BrokenPipeError:
            self.fail()
        deadline = time.monotonic() + seconds * PATIENCE
        while b"\n" not in self.buffer:
            left = deadline - time.monotonic()
            check(left > 0 and select.select([self.process.stdout], [], [], left)[0], f"no answer to {fields[0]}")
            piece = os.read(self.process.stdout.fileno(), 1 << 20)
            if not piece:
                self.fail()
            self.buffer += piece
        line, _, self.buffer = self.buffer.partition(b"\n")
        return line.decode()

    def fail(self):
        raise Failure(f"the watch ended with {self.process.wait()}: {tap.tail(self.log)}")

    def snapshot(self):
        return json.loads(self.ask("snapshot"))

    def health(self):
        """(health, error): "live", "stale", "lost", "refused"."""
        health, _, error = self.ask("health").partition("\t")
        return health.rpartition("_")[2].lower(), error

    def info(self):
        server, rights, missing, actions = self.ask("info").split("\t")
        return {"server": server, "rights": rights, "missing": missing, "actions": set(actions.split())}

    def act(self, kind, agent, queue="", reason="", extension=""):
        """None when it was done, else the error."""
        said = self.ask("act", kind, agent, queue, reason, extension)
        return None if said == "done" else said

    def phantoms(self):
        return set(self.ask("phantoms").split())

    def wait_for_health(self, *healths, seconds=30):
        return wait_until(lambda: self.health()[0] in healths and self.health(), f"health {'/'.join(healths)}", seconds)

    def wait_for(self, condition, what, seconds=30):
        """The first snapshot that satisfies @condition."""
        def probe():
            snapshot = self.snapshot()
            return snapshot if condition(snapshot) else None
        return wait_until(probe, what, seconds)

    def end(self):
        self.process.stdin.close()
        if self.process.wait(20 * PATIENCE) != 0:
            self.fail()


def by_id(rows):
    return {row["id"]: row for row in rows}
