"""Trains a reader for a given time and keeps its moving average.

Each process has one thread, its own samples and a copy of the network; they share the mean of their gradients after every step. On a machine
that does other work too this is several times faster than one process with more threads, which would wait for each other in every layer.
"""

import argparse
import copy
import math
import os
import time

import numpy as np
import torch
from torch import distributed
from torch.nn import functional

from .faces import ROOT
from .model import Reader
from .stream import SampleStream

_WARM_UP_STEPS = 250
_WARM_UP_STEPS_RESUMED = 80
_WEIGHT_DECAY = 0.02
_LAST_RATE = 0.004
_FRAMES_FIRST_STEPS = 900


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("name", help="of the checkpoint in data/")
    arguments.add_argument("--minutes", type=float, required=True)
    arguments.add_argument("--width", type=float, default=1.0)
    arguments.add_argument("--rate", type=float, default=2.5e-3)
    arguments.add_argument("--batch", type=int, default=16, help="samples a process and step")
    arguments.add_argument("--processes", type=int, default=2)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--resume", help="a checkpoint whose weights to start from")
    options = arguments.parse_args()
    torch.multiprocessing.spawn(_train, (options,), nprocs=options.processes)


def _train(rank, options):
    torch.set_num_threads(1)
    torch.manual_seed(options.seed)
    meeting = f"file://{os.path.join(ROOT, 'data', options.name)}.{os.getppid()}.meeting"
    distributed.init_process_group("gloo", init_method=meeting, rank=rank, world_size=options.processes)
    stream = SampleStream(os.path.join(ROOT, "data", "pages"), options.seed * 1000 + rank)
    model = Reader(options.width).to(memory_format=torch.channels_last)
    if options.resume:
        model.load_state_dict(torch.load(options.resume)["weights"])
    average = copy.deepcopy(model)
    optimizer = torch.optim.AdamW([
        dict(params=[p for p in model.parameters() if p.ndim > 1], weight_decay=_WEIGHT_DECAY),
        dict(params=[p for p in model.parameters() if p.ndim <= 1], weight_decay=0.0)], lr=options.rate, betas=(0.9, 0.98))
    progress = _Progress(options, rank)
    while (done := _shared(progress.done())) < 1:
        for group in optimizer.param_groups:
            group["lr"] = _rate(options, progress.step, done)
        reading, frames = losses(model, stream.batch(options.batch))
        # The frames teach where characters are; once that is known, the order of characters is what counts.
        (reading + frames * (1.0 if progress.step < _FRAMES_FIRST_STEPS and not options.resume else 0.25)).backward()
        _share_gradients(model)
        if math.isfinite(float(torch.nn.utils.clip_grad_norm_(model.parameters(), 5.0))):
            optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        _follow(average, model, min(0.998, 1 - 1 / (0.3 * progress.step + 5)))
        progress.advance(float(reading), float(frames), average)
    progress.save(average)


def losses(model, batch):
    """What is wrong in the order of characters (CTC), and in the frames that are certain."""
    x = torch.from_numpy(batch.pixels).to(memory_format=torch.channels_last)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        scores = model(x)
    logs = scores.float().log_softmax(2)
    lengths = torch.tensor([len(labels) for labels in batch.labels])
    targets = torch.tensor([label for labels in batch.labels for label in labels])
    reading = functional.ctc_loss(
        logs.transpose(0, 1), targets, torch.full((len(batch.labels),), logs.shape[1]), lengths, zero_infinity=True, reduction="none")
    frames = functional.nll_loss(logs.reshape(-1, logs.shape[2]), torch.from_numpy(batch.frames).reshape(-1), ignore_index=-1)
    return (reading / lengths.clamp(min=4)).mean(), frames


def _rate(options, step, done):
    cosine = 0.5 * (1 + math.cos(math.pi * done))
    warm = min(1.0, (step + 1) / (_WARM_UP_STEPS_RESUMED if options.resume else _WARM_UP_STEPS))
    return options.rate * warm * (_LAST_RATE + (1 - _LAST_RATE) * cosine)


def _shared(value):
    """The first process's value, so that all stop at the same step."""
    tensor = torch.tensor([value], dtype=torch.float64)
    distributed.broadcast(tensor, 0)
    return float(tensor)


def _share_gradients(model):
    gradients = [p.grad for p in model.parameters()]
    flat = torch.cat([g.reshape(-1) for g in gradients])
    distributed.all_reduce(flat)
    flat /= distributed.get_world_size()
    offset = 0
    for gradient in gradients:
        gradient.copy_(flat[offset:offset + gradient.numel()].view_as(gradient))
        offset += gradient.numel()


def _follow(average, model, keep):
    with torch.no_grad():
        for slow, fast in zip(average.state_dict().values(), model.state_dict().values()):
            if slow.dtype.is_floating_point:
                slow.lerp_(fast, 1 - keep)
            else:
                slow.copy_(fast)


class _Progress:
    """Time, log and checkpoints; the first process alone writes."""

    _LOG_SECONDS = 20
    _SAVE_SECONDS = 300

    def __init__(self, options, rank):
        self._options, self._writes = options, rank == 0
        self._start = self._logged = self._saved = time.time()
        self._recent: list[tuple[float, float]] = []
        self.step = 0

    def done(self):
        return (time.time() - self._start) / (self._options.minutes * 60)

    def advance(self, reading, frames, average):
        self.step += 1
        self._recent = [*self._recent[-199:], (reading, frames)]
        now = time.time()
        if self._writes and now - self._logged > self._LOG_SECONDS:
            mean, elapsed, self._logged = np.mean(self._recent, axis=0), now - self._start, now
            print(f"{elapsed:.0f} s, step {self.step}, reading {mean[0]:.4f}, frames {mean[1]:.4f}, {self._samples / elapsed:.1f} samples/s, "
                  f"{time.process_time() / elapsed:.0%} of a core", flush=True)
        if now - self._saved > self._SAVE_SECONDS:
            self._saved = now
            self.save(average)

    @property
    def _samples(self):
        return self.step * self._options.batch * self._options.processes

    def save(self, average):
        if not self._writes:
            return
        path = os.path.join(ROOT, "data", f"{self._options.name}.pt")
        torch.save(dict(weights=average.state_dict(), width=self._options.width, step=self.step, samples=self._samples,
                        seconds=time.time() - self._start), path + ".part")
        os.replace(path + ".part", path)


if __name__ == "__main__":
    main()
