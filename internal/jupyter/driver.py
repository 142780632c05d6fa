"""Drives one Jupyter kernel for internal/jupyter, in JSON lines.

usage: driver.py KERNEL FOLDER

Requests come on stdin: {"op": "execute", "source": TEXT}, {"op": "interrupt"}.
The end of stdin shuts the kernel down. Answers go to stdout: {"event": "ready"}
once the kernel has started, {"event": "done", "status": "ok" | "error",
"count": N, "outputs": [...]} for each execute, {"event": "dead"} when the kernel
is gone, {"event": "failed", "message": TEXT} when it never came. An interrupt is
not answered: the execute that it ends is.
"""

import asyncio
import json
import os
import sys

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import DeadKernelError

# What the kernel prints to its own stdout must not get between the answers.
answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
os.dup2(2, 1)


def answer(event, **fields):
    answers.write(json.dumps({"event": event, **fields}) + "\n")
    answers.flush()


class Session:
    def __init__(self, kernel, folder):
        self.client = NotebookClient(
            nbformat.v4.new_notebook(),
            kernel_name=kernel,
            resources={"metadata": {"path": folder}},
            allow_errors=True,
            timeout=None,
            # Printed lines may arrive long after the reply of a cell that
            # printed a million of them.
            iopub_timeout=120,
            startup_timeout=60,
        )

    async def start(self):
        self.client.create_kernel_manager()
        await self.client.async_start_new_kernel()
        await self.client.async_start_new_kernel_client()
        answer("ready")

    async def execute(self, source):
        cell = nbformat.v4.new_code_cell(source)
        cells = self.client.nb.cells
        cells.append(cell)
        seen = {}

        async def executed(execute_reply, **_):
            seen.update(execute_reply["content"])

        self.client.on_cell_executed = executed
        try:
            await self.client.async_execute_cell(cell, len(cells) - 1)
        except DeadKernelError:
            answer("dead")
            return
        answer(
            "done",
            status=seen.get("status", "ok"),
            count=cell.execution_count,
            outputs=cell.outputs,
        )

    async def close(self):
        if self.client.kc is not None:
            self.client.kc.stop_channels()
        km = self.client.km
        if km is not None and km.has_kernel:
            # Gracefully: a killed GoNB leaves its gopls and its folder behind.
            await km.shutdown_kernel(now=False)


async def main(kernel, folder):
    stdin = asyncio.StreamReader(limit=1 << 30)
    await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(stdin), sys.stdin
    )
    session = Session(kernel, folder)
    try:
        await session.start()
        running = None
        while line := await stdin.readline():
            request = json.loads(line)
            if request["op"] == "interrupt":
                await session.client.km.interrupt_kernel()
            else:
                running = asyncio.create_task(session.execute(request["source"]))
        if running is not None and not running.done():
            await session.client.km.interrupt_kernel()
            # A cell outlives its kernel. GoNB kills one that ignores this after 5 s.
            await asyncio.wait([running], timeout=7)
    except Exception as error:  # noqa: BLE001 - whatever it is, it must be told
        answer("failed", message=f"{type(error).__name__}: {error}")
    finally:
        await session.close()


asyncio.run(main(*sys.argv[1:]))
