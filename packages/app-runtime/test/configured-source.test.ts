import { createServer } from 'node:http';
import { once } from 'node:events';
import { readdirSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Config, parseConfig, redactConfig } from '@gnu-mlops/core/config';
import { readTable } from '@gnu-mlops/data';
import {
  type OpenedSource,
  type SourceWithFallback,
  prepareTrainingTable,
} from '@gnu-mlops/pipeline';
import { startObjectServer, temporaryFolder } from '@gnu-mlops/test-kit';
import { rowAt } from '@gnu-mlops/core';
import { configuredSource, givenSource } from '../src/configured-source.ts';
import { warehouseSettings, workspaceSettings } from '../src/databricks-settings.ts';
import { s3Settings } from '../src/s3-settings.ts';

const secrets = {
  AWS_ACCESS_KEY_ID: 'AKIATEST',
  AWS_SECRET_ACCESS_KEY: 'hunter2-s3',
  AWS_SESSION_TOKEN: 'hunter2-session',
  DATABRICKS_HOST: 'https://dbc-1.cloud.databricks.com',
  DATABRICKS_TOKEN: 'hunter2-databricks',
};

function configured(yaml: string, env: Record<string, string> = {}): Config {
  return parseConfig(yaml, { env });
}

/** The source alone, as far as it says where it is. */
function described(config: Config, columns?: readonly string[]) {
  const surroundings = { cwd: '/project', ...(columns && { columns }) };
  const { from, ...rest } = configuredSource(config, surroundings) as OpenedSource;
  const { name, uri, sourceType, sourceDetails } = from;
  return { name, uri, sourceType, ...(sourceDetails && { sourceDetails }), ...rest };
}

/** A port of the loopback that nobody listens on. */
async function closedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

