import { NameInvalidError } from './value-errors.ts';
import { LIMITS } from './limits.ts';

const keyCharacters = /^[\p{L}\p{N}_/.\- :]+$/u;
const aliasCharacters = /^[\p{L}\p{N}_-]+$/u;

/**
 * Check the key of a metric, parameter or tag: at most 250 letters, digits and `_ - . : /` or
 * spaces, which would also do as a relative path (MLflow's rule).
 *
 * @throws {NameInvalidError}
 */
export function checkKey(kind: 'metric' | 'parameter' | 'tag', key: string): void {
  checkName(kind, key, LIMITS.keyLength);
  if (!keyCharacters.test(key)) {
    throw new NameInvalidError(
      kind,
      key,
      'use letters, digits, "_", "-", ".", ":", "/" or spaces.',
    );
  }
  const isPlainPath =
    !key.startsWith('..') &&
    key.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
  if (!isPlainPath) {
    throw new NameInvalidError(kind, key, 'read as a path it would mean another name.');
  }
}

/** @throws {NameInvalidError} when blank or longer than 500 characters. */
export function checkExperimentName(name: string): void {
  checkName('experiment', name, LIMITS.experimentNameLength);
}

/** @throws {NameInvalidError} when blank, too long, or with `/` or `:`, which URIs need. */
export function checkModelName(name: string): void {
  checkName('registered model', name, LIMITS.modelNameLength);
  if (/[/:]/.test(name)) {
    throw new NameInvalidError('registered model', name, 'it may hold neither "/" nor ":".');
  }
}

/** @throws {NameInvalidError} when blank, too long, or with one of `/ : . % " '`, which URIs need. */
export function checkLoggedModelName(name: string): void {
  checkName('logged model', name, LIMITS.loggedModelNameLength);
  if (/[/:.%"']/.test(name)) {
    throw new NameInvalidError('logged model', name, `it may hold none of / : . % " and '.`);
  }
}

/** @throws {NameInvalidError} when it is no alias, or reads as `latest` or as a version (`v3`). */
export function checkAlias(alias: string): void {
  checkName('alias', alias, LIMITS.aliasLength);
  if (!aliasCharacters.test(alias)) {
    throw new NameInvalidError('alias', alias, 'use letters, digits, "_" or "-".');
  }
  if (/^(latest|v\d+)$/i.test(alias)) {
    throw new NameInvalidError(
      'alias',
      alias,
      '"latest" and "v<number>" have a meaning of their own.',
    );
  }
}

function checkName(kind: string, name: string, maxLength: number): void {
  if (typeof name !== 'string') throw new NameInvalidError(kind, name, 'it must be a text.');
  if (name.trim() === '') throw new NameInvalidError(kind, name, 'it must not be blank.');
  if (name.length > maxLength && [...name].length > maxLength) {
    throw new NameInvalidError(kind, name, `it may have ${maxLength} characters at most.`);
  }
  if (!name.isWellFormed() || /[\u0000-\u001f\u007f]/.test(name)) {
    throw new NameInvalidError(kind, name, 'it holds control characters or broken Unicode.');
  }
}
