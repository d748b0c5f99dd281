#!/usr/bin/python3
"""A wall outlives what happens to its machine: a disk that is full, a sleep, a
screen that goes and comes; where it cannot, it ends in plain words and with a
status by which it is started anew."""

import os
import resource
import shutil
import signal
import subprocess

import harness
from gi.repository import Atspi, GdkPixbuf
from harness import App, Centre, check, check_equal, wait_until
from relay import Relay
from tap import Skip, end, start, tail
from test_profiles import Program, write_profile
from test_wall import WALL, offered, said, wall, write_wall

SIZE = (1600, 900)
UNLIMITED = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)


def tool(name, package):
    path = shutil.which(name)
    if path is None:
        raise Skip(f"{name} is missing ({package})")
    return path


def display(folder):
    """A screen of the test's own, which it may take away."""
    reader, writer = os.pipe()
    os.set_inheritable(writer, True)
    log = open(os.path.join(folder, "xvfb.log"), "ab")
    process = subprocess.Popen([tool("Xvfb", "xvfb"), "-displayfd", str(writer), "-noreset", "-screen", "0", "1600x900x24",
                                "-nolisten", "tcp"], stdout=log, stderr=log, pass_fds=[writer])
    os.close(writer)
    with os.fdopen(reader) as pipe:
        return process, ":" + pipe.readline().strip()


def ended_in_words(app):
    """Without its screen the program has ended by itself, with a failure, and said why."""
    status = app.process.wait(20 * harness.PATIENCE)
    check(status > 0, f"without a screen its status is {status}")
    check("display" in tail(app.log), f"it does not say why it ended: {tail(app.log)!r}")


def test_without_its_display_a_wall_ends_and_says_so(folder):
    centre = Centre(folder)
    server, name = display(folder)
    try:
        app = wall(folder, centre, environment={"DISPLAY": name})
        wait_until(lambda: "Calls today" in said(app), "the numbers")
    finally:
        server.kill()
        server.wait()
    ended_in_words(app)


def test_under_a_kiosk_compositor_a_wall_fills_the_screen_and_ends_with_it(folder):
    weston = tool("weston", "weston")
    centre = Centre(folder)
    socket = "wayland-kiosk"
    width, height = SIZE
    compositor = start([weston, "-B", "headless-backend.so", "--shell=kiosk-shell.so", "--use-pixman", f"--socket={socket}",
                        f"--width={width}", f"--height={height}", "--idle-time=0", "--no-config"],
                       os.path.join(folder, "weston.log"))
    wait_until(lambda: os.path.exists(os.path.join(os.environ["XDG_RUNTIME_DIR"], socket)), "the compositor")
    path = write_wall(folder, WALL.format(pages="now=5\nqueues=5"))
    app = App(folder, centre, [f"--wall={path}"], environment={"GDK_BACKEND": "wayland", "WAYLAND_DISPLAY": socket})
    wait_until(lambda: "Calls today" in said(app), "the numbers")

    def size():
        box = app.find(role="frame").get_extents(Atspi.CoordType.WINDOW)
        return box.width, box.height

    wait_until(lambda: size() == SIZE, f"a wall of {SIZE}")
    wait_until(lambda: "worst" in said(app), "the next page")
    end(compositor)
    ended_in_words(app)


def colours(picture, x, y, width, height):
    """How many colours there are in a part of a picture."""
    part = picture.new_subpixbuf(x, y, width, height)
    pixels, row, n = part.get_pixels(), part.get_rowstride(), part.get_n_channels()
    return len({pixels[i * row + j * n:i * row + j * n + 3] for i in range(0, height, 4) for j in range(0, width, 4)})


