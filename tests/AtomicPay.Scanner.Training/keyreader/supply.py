"""Makes batches in several processes and hands them over in the order of their numbers."""

import itertools
import multiprocessing
import queue
import threading

import numpy as np

from .source import Batch, SampleSource

_AHEAD = 3
_PATIENCE = 300


class BatchSupply:
    """The batches of each step, put together. Processes are forked, so that the pages of the browser are in memory once."""

    def __init__(self, source: SampleSource, parts: int, processes: int):
        self._parts = parts
        context = multiprocessing.get_context("fork")
        self._queues = [context.Queue(_AHEAD) for _ in range(processes)]
        for first, target in enumerate(self._queues):
            context.Process(target=_make, args=(source, parts, first, processes, target), daemon=True).start()
        self._steps: queue.Queue[Batch | Exception] = queue.Queue(_AHEAD)
        threading.Thread(target=self._collect, daemon=True).start()

    def next(self) -> Batch:
        batch = self._steps.get()
        if isinstance(batch, Exception):
            raise batch
        return batch

    def _collect(self):
        for number in itertools.count(0, self._parts):
            try:
                batches = [self._queues[(number + part) % len(self._queues)].get(timeout=_PATIENCE) for part in range(self._parts)]
                problem = next((batch for batch in batches if isinstance(batch, Exception)), None)
            except queue.Empty as silence:
                problem = silence
            if problem is not None:
                self._steps.put(problem)
                return
            self._steps.put(Batch(*(np.concatenate([getattr(batch, name) for batch in batches]) for name in Batch.__annotations__)))


def _make(source, parts, first, processes, target):
    try:
        for number in itertools.count(first, processes):
            target.put(source.batch(number, parts))
    except Exception as problem:
        target.put(problem)
        raise
