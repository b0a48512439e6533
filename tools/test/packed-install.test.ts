import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { workspacePackages } from '../src/repository.ts';

/** A package with everything of ours that it needs. */
function withDependencies(room: string, found = new Set<string>()): Set<string> {
  found.add(room);
  const own = workspacePackages().find((candidate) => candidate.room === room)!;
  for (const name of Object.keys(own.dependencies)) {
    const other = name.replace('@gnu-mlops/', '');
    if (name !== other && !found.has(other)) withDependencies(other, found);
  }
  return found;
}

/** Pack a package and what it needs, and install the tarballs into an empty project. */
function installPacked(room: string): string {
  const folder = mkdtempSync(join(tmpdir(), `gnu-mlops-packed-${room}-`));
  const tarballs = join(folder, 'tarballs');
  mkdirSync(tarballs);
  for (const name of withDependencies(room)) {
    const { folder: source } = workspacePackages().find((candidate) => candidate.room === name)!;
    execFileSync('npm', ['pack', '--silent', '--pack-destination', tarballs], {
      cwd: source,
      stdio: 'pipe',
    });
  }
  const files = readdirSync(tarballs).map((file) => `./tarballs/${file}`);
  writeFileSync(join(folder, 'package.json'), '{"private": true, "type": "module"}');
  execFileSync('npm', ['install', '--silent', '--no-audit', '--no-fund', ...files], {
    cwd: folder,
    stdio: 'pipe',
  });
  return folder;
}

function sizeBytes(path: string): number {
  const entry = statSync(path);
  if (!entry.isDirectory()) return entry.size;
  return readdirSync(path).reduce((sum, name) => sum + sizeBytes(join(path, name)), 0);
}

function installedPackages(modules: string): string[] {
  return readdirSync(modules)
    .filter((name) => !name.startsWith('.'))
    .flatMap((name) =>
      name.startsWith('@')
        ? readdirSync(join(modules, name)).map((inner) => `${name}/${inner}`)
        : [name],
    );
}

/** A program for each library that must stay small, and what it prints. */
const programs = {
  predictor: {
    prints: '[{"prediction":42}]',
    code: `
      import { createPredictor } from '@gnu-mlops/predictor';
      const predictor = createPredictor({
        task: 'regression',
        target: { name: 'y' },
        signature: {
          inputs: [{ name: 'x', type: 'double', required: true }],
          outputs: [{ name: 'prediction', type: 'double', required: true }],
        },
        recipe: {
          version: 1,
          inputs: [{ name: 'x', type: 'double', required: true }],
          steps: [],
          features: [{ name: 'x', kind: 'numeric' }],
          dropped: [],
        },
        estimator: {
          kind: 'linear', outputCount: 1, link: 'identity',
          coefficients: Float64Array.of(2), intercepts: Float64Array.of(1),
        },
        provenance: {
          algorithm: 'linear_regression', hyperparameters: {}, seed: 1, dataDigest: '',
          trainingRows: 2, versions: {}, metrics: {},
        },
      });
      console.log(JSON.stringify(predictor.predict({ x: 20.5 })));`,
  },
  'registry-client': {
    prints: '"packed"',
    code: `
      import { openRegistry } from '@gnu-mlops/registry-client';
      const registry = await openRegistry('sqlite:///store/mlflow.db');
      const experiment = await registry.ensureExperiment('packed');
      console.log(JSON.stringify(experiment.name));
      await registry.close();`,
  },
};

describe.each(Object.entries(programs))(
  '%s, packed and installed in an empty project',
  (room, { code, prints }) => {
    let folder: string;

    beforeAll(() => {
      folder = installPacked(room);
    }, 240_000);

    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    it('works', () => {
      writeFileSync(join(folder, 'use.js'), code);
      const output = execFileSync(process.execPath, ['use.js'], { cwd: folder, encoding: 'utf8' });
      expect(output.trim()).toBe(prints);
    });

    it('stays small, and nothing in it is native', () => {
      const modules = join(folder, 'node_modules');
      const packages = installedPackages(modules);
      const kilobytes = Math.round(sizeBytes(modules) / 1024);
      console.log(`@gnu-mlops/${room}: ${packages.length} packages, ${kilobytes} kB installed`);
      expect(packages.length).toBeLessThanOrEqual(6);
      expect(kilobytes).toBeLessThan(6144);
      const files = readdirSync(modules, { recursive: true, encoding: 'utf8' });
      expect(files.filter((file) => file.endsWith('.node'))).toEqual([]);
    });
  },
);

describe('api, packed and installed in an empty project', () => {
  let folder: string;

  beforeAll(() => {
    folder = installPacked('api');
  }, 240_000);

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('serves until SIGTERM, and has nothing native', async () => {
    const command = join(folder, 'node_modules', '.bin', 'gnu-mlops-api');
    const service = spawn(process.execPath, [command], {
      cwd: folder,
      env: { PATH: process.env['PATH'], GNU_MLOPS_SERVER_PORT: '0' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    onTestFinished(() => void service.kill('SIGKILL'));
    for await (const text of createInterface(service.stdout)) {
      const { msg, url } = JSON.parse(text) as { msg: string; url?: string };
      if (msg !== 'ready') continue;
      expect(await (await fetch(`${url}/health/ready`)).text()).toBe('OK');
      service.kill('SIGTERM');
    }
    if (service.exitCode === null) await once(service, 'exit');
    expect(service.exitCode).toBe(0);
    const files = readdirSync(join(folder, 'node_modules'), { recursive: true, encoding: 'utf8' });
    expect(files.filter((file) => file.endsWith('.node'))).toEqual([]);
  });
});

describe('cli, packed and installed in an empty project', () => {
  let folder: string;

  beforeAll(() => {
    folder = installPacked('cli');
  }, 240_000);

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('runs the quick start', () => {
    const command = join(folder, 'node_modules', '.bin', 'gnu-mlops');
    const output = execFileSync(
      process.execPath,
      [command, 'quickstart', '--rows', '300', '--json'],
      {
        cwd: folder,
        encoding: 'utf8',
        stdio: 'pipe',
        // The gates are not what is tried here.
        env: { ...process.env, GNU_MLOPS_DEPLOYMENT_THRESHOLDS_PRODUCTION: '[]' },
      },
    );
    const result = JSON.parse(output) as { production: { status: string }; batch: object };
    expect(result.production.status).toBe('promoted');
    expect(result.batch).toMatchObject({ scored: 2, failed: 0 });
  });
});