describe('configuredSource', () => {
  it('is an object of S3', () => {
    const config = configured(
      'data: {source: s3, s3_uri: "s3://tables/churn.csv", column_types: {zip: string}}',
      secrets,
    );
    expect(described(config)).toEqual({
      name: 'churn.csv',
      uri: 's3://tables/churn.csv',
      sourceType: 's3',
      dataSource: 's3',
      columnTypes: { zip: 'string' },
    });
  });

  it('is a table of Databricks, in the configured catalog and schema', () => {
    const config = configured(
      'data: {source: databricks, table_name: churn}\ndatabricks: {schema: sales, http_path: /sql/1}',
      secrets,
    );
    expect(described(config)).toEqual({
      name: 'churn',
      uri: 'databricks://dbc-1.cloud.databricks.com/main.sales.churn',
      sourceType: 'delta_table',
      sourceDetails: { delta_table_name: 'main.sales.churn' },
      dataSource: 'databricks',
    });
  });

  it('asks for the needed columns alone, or runs a query', () => {
    const table = configured(
      'data: {source: databricks, table_name: a.b.c}\ndatabricks: {http_path: /sql/1}',
      secrets,
    );
    expect(described(table, ['x', 'y'])).toMatchObject({ name: 'c' });
    const query = configured(
      'data: {source: databricks, query: "SELECT 1"}\ndatabricks: {http_path: /sql/1}',
      secrets,
    );
    expect(described(query)).toMatchObject({
      sourceType: 'spark',
      sourceDetails: { sql: 'SELECT 1' },
    });
  });

  it('runs a query over files within its memory, and spills to the folder that it names', async () => {
    const cwd = temporaryFolder();
    const sql =
      'SELECT sum(n)::DOUBLE AS n FROM (SELECT i, count(*) AS n FROM range(5000000) t(i) GROUP BY i ORDER BY i DESC LIMIT 4900000)';
    writeFileSync(join(cwd, 'a.csv'), 'a\n1\n');
    const yaml = `data: {query: "${sql}", tables: {a: a.csv}, memory_limit_mb: 64`;
    const run = async (text: string) => {
      const source = configuredSource(configured(text), { cwd }) as OpenedSource;
      return (await source.from.read()).table;
    };
    expect((await run(`${yaml}, temporary_folder: .}`)).rowCount).toBe(1);
    // A file is no folder: what does not fit goes where the setting says, and nowhere else.
    await expect(run(`${yaml}, temporary_folder: a.csv}`)).rejects.toThrow(/a\.csv/);
    expect(readdirSync(cwd)).toEqual(['a.csv']);
  });

  it('runs a query over the object of S3, which it calls data', async () => {
    const server = await startObjectServer();
    server.objects.set('days/1.csv', Buffer.from('n\n1\n2\n'));
    const source = 'source: s3, s3_uri: "s3://tables/days/", fallback: sample';
    const config = configured(
      `data: {${source}, query: SELECT sum(n)::INTEGER AS total FROM data}\n` +
        `s3: {endpoint: "${server.endpoint}", anonymous: true}`,
    );
    const asked = configuredSource(config, { cwd: '/project' }) as SourceWithFallback;
    const { table } = await asked.source.from.read();
    expect(asked.source.dataSource).toEqual(['s3']);
    expect(rowAt(table, 0)).toEqual({ total: 3 });
    server.objects.clear();
    await expect(asked.source.from.read()).rejects.toMatchObject({ code: 'DATA_S3_NOT_FOUND' });
    await server.close();
  });

  it('says where the tables of a query come from, whatever data.source is', () => {
    const tables = 'tables: {a: a.csv, b: "s3://tables/b.csv", c: "databricks:main.s.c"}';
    const databricks = 'databricks: {host: "https://w.example", http_path: /sql/1}';
    const config = configured(`data: {query: SELECT 1, ${tables}}\n${databricks}`, secrets);
    expect(configuredSource(config, { cwd: '/project' })).toMatchObject({
      dataSource: ['local', 's3', 'databricks'],
    });
  });

  it('refuses a query beside a file of a volume, rather than pass over one of them', () => {
    const volume = 'source: databricks, volume_path: "dbfs:/rows.csv"';
    const config = configured(`data: {${volume}, query: SELECT 1}`, secrets);
    expect(() => configuredSource(config, { cwd: '/project' })).toThrow(
      expect.objectContaining({ code: 'RUNTIME_SETTING_UNSUPPORTED', setting: 'data.query' }),
    );
  });

  it('is a file of a volume, which needs no warehouse', () => {
    const config = configured(
      'data: {source: databricks, volume_path: /Volumes/main/default/data/churn.parquet}',
      secrets,
    );
    expect(described(config)).toEqual({
      name: 'churn.parquet',
      uri: '/Volumes/main/default/data/churn.parquet',
      sourceType: 'uc_volume',
      dataSource: 'databricks',
    });
  });

  it.each([
    ['data: {source: s3}', {}, 'data.s3_uri'],
    ['data: {source: databricks, table_name: a.b.c}', {}, 'databricks.host'],
    [
      'data: {source: databricks, table_name: a.b.c}',
      { DATABRICKS_HOST: 'https://x' },
      'databricks.token',
    ],
    [
      'data: {source: databricks, table_name: a.b.c}',
      { DATABRICKS_HOST: 'https://x', DATABRICKS_CLIENT_ID: 'id' },
      'databricks.client_secret',
    ],
    ['data: {source: databricks, table_name: a.b.c}', secrets, 'databricks.http_path'],
    ['data: {source: databricks}', secrets, 'data.table_name'],
    [
      'data: {source: s3, s3_uri: "s3://b/k.csv"}',
      { AWS_ACCESS_KEY_ID: 'AKIA' },
      's3.secret_access_key',
    ],
    ['data: {source: s3, s3_uri: "s3://b/k.csv", fallback: local}', secrets, 'data.local_path'],
  ])('of %s with %j misses %s', (yaml, env, setting) => {
    expect(() => configuredSource(configured(yaml, env), { cwd: '/' })).toThrow(
      expect.objectContaining({ code: 'RUNTIME_SETTING_MISSING', setting }),
    );
  });

  it('gives way to made-up rows only where data.fallback names them', async () => {
    const endpoint = `http://127.0.0.1:${await closedPort()}`;
    const yaml = `data: {source: s3, s3_uri: "s3://tables/churn.csv"}\ns3: {endpoint: "${endpoint}"}`;
    const config = configured(yaml, secrets);
    const strict = configuredSource(config, { cwd: '/' });
    await expect(prepareTrainingTable({ source: strict, target: 'churn' })).rejects.toMatchObject({
      code: 'DATA_S3_UNAVAILABLE',
    });
    const data = { ...config.data, fallback: 'sample' as const };
    const lenient = configuredSource({ ...config, data }, { cwd: '/' });
    expect(await prepareTrainingTable({ source: lenient, target: 'churn' })).toMatchObject({
      dataSource: 'sample',
      uri: 'sample:churn?rows=2000&seed=42',
      fallback: { wanted: { dataSource: 's3' }, error: { code: 'DATA_S3_UNAVAILABLE' } },
    });
  });
});

