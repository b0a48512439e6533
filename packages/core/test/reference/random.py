"""Write ../fixtures/random.json: the random streams, from the algorithms written out on their own.

sfc32 is Chris Doty-Humphrey's small fast counting generator of 32 bits (PractRand); its state is
keyed by MurmurHash3's 32-bit finaliser over the bits of the seed and the steps of the path. Plain
Python, no packages:
    python test/reference/random.py
"""

import json
import platform
import struct
from pathlib import Path

MASK = 0xFFFFFFFF


def mix(key, value):
    h = key ^ (value * 0x85EBCA6B & MASK)
    h = (h ^ h >> 16) * 0x85EBCA6B & MASK
    h = (h ^ h >> 13) * 0xC2B2AE35 & MASK
    return h ^ h >> 16 ^ 0x27D4EB2F


def stream(seed, path, count):
    key = 0x9E3779B9
    for word in struct.unpack("<II", struct.pack("<d", seed)):
        key = mix(key, word)
    for step in path:
        key = mix(key, step)
    a, b, c, counter = key, mix(key, 1), mix(key, 2), 1
    drawn = []
    for _ in range(12 + count):
        total = (a + b + counter) & MASK
        counter = (counter + 1) & MASK
        a = b ^ b >> 9
        b = (c + (c << 3)) & MASK
        c = ((c << 21 | c >> 11) + total) & MASK
        drawn.append(total)
    return drawn[12:]


keys = [(42, []), (42, [0]), (42, [7, 4294967295]), (0, []), (-1.5, [3]), (2**53, [])]
document = {
    "versions": {"python": platform.python_version()},
    "streams": [
        {"seed": seed, "path": path, "uint32": stream(seed, path, 8)} for seed, path in keys
    ],
}
path = Path(__file__).parent.parent / "fixtures" / "random.json"
path.write_text(json.dumps(document) + "\n")
