"""What the lessons do with threads. See lessons.go for what each is."""

import sys
import threading
import time

SECOND = 0.02  # a second of the lessons


def run_together(*threads):
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def count(first, last):
    for number in range(first, last + 1):
        print(number)


def count_twice(first, last):
    run_together(
        *(threading.Thread(target=count, args=(first, last)) for _ in range(2))
    )


def nap(name, seconds):
    print(name, "lies down")
    time.sleep(seconds * SECOND)
    print(name, "is up")


def main_goes_on():
    sleeper = threading.Thread(target=nap, args=("the sleeper", 2))
    sleeper.start()
    print("main goes on")
    sleeper.join()


def five_naps(seconds):
    run_together(
        *(threading.Thread(target=nap, args=(f"worker {i}", seconds)) for i in range(5))
    )
    print("all are up")


def steps(name, n):
    for step in range(1, n + 1):
        print(name, "step", step)
        time.sleep(SECOND)


def late_start():
    early = threading.Thread(target=steps, args=("early", 10))
    late = threading.Thread(target=steps, args=("late", 5))
    early.start()
    time.sleep(3 * SECOND)
    late.start()
    early.join()
    late.join()


class Clock(threading.Thread):
    """A type of thread of one's own."""

    def __init__(self, name, pause, ticks):
        super().__init__(name=name)
        self.pause, self.ticks = pause, ticks

    def run(self):
        for tick in range(self.ticks):
            time.sleep(self.pause * SECOND)
            print(self.name, "tick", tick)


def own_type():
    run_together(Clock("quick", 1, 5), Clock("slow", 2, 5))


def heartbeat():
    while True:
        time.sleep(SECOND)


def daemon():
    threading.Thread(target=heartbeat, daemon=True).start()
    print("main is done")


EXAMPLES = {
    "count": lambda: count_twice(0, 4),
    "to-ten": lambda: count_twice(1, 10),
    "main-goes-on": main_goes_on,
    "five-naps": lambda: five_naps(1),
    "five-long-naps": lambda: five_naps(2),
    "late-start": late_start,
    "own-type": own_type,
    "daemon": daemon,
}

EXAMPLES[sys.argv[1]]()
