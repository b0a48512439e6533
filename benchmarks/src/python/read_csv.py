"""Reads a CSV file with pandas once for each line of standard input, and prints how long it took.

Usage: python read_csv.py PATH; times are in milliseconds.
"""

import sys
import time

import pandas

path = sys.argv[1]
print(f"pandas {pandas.__version__}", flush=True)
for line in sys.stdin:
    start = time.perf_counter()
    pandas.read_csv(path)
    print((time.perf_counter() - start) * 1000, flush=True)
