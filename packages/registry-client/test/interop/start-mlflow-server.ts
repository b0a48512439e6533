import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { freePort } from '@gnu-mlops/test-kit';

/** A real MLflow server on loopback. */
export interface MlflowServer {
  readonly address: string;
  stop(): Promise<void>;
}

/** The Python that was named for interop tests; undefined: skip. */
const python = process.env['GNU_MLOPS_INTEROP_PYTHON'];

/** A folder with MLflow 2 for that Python: `pip install --target`. Undefined: skip. */
const mlflow2Folder = process.env['GNU_MLOPS_INTEROP_MLFLOW_2'];

/** Which MLflow a server is of: the one that the Python has, or the one in the folder of MLflow 2. */
export type MlflowMajor = 'newest' | 'mlflow 2';

/** Why tests that need an MLflow server cannot run; undefined where they can. */
export function whyNoMlflow(major: MlflowMajor = 'newest'): string | undefined {
  if (python === undefined) return '(set GNU_MLOPS_INTEROP_PYTHON to a Python that has mlflow)';
  if (major === 'mlflow 2' && mlflow2Folder === undefined) {
    return '(set GNU_MLOPS_INTEROP_MLFLOW_2 to a folder with MLflow 2 for that Python)';
  }
  const find = 'import importlib.util, sys; sys.exit(importlib.util.find_spec("mlflow") is None)';
  try {
    execFileSync(python, ['-c', find], { stdio: 'ignore', env: environment(major) });
    return undefined;
  } catch {
    return '(the Python of GNU_MLOPS_INTEROP_PYTHON has no mlflow, or does not start)';
  }
}

/** Start a server with database and artifacts in a new folder, and wait until it answers. */
export async function startMlflowServer(major: MlflowMajor = 'newest'): Promise<MlflowServer> {
  const folder = mkdtempSync(join(tmpdir(), 'gnu-mlops-mlflow-'));
  const port = await freePort();
  const address = `http://127.0.0.1:${port}`;
  const child = spawn(
    python!,
    [
      ...['-m', 'mlflow', 'server', '--host', '127.0.0.1', '--port', String(port)],
      ...['--workers', '1', '--serve-artifacts'],
      ...['--backend-store-uri', `sqlite:///${folder}/mlflow.db`],
      ...['--artifacts-destination', `${folder}/artifacts`],
    ],
    {
      cwd: folder,
      stdio: 'ignore',
      detached: true,
      env: environment(major),
    },
  );
  const stop = async () => {
    await stopGroup(child);
    rmSync(folder, { recursive: true, force: true });
  };
  for (let tries = 0; !(await answers(address)); tries++) {
    if (tries > 600 || child.exitCode !== null) {
      await stop();
      throw new Error('The MLflow server did not start.');
    }
    await setTimeout(250);
  }
  return { address, stop };
}

function environment(major: MlflowMajor): NodeJS.ProcessEnv {
  // Job execution is a dozen processes of no use to a registry.
  const plain = { ...process.env, MLFLOW_SERVER_ENABLE_JOB_EXECUTION: 'false' };
  return major === 'newest' ? plain : { ...plain, PYTHONPATH: mlflow2Folder };
}

/** The server and the workers that it started, which are a process group of their own. */
async function stopGroup(child: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve));
  if (child.exitCode !== null || child.pid === undefined) return;
  process.kill(-child.pid, 'SIGTERM');
  const isEnded = await Promise.race([ended.then(() => true), setTimeout(5000, false)]);
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // All of them have ended.
  }
  if (!isEnded) await ended;
}

async function answers(address: string): Promise<boolean> {
  try {
    return (await fetch(`${address}/health`)).ok;
  } catch {
    return false;
  }
}
