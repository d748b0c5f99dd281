# What a wall costs at 1920×1080 with 120 agents and all pages taking turns: CPU
# and memory once it is at rest, and those of a browser that shows the same
# numbers from the same centre in the same seconds, where there is one.
#
# usage: bench-wall.py TONGDAI CENTRE [SECONDS]; in tests/headless

import http.server
import os
import shutil
import sys
import tempfile
import threading
import time
import urllib.request

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(HERE, "..")]

import processes  # noqa: E402
import tap  # noqa: E402

WARM_UP = 20
PAGES = ("now", "normal", "queues", "people", "message")

tongdai, centre_program = sys.argv[1:3]
seconds = int(sys.argv[3]) if len(sys.argv) > 3 else 60


def start_centre(folder):
    log = os.path.join(folder, "centre.log")
    tap.start([centre_program, "--port=0", "--seed=1", "--agents=120", "--date=2026-11-18T10:00", "--no-past"], log)

    def ready():
        words = dict(line.rsplit(" ", 1) for line in tap.tail(log).splitlines() if " " in line)
        return words if "listening on" in words else None

    words = tap.wait_until(ready, "the centre")
    return words["listening on"], words["token"]


def start_wall(folder, url, token):
    path = os.path.join(folder, "wall.ini")
    with open(path, "w", encoding="utf-8") as f:
        f.write("[wall]\nmessage=Trạm 110 kV mất điện.\n[pages]\n" + "".join(f"{page}=5\n" for page in PAGES))
    return tap.start([tongdai, f"--url={url}", f"--wall={path}", "--size=1920x1080"],
                     os.path.join(folder, "tongdai.log"), TONGDAI_TOKEN=token)


class Board(http.server.BaseHTTPRequestHandler):
    """Gives a browser the page, and what the centre says."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        if self.path == "/data":
            request = urllib.request.Request(self.server.centre + "/v1/snapshot",
                                             headers={"Authorization": f"Bearer {self.server.token}"})
            with urllib.request.urlopen(request, timeout=10) as answer:
                kind, body = "application/json", answer.read()
            self.server.answers += 1
        else:
            with open(os.path.join(HERE, "wallboard", "wall.html"), "rb") as f:
                kind, body = "text/html; charset=utf-8", f.read()
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def start_browser(folder, url, token):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Board)
    server.centre, server.token, server.answers = url, token, 0
    threading.Thread(target=server.serve_forever, daemon=True).start()
    browser = tap.start(
        ["chromium", "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--window-size=1920,1080",
         "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-extensions",
         "--remote-debugging-port=0", f"--user-data-dir={folder}/chromium", f"http://127.0.0.1:{server.server_port}/"],
        os.path.join(folder, "browser.log"))
    tap.wait_until(lambda: server.answers > 2, "the browser's page", 30)
    return browser


def main():
    folder = tempfile.mkdtemp(prefix="tongdai-bench-wall.")
    try:
        url, token = start_centre(folder)
        rivals = {"tongdai --wall": start_wall(folder, url, token)}
        if shutil.which("chromium"):
            rivals["headless Chromium"] = start_browser(folder, url, token)
        time.sleep(WARM_UP)
        before = {name: processes.cpu_s(processes.tree(rival.pid)) for name, rival in rivals.items()}
        begin = time.monotonic()
        time.sleep(seconds)
        passed = time.monotonic() - begin
        for name, rival in rivals.items():
            pids = processes.tree(rival.pid)
            tap.check(rival.poll() is None, f"{name} ended")
            bound = "  (at most 2 %, 100 MiB)" if name.startswith("tongdai") else ""
            print(f"{name:20s} CPU {(processes.cpu_s(pids) - before[name]) / passed * 100:5.2f} %   "
                  f"PSS {processes.pss_mib(pids):6.1f} MiB in {len(pids)}{bound}", flush=True)
    finally:
        tap.end_all()
        shutil.rmtree(folder, ignore_errors=True)


main()
