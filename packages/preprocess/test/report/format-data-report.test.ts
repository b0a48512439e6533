import { createTable } from '@gnu-mlops/core';
import { describe, expect, it } from 'vitest';
import {
  formatDataReport,
  inferDataChecks,
  measureRelations,
  profileTable,
  runDataChecks,
} from '../../src/index.ts';
import { categorical, numeric, timestamp } from '../tiny-table.ts';

const hostile = `"><script>alert('x')</script><img src=x onerror=y>`;

describe('formatDataReport', () => {
  it('escapes whatever comes out of the table', () => {
    const table = createTable([
      [hostile, categorical(hostile, 'a', hostile, 'b')],
      [`${hostile}2`, numeric(1, 2, 3, 4)],
      ['target', categorical(hostile, 'no', hostile, 'no')],
    ]);
    const profile = profileTable(table);
    const html = formatDataReport({
      title: hostile,
      source: hostile,
      profile,
      relations: measureRelations(table, 'target'),
      checks: runDataChecks(table, [
        ...inferDataChecks(profile),
        { check: 'allowed_values', column: hostile, values: ['a'], severity: 'fail' },
      ]),
      findings: [{ severity: 'warning', check: 'column_constant', message: hostile }],
    });
    expect(html).not.toContain('<script');
    expect(html).not.toContain('<img');
    expect(html).toContain('&#60;script&#62;');
  });

  it('needs nothing from elsewhere', () => {
    const table = createTable([['x', numeric(1, 2, 3)]]);
    const html = formatDataReport({ title: 'x.csv', profile: profileTable(table) });
    expect(html).not.toMatch(/https?:|src=|url\(|@import/);
    expect(html).toMatch(/^<!doctype html>/);
  });

  it('shows a card for every column, the target first, and none of it breaks on emptiness', () => {
    const table = createTable([
      ['empty', numeric(null, null)],
      ['none', categorical(null, null)],
      ['when', timestamp(0, 86_400_000)],
      ['endless', numeric(Infinity, -Infinity)],
      ['y', categorical('a', 'b')],
    ]);
    const relations = measureRelations(table, 'y');
    const html = formatDataReport({ title: 't', profile: profileTable(table), relations });
    const names = [...html.matchAll(/<h3>(.*?)<\/h3>/g)].map(([, name]) => name);
    expect(names[0]).toBe('y');
    expect(names.toSorted()).toEqual(['empty', 'endless', 'none', 'when', 'y']);
    expect(html).not.toMatch(/NaN|undefined|Infinity%/);
    const nothing = createTable([['x', numeric()]]);
    expect(formatDataReport({ title: 't', profile: profileTable(nothing) })).toContain('No cell');
  });

  it('draws means of targets so large that their distance is beyond doubles', () => {
    const table = createTable([
      ['plan', categorical('a', 'b', 'c')],
      ['y', numeric(1.5e308, -1.5e308, 0)],
    ]);
    const html = formatDataReport({
      title: 't',
      profile: profileTable(table),
      relations: measureRelations(table, 'y'),
    });
    const widths = ['100.00', '0.00', '50.00'].map((width) => `<i style="width:${width}%"></i>`);
    for (const width of widths) expect(html).toContain(width);
    expect(html).not.toMatch(/(NaN|Infinity)%/);
  });

  it('shows days and minutes of years beyond four digits', () => {
    const times = Array.from({ length: 12 }, (_, i) => Date.UTC(12_345, i, 1, 9, 30));
    const table = createTable([
      ['when', timestamp(...times)],
      ['target', categorical(...times.map((_, i) => (i % 2 === 0 ? 'a' : 'b')))],
    ]);
    const html = formatDataReport({
      title: 'years',
      profile: profileTable(table),
      relations: measureRelations(table, 'target'),
    });
    expect(html).toContain('<span>+012345-01-01 09:30</span>');
    expect(html).toMatch(/title="\+012345-01-01 to \+012345-\d\d-\d\d"/);
  });

  it('stays readable and small for a thousand columns and ten thousand categories', () => {
    const many = Array.from({ length: 10_000 }, (_, i) => `category ${i} ${'long '.repeat(50)}`);
    const wide = Array.from(
      { length: 1000 },
      (_, i) => [`column ${i}`, numeric(i, 2, 3, 4, 5)] as const,
    );
    const html = formatDataReport({ title: 't', profile: profileTable(createTable(wide)) });
    expect(html.length).toBeLessThan(3e6);
    expect(html.match(/<article /g)).toHaveLength(500);
    expect(html).toContain('500 more are not drawn');
    const tall = createTable([
      ['text', { kind: 'categorical', codes: Int32Array.from(many.keys()), dictionary: many }],
    ]);
    const relations = measureRelations(tall);
    expect(
      formatDataReport({ title: 't', profile: profileTable(tall), relations }).length,
    ).toBeLessThan(50_000);
  });
});
