const suffix = '.gnu-mlops-tmp';
const pattern = /^\..*\.[0-9a-f-]{36}\.gnu-mlops-tmp$/s;

/** A file name may have 255 bytes; a character in UTF-8 at most 4 of them. */
const keptCharacters = 48;

/**
 * The name of the temporary file that becomes the file `name`: hidden, recognisable, and unique by
 * `id`, a UUID.
 */
export function temporaryName(name: string, id: string): string {
  return `.${Array.from(name).slice(0, keptCharacters).join('')}.${id}${suffix}`;
}

/** Whether a file name is one of {@link temporaryName}. */
export function isTemporaryName(name: string): boolean {
  return pattern.test(name);
}
