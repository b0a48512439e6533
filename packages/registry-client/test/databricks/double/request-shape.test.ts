import { describe, expect, it } from 'vitest';
import { type RequestShape, matchShape, problemOfFields, readQuery } from './request-shape.ts';

const shape: RequestShape = {
  method: 'POST',
  path: '/api/runs/{run_id}/log',
  fields: { run_id: 'string', at: 'int', tags: 'Tag[]', view: 'ALL|NONE', on: 'bool' },
  required: ['run_id'],
};
const messages = { Tag: { key: 'string', value: 'string' } };

describe('the double lets nothing pass that the protocol does not know', () => {
  it.each([
    [{ run_id: 'a', at: 1, tags: [{ key: 'k', value: 'v' }], view: 'ALL', on: true }, undefined],
    [{}, /required field "run_id"/],
    [{ run_id: '' }, /required/],
    [{ run_id: 'a', colour: 'red' }, /no field "colour"/],
    [{ run_id: 1 }, /"run_id" is no text/],
    [{ run_id: 'a', at: '1' }, /"at" is no whole number/],
    [{ run_id: 'a', tags: { k: 'v' } }, /"tags" is no list/],
    [{ run_id: 'a', tags: [{ key: 'k', colour: 'red' }] }, /"tags" there is no field "colour"/],
    [{ run_id: 'a', view: 'SOME' }, /"view" is none of/],
    [{ run_id: 'a', on: 'true' }, /"on" is no boolean/],
  ])('%j', (fields, problem) => {
    const found = problemOfFields(shape, fields, messages);
    if (problem === undefined) expect(found).toBeUndefined();
    else expect(found).toMatch(problem);
  });

  it('matches the most literal address', () => {
    const other = { ...shape, path: '/api/runs/search/log' };
    expect(matchShape([shape, other], 'POST', '/api/runs/search/log')?.shape).toBe(other);
    expect(matchShape([shape, other], 'POST', '/api/runs/a%20b/log')?.parts).toEqual({
      run_id: 'a b',
    });
    expect(matchShape([shape], 'GET', '/api/runs/a/log')).toBeUndefined();
    expect(matchShape([shape], 'POST', '/api/runs/a/b/log')).toBeUndefined();
  });

  it('reads a query in the types of the shape', () => {
    const query = new URLSearchParams('at=5&on=true&run_id=7&at2=x');
    expect(readQuery(shape, query)).toEqual({ at: 5, on: true, run_id: '7', at2: 'x' });
  });
});
