"""Threads and a pool of them, as Python has them."""

import threading
from concurrent.futures import ThreadPoolExecutor

from answer import batches, each, serve


def start_and_join():
    thread = threading.Thread(target=nothing)
    thread.start()
    thread.join()


def nothing(*_):
    return None


def pool_map():
    pool = ThreadPoolExecutor(max_workers=4)
    items = range(1000)
    return batches(len(items), lambda: list(pool.map(nothing, items)))()


def pool_submit():
    pool = ThreadPoolExecutor(max_workers=4)
    return each(lambda: pool.submit(nothing, 1).result())()


def lock():
    lock = threading.Lock()

    def once():
        with lock:
            pass

    return each(once)()


serve(
    {
        "thread": each(start_and_join),
        "map": pool_map,
        "submit": pool_submit,
        "lock": lock,
    }
)
