"""A network between a program and its server, as bytes go through it: it can
lose what is on its way, break off with a reset, or be gone and come back."""

import select
import socket
import struct
import threading

RESET = struct.pack("ii", 1, 0)


class Relay:
    """Modes: "pass"; "swallow": connections stay, and nothing comes through; "reset":
    an answer breaks off after some bytes, and so does whatever is begun anew."""

    def __init__(self, port):
        self.target = port
        self.mode = "pass"
        self.listener = None
        self.listen(0)
        self.port = self.listener.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"

    def listen(self, port):
        self.listener = socket.socket()
        self.listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.listener.bind(("127.0.0.1", port))
        self.listener.listen(16)
        threading.Thread(target=self.accept, args=(self.listener,), daemon=True).start()

    def go(self):
        """Nobody listens; what is connected stays so, and is not answered."""
        self.mode = "swallow"
        # Whoever waits in accept() lets go of it by this alone.
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()

    def come_back(self):
        self.mode = "pass"
        self.listen(self.port)

    def accept(self, listener):
        while True:
            try:
                client, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=self.carry, args=(client,), daemon=True).start()

    def carry(self, client):
        try:
            server = socket.create_connection(("127.0.0.1", self.target))
        except OSError:
            client.close()
            return
        was_lost = False
        with client, server:
            while True:
                for end in select.select([client, server], [], [])[0]:
                    try:
                        data = end.recv(65536)
                        was_lost |= self.mode == "swallow"
                        if data and was_lost:
                            continue
                        if data and end is server and self.mode == "reset":
                            client.sendall(data[:100])
                            client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
                            return
                        (server if end is client else client).sendall(data)
                    except OSError:
                        return
                    if not data:
                        return
