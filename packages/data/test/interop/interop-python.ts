import { execFileSync } from 'node:child_process';

/** The Python that was named for interop tests; undefined: skip. */
export const python = process.env['GNU_MLOPS_INTEROP_PYTHON'];

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
