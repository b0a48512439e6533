import { execFile, execFileSync } from 'node:child_process';
import { promisify } from 'node:util';

/** The Python that was named for interop tests; undefined: skip. */
const python = process.env['GNU_MLOPS_INTEROP_PYTHON'];

/** Why tests that need modules of Python cannot run; undefined where they can. */
export function whyNoModules(modules: readonly string[]): string | undefined {
  if (python === undefined) return '(set GNU_MLOPS_INTEROP_PYTHON to a Python that has mlflow)';
  const find = `import importlib.util, sys
sys.exit(any(importlib.util.find_spec(name) is None for name in sys.argv[1:]))`;
  try {
    execFileSync(python, ['-c', find, ...modules], { stdio: 'ignore' });
    return undefined;
  } catch {
    return `(the Python of GNU_MLOPS_INTEROP_PYTHON lacks one of ${modules.join(', ')})`;
  }
}

/** Run Python with these arguments and read what it prints; its errors are those of the test. */
export async function runPython(
  args: readonly string[],
  options: { readonly env?: NodeJS.ProcessEnv; readonly cwd?: string } = {},
): Promise<string> {
  const { stdout } = await promisify(execFile)(python!, args, {
    maxBuffer: 64 * 1024 * 1024,
    cwd: options.cwd,
    env: {
      ...process.env,
      PYTHONDONTWRITEBYTECODE: '1',
      MLFLOW_HTTP_REQUEST_MAX_RETRIES: '0',
      MLFLOW_DISABLE_TELEMETRY: 'true',
      ...options.env,
    },
  });
  return stdout;
}
