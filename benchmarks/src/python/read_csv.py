"""Reads a CSV file with pandas once for each line of standard input, and prints how long it took.

Usage: python read_csv.py PATH [THREADS], threads for pandas 3.1 or newer; times are in milliseconds.
"""

import sys
import time

import pandas

path = sys.argv[1]
name = f"pandas {pandas.__version__}"
if len(sys.argv) > 2:
    pandas.set_option("mode.max_threads", int(sys.argv[2]))
    name += f", {sys.argv[2]} thread"
print(name, flush=True)
for line in sys.stdin:
    start = time.perf_counter()
    pandas.read_csv(path)
    print((time.perf_counter() - start) * 1000, flush=True)
