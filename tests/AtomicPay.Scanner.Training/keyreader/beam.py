"""Reads keys out of a line's probabilities: a prefix beam search that only follows what the grammar of keys allows."""

import math

import numpy as np

from .alphabet import BLANK, KEY_CHARACTERS, OTHER, SPACE, class_of

_NEVER = -1e30
_CLOSED = -1
_PREFIX = [class_of(c) for c in "atpay_"]
_MARKERS = {tuple(class_of(c) for c in marker) for marker in ("live", "test")}
_UNDERSCORE, _HYPHEN = class_of("_"), class_of("-")
_BASE62 = frozenset(range(1, 65)) - {_UNDERSCORE, _HYPHEN}
_HEX = frozenset(class_of(c) for c in "0123456789abcdef")
_HEX_LENGTHS = (32, 64)
_SHORTEST, _LONGEST = 22, 80


def read_keys(logs: np.ndarray, width: int = 24) -> list[tuple[str, float]]:
    """The keys that the line may hold, likeliest first. `logs` are the network's answers for one line."""
    ranked: dict[str, float] = {}
    for body in (_BASE62, _HEX):
        for key, score in _search(logs, body, width):
            length = len(key.rsplit("_", 1)[-1])
            if body is _HEX:
                if length not in _HEX_LENGTHS:
                    continue
                score += length * math.log(62 / 16) + math.log(0.1)  # A hex key is likelier than the same characters by chance.
            if len(key) >= _SHORTEST:
                ranked[key] = max(ranked.get(key, _NEVER), score)
    return sorted(ranked.items(), key=lambda entry: -entry[1])


def greedy(logs: np.ndarray) -> list[int]:
    """The likeliest class of each frame, repetitions and blanks taken out."""
    best = logs.argmax(1)
    return [int(c) for previous, c in zip(np.concatenate(([BLANK], best[:-1])), best) if c != previous and c != BLANK]


def _sum(a: float, b: float) -> float:
    low, high = (a, b) if a < b else (b, a)
    return high if low <= _NEVER / 2 else high + math.log1p(math.exp(low - high))


def _search(logs, body, width):
    beams = {(): (0.0, _NEVER)}  # Prefix -> score of ending in a blank, score of ending in its last character.
    for row in logs:
        beams = _step(beams, row, body)
        beams = dict(sorted(beams.items(), key=lambda entry: -_sum(*entry[1]))[:width])
    results: dict[str, float] = {}
    for prefix, scores in beams.items():
        prefix = prefix[:-1] if prefix and prefix[-1] == _CLOSED else prefix
        if len(prefix) > len(_PREFIX):
            text = "".join(KEY_CHARACTERS[c - 1] for c in prefix)
            results[text] = _sum(results.get(text, _NEVER), _sum(*scores))
    return results.items()


def _step(beams, row, body):
    blank = float(row[BLANK])
    if blank > -1e-4:
        return {prefix: (_sum(*scores) + blank, _NEVER) for prefix, scores in beams.items()}
    characters = [(int(c), float(row[c])) for c in np.flatnonzero(row > math.log(1e-4)) if c != BLANK]
    anything = math.log(max(1e-12, 1 - math.exp(min(0.0, blank)))) - 6
    junk = _sum(float(row[OTHER]), float(row[SPACE]))
    following: dict[tuple, tuple[float, float]] = {}

    def add(prefix, score, blank_end):
        old = following.get(prefix, (_NEVER, _NEVER))
        following[prefix] = (_sum(old[0], score), old[1]) if blank_end else (old[0], _sum(old[1], score))

    for prefix, (after_blank, after_character) in beams.items():
        total = _sum(after_blank, after_character)
        if prefix and prefix[-1] == _CLOSED:
            add(prefix, total, True)
            continue
        add(prefix, total + blank, True)
        if prefix:
            add(prefix, after_character + float(row[prefix[-1]]), False)
        else:  # What stands before the key.
            add(prefix, total + junk, True)
            add(prefix, total + anything, True)
        for character, score in characters:
            verdict = _verdict(prefix, character, body)
            if verdict == "follows":
                add((*prefix, character), (after_blank if prefix and character == prefix[-1] else total) + score, False)
            elif verdict == "ends":
                add((*prefix, _CLOSED), total + score, True)
            elif verdict == "noise":
                add(prefix, total + score - 2, True)
    return following


def _verdict(prefix, character, body):
    length = len(prefix)
    if length < len(_PREFIX):
        return "follows" if character == _PREFIX[length] else "noise" if character in (OTHER, SPACE) and length else "breaks"
    if length >= _LONGEST:
        return "breaks"
    inside = (*prefix[len(_PREFIX):], character)
    if character in body or any(marker[:len(inside)] == inside for marker in _MARKERS):
        return "follows"
    if character == _UNDERSCORE:
        return "follows" if inside[:-1] in _MARKERS else "breaks"
    if character in (OTHER, SPACE):
        return "ends" if length >= _SHORTEST else "noise"
    return "breaks"
