import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** A server of S3 that checks signatures, with a bucket `models`. */
export interface Moto {
  readonly endpoint: string;
  /** Of a session, in the service's words for keys. */
  readonly keys: object;
  stop(): Promise<void>;
}

const python = process.env['GNU_MLOPS_INTEROP_PYTHON'];
const script = fileURLToPath(new URL('s3-keys.py', import.meta.url));

/** Why tests that need such a server cannot run; undefined where they can. */
export function whyNoMoto(): string | undefined {
  if (python === undefined) return '(set GNU_MLOPS_INTEROP_PYTHON to a Python that has moto)';
  try {
    execFileSync(python, ['-c', 'import boto3, mlflow, moto.server'], { stdio: 'ignore' });
    return undefined;
  } catch {
    return '(the Python of GNU_MLOPS_INTEROP_PYTHON lacks one of boto3, mlflow, moto)';
  }
}

/** Start a server of moto on a port of its own choice. */
export async function startMoto(): Promise<Moto> {
  const server = spawn(python!, ['-m', 'moto.server', '-H', '127.0.0.1', '-p', '0'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const stop = async () => {
    const ended = new Promise((resolve) => server.once('exit', resolve));
    if (server.exitCode !== null) return;
    server.kill('SIGKILL');
    await ended;
  };
  try {
    const endpoint = await announced(server);
    const { stdout } = await promisify(execFile)(python!, [script, endpoint]);
    return { endpoint, keys: JSON.parse(stdout) as object, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function announced({ stderr, exitCode }: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    stderr!.on('data', (piece: Buffer) => {
      text += piece.toString();
      const found = /Running on (http:\/\/127\.0\.0\.1:\d+)/.exec(text)?.[1];
      if (found !== undefined) resolve(found);
    });
    stderr!.once('end', () => reject(new Error(`moto does not start (${exitCode}): ${text}`)));
  });
}
