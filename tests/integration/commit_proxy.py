# SPDX-License-Identifier: GPL-3.0-or-later
# A proxy before PostgreSQL that loses the connection at a COMMIT, once:
#   commit_proxy.py SOCKET MODE NUMBER      prints its port and number; NUMBER: at which COMMIT, from 1
# MODE: before  the server never sees it        after  the answer is lost
#       late    the server sees it two seconds after the client has lost the connection
#       kill    the answer is lost and the server process is killed: the server restarts
import os
import re
import signal
import socket
import struct
import sys
import threading
import time

path, mode, number = sys.argv[1], sys.argv[2], int(sys.argv[3])
state = {"commits": 0, "done": False}


class Link:
    def __init__(self, client):
        self.client, self.server = client, socket.socket(socket.AF_UNIX)
        self.server.connect(path)
        self.pid, self.mute = 0, False

    def close_client(self):
        self.mute = True
        self.client.shutdown(socket.SHUT_RDWR)

    def from_server(self):
        buffer = b""
        while data := self.server.recv(65536):
            buffer += data
            while not self.pid and len(buffer) >= 5:
                size = 1 + struct.unpack("!I", buffer[1:5])[0]
                if len(buffer) < size:
                    break
                if buffer[:1] == b"K":
                    self.pid = struct.unpack("!I", buffer[5:9])[0]
                buffer = buffer[size:]
            if self.pid:
                buffer = b""
            if self.mute == "answer":
                # The answer is here, so the server has committed; it goes nowhere.
                if mode == "kill":
                    os.kill(self.pid, signal.SIGKILL)
                self.close_client()
                return
            if not self.mute:
                self.client.sendall(data)
        self.close_client()

    def is_commit(self, message):
        return message[:1] == b"P" and re.sub(rb"--[^\n]*\n", b"", message[5:]).strip(b"\0 \n\t;").startswith(b"COMMIT")

    def lose(self, rest):
        state["done"] = True
        if mode == "before":
            self.close_client()
            return self.server.shutdown(socket.SHUT_RDWR)
        if mode == "late":
            self.close_client()
            time.sleep(2)
        else:
            self.mute = "answer"
        self.server.sendall(rest)

    def from_client(self):
        buffer, started = b"", False
        while True:
            data = self.client.recv(65536)
            if not data and not self.mute:
                return self.server.shutdown(socket.SHUT_RDWR)
            if not data:
                return
            buffer += data
            while len(buffer) >= 5:
                head = 1 if started else 0
                size = head + struct.unpack("!I", buffer[head:head + 4])[0]
                if len(buffer) < size:
                    break
                message, buffer = buffer[:size], buffer[size:]
                if started and not state["done"] and self.is_commit(message):
                    state["commits"] += 1
                    if state["commits"] == number:
                        while not buffer.endswith(b"S\0\0\0\4"):
                            buffer += self.client.recv(65536)
                        return self.lose(message + buffer)
                started = True
                self.server.sendall(message)


def guard(link, work):
    try:
        work()
    except OSError:
        # A side that broke off takes the other one with it.
        for end in (link.client, link.server):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass


listener = socket.create_server(("127.0.0.1", 0))
print(listener.getsockname()[1], os.getpid(), flush=True)
while True:
    client, _ = listener.accept()
    try:
        link = Link(client)
    except OSError:  # the server restarts
        client.close()
        continue
    threading.Thread(target=guard, args=(link, link.from_server), daemon=True).start()
    threading.Thread(target=guard, args=(link, link.from_client), daemon=True).start()
