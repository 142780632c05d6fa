"""What the lessons do with semaphores."""

import sys
import threading
import time

SECOND = 0.02


def visits(permits, visitors, seconds, between=0):
    room = threading.Semaphore(permits)

    def visit(name):
        with room:
            print(name, "comes in")
            time.sleep(seconds * SECOND)
            print(name, "goes")

    threads = []
    for i in range(visitors):
        thread = threading.Thread(target=visit, args=(f"visitor {i}",))
        threads.append(thread)
        thread.start()
        time.sleep(between * SECOND)
    for thread in threads:
        thread.join()


def in_scope():
    room = threading.Semaphore(5)
    with room:
        print("inside")
        time.sleep(SECOND)


def by_hand():
    room = threading.Semaphore(5)
    room.acquire()
    try:
        print("inside")
        time.sleep(SECOND)
    finally:
        room.release()


EXAMPLES = {
    "two-of-five": lambda: visits(2, 5, 1),
    "two-of-three": lambda: visits(2, 3, 1),
    "five-of-ten": lambda: visits(5, 10, 5, between=0.5),
    "semaphore-in-scope": in_scope,
    "semaphore-by-hand": by_hand,
}

EXAMPLES[sys.argv[1]]()