def test_two_screens_of_a_computer_show_their_own_pages(folder):
    weston, shooter = tool("weston", "weston"), tool("weston-screenshooter", "weston")
    centre = Centre(folder)
    socket = "wayland-two"
    wide, tall = (1280, 720), (720, 1280)
    settings = os.path.join(folder, "weston.ini")
    with open(settings, "w", encoding="utf-8") as f:
        f.write("[shell]\npanel-position=none\nbackground-color=0xff000000\n"
                "[output]\nname=screen0\nmode=%dx%d\n[output]\nname=screen1\nmode=%dx%d\n" % (wide + tall))
    # Screens as windows of this one, which the shell for desks fills both; that for kiosks shows one window.
    compositor = start([weston, "-B", "x11-backend.so", "--shell=desktop-shell.so", "--use-pixman", f"--socket={socket}",
                        "--output-count=2", "--idle-time=0", f"--config={settings}", "--debug"],
                       os.path.join(folder, "weston.log"))
    wait_until(lambda: os.path.exists(os.path.join(os.environ["XDG_RUNTIME_DIR"], socket)), "the compositor")
    path = write_wall(folder, WALL.format(pages="now=3600") + "[wall:screen1]\n[pages:screen1]\npeople=3600\n")
    app = App(folder, centre, [f"--wall={path}"], environment={"GDK_BACKEND": "wayland", "WAYLAND_DISPLAY": socket})

    def screens():
        """What each window says, by its size."""
        boxes = [(frame.get_extents(Atspi.CoordType.WINDOW), frame) for frame in app.find_all(role="frame")]
        return {(box.width, box.height): " ".join(app.texts(frame)) for box, frame in boxes}

    wait_until(lambda: "Calls today" in screens().get(wide, "") and "on-site" in screens().get(tall, ""),
               "a page on each of the screens")
    check("on-site" not in screens()[wide] and "Calls today" not in screens()[tall], f"one shows the other's: {screens()!r}")

    def picture():
        for name in os.listdir(folder):
            if name.startswith("wayland-screenshot"):
                os.unlink(os.path.join(folder, name))
        subprocess.run([shooter], cwd=folder, env={**os.environ, "WAYLAND_DISPLAY": socket}, timeout=20 * harness.PATIENCE, check=True)
        name = next(name for name in os.listdir(folder) if name.startswith("wayland-screenshot"))
        return GdkPixbuf.Pixbuf.new_from_file(os.path.join(folder, name))

    def are_drawn():
        taken = picture()
        check((taken.get_width(), taken.get_height()) == (wide[0] + tall[0], tall[1]), "a picture of another size")
        return colours(taken, 0, 0, *wide) > 30 and colours(taken, wide[0], 0, *tall) > 30

    wait_until(are_drawn, "both to be drawn")
    end(compositor)
    ended_in_words(app)


def test_a_full_disk_is_said_and_the_wall_goes_on(folder):
    centre = Centre(folder)
    path = write_wall(folder, WALL.format(pages="now=3600"))
    # As a file that may not grow: what is written fails, and does not end the program.
    app = App(folder, centre, [f"--wall={path}", "--size=1280x720"], before=["env", "--ignore-signal=XFSZ"],
              environment={"XDG_DATA_HOME": os.path.join(folder, "data")})
    wait_until(lambda: "Calls today" in said(app), "the numbers")
    resource.prlimit(app.process.pid, resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))
    centre.speed(60)  # a minute to be kept each second
    wait_until(lambda: "history" in said(app), "word of the disk", 60)
    centre.freeze()
    wait_until(lambda: f"{offered(centre):,}" in said(app), "the newest number")
    check("NO DATA" not in said(app), f"no numbers on a full disk: {said(app)!r}")
    resource.prlimit(app.process.pid, resource.RLIMIT_FSIZE, UNLIMITED)
    centre.speed(60)
    wait_until(lambda: "history" not in said(app), "the end of the trouble", 60)
    app.quit()


def test_a_desk_on_a_full_disk_says_what_is_not_kept_and_loses_nothing(folder):
    centre = Centre(folder)
    write_profile(folder, "one", "Một", centre, "\n[service]\nservice-level-target=70\n")
    desk = Program(folder, ["--profile=one"], ["env", "--ignore-signal=XFSZ"], XDG_DATA_HOME=os.path.join(folder, "data"),
                   XDG_STATE_HOME=os.path.join(folder, "state"))
    wait_until(lambda: desk.freshness() == "Live", "a live start", 60)
    before = desk.profile("one")
    resource.prlimit(desk.process.pid, resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))

    desk.press("ctrl+comma")
    desk.click("Service", role="page tab")
    Atspi.Value.set_current_value(desk.wait_for(role="spin button", name="Target"), 95)
    wait_until(lambda: any("one.ini" in text for text in desk.texts()), "word of the setting that is not kept", 30)
    check_equal(desk.profile("one"), before, "the profile on a full disk")

    resource.prlimit(desk.process.pid, resource.RLIMIT_FSIZE, UNLIMITED)
    Atspi.Value.set_current_value(desk.wait_for(role="spin button", name="Target"), 90)
    wait_until(lambda: "90" in desk.profile("one"), "the setting once there is room")
    desk.quit()


def test_a_process_that_was_stopped_is_live_again(folder):
    centre = Centre(folder)
    app = wall(folder, centre)
    wait_until(lambda: "Calls today" in said(app), "the numbers")
    os.kill(app.process.pid, signal.SIGSTOP)
    # Longer than many polls, counted in what the centre itself does.
    start_of_stop = offered(centre)
    centre.speed(30)
    wait_until(lambda: offered(centre) > start_of_stop + 60, "a good while of the centre's time", 40)
    centre.speed(1)
    os.kill(app.process.pid, signal.SIGCONT)
    centre.freeze()
    wait_until(lambda: f"{offered(centre):,}" in said(app), "the newest number", 45)
    check(" old" not in said(app) and "NO DATA" not in said(app), f"not fresh again: {said(app)!r}")
    app.quit()


