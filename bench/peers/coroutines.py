"""An event loop, as Python has it."""

import asyncio

from answer import each, serve

TASKS = 10_000


async def yield_once():
    await asyncio.gather(*(asyncio.sleep(0) for _ in range(TASKS)))


serve({"gather": each(lambda: asyncio.run(yield_once()))})
