import { GnuMlopsError } from '@gnu-mlops/core';
import {
  AlreadyExistsError,
  ArtifactPathError,
  DeletedError,
  ModelVersionNotFoundError,
  RemoteAnswerError,
  RemoteDeniedError,
  RemoteRefusedError,
  RemoteUnavailableError,
  RunNotFoundError,
  StageConflictError,
  StoreBusyError,
  TagNotFoundError,
} from '@gnu-mlops/registry-client';
import { expect, it } from 'vitest';
import { answerToError } from '../src/error-answer.ts';
import { FeatureUnsupportedError, RequestInvalidError } from '../src/errors.ts';

it.each([
  [new RunNotFoundError('abc'), 404, 'RESOURCE_DOES_NOT_EXIST', 'Run with id=abc not found'],
  [
    new ModelVersionNotFoundError('m', '3'),
    404,
    'RESOURCE_DOES_NOT_EXIST',
    'Model Version (name=m, version=3) not found',
  ],
  [new TagNotFoundError('run abc', 'k'), 404, 'RESOURCE_DOES_NOT_EXIST', 'No tag with name: k'],
  [
    new TagNotFoundError('logged model m-1', 'k'),
    404,
    'RESOURCE_DOES_NOT_EXIST',
    "No tag with key 'k'",
  ],
  [
    new AlreadyExistsError('experiment', 'e'),
    400,
    'RESOURCE_ALREADY_EXISTS',
    'Experiment(name=e) already exists',
  ],
  [
    new DeletedError('run', 'abc'),
    400,
    'INVALID_PARAMETER_VALUE',
    "The run abc must be in the 'active' state",
  ],
  [
    new StageConflictError('m', 'Staging', { actual: '1', expected: null }),
    409,
    'RESOURCE_CONFLICT',
    'held by version 1',
  ],
  [new StoreBusyError('/r.db'), 503, 'TEMPORARILY_UNAVAILABLE', ''],
  [
    RequestInvalidError.missing('name'),
    400,
    'INVALID_PARAMETER_VALUE',
    "Missing value for required parameter 'name'",
  ],
  [new FeatureUnsupportedError('Not here.'), 501, 'NOT_IMPLEMENTED', 'Not here.'],
])('answers %s with %i %s', (error, status, errorCode, words) => {
  const answer = answerToError(error);
  expect(answer).toMatchObject({ status, errorCode });
  expect(answer.message).toContain(words);
});

const server = 'https://mlflow.example';
const refused = (status: number, code: string) =>
  new RemoteRefusedError('POST /x', { status, code, message: 'In the words of the other.' });

it.each([
  [new RemoteUnavailableError(server, { text: 'no connection.' }), 503, 'TEMPORARILY_UNAVAILABLE'],
  [new RemoteAnswerError(server, 'a page.'), 502, 'INTERNAL_ERROR'],
  [new RemoteDeniedError(server, 401), 502, 'INTERNAL_ERROR'],
  [new RemoteDeniedError(server, 403), 403, 'PERMISSION_DENIED'],
  [refused(400, 'INVALID_PARAMETER_VALUE'), 400, 'INVALID_PARAMETER_VALUE'],
  [refused(404, 'FEATURE_DISABLED'), 404, 'FEATURE_DISABLED'],
  [refused(422, '<script>'), 422, 'BAD_REQUEST'],
  [refused(507, 'INTERNAL_ERROR'), 502, 'INTERNAL_ERROR'],
])('passes on what a server behind it says: %s as %i %s', (error, status, errorCode) => {
  expect(answerToError(error)).toEqual({ status, errorCode, message: error.message });
});

it('answers a path that is refused in MLflow’s words and no others', () => {
  expect(answerToError(new ArtifactPathError('../a', 'it leads out'))).toEqual({
    status: 400,
    errorCode: 'INVALID_PARAMETER_VALUE',
    message: 'Invalid path',
  });
});

class ForeignError extends GnuMlopsError {}

it('tells nothing of what nobody foresaw', () => {
  for (const error of [new Error('secret'), 'secret', new ForeignError('OTHER_CODE', 'secret')]) {
    expect(answerToError(error)).toMatchObject({ status: 500, errorCode: 'INTERNAL_ERROR' });
    expect(answerToError(error).message).not.toContain('secret');
  }
});

it('passes on what the framework says of a caller’s mistake, not of its own', () => {
  const refused = Object.assign(new Error('Unsupported Media Type'), { statusCode: 415 });
  expect(answerToError(refused)).toMatchObject({ status: 415, errorCode: 'BAD_REQUEST' });
  const broken = Object.assign(new Error('secret'), { statusCode: 500 });
  expect(answerToError(broken).message).not.toContain('secret');
});
