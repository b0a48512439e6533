/**
 * Reads a CSV file once for each line of standard input, and prints how long it took in milliseconds.
 * Usage: node read-csv-in-turns.ts PATH [THREADS]
 */
import { readCsv } from '@gnu-mlops/data';
import { createInterface } from 'node:readline';

const [path, threads] = process.argv.slice(2);
console.log(threads === undefined ? 'gnu-mlops' : `gnu-mlops, ${threads} thread`);
for await (const _ of createInterface({ input: process.stdin })) {
  const startMs = performance.now();
  await readCsv(path!, threads === undefined ? {} : { threads: Number(threads) });
  console.log(performance.now() - startMs);
}
