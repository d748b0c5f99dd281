"""A real Asterisk of its own for each test.

Unpacked from Debian's packages into build/peers/asterisk16 of the source tree,
once, and started there in a chroot: nothing is installed, nothing but loopback
ports are opened, and its files of a run lie in a folder of that run.
"""

import fcntl
import glob
import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.join(HERE, "..", "..")
sys.path.insert(0, os.path.join(HERE, ".."))

import tap  # noqa: E402
from tap import PATIENCE, Failure, Skip, check, wait_until  # noqa: E402

SUITE = "bullseye"  # its 16.28 will not change any more
ROOT = os.path.join(os.path.realpath(TOP), "build", "peers", "asterisk16")
PACKAGES = "asterisk,asterisk-modules,asterisk-config"


def prepare_root():
    """Sees to it that Asterisk lies unpacked in ROOT, or says why it cannot."""
    if os.geteuid() != 0:
        raise Skip("a real Asterisk is started in a chroot, which needs root")
    os.makedirs(os.path.dirname(ROOT), exist_ok=True)
    with open(ROOT + ".lock", "w", encoding="ascii") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not os.path.exists(os.path.join(ROOT, "ready")):
            _unpack()


def _unpack():
    if shutil.which("mmdebstrap") is None:
        raise Skip("mmdebstrap, which unpacks Asterisk, is not installed")
    sources = subprocess.run(["apt-get", "indextargets", "--format", "$(SITE)", "Created-By: Packages"],
                             capture_output=True, text=True).stdout.split()
    if not sources:
        raise Skip("apt knows no mirror to unpack Asterisk from")
    settings = subprocess.run(["apt-config", "dump", "Acquire::Check-Valid-Until"],
                              capture_output=True, text=True).stdout
    valid = "false" if "false" in settings else "true"

    shutil.rmtree(ROOT, ignore_errors=True)
    try:
        result = subprocess.run(
            ["mmdebstrap", "--quiet", "--variant=extract", "--include=" + PACKAGES,
             '--aptopt=APT::Install-Recommends "false"', f'--aptopt=Acquire::Check-Valid-Until "{valid}"',
             SUITE, ROOT, f"deb {sources[0]} {SUITE} main"],
            stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=240, preexec_fn=tap.die_with_parent)
    except subprocess.TimeoutExpired:
        raise Skip("Asterisk's packages did not arrive within 240 s") from None
    if result.returncode != 0:
        # Where packages come from is this machine's affair.
        said = re.sub(r"\S*://\S+", "the mirror", result.stderr).strip().splitlines()
        raise Skip("Asterisk's packages cannot be had: " + (said[-1] if said else f"status {result.returncode}"))

    for name, text in {
            "etc/passwd": "root:x:0:0:root:/root:/bin/sh\n",
            "etc/group": "root:x:0:\n",
            # It looks its own name up and would wait for a name server.
            "etc/hosts": f"127.0.0.1 localhost {socket.gethostname()}\n",
            "etc/resolv.conf": ""}.items():
        with open(os.path.join(ROOT, name), "w", encoding="ascii") as f:
            f.write(text)
    with open(os.path.join(ROOT, "ready"), "w", encoding="ascii"):
        pass


