import fc from 'fast-check';
import { stringify } from 'yaml';
import { describe, expect, it } from 'vitest';
import { ConfigYamlInvalidError } from '../../src/config/config.ts';
import type { JsonValue } from '../../src/json.ts';
import { locatedAt, plainValue } from '../../src/config/located-value.ts';
import { parseYaml } from '../../src/config/parse-yaml.ts';

describe('parseYaml', () => {
  it('remembers line and column of every value', () => {
    const root = parseYaml('a: 1\nb:\n  - x\n  - {c: true}\n', 'f.yaml');
    expect(plainValue(root)).toEqual({ a: 1, b: ['x', { c: true }] });
    const at = (...path: (string | number)[]) => locatedAt(root, path)?.origin;
    expect(at('a')).toEqual({ kind: 'file', file: 'f.yaml', line: 1, column: 1 });
    expect(at('b', 0)).toMatchObject({ line: 3, column: 5 });
    expect(at('b', 1, 'c')).toMatchObject({ line: 4, column: 6 });
  });

  it('follows YAML 1.2: no is a text, and so is a date', () => {
    const root = parseYaml('a: no\nb: 2020-01-01\nc: 0o17\nd: ~\ne: 1_000', 'f.yaml');
    expect(plainValue(root)).toEqual({ a: 'no', b: '2020-01-01', c: 15, d: null, e: '1_000' });
  });

  it('takes an empty file for no settings', () => {
    for (const text of ['', '\n', '# nothing yet\n', '---\n', '\uFEFF']) {
      expect(plainValue(parseYaml(text, 'f.yaml'))).toEqual({});
    }
  });

  it.each([
    ['a: 1\nb: [1\n', 'f.yaml:3:1: it is not valid YAML'],
    ['a: 1\n\tb: 2\n', 'f.yaml:2:1: '],
    ['a: 1\nb: 2\na: 3\n', 'f.yaml:3:1: this key stands here a second time'],
    ['a: !env HOME', 'f.yaml:1:4: tags (!name) are not supported'],
    ['a: !!binary aGk=', 'f.yaml:1:4: tags (!name) are not supported'],
    ['a: 1\n---\nb: 2\n', 'f.yaml:2:1: a second document starts here'],
    ['a: &x 1\nb: *x\n', 'f.yaml:2:4: aliases (*name) are not supported'],
    ['? [a, b]\n: 1\n', 'f.yaml:1:3: it is not valid YAML'],
    ['#'.repeat(262_145), 'f.yaml:1:1: it is longer than 256 KiB'],
    ['- a\n- b\n', 'f.yaml:1:1: it must be sections of settings'],
    ['just words', 'f.yaml:1:1: it must be sections of settings'],
  ])('throws CONFIG_YAML_INVALID with the place: %j', (text, message) => {
    expect(() => parseYaml(text, 'f.yaml')).toThrow(ConfigYamlInvalidError);
    expect(() => parseYaml(text, 'f.yaml')).toThrow(message);
  });

  it.each([
    ['a billion laughs', ['a: &a [x]', 'b: &b [*a, *a]', 'c: &c [*b, *b]'].join('\n')],
    ['brackets', '['.repeat(100_000)],
    ['balanced brackets', `a: ${'['.repeat(5000)}${']'.repeat(5000)}`],
    ['steps', '- '.repeat(5000)],
    ['questions', '? '.repeat(5000)],
    ['indentation', Array.from({ length: 3000 }, (_, i) => `${' '.repeat(i)}k:`).join('\n')],
    ['61 levels', Array.from({ length: 61 }, (_, i) => `${' '.repeat(i)}k:`).join('\n')],
  ])('throws CONFIG_YAML_INVALID for %s', (_, text) => {
    expect(() => parseYaml(text, 'f.yaml')).toThrow(ConfigYamlInvalidError);
  });

  it('gives back any settings that were written as YAML', () => {
    const settings = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 }));
    fc.assert(
      fc.property(settings, (value) => {
        const json = JSON.parse(JSON.stringify(value)) as JsonValue;
        const text = stringify(json, { aliasDuplicateObjects: false });
        expect(plainValue(parseYaml(text, 'f.yaml'))).toEqual(json);
      }),
      { seed: 1 },
    );
  });

  it('answers any text with settings or CONFIG_YAML_INVALID', () => {
    const pieces = fc.constantFrom(...'ab:-[]{},&*!|>\'"%@`#?\n\t 01~<.'.split(''));
    fc.assert(
      fc.property(fc.string({ unit: pieces, maxLength: 40 }), (text) => {
        try {
          plainValue(parseYaml(text, 'f.yaml'));
        } catch (error) {
          expect(error).toBeInstanceOf(ConfigYamlInvalidError);
        }
      }),
      { seed: 1, numRuns: 2000 },
    );
  });
});
