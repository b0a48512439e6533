import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The Python that was named for interop tests; undefined: skip. */
const python = process.env['GNU_MLOPS_INTEROP_PYTHON'];

/** Why tests that need a Python module cannot run; undefined where they can. */
export function whyNoPython(module: string): string | undefined {
  if (python === undefined) {
    return `set GNU_MLOPS_INTEROP_PYTHON to a Python that has ${module}`;
  }
  try {
    execFileSync(python, ['-c', `import ${module}`], { stdio: 'ignore' });
    return undefined;
  } catch {
    return `the Python of GNU_MLOPS_INTEROP_PYTHON has no ${module}, or does not start`;
  }
}

/** Run a script of this folder and parse the JSON that it prints. */
export function runPython(script: string, ...args: readonly string[]): unknown {
  const path = fileURLToPath(new URL(script, import.meta.url));
  const printed = execFileSync(python!, [path, ...args], {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return JSON.parse(printed) as unknown;
}
