"""What the lessons build: a server, a downloader, a control loop."""

import socket
import sys
import tempfile
import threading
import time
from pathlib import Path

SECOND = 0.02


def ask(address, name):
    with socket.create_connection(address) as connection:
        connection.sendall(name.encode())
        connection.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: connection.recv(1024), b""))


def serve(listener, clients, answer):
    """Answers each client on a thread of its own."""

    def handle(connection):
        with connection:
            name = b"".join(iter(lambda: connection.recv(1024), b"")).decode()
            connection.sendall(answer(name))

    handlers = []
    for _ in range(clients):
        connection, _ = listener.accept()
        handler = threading.Thread(target=handle, args=(connection,))
        handlers.append(handler)
        handler.start()
    for handler in handlers:
        handler.join()


def web_server(answer, use, clients=20):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = threading.Thread(target=serve, args=(listener, clients, answer))
        server.start()
        threads = [
            threading.Thread(target=use, args=(listener.getsockname(), f"client {i}"))
            for i in range(clients)
        ]
        for thread in threads:
            thread.start()
        for thread in [*threads, server]:
            thread.join()


def show(address, name):
    print(ask(address, name).decode())


def greet(name):
    return f"hello, {name}".encode()


def same_for_all(_):
    return b"hello"


def page(_):
    time.sleep(SECOND)  # the distance to the server
    return b"x" * 50_000


def downloads():
    with tempfile.TemporaryDirectory() as folder:

        def save(address, name):
            file = Path(folder, name)
            file.write_bytes(ask(address, name))
            print("saved", name, file.stat().st_size)

        web_server(page, save, clients=4)


def control():
    def repeat(what, pause, times):
        for _ in range(times):
            print(what)
            time.sleep(pause * SECOND)

    sensor = threading.Thread(target=repeat, args=("sensor read", 1, 6))
    actuator = threading.Thread(target=repeat, args=("actuator moved", 2, 3))
    sensor.start()
    actuator.start()
    sensor.join()
    actuator.join()


EXAMPLES = {
    "web-server": lambda: web_server(same_for_all, show),
    "greetings": lambda: web_server(greet, show),
    "downloads": downloads,
    "control": control,
}

EXAMPLES[sys.argv[1]]()
