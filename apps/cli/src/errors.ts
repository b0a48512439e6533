import { GnuMlopsError } from '@gnu-mlops/core';

/** A file that would be overwritten is there already. */
export class FileExistsError extends GnuMlopsError {
  static readonly code = 'CLI_FILE_EXISTS';

  constructor(path: string) {
    super(FileExistsError.code, `${path} is there already. Use --force to replace it.`);
  }
}

/** A file of S3 or of a workspace was named where one of this machine is read or written. */
export class FileElsewhereError extends GnuMlopsError {
  static readonly code = 'CLI_FILE_ELSEWHERE';

  constructor(path: string, use: 'read' | 'written') {
    const remedy = use === 'read' ? 'Copy it, and name the copy.' : 'Name a file, and copy it.';
    super(
      FileElsewhereError.code,
      `${path} is no file of this machine, and nothing else is ${use} here. ${remedy}`,
    );
  }
}

/** Rows to predict were given in no form, in two forms, or in one that cannot be read. */
export class RowsInvalidError extends GnuMlopsError {
  static readonly code = 'CLI_ROWS_INVALID';

  constructor(message: string, options?: ErrorOptions) {
    super(RowsInvalidError.code, message, options);
  }
}

/** There is nothing to check a table by. */
export class ChecksMissingError extends GnuMlopsError {
  static readonly code = 'CLI_CHECKS_MISSING';

  constructor() {
    super(
      ChecksMissingError.code,
      'No checks are configured (data.checks). Name a file with --checks, or propose some: ' +
        'gnu-mlops data infer-checks FILE.',
    );
  }
}

/** A file of checks cannot be read, or is neither YAML nor JSON. */
export class ChecksUnreadableError extends GnuMlopsError {
  static readonly code = 'CLI_CHECKS_UNREADABLE';

  constructor(path: string, options: { readonly cause: unknown }) {
    super(
      ChecksUnreadableError.code,
      `${path} cannot be read as checks: ${reasonOf(options.cause)}. Name a file of YAML or JSON, such as ` +
        '"data infer-checks" writes.',
      options,
    );
  }
}

/** A file of a recipe cannot be read, or is no JSON. */
export class RecipeUnreadableError extends GnuMlopsError {
  static readonly code = 'CLI_RECIPE_UNREADABLE';

  constructor(path: string, options: { readonly cause: unknown }) {
    super(
      RecipeUnreadableError.code,
      `${path} cannot be read as a recipe: ${reasonOf(options.cause)}. Name a file that "recipe fit" wrote.`,
      options,
    );
  }
}

/** Neither end of a copy was named. */
export class CopyEndsMissingError extends GnuMlopsError {
  static readonly code = 'CLI_COPY_ENDS_MISSING';

  constructor() {
    super(
      CopyEndsMissingError.code,
      'A copy needs two registries. Name the other one with --from or --to.',
    );
  }
}

/** A registry to copy from is not there. */
export class RegistryMissingError extends GnuMlopsError {
  static readonly code = 'CLI_REGISTRY_MISSING';

  constructor(path: string) {
    super(
      RegistryMissingError.code,
      `There is no registry at ${path} to copy from. Check the path.`,
    );
  }
}

/** Something would be removed for good, and nobody has said yes to it. */
export class ConfirmationMissingError extends GnuMlopsError {
  static readonly code = 'CLI_CONFIRMATION_MISSING';

  /** @param what would be done, without a full stop. */
  constructor(what: string) {
    super(ConfirmationMissingError.code, `${what}. Nothing was changed; add --yes to do it.`);
  }
}

/** Why a file cannot be read, in words for people and without a full stop. */
function reasonOf(cause: unknown): string {
  const { code, message } = cause as { readonly code?: unknown; readonly message: string };
  if (code === 'ENOENT') return 'there is no such file';
  if (code === 'EISDIR') return 'it is a folder';
  if (code === 'EACCES') return 'there is no permission to';
  return message.trim().replace(/\.$/, '');
}
