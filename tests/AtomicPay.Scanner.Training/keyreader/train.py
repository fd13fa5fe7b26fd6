"""Trains several readers on the same samples at once, and keeps the moving average of each.

The samples of a step depend on the seed and on nothing else. A run is given its steps, or minutes: then the steps that it took are printed, and
`--steps` with that number makes the same run again, up to the rounding of the machine.
"""

import argparse
import copy
import math
import os
import time
from concurrent.futures import ThreadPoolExecutor

import cv2
import torch
from torch.nn import functional

from . import browser
from .crops import GREATEST, LEAST
from .faces import ROOT
from .model import Reader
from .source import SampleSource
from .supply import BatchSupply

_WARM_UP_STEPS = 300
_WEIGHT_DECAY = 0.02
_LAST_RATE = 0.002
_FRAMES_FIRST_STEPS = 900
_LOG_SECONDS = 15
_SAVE_SECONDS = 100


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("networks", nargs="+", metavar="NAME:WIDTH:COMPARISONS", help="of the checkpoint, and as model.py says")
    length = arguments.add_mutually_exclusive_group(required=True)
    length.add_argument("--steps", type=int)
    length.add_argument("--minutes", type=float)
    arguments.add_argument("--rate", type=float, default=3e-3)
    arguments.add_argument("--parts", type=int, default=2, help="batches of 256 samples in a step")
    arguments.add_argument("--processes", type=int, default=os.cpu_count(), help="that draw samples")
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--folder", default=os.path.join(ROOT, "data"), help="for the checkpoints")
    options = arguments.parse_args()
    cv2.setNumThreads(0)  # Threads that another library has begun would be missing in the forked processes.
    start = time.time()
    with ThreadPoolExecutor(options.processes) as pool:
        pages = list(pool.map(browser.load_page, browser.pages(os.path.join(ROOT, "data", "pages"))))
    lines = [line for page in pages for line in page]
    print(f"{len(lines)} lines of the browser from {len(pages)} pages, {time.time() - start:.0f} s", flush=True)
    supply = BatchSupply(SampleSource(lines, options.seed), options.parts, options.processes)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    pupils = [_Pupil(network, options, device) for network in options.networks]
    _train(pupils, supply, options, device)


def _train(pupils, supply, options, device):
    start = logged = saved = time.time()
    step = samples = 0
    waited = 0.0
    while (done := step / options.steps if options.steps else (time.time() - start) / (options.minutes * 60)) < 1:
        before = time.time()
        batch = supply.next()
        waited += time.time() - before
        tensors = _on_device(batch, device)
        for pupil in pupils:
            pupil.learn(tensors, step, done)
        step, samples, now = step + 1, samples + len(batch.lengths), time.time()
        if now - logged > _LOG_SECONDS:
            logged = now
            print(f"{now - start:.0f} s, step {step}, {samples / (now - start):.0f} samples/s, {waited / (now - start):.0%} waiting;",
                  "; ".join(pupil.progress() for pupil in pupils), flush=True)
        if now - saved > _SAVE_SECONDS:
            saved = now
            for pupil in pupils:
                pupil.save(options.folder, step, samples, now - start)
    for pupil in pupils:
        pupil.save(options.folder, step, samples, time.time() - start)
    print(f"{step} steps, {samples:,} samples, {time.time() - start:.0f} s", flush=True)


def _on_device(batch, device):
    pixels = torch.from_numpy(batch.pixels)
    pixels = pixels.pin_memory().to(device, non_blocking=True) if device.type == "cuda" else pixels
    x = (pixels.float() * ((GREATEST - LEAST) / 255) + LEAST).to(memory_format=torch.channels_last)
    return x, torch.from_numpy(batch.labels).to(device), torch.from_numpy(batch.lengths), torch.from_numpy(batch.frames).to(device).long()


class _Pupil:
    """One network with its optimiser and its moving average."""

    def __init__(self, network, options, device):
        self._name, width, comparisons = network.split(":")
        self._about = dict(width=float(width), comparisons=int(comparisons))
        torch.manual_seed(options.seed)
        self._model = Reader(**self._about).to(device, memory_format=torch.channels_last)
        self._average = copy.deepcopy(self._model).eval()
        self._rate, self._device = options.rate, device.type
        self._parameters = list(self._model.parameters())
        self._optimizer = torch.optim.AdamW([
            dict(params=[p for p in self._parameters if p.ndim > 1], weight_decay=_WEIGHT_DECAY),
            dict(params=[p for p in self._parameters if p.ndim <= 1], weight_decay=0.0)], lr=options.rate, betas=(0.9, 0.98))
        self._recent = None

    def learn(self, tensors, step, done):
        for group in self._optimizer.param_groups:
            group["lr"] = self._rate * min(1.0, (step + 1) / _WARM_UP_STEPS) * (_LAST_RATE + (1 - _LAST_RATE) * 0.5 * (1 + math.cos(math.pi * done)))
        reading, frames = losses(self._model, tensors, self._device)
        # The frames teach where characters are; once that is known, the order of characters is what counts.
        (reading + frames * (1.0 if step < _FRAMES_FIRST_STEPS else 0.25)).backward()
        norm = torch.nn.utils.clip_grad_norm_(self._parameters, 5.0)
        with torch.no_grad():  # A step that went wrong counts for nothing; asking the device each time would make it wait.
            for parameter in self._parameters:
                parameter.grad.mul_(torch.isfinite(norm)).nan_to_num_(0.0, 0.0, 0.0)
        self._optimizer.step()
        self._optimizer.zero_grad(set_to_none=True)
        self._follow(min(0.999, 1 - 1 / (0.2 * step + 5)))
        now = torch.stack((reading.detach(), frames.detach()))
        self._recent = now if self._recent is None else self._recent.lerp(now, 0.02)

    def _follow(self, keep):
        with torch.no_grad():
            for slow, fast in zip(self._average.state_dict().values(), self._model.state_dict().values()):
                if slow.dtype.is_floating_point:
                    slow.lerp_(fast, 1 - keep)
                else:
                    slow.copy_(fast)

    def progress(self):
        reading, frames = self._recent.tolist()
        return f"{self._name} reading {reading:.4f} frames {frames:.4f}"

    def save(self, folder, step, samples, seconds):
        path = os.path.join(folder, f"{self._name}.pt")
        weights = {name: value.to("cpu", memory_format=torch.contiguous_format) if value.ndim == 4 else value.cpu() for name, value in self._average.state_dict().items()}
        torch.save(dict(weights=weights, about=self._about, step=step, samples=samples, seconds=seconds), path + ".part")
        os.replace(path + ".part", path)


def losses(model, tensors, device):
    """What is wrong in the order of characters (CTC), and in the frames that are certain."""
    x, labels, lengths, certain = tensors
    with torch.autocast(device, dtype=torch.bfloat16):
        scores = model(x)
    logs = scores.float().log_softmax(2)
    reading = functional.ctc_loss(
        logs.transpose(0, 1), labels, torch.full((len(lengths),), logs.shape[1], dtype=torch.long), lengths, zero_infinity=True, reduction="none")
    frames = functional.nll_loss(logs.reshape(-1, logs.shape[2]), certain.reshape(-1), ignore_index=-1)
    return (reading / lengths.to(reading.device).clamp(min=4)).mean(), frames


if __name__ == "__main__":
    main()
