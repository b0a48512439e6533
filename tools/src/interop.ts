import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/*
 * Runs every package's interoperability suite against real Python libraries. They are installed
 * into a virtual environment outside the repository, once per version of the requirements. The last
 * MLflow 2, which cannot share an environment with MLflow 3, lies in a folder of its own that a
 * suite puts before the others; it shares what the two agree on. `--install` does only that.
 */
const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const requirements = join(root, 'tools', 'interop', 'requirements.txt');
const mlflow2Requirements = join(root, 'tools', 'interop', 'mlflow-2.txt');

process.exit(run());

function run(): number {
  const named = process.env['GNU_MLOPS_INTEROP_PYTHON'];
  const python = named ?? preparedPython();
  if (python === undefined) {
    console.log(
      'Interoperability suites skipped: no python3 with venv was found on this machine. ' +
        'Install Python 3.11 or newer, or name one that has tools/interop/requirements.txt ' +
        'installed in GNU_MLOPS_INTEROP_PYTHON.',
    );
    return 0;
  }
  const mlflow2 =
    process.env['GNU_MLOPS_INTEROP_MLFLOW_2'] ??
    (named === undefined ? preparedMlflow2(python) : undefined);
  if (process.argv.includes('--install')) return 0;
  const nx = spawnSync('nx', ['run-many', '-t', 'test:interop', '--parallel=2'], {
    cwd: root,
    stdio: 'inherit',
    env: {
      ...process.env,
      GNU_MLOPS_INTEROP_PYTHON: python,
      GNU_MLOPS_INTEROP_MLFLOW_2: mlflow2,
    },
    shell: process.platform === 'win32',
  });
  return nx.status ?? 1;
}

/** The Python of an environment that has everything; undefined where none can be made. */
function preparedPython(): string | undefined {
  return prepared(requirements, (folder) => {
    const made = spawnSync('python3', ['-m', 'venv', folder], { stdio: 'inherit' });
    if (made.status !== 0) return undefined;
    const python = join(folder, 'bin', 'python');
    install(python, ['-r', requirements]);
    return python;
  });
}

/** The folder that has MLflow 2 and those of its libraries that MLflow 3 wants newer. */
function preparedMlflow2(python: string): string | undefined {
  return prepared(mlflow2Requirements, (folder) => {
    install(python, ['--no-deps', '--target', folder, '-r', mlflow2Requirements]);
    return folder;
  });
}

/** What `make` makes of a folder that is named after what is installed in it, once. */
function prepared(list: string, make: (folder: string) => string | undefined): string | undefined {
  const digest = createHash('sha256').update(readFileSync(list)).digest('hex').slice(0, 12);
  const folder = join(tmpdir(), `gnu-mlops-interop-${digest}`);
  const note = join(folder, 'made');
  if (existsSync(note)) return readFileSync(note, 'utf8');

  rmSync(folder, { recursive: true, force: true });
  const made = make(folder);
  if (made !== undefined) writeFileSync(note, made);
  return made;
}

function install(python: string, what: readonly string[]): void {
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...what];
  const { status } = spawnSync(python, pip, { stdio: 'inherit' });
  if (status !== 0) {
    throw new Error(`pip could not install ${what.join(' ')}; see its output above.`);
  }
}
