import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/*
 * Runs every package's interoperability suite against real Python libraries. They are installed
 * into a virtual environment outside the repository, once per version of the requirements.
 */
const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const requirements = join(root, 'tools', 'interop', 'requirements.txt');

process.exit(run());

function run(): number {
  const python = process.env['GNU_MLOPS_INTEROP_PYTHON'] ?? preparedPython();
  if (python === undefined) {
    console.log(
      'Interoperability suites skipped: no python3 with venv was found on this machine. ' +
        'Install Python 3.11 or newer, or name one that has tools/interop/requirements.txt ' +
        'installed in GNU_MLOPS_INTEROP_PYTHON.',
    );
    return 0;
  }
  const nx = spawnSync('nx', ['run-many', '-t', 'test:interop', '--parallel=1'], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, GNU_MLOPS_INTEROP_PYTHON: python },
    shell: process.platform === 'win32',
  });
  return nx.status ?? 1;
}

/** The Python of an environment that has everything; undefined where none can be made. */
function preparedPython(): string | undefined {
  const digest = createHash('sha256').update(readFileSync(requirements)).digest('hex').slice(0, 12);
  const folder = join(tmpdir(), `gnu-mlops-interop-${digest}`);
  const python = join(folder, 'bin', 'python');
  const complete = join(folder, 'complete');
  if (existsSync(complete)) return python;

  rmSync(folder, { recursive: true, force: true });
  const made = spawnSync('python3', ['-m', 'venv', folder], { stdio: 'inherit' });
  if (made.status !== 0) return undefined;
  const installed = spawnSync(
    python,
    ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', requirements],
    { stdio: 'inherit' },
  );
  if (installed.status !== 0) {
    throw new Error(`pip could not install ${requirements}; see its output above.`);
  }
  writeFileSync(complete, '');
  return python;
}
