"""What starts a wall with a session: systemd and the desktop take both files, and
a wall that ends by whatever cause is started anew.

usage: test-wall-unit.py UNIT AUTOSTART TONGDAI"""

import configparser
import os
import re
import shutil
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
import tap  # noqa: E402
from tap import Skip, check, check_equal  # noqa: E402

unit, autostart, tongdai = map(os.path.abspath, sys.argv[1:4])
del sys.argv[1:4]


def verify(command, **environment):
    if shutil.which(command[0]) is None:
        raise Skip(f"{command[0]} is missing")
    result = subprocess.run(command, capture_output=True, text=True, timeout=60 * tap.PATIENCE, env=dict(os.environ, **environment))
    check(result.returncode == 0 and not result.stderr.strip() and not result.stdout.strip(),
          f"{' '.join(command)}: {result.returncode}\n{result.stdout}{result.stderr}")


def test_systemd_takes_the_unit(folder):
    path = os.path.join(folder, "tongdai-wall.service")
    with open(unit, encoding="utf-8") as source, open(path, "w", encoding="utf-8") as copy:
        text = source.read()
        # It is not installed yet, and nor need its man page be.
        text, n = re.subn(r"(?m)^ExecStart=\S+", f"ExecStart={tongdai}", text)
        check_equal(n, 1, "commands of the unit")
        copy.write(re.sub(r"(?m)^Documentation=.*\n", "", text))
    verify(["systemd-analyze", "--user", "verify", path], XDG_RUNTIME_DIR=folder, HOME=folder)


def test_a_wall_is_started_anew_without_end(folder):
    keys = configparser.RawConfigParser()
    keys.optionxform = str
    keys.read(unit, encoding="utf-8")
    check_equal(keys["Service"]["Restart"], "always", "Restart")
    check_equal(keys["Unit"]["StartLimitIntervalSec"], "0", "the limit of starts")


def test_the_desktop_takes_the_autostart_file(folder):
    verify(["desktop-file-validate", autostart])


tap.run(globals())
