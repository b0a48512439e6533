import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { repositoryRoot, workspacePackages } from '../src/repository.ts';

/** A library with everything of ours that it needs. */
function withDependencies(room: string, found = new Set<string>()): Set<string> {
  found.add(room);
  const own = workspacePackages().find((candidate) => candidate.room === room)!;
  for (const name of Object.keys(own.dependencies)) {
    const other = name.replace('@gnu-mlops/', '');
    if (name !== other && !found.has(other)) withDependencies(other, found);
  }
  return found;
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

const programs: Record<string, string> = {
  predictor: `
    import { createPredictor } from '@gnu-mlops/predictor';
    const predictor = createPredictor({
      task: 'regression',
      target: { name: 'y' },
      signature: {
        inputs: [{ name: 'x', type: 'double', required: true }],
        outputs: [{ name: 'prediction', type: 'double', required: true }],
      },
      recipe: RECIPE,
      estimator: {
        kind: 'linear', outputCount: 1, link: 'identity',
        coefficients: Float64Array.of(2), intercepts: Float64Array.of(1),
      },
      provenance: {
        algorithm: 'linear_regression', hyperparameters: {}, seed: 1, dataDigest: '',
        trainingRows: 2, versions: {}, metrics: {},
      },
    });
    console.log(JSON.stringify(predictor.predict({ x: 20.5 })));
  `,
  'registry-client': `
    import { openRegistry } from '@gnu-mlops/registry-client';
    const registry = await openRegistry('sqlite:///store/mlflow.db');
    const experiment = await registry.ensureExperiment('packed');
    console.log(JSON.stringify(experiment.name));
    await registry.close();
  `,
};

describe.each(Object.keys(programs))('%s, packed and installed in an empty project', (room) => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), `gnu-mlops-packed-${room}-`));
    const tarballs = join(folder, 'tarballs');
    mkdirSync(tarballs);
    for (const name of withDependencies(room)) {
      execFileSync('npm', ['pack', '--silent', '--pack-destination', tarballs], {
        cwd: join(repositoryRoot, 'packages', name),
        stdio: 'pipe',
      });
    }
    const files = readdirSync(tarballs).map((file) => `./tarballs/${file}`);
    writeFileSync(join(folder, 'package.json'), '{"private": true, "type": "module"}');
    execFileSync('npm', ['install', '--silent', '--no-audit', '--no-fund', ...files], {
      cwd: folder,
      stdio: 'pipe',
    });
  }, 240_000);

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('works', () => {
    const program = programs[room]!;
    writeFileSync(join(folder, 'use.js'), program);
    const output = execFileSync(process.execPath, ['use.js'], { cwd: folder, encoding: 'utf8' });
    expect(output.trim()).toBe(room === 'predictor' ? '[{"prediction":42}]' : '"packed"');
  });

  it('stays small, and nothing in it is native', () => {
    const modules = join(folder, 'node_modules');
    const packages = installedPackages(modules);
    const kilobytes = Math.round(sizeBytes(modules) / 1024);
    console.log(`@gnu-mlops/${room}: ${packages.length} packages, ${kilobytes} kB installed`);
    expect(packages.length).toBeLessThanOrEqual(6);
    expect(kilobytes).toBeLessThan(4096);
    const files = readdirSync(modules, { recursive: true, encoding: 'utf8' });
    expect(files.filter((file) => file.endsWith('.node'))).toEqual([]);
  });
});
