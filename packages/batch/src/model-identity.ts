import { createHash, type Hash } from 'node:crypto';
import type { RowPredictor } from '@gnu-mlops/predictor';

/**
 * What tells one model from another in the ledger: `name/version` of a registered model, else
 * `sha256:<hex>` of all that the model consists of.
 */
export function modelIdentity(predictor: Pick<RowPredictor, 'model' | 'version'>): string {
  const { model, version } = predictor;
  if (version !== undefined) return `${version.name}/${version.version}`;
  const hash = createHash('sha256');
  hashValue(hash, model);
  return `sha256:${hash.digest('hex')}`;
}

/** Feed a value of plain objects, arrays and typed arrays to a hash, in a fixed order of keys. */
function hashValue(hash: Hash, value: unknown): void {
  if (ArrayBuffer.isView(value)) {
    hash.update(`${value.constructor.name}:${value.byteLength};`);
    hash.update(new Uint8Array(value.buffer, value.byteOffset, value.byteLength));
  } else if (Array.isArray(value)) {
    hash.update(`array:${value.length};`);
    for (const entry of value) hashValue(hash, entry);
  } else if (typeof value === 'object' && value !== null) {
    const keys = Object.keys(value).sort();
    hash.update(`object:${keys.length};`);
    for (const key of keys) {
      hashValue(hash, key);
      hashValue(hash, (value as Record<string, unknown>)[key]);
    }
  } else {
    hash.update(`${JSON.stringify(value) ?? 'undefined'};`);
  }
}