def test_a_network_that_flaps_leaves_the_wall_live(folder):
    centre = Centre(folder)
    app = wall(folder, centre)
    wait_until(lambda: "Calls today" in said(app), "the numbers")
    for _ in range(3):
        centre.fault("cut")
        wait_until(lambda: "NO DATA" in said(app), "the loss", 45)
        centre.fault("none")
        wait_until(lambda: "Calls today" in said(app) and "NO DATA" not in said(app), "the way back", 45)
    centre.freeze()
    wait_until(lambda: f"{offered(centre):,}" in said(app), "the newest number")
    app.quit()


class Far:
    """A centre that is reached over a network of the test's own."""

    def __init__(self, centre):
        self.relay = Relay(centre.port)
        self.url = self.relay.url


def test_a_network_that_loses_resets_and_goes_leaves_the_wall_live(folder):
    centre = Centre(folder)
    far = Far(centre)
    app = wall(folder, far)
    wait_until(lambda: "Calls today" in said(app), "the numbers")

    def is_told():
        return "NO DATA" in said(app) or " old" in said(app)

    def back():
        far.relay.mode = "pass"

    # Connections that are there still, and dead; answers that break off; and an address that is another's for a while.
    for what, begin, over in (("lost", lambda: setattr(far.relay, "mode", "swallow"), back),
                              ("reset", lambda: setattr(far.relay, "mode", "reset"), back),
                              ("gone", far.relay.go, far.relay.come_back)):
        begin()
        wait_until(is_told, f"word of a network that is {what}", 90)
        over()
        wait_until(lambda: "Calls today" in said(app) and not is_told(), f"the way back from one that was {what}", 90)
    centre.freeze()
    wait_until(lambda: f"{offered(centre):,}" in said(app), "the newest number", 45)
    app.quit()


def test_a_compositor_that_is_killed_is_followed_by_the_next(folder):
    """What systemd does with the unit: a start each time that the wall has ended."""
    weston = tool("weston", "weston")
    centre = Centre(folder)
    socket = "wayland-killed"
    place = os.path.join(os.environ["XDG_RUNTIME_DIR"], socket)
    path = write_wall(folder, WALL.format(pages="now=3600"))
    environment = {"GDK_BACKEND": "wayland", "WAYLAND_DISPLAY": socket}

    def compositor():
        process = start([weston, "-B", "headless-backend.so", "--shell=kiosk-shell.so", "--use-pixman", f"--socket={socket}",
                         "--width=1280", "--height=720", "--idle-time=0", "--no-config"], os.path.join(folder, "weston.log"))
        wait_until(lambda: os.path.exists(place), "the compositor")
        return process

    first = compositor()
    app = App(folder, centre, [f"--wall={path}"], environment=environment)
    wait_until(lambda: "Calls today" in said(app), "the numbers")
    first.kill()
    first.wait()
    ended_in_words(app)

    # Nobody listens where it was: a start fails at once, rather than hang until it is too late.
    log = os.path.join(folder, "between.log")
    between = start([os.environ["TONGDAI"], f"--url={centre.url}", f"--token-file={centre.token_file}", f"--wall={path}"],
                    log, **environment)
    check(between.wait(20 * harness.PATIENCE) > 0, f"a start without a screen ends as if all were well: {tail(log)!r}")

    for name in (place, place + ".lock"):
        if os.path.exists(name):
            os.unlink(name)
    second = compositor()
    app = App(folder, centre, [f"--wall={path}"], environment=environment)
    wait_until(lambda: "Calls today" in said(app), "the numbers on the next")
    end(second)
    ended_in_words(app)


def test_a_monitor_that_goes_and_comes_is_filled_again(folder):
    xrandr = tool("xrandr", "x11-xserver-utils")
    centre = Centre(folder)
    app = wall(folder, centre)
    wait_until(lambda: "Calls today" in said(app), "the numbers")
    for command in (["--setmonitor", "LEFT", "1920/500x1080/300+0+0", "screen"], ["--delmonitor", "LEFT"],
                    ["--output", "screen", "--off"], ["--output", "screen", "--auto"]):
        subprocess.run([xrandr, *command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=20)
        centre.freeze()
        wait_until(lambda: f"{offered(centre):,}" in said(app), f"the newest number after {' '.join(command)}")
        centre.speed(1)
    app.quit()


if __name__ == "__main__":
    harness.main(globals())
