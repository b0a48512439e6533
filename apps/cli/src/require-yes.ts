import { ConfirmationMissingError } from './errors.ts';

/**
 * Go on only where a person has said yes to what cannot be taken back.
 *
 * @param what would be done, such as `Model "churn" with 3 versions would be deleted for good`.
 * @throws {ConfirmationMissingError}
 */
export function requireYes({ yes }: { readonly yes?: true }, what: string): void {
  if (!yes) throw new ConfirmationMissingError(what);
}