class Asterisk:
    """An Asterisk that runs, as its own administrator sees it."""

    USERS = ("wallboard", "supervisor", "noperm", "traffic")

    def __init__(self, folder, **values):
        """@values replace further @words@ of the configuration."""
        prepare_root()
        self.log = os.path.join(folder, "asterisk.log")
        self.name = f"run-{os.getpid()}-{secrets.token_hex(4)}"
        self.inside = "/srv/" + self.name  # as the chroot sees it
        self.folder = ROOT + self.inside
        self.secrets = {user: secrets.token_hex(12) for user in self.USERS}
        self.values = dict({"HTTPTIMEOUT": "60", "TELEPHONES": "noload", "SIP": "0", "PHONES": "0"}, **values)
        self.process = None
        self.ami = None
        for sub in ("etc", "lib", "run", "log", "spool/outgoing", "lib/keys"):
            os.makedirs(os.path.join(self.folder, sub))
        self.start()

    # --- running -------------------------------------------------------------

    def _configure(self):
        modules = glob.glob(os.path.join(ROOT, "usr/lib/asterisk/modules")) + \
            glob.glob(os.path.join(ROOT, "usr/lib/*/asterisk/modules"))
        check(modules, "the Asterisk that was unpacked has no modules")
        values = dict(self.values, INSIDE=self.inside, MODULES="/" + os.path.relpath(modules[0], ROOT),
                      HTTP=str(self.http_port), AMI=str(self.ami_port),
                      **{user.upper(): secret for user, secret in self.secrets.items()})
        for path in glob.glob(os.path.join(HERE, "asterisk", "*.conf")):
            with open(path, encoding="utf-8") as f:
                text = re.sub("@([A-Z]+)@", lambda m: values[m[1]], f.read())
            with open(os.path.join(self.folder, "etc", os.path.basename(path)), "w", encoding="utf-8") as f:
                f.write(text)

    def start(self):
        """Starts it; on the same ports when it ran before."""
        for attempt in range(3):
            if attempt > 0 or self.process is None:
                self.http_port, self.ami_port = tap.free_port(), tap.free_port()
                self.url = f"http://127.0.0.1:{self.http_port}/asterisk"
            self._configure()
            self.process = tap.start(["chroot", ROOT, "/usr/sbin/asterisk", "-f", "-n", "-C",
                                      f"{self.inside}/etc/asterisk.conf"], self.log)
            try:
                self._wait_for_boot()
                return
            except Failure:
                tap.end(self.process)
                if attempt == 2:
                    raise

    def _wait_for_boot(self):
        def signed_in():
            check(self.process.poll() is None, f"Asterisk ended with {self.process.returncode}:\n{tap.tail(self.log)}")
            self.ami = Ami(self.ami_port, "traffic", self.secrets["traffic"])
            return True
        wait_until(signed_in, "Asterisk's manager interface", 30, passing=(OSError, Refused))
        wait_until(lambda: "fully booted" in self.cli("core waitfullybooted"), "Asterisk being booted", 30)
        # Another program on its web port would not know this.
        wait_until(lambda: "Enabled and Bound" in self.cli("http show status"), "Asterisk's web server", 10)

    def stop(self):
        """Ends it as a power cut would: nobody is told."""
        self.ami.close()
        self.process.kill()
        self.process.wait()

    def clean_up(self):
        tap.end(self.process)
        shutil.rmtree(self.folder, ignore_errors=True)

    # --- the truth -----------------------------------------------------------

    def cli(self, command):
        """What `asterisk -rx` prints."""
        return subprocess.run(["chroot", ROOT, "/usr/sbin/asterisk", "-C", f"{self.inside}/etc/asterisk.conf",
                               "-rx", command], stdin=subprocess.DEVNULL, capture_output=True, text=True,
                              errors="replace", timeout=30 * PATIENCE).stdout

    def queue_log(self):
        """The records of queue_log: [time, call, queue, agent, event, field…]."""
        try:
            with open(os.path.join(self.folder, "log", "queue_log"), encoding="utf-8") as f:
                return [line.rstrip("\n").split("|") for line in f]
        except FileNotFoundError:
            return []

    def channels(self):
        """The channels: [name, context, extension, …], as `core show channels concise` has them."""
        return [line.split("!") for line in self.cli("core show channels concise").splitlines() if "!" in line]


class Refused(Exception):
    """What the manager interface said no with."""


class Ami:
    """A manager session over TCP: how the tests make calls and move agents."""

    def __init__(self, port, user, secret):
        self.socket = socket.create_connection(("127.0.0.1", port), 10 * PATIENCE)
        self.file = self.socket.makefile("rb")
        self.number = 0
        check(self.file.readline().startswith(b"Asterisk Call Manager"), "no manager interface answers")
        self.ask("Login", Username=user, Secret=secret, Events="off")

    def close(self):
        self.file.close()
        self.socket.close()

    def ask(self, action, variables=None, **fields):
        """One action; its answer as a dictionary, or Refused."""
        self.number += 1
        name = f"test-{self.number}"
        lines = [f"Action: {action}", f"ActionID: {name}"]
        lines += [f"{key}: {value}" for key, value in fields.items()]
        lines += [f"Variable: {key}={value}" for key, value in (variables or {}).items()]
        self.socket.sendall(("\r\n".join(lines) + "\r\n\r\n").encode())
        deadline = time.monotonic() + 20 * PATIENCE
        while time.monotonic() < deadline:
            answer = {}
            while (line := self.file.readline().decode("utf-8", "replace")) not in ("\r\n", "\n"):
                if not line:
                    raise ConnectionError("the manager connection broke off")
                key, _, value = line.rstrip("\r\n").partition(": ")
                answer[key] = value
            if answer.get("ActionID") == name and "Response" in answer:
                if answer["Response"] != "Success":
                    raise Refused(answer.get("Message", "no reason"))
                return answer
        raise Failure(f"no answer to {action}")

    def call(self, queue, number, patience=60, name="Khách", context="hotlines", **variables):
        """A caller for @queue, who hangs up after @patience seconds; see extensions.conf for @variables."""
        self.ask("Originate", Channel=f"Local/{patience}@callers/n", Context=context, Exten=queue, Priority=1,
                 CallerID=f"{name} <{number}>", Async="true",
                 variables={f"__{key}": value for key, value in variables.items()})

    def set_device(self, agent, state):
        self.ask("Setvar", Variable=f"DEVICE_STATE(Custom:agent{agent})", Value=state)


def main():
    """Unpacks Asterisk; status 77 and a word where that cannot be."""
    try:
        prepare_root()
    except Skip as e:
        print(e)
        sys.exit(77)


if __name__ == "__main__":
    main()
