"""What starts a wall with a session: systemd and the desktop take both files, and
a wall that ends by whatever cause is started anew.

usage: test-wall-unit.py UNIT MACHINE-UNIT AUTOSTART TONGDAI"""

import configparser
import os
import re
import shutil
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
import tap  # noqa: E402
from tap import Skip, check, check_equal  # noqa: E402

unit, machine_unit, autostart, tongdai = map(os.path.abspath, sys.argv[1:5])
del sys.argv[1:5]


def verify(command, **environment):
    if shutil.which(command[0]) is None:
        raise Skip(f"{command[0]} is missing")
    result = subprocess.run(command, capture_output=True, text=True, timeout=60 * tap.PATIENCE, env=dict(os.environ, **environment))
    check(result.returncode == 0 and not result.stderr.strip() and not result.stdout.strip(),
          f"{' '.join(command)}: {result.returncode}\n{result.stdout}{result.stderr}")


def copy_unit(source, path, pattern, command):
    """It is not installed yet, and nor need its man page, or the kiosk, be."""
    with open(source, encoding="utf-8") as original, open(path, "w", encoding="utf-8") as copy:
        text, n = re.subn(pattern, command, original.read())
        check_equal(n, 1, "commands of the unit")
        copy.write(re.sub(r"(?m)^Documentation=.*\n", "", text))


def read_unit(path):
    keys = configparser.RawConfigParser(strict=False)
    keys.optionxform = str
    keys.read(path, encoding="utf-8")
    return keys


def test_systemd_takes_the_unit(folder):
    path = os.path.join(folder, "tongdai-wall.service")
    copy_unit(unit, path, r"(?m)^ExecStart=\S+", f"ExecStart={tongdai}")
    verify(["systemd-analyze", "--user", "verify", path], XDG_RUNTIME_DIR=folder, HOME=folder)


def test_systemd_takes_the_unit_of_a_machine_without_a_desktop(folder):
    path = os.path.join(folder, "tongdai-wall@.service")
    copy_unit(machine_unit, path, r"(?m)^ExecStart=\S+ -- \S+", f"ExecStart={shutil.which('true')} -- {tongdai}")
    verify(["systemd-analyze", "--recursive-errors=no", "verify", path.replace("@.", "@wall.")])
    service = read_unit(machine_unit)["Service"]
    check_equal(service["User"], "%i", "whose wall it is")
    check_equal(service["Environment"], "WLR_LIBINPUT_NO_DEVICES=1", "what lets a kiosk start without a mouse")


def test_a_wall_is_started_anew_without_end(folder):
    for path in (unit, machine_unit):
        keys = read_unit(path)
        check_equal(keys["Service"]["Restart"], "always", f"Restart of {path}")
        check_equal(keys["Unit"]["StartLimitIntervalSec"], "0", f"the limit of starts of {path}")
        # Whatever it ended with: a lost display, a main loop that stood still.
        for key in ("RestartPreventExitStatus", "SuccessExitStatus", "RestartForceExitStatus"):
            check(key not in keys["Service"], f"{key} of {path} makes a difference between ends")
        check(1 <= int(keys["Service"]["RestartSec"]) <= 30, f"a restart by {path} that is too soon, or too late")


def test_it_comes_and_goes_with_the_session(folder):
    keys = read_unit(unit)
    for group, key in (("Unit", "PartOf"), ("Unit", "After"), ("Install", "WantedBy")):
        check_equal(keys[group][key], "graphical-session.target", key)


def test_the_desktop_takes_the_autostart_file(folder):
    verify(["desktop-file-validate", autostart])


tap.run(globals())
