"""What the lessons do with locks."""

import sys
import threading
import time
from collections import deque

SECOND = 0.02


def run_together(*targets):
    threads = [threading.Thread(target=target) for target in targets]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def counter(workers, times):
    lock = threading.Lock()
    total = 0

    def add():
        nonlocal total
        for _ in range(times):
            with lock:
                total += 1

    run_together(*[add] * workers)
    print("counted to", total)


def told_counter():
    lock = threading.Lock()
    total = 0

    def add():
        nonlocal total
        with lock:
            total += 1
            print("counted to", total)

    run_together(add, add)


def naps_in_turn():
    lock = threading.Lock()

    def nap():
        with lock:
            print("somebody has the bed")
            time.sleep(SECOND)

    run_together(*[nap] * 5)


def half_second_steps(name):
    for step in range(1, 6):
        time.sleep(SECOND / 2)
        print(name, "step", step)


def walks_by_hand():
    lock = threading.Lock()

    def walk(name):
        lock.acquire()
        try:
            half_second_steps(name)
        finally:
            lock.release()

    run_together(*(lambda name=name: walk(name) for name in "ABC"))


def walks_in_scope():
    lock = threading.Lock()

    def walk(name):
        with lock:
            half_second_steps(name)

    run_together(*(lambda name=name: walk(name) for name in "ABC"))


def by_hand():
    lock = threading.Lock()
    lock.acquire()
    try:
        print("inside")
    finally:
        lock.release()


def in_scope():
    lock = threading.Lock()
    with lock:
        print("inside")
        time.sleep(SECOND)


def one_order():
    first, second = threading.Lock(), threading.Lock()

    def both():
        with first, second:
            print("has both")

    run_together(both, both)


def updates(lock):
    value = 0

    def edit(amount):
        nonlocal value
        for _ in range(2_000):
            with lock:
                seen = value
                time.sleep(0)  # lets others in
                seen += amount
                time.sleep(0)
                value = seen

    run_together(lambda: edit(100), lambda: edit(-100))
    return value


class NoLock:
    def __enter__(self):
        pass

    def __exit__(self, *_):
        pass


def lost_updates():
    updates(NoLock())
    print("some were lost, or none")


def kept_updates():
    print("value", updates(threading.Lock()))


def two_ways():
    lock = threading.Lock()

    def all_inside(name):
        with lock:
            work(name)

    def only_begin_inside(name):
        with lock:
            print(name, "begins")
        work(name)

    def work(name):
        for step in range(3):
            time.sleep(SECOND)
            print(name, "step", step)

    run_together(
        lambda: all_inside("payment"),
        lambda: only_begin_inside("mail"),
        lambda: only_begin_inside("page"),
    )


def shared_list():
    lock, shared = threading.Lock(), deque()

    def produce():
        for number in range(1000):
            with lock:
                shared.append(number)

    def consume():
        total = got = 0
        while got < 1000:
            with lock:
                number = shared.popleft() if shared else None
            if number is None:
                time.sleep(0)
                continue
            total, got = total + number, got + 1
        print("total", total)

    run_together(produce, consume)


EXAMPLES = {
    "counter-10": lambda: counter(10, 10_000),
    "counter-5": lambda: counter(5, 1_000),
    "told-counter": told_counter,
    "naps-in-turn": naps_in_turn,
    "walks-by-hand": walks_by_hand,
    "walks-in-scope": walks_in_scope,
    "by-hand": by_hand,
    "in-scope": in_scope,
    "one-order": one_order,
    "lost-updates": lost_updates,
    "kept-updates": kept_updates,
    "two-ways": two_ways,
    "shared-list": shared_list,
}

EXAMPLES[sys.argv[1]]()