describe('givenSource', () => {
  it('is a file of this machine, or an object of S3', () => {
    const config = configured('', secrets);
    expect(givenSource(config, 'a/b.csv', { cwd: '/project' })).toEqual({
      path: '/project/a/b.csv',
    });
    expect(givenSource(config, 's3://tables/a.csv', { cwd: '/project' })).toMatchObject({
      from: { uri: 's3://tables/a.csv' },
      dataSource: 's3',
    });
  });

  it('is read as its caller says, not as the configured source is', () => {
    const config = configured('data: { delimiter: "|" }', secrets);
    const reading = {
      delimiter: ';',
      ragged_rows: 'skip',
      column_types: { zip: 'string' },
    } as const;
    expect(givenSource(config, 'b.csv', { cwd: '/project', reading })).toEqual({
      path: '/project/b.csv',
      delimiter: ';',
      onRaggedRow: 'skip',
      columnTypes: { zip: 'string' },
    });
    expect(givenSource(config, 's3://tables/a', { cwd: '/', reading: { format: 'csv' } })).toEqual({
      from: expect.objectContaining({ uri: 's3://tables/a' }) as unknown,
      dataSource: 's3',
    });
  });

  it('is a file or a table of a workspace where its name says so', () => {
    const databricks = 'databricks: {host: "https://w.example", http_path: /sql/1, schema: s}';
    const config = configured(databricks, secrets);
    const given = (text: string) => givenSource(config, text, { cwd: '/project' });
    expect(given('dbfs:/Volumes/main/a/b/days/')).toMatchObject({
      from: { uri: 'dbfs:/Volumes/main/a/b/days/', sourceType: 'uc_volume' },
      dataSource: 'databricks',
    });
    expect(given('dbfs:/tmp/a.csv')).toMatchObject({ from: { sourceType: 'dbfs' } });
    expect(given('databricks:main.s.t')).toMatchObject({
      from: { sourceType: 'delta_table', sourceDetails: { delta_table_name: 'main.s.t' } },
    });
    expect(given('/Volumes/main/a/b/c.csv')).toEqual({ path: '/Volumes/main/a/b/c.csv' });
    expect(() => given('databricks:a.b.c.d')).toThrow(
      expect.objectContaining({ code: 'DATA_DATABRICKS_NAME_INVALID' }) as Error,
    );
  });

  it('reads what a server answers, and ends its connection', async () => {
    const server = createServer((request, response) => {
      response.writeHead(request.url!.startsWith('/tables/a.csv') ? 200 : 404, { etag: '"1"' });
      response.end('n\n1\n2\n');
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const config = configured(`s3: {endpoint: "http://127.0.0.1:${port}", anonymous: true}`);
    const { from } = givenSource(config, 's3://tables/a.csv', { cwd: '/' }) as OpenedSource;
    expect((await readTable(from)).table.rowCount).toBe(2);
    const signature = [{ name: 'n', type: 'double', required: true }] as const;
    const rows: number[] = [];
    for await (const { table } of await from.open({ signature, batchRows: 1 })) {
      rows.push(table.rowCount);
    }
    expect(rows).toEqual([1, 1]);
    server.close();
    // Waits for every connection that is still open.
    await once(server, 'close');
  });
});

describe('the warehouse', () => {
  it.each([
    ['', {}, 'allowed'],
    [', use_cloud_fetch: false', {}, 'off'],
    ['', { GNU_MLOPS_DATABRICKS_USE_CLOUD_FETCH: 'false' }, 'off'],
  ])("may use the cloud's storage unless that is switched off: %s %o", (setting, env, expected) => {
    const config = configured(`databricks: {http_path: /sql/1${setting}}`, { ...secrets, ...env });
    expect(warehouseSettings(config)).toMatchObject({ httpPath: '/sql/1', cloudFetch: expected });
  });
});

describe('credentials', () => {
  const config = configured(
    'databricks: {http_path: /sql/1}\ns3: {region: eu-central-1, bucket_in: path}',
    secrets,
  );

  it('come from the environment', () => {
    expect(s3Settings(config)).toEqual({
      credentials: {
        accessKeyId: 'AKIATEST',
        secretAccessKey: 'hunter2-s3',
        sessionToken: 'hunter2-session',
      },
      region: 'eu-central-1',
      bucketIn: 'path',
    });
    expect(workspaceSettings(config).credentials).toEqual({ token: 'hunter2-databricks' });
    expect(warehouseSettings(config).httpPath).toBe('/sql/1');
  });

  it('are left to the AWS SDK, or to nobody, where none are configured', () => {
    expect(s3Settings(configured('')).credentials).toBe('default-chain');
    expect(s3Settings(configured('s3: {anonymous: true}', secrets)).credentials).toBe('anonymous');
  });

  it('of a service principal go before a token', () => {
    const env = { ...secrets, DATABRICKS_CLIENT_ID: 'id', DATABRICKS_CLIENT_SECRET: 'hunter2-o' };
    expect(workspaceSettings(configured('', env)).credentials).toEqual({
      clientId: 'id',
      clientSecret: 'hunter2-o',
    });
  });

  it('are in no printed configuration', () => {
    expect(JSON.stringify(redactConfig(config))).not.toMatch(/hunter2/);
    expect(JSON.stringify(config)).not.toMatch(/hunter2/);
  });

  it('do not belong in a file', () => {
    expect(() => configured('s3: {secret_access_key: hunter2-s3}')).toThrow(
      expect.objectContaining({ code: 'CONFIG_SECRET_IN_FILE' }),
    );
  });
});
