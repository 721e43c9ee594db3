"""A mail server on loopback that keeps what it is given and can be told to do harm at a step of the talk."""

import email
import socketserver
import threading
import time
from collections import Counter
from collections.abc import Callable

STEPS = ("greeted", "data", "taken", "answered")
Harm = Callable[[int, str, int], None]


class Sink(socketserver.ThreadingTCPServer):
    """`received` counts messages by recipient the moment they are taken, before the sender is told.

    `harm(number of the connection, step, the sender's port)` is called at each step.
    """

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, harm: Harm, *, thinking: float = 0.01) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.harm, self.thinking = harm, thinking
        self.received: Counter[str] = Counter()
        self.references: Counter[str] = Counter()
        self.connections = 0
        self.lock = threading.Lock()
        self.port = self.server_address[1]
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def handle_error(self, request, client_address) -> None:
        """The other end was killed: that is the point."""


class _Talk(socketserver.StreamRequestHandler):
    server: Sink

    def handle(self) -> None:
        with self.server.lock:
            self.server.connections += 1
            self.number = self.server.connections
        self.say("220 sink")
        self.step("greeted")
        recipients: list[str] = []
        while line := self.rfile.readline().decode().strip():
            verb = line.split(maxsplit=1)[0].upper()
            if verb == "RCPT":
                recipients.append(line.split("<")[1].split(">")[0])
            if verb == "DATA":
                self.take(recipients)
            elif verb == "QUIT":
                return self.say("221 bye")
            else:
                self.say("250 sink")
        return None

    def take(self, recipients: list[str]) -> None:
        self.say("354 go on")
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line)
        if line == b"":
            return
        self.step("data")
        message = email.message_from_bytes(b"".join(lines))
        with self.server.lock:
            self.server.received.update(recipients)
            self.server.references[message["Message-ID"]] += 1
        self.step("taken")
        time.sleep(self.server.thinking)
        self.say("250 taken")
        self.step("answered")

    def step(self, name: str) -> None:
        self.server.harm(self.number, name, self.client_address[1])

    def say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())
        self.wfile.flush()
