import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '@gnu-mlops/test-kit';
import { configJsonSchema, loadConfig, parseConfig } from '../../src/config/config.ts';
import { leafPaths, preferredVariable } from '../../src/config/environment-variables.ts';
import { type SettingNode, rootSetting, settingAt } from '../../src/config/setting-node.ts';

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const shared = readFileSync(`${root}configs/config.yaml`, 'utf8');

describe('configs/config.schema.json', () => {
  it('is what the schema says (npx vitest run -u in packages/core writes it anew)', async () => {
    const text = `${JSON.stringify(configJsonSchema(), null, 2)}\n`;
    await expect(text).toMatchFileSnapshot(`${root}configs/config.schema.json`);
  });

  it('describes every section and setting, and allows no other', () => {
    function check(node: SettingNode & { description?: string }, name: string): void {
      expect(node.description, name).toMatch(/^[A-Z].{10,}\.$/);
      if (node.properties === undefined) return;
      expect(node.additionalProperties, name).toBe(false);
      for (const [key, child] of Object.entries(node.properties)) check(child, `${name}.${key}`);
    }
    for (const [key, section] of Object.entries(rootSetting().properties!)) check(section, key);
  });
});

describe('configs/config.yaml', () => {
  it('names the schema for editors', () => {
    expect(shared).toMatch(/^# yaml-language-server: \$schema=\.\/config\.schema\.json\n/);
  });

  it('mentions every setting, secrets only by their variable', () => {
    for (const path of leafPaths(rootSetting())) {
      const isSecret = settingAt(rootSetting(), path)!.writeOnly === true;
      const mention = isSecret
        ? preferredVariable(path)
        : new RegExp(`^ +(?:# )?${path.at(-1)}:`, 'm');
      expect(shared, path.join('.')).toMatch(mention);
    }
  });

  it('differs from the defaults only where it names the churn example', () => {
    const config = parseConfig(shared);
    expect(config.mlflow).toEqual({
      gnu_mlflow_config: 'churn',
      model_name: 'churn',
      tracking_uri: 'sqlite:///mlflow.db',
    });
    expect(config.data).toEqual({ source: 'local', local_path: 'data/churn.csv', target: 'churn' });
    expect(config.model.hyperparameters).toEqual({ n_estimators: 100, max_depth: 10 });
    const rest = { mlflow: {}, data: {}, model: {} };
    expect({ ...config, ...rest }).toEqual({ ...parseConfig(''), ...rest });
  });
});

describe('configs/config.local.yaml', () => {
  it('loads over config.yaml and changes nothing that decides a model', async () => {
    const envPath = join(temporaryFolder(), '.env');
    writeFileSync(envPath, '');
    const { config, files } = await loadConfig({ cwd: root, envPath, env: {} });
    expect(files.slice(0, 2)).toEqual(['configs/config.yaml', 'configs/config.local.yaml']);
    const { training, model, deployment, data } = parseConfig(shared);
    expect(config).toMatchObject({ training, model, deployment, data });
    expect(config.batch_inference.batch_size).toBe(1000);
  });
});
