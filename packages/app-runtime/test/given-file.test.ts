import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseConfig } from '@gnu-mlops/core/config';
import {
  OBJECT_BUCKET,
  type ObjectServer,
  startObjectServer,
  temporaryFolder,
} from '@gnu-mlops/test-kit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { givenFile } from '../src/given-file.ts';

const mebibyte = 2 ** 20;

describe('givenFile on this machine', () => {
  it('makes the folder when it is opened, and shows the file once it is committed', async () => {
    const cwd = temporaryFolder();
    const output = givenFile(parseConfig(''), 'new/a.csv', { cwd });
    expect(output.name).toBe(join(cwd, 'new/a.csv'));
    expect(await output.exists()).toBe(false);
    expect(readdirSync(cwd)).toEqual([]);
    const sink = await output.open();
    await sink.write('a\n');
    expect(await output.exists()).toBe(false);
    await sink.commit();
    expect(await output.exists()).toBe(true);
    expect(readFileSync(join(cwd, 'new/a.csv'), 'utf8')).toBe('a\n');
  });

  it('takes a path under /Volumes for what it is on this machine', () => {
    const output = givenFile(parseConfig(''), '/Volumes/main/a/b/c.csv', { cwd: '/' });
    expect(output.name).toBe('/Volumes/main/a/b/c.csv');
  });
});

describe('givenFile in S3', () => {
  let server: ObjectServer;
  beforeEach(async () => {
    server = await startObjectServer();
  });
  afterEach(() => server.close());

  const at = (key: string, signal?: AbortSignal) =>
    givenFile(
      parseConfig(`s3: {endpoint: "${server.endpoint}", anonymous: true}`),
      `s3://${OBJECT_BUCKET}/${key}`,
      { cwd: '/', signal },
    );

  it('is there once it is committed, in parts where it is long', async () => {
    const output = at('new/a.csv');
    expect(await output.exists()).toBe(false);
    const sink = await output.open();
    for (let i = 0; i < 40; i++) await sink.write(Buffer.alloc(mebibyte, i));
    expect(server.objects.size).toBe(0);
    expect(server.uploads.size).toBe(1);
    await sink.commit();
    await sink.abort();
    expect(await output.exists()).toBe(true);
    expect(server.objects.get('new/a.csv')!.length).toBe(40 * mebibyte);
    expect(server.uploads.size).toBe(0);
  });

  it('leaves what stood there, and no parts, where it is not committed', async () => {
    server.objects.set('a.csv', Buffer.from('old'));
    const sink = await at('a.csv').open();
    for (let i = 0; i < 40; i++) await sink.write(Buffer.alloc(mebibyte));
    await sink.abort();
    expect(server.objects.get('a.csv')!.toString()).toBe('old');
    expect(server.uploads.size).toBe(0);
  });

  it('of two at once, the last to commit wins, and is whole', async () => {
    const [one, other] = [await at('a.csv').open(), await at('a.csv').open()];
    await one.write('one');
    await other.write('other');
    await other.commit();
    await one.commit();
    expect(server.objects.get('a.csv')!.toString()).toBe('one');
  });

  it('tells a refusal and a missing bucket from an object that is not there', async () => {
    const nowhere = givenFile(
      parseConfig(`s3: {endpoint: "${server.endpoint}", anonymous: true}`),
      's3://other/a.csv',
      { cwd: '/' },
    );
    await expect(nowhere.exists()).rejects.toMatchObject({
      code: 'DATA_S3_NOT_FOUND',
      missing: 'bucket',
    });
    server.refuse = () => 403;
    await expect(at('a.csv').exists()).rejects.toMatchObject({ code: 'DATA_S3_FORBIDDEN' });
    const sink = await at('a.csv').open();
    await sink.write('a');
    await expect(sink.commit()).rejects.toMatchObject({ code: 'DATA_S3_FORBIDDEN' });
    await sink.abort();
    expect(server.objects.size).toBe(0);
  });

  it('is dropped when its signal aborts', async () => {
    const controller = new AbortController();
    const sink = await at('a.csv', controller.signal).open();
    for (let i = 0; i < 20; i++) await sink.write(Buffer.alloc(mebibyte));
    controller.abort(new Error('enough'));
    await expect(sink.write('more')).rejects.toThrow('enough');
    await sink.abort();
    expect(server.objects.size + server.uploads.size).toBe(0);
  });

  it('refuses a prefix', async () => {
    await expect(at('folder/').open()).rejects.toMatchObject({ code: 'DATA_S3_URI_INVALID' });
  });
});

it('wants to know the workspace of a file of Databricks', () => {
  const open = () => givenFile(parseConfig(''), 'dbfs:/a.csv', { cwd: '/' });
  expect(open).toThrow(expect.objectContaining({ code: 'RUNTIME_SETTING_MISSING' }) as Error);
});
