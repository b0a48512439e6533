import type { FileWords } from '@gnu-mlops/app-runtime';
import { SIGNATURE_TYPES, type SignatureType } from '@gnu-mlops/core';
import { TABLE_FORMATS, type TableFormat } from '@gnu-mlops/data';
import { type Command, InvalidArgumentError, Option } from 'commander';

/** How the files of a command are read, where a person says it. */
export interface ReadingOptions {
  readonly delimiter?: string;
  readonly format?: TableFormat;
  readonly raggedRows?: 'error' | 'skip';
  readonly columnType?: Readonly<Record<string, SignatureType>>;
}

/** Give a command the options that say how its files are read. */
export function addReadingOptions(command: Command): Command {
  return addFileOptions(command).option(
    '--column-type <name=type>',
    `instead of what the cells look like: ${SIGNATURE_TYPES.join(', ')}; may be repeated`,
    namedType,
  );
}

/** The same for a command that knows what the columns are. */
export function addFileOptions(command: Command): Command {
  return command
    .option(
      '--delimiter <character>',
      'what separates the cells of CSV, \\t for a tab (default: found in the header)',
      (text: string) => (text === '\\t' ? '\t' : text),
    )
    .addOption(
      new Option(
        '--ragged-rows <what>',
        'CSV rows with more or fewer cells than the header',
      ).choices(['error', 'skip']),
    )
    .addOption(
      new Option('--format <format>', 'of the files (default: by their endings)').choices(
        TABLE_FORMATS,
      ),
    );
}

/** The same in the words of the configuration. */
export function readingWords({
  delimiter,
  format,
  raggedRows,
  columnType,
}: ReadingOptions): FileWords {
  return {
    ...(delimiter !== undefined && { delimiter }),
    ...(format && { format }),
    ...(raggedRows && { ragged_rows: raggedRows }),
    ...(columnType && { column_types: { ...columnType } }),
  };
}

/** Collects `name=type` options into one object; a name may hold `=`, and no type does. */
function namedType(
  text: string,
  collected: Readonly<Record<string, SignatureType>> = {},
): Record<string, SignatureType> {
  const equals = text.lastIndexOf('=');
  const type = SIGNATURE_TYPES.find((known) => known === text.slice(equals + 1));
  if (equals < 1 || type === undefined) {
    throw new InvalidArgumentError(
      `Give name=type, the type one of ${SIGNATURE_TYPES.join(', ')}.`,
    );
  }
  return { ...collected, [text.slice(0, equals)]: type };
}
