"""A bad way to the server: an HTTP proxy on loopback that, told so, answers with
a page of its own, breaks off, or loses what was on its way."""

import http.client
import http.server
import threading
import urllib.parse

PAGE = ("<!DOCTYPE html><html><head><title>Sign in</title></head>"
        "<body><h1>Sign in to the hotel's network</h1></body></html>").encode()


class Proxy:
    """Modes: "pass", "html", "half", "close", and "lose", which swallows the answers to WaitEvent."""

    def __init__(self, port):
        self.target = port
        self.mode = "pass"
        self.lost = b""  # what "lose" kept back
        self.cookie = None
        self.actions = []
        self.targets = set()
        proxy = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                proxy.handle(self)

            do_POST = do_GET

            def log_message(self, *_):
                pass

        class Server(http.server.ThreadingHTTPServer):
            def handle_error(self, *_):
                pass  # who asked is gone

        self.server = Server(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}/asterisk"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    def forward(self, method, path, body, headers):
        connection = http.client.HTTPConnection("127.0.0.1", self.target, timeout=90)
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            return answer.status, answer.getheaders(), answer.read()
        finally:
            connection.close()

    def handle(self, request):
        body = request.rfile.read(int(request.headers.get("Content-Length", 0)))
        query = urllib.parse.parse_qs(body.decode() or urllib.parse.urlsplit(request.path).query)
        action = {key.lower(): value for key, value in query.items()}.get("action", [""])[0].lower()
        self.actions.append(action)
        self.targets.add(request.path)
        if request.headers.get("Cookie"):
            self.cookie = request.headers["Cookie"]

        if self.mode == "html":
            return self.answer(request, 200, [("Content-Type", "text/html")], PAGE)
        if self.mode == "close":
            request.close_connection = True
            return None
        try:
            headers = {k: v for k, v in request.headers.items() if k.lower() not in ("connection", "host")}
            status, headers, body = self.forward(request.command, request.path, body or None, headers)
        except OSError:
            request.close_connection = True  # as if there were no proxy
            return None
        if self.mode == "lose" and action == "waitevent":
            self.lost += body
            request.close_connection = True
            return None
        return self.answer(request, status, headers, body, len(body) // 2 if self.mode == "half" else None)

    @staticmethod
    def answer(request, status, headers, body, cut=None):
        try:
            request.send_response(status)
            for key, value in headers:
                if key.lower() not in ("content-length", "connection", "transfer-encoding", "date", "server"):
                    request.send_header(key, value)
            request.send_header("Content-Length", str(len(body)))
            request.end_headers()
            request.wfile.write(body[:cut])
        except OSError:
            request.close_connection = True  # nobody waits for it any more
        if cut is not None:
            request.close_connection = True

    def kill_session(self):
        """Ends the dashboard's session on the server, as an administrator or a restart would."""
        _, _, body = self.forward("POST", "/asterisk/rawman", "action=Logoff", {
            "Cookie": self.cookie, "Content-Type": "application/x-www-form-urlencoded"})
        return body.decode()
