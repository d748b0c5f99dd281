#!/usr/bin/python3
"""The server of a browser wallboard, as one is commonly built: it asks Asterisk's
manager interface each second and hands the page what it needs as JSON.

usage: server.py URL USER < SECRET; prints the address of the page, then one line
with the number of answers given whenever a line comes in.
"""

import http.cookiejar
import http.server
import json
import os
import sys
import threading
import time
import urllib.parse
import urllib.request

HERE = os.path.dirname(os.path.abspath(__file__))
STATES = {"0": "unknown", "1": "available", "2": "on call", "3": "on call", "4": "unreachable", "5": "unreachable",
          "6": "ringing", "7": "ringing", "8": "on hold"}


class Manager:
    """A session with the manager interface over HTTP."""

    def __init__(self, url, user, secret):
        self.url = url + "/rawman"
        self.login = {"Action": "Login", "Username": user, "Secret": secret, "Events": "off"}
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))

    def ask(self, **fields):
        with self.opener.open(self.url, urllib.parse.urlencode(fields).encode(), timeout=10) as answer:
            text = answer.read().decode("utf-8", "replace")
        return [dict(line.split(": ", 1) for line in block.split("\r\n") if ": " in line)
                for block in text.split("\r\n\r\n") if block.strip()]

    def status(self):
        messages = self.ask(Action="QueueStatus")
        if messages[0].get("Response") == "Error":
            self.ask(**self.login)
            messages = self.ask(Action="QueueStatus")
        return messages


def reckon(messages, now):
    """What the page shows, of QueueStatus."""
    queues, agents, callers = {}, {}, []
    for m in messages:
        event = m.get("Event")
        if event == "QueueParams":
            queues[m["Queue"]] = {"name": m["Queue"], "waiting": int(m["Calls"]), "completed": int(m["Completed"]),
                                  "abandoned": int(m["Abandoned"]), "hold": int(m["Holdtime"]),
                                  "talk": int(m["TalkTime"]), "level": float(m["ServicelevelPerf"]), "longest": 0}
        elif event == "QueueMember":
            state = "paused" if m["Paused"] == "1" else STATES.get(m["Status"], "unknown")
            last = int(m["LastPause"] if m["Paused"] == "1" else m["LastCall"]) or int(m["LoginTime"])
            agent = agents.setdefault(m["Location"], {"name": m["Name"], "state": state, "reason": m["PausedReason"],
                                                      "seconds": int(now - last), "calls": 0, "queues": []})
            agent["queues"].append(m["Queue"])
            agent["calls"] += int(m["CallsTaken"])
        elif event == "QueueEntry":
            callers.append({"queue": m["Queue"], "position": int(m["Position"]), "number": m["CallerIDNum"],
                            "wait": int(m["Wait"])})
            queues[m["Queue"]]["longest"] = max(queues[m["Queue"]]["longest"], int(m["Wait"]))
    return {"queues": list(queues.values()), "agents": sorted(agents.values(), key=lambda a: a["name"]),
            "callers": callers, "at": now}


class Board(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    body = b"{}"
    answers = 0

    def do_GET(self):
        if self.path == "/data":
            Board.answers += 1
            kind, body = "application/json", Board.body
        else:
            with open(os.path.join(HERE, "index.html"), "rb") as f:
                kind, body = "text/html; charset=utf-8", f.read()
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def main():
    manager = Manager(sys.argv[1], sys.argv[2], sys.stdin.readline().strip())
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Board)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()

    def poll():
        while True:
            now = time.time()
            Board.body = json.dumps(reckon(manager.status(), now), ensure_ascii=False).encode()
            time.sleep(max(0, 1 - (time.time() - now)))

    threading.Thread(target=poll, daemon=True).start()
    print(f"http://127.0.0.1:{server.server_port}/", flush=True)
    for _ in sys.stdin:
        print(Board.answers, flush=True)


main()
