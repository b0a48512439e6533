import { GnuMlopsError } from '@gnu-mlops/core';

/** The folder of waiting files cannot be listed. */
export class InputFolderUnreadableError extends GnuMlopsError {
  static readonly code = 'BATCH_INPUT_FOLDER_UNREADABLE';
  readonly folder: string;

  constructor(folder: string, cause: unknown) {
    super(
      InputFolderUnreadableError.code,
      `The input folder ${folder} cannot be read (${reasonOf(cause)}). ` +
        'Create it, or point the batch run at the folder where the files wait.',
      { cause },
    );
    this.folder = folder;
  }
}

/** Nothing can be written to the folder of scored files. */
export class OutputFolderUnwritableError extends GnuMlopsError {
  static readonly code = 'BATCH_OUTPUT_FOLDER_UNWRITABLE';
  readonly folder: string;

  constructor(folder: string, cause: unknown) {
    super(
      OutputFolderUnwritableError.code,
      `The output folder ${folder} cannot be written to (${reasonOf(cause)}). ` +
        'Give this user write permission, or choose another folder. Nothing was scored.',
      { cause },
    );
    this.folder = folder;
  }
}

/** Nothing can be written to the folder of archived inputs. */
export class ArchiveFolderUnwritableError extends GnuMlopsError {
  static readonly code = 'BATCH_ARCHIVE_FOLDER_UNWRITABLE';
  readonly folder: string;

  constructor(folder: string, cause: unknown) {
    super(
      ArchiveFolderUnwritableError.code,
      `The archive folder ${folder} cannot be written to (${reasonOf(cause)}). ` +
        'Give this user write permission, choose another folder, or turn archiving off. ' +
        'Nothing was scored.',
      { cause },
    );
    this.folder = folder;
  }
}

/** Inputs are to be archived, and no folder says where. */
export class ArchiveFolderMissingError extends GnuMlopsError {
  static readonly code = 'BATCH_ARCHIVE_FOLDER_MISSING';

  constructor() {
    super(
      ArchiveFolderMissingError.code,
      'Scored inputs are to be archived, but no archive folder is given. ' +
        'Set archiveFolder, or turn archiveInput off.',
    );
  }
}

/** Two of the input, output and archive folders are one and the same. */
export class FoldersOverlapError extends GnuMlopsError {
  static readonly code = 'BATCH_FOLDERS_OVERLAP';
  readonly folder: string;

  constructor(folder: string, roles: readonly [string, string]) {
    super(
      FoldersOverlapError.code,
      `The ${roles[0]} folder and the ${roles[1]} folder are the same: ${folder}. ` +
        'Scored files would be taken for waiting ones; give each role a folder of its own.',
    );
    this.folder = folder;
  }
}

/** An option of the run is out of its range. */
export class BatchOptionError extends GnuMlopsError {
  static readonly code = 'BATCH_OPTION_INVALID';
  readonly option: string;

  constructor(option: string, value: unknown, expected: string) {
    super(BatchOptionError.code, `${option} is ${String(value)}; it must be ${expected}.`);
    this.option = option;
  }
}

/** The ledger file cannot be opened, or is no ledger of this version. */
export class LedgerUnusableError extends GnuMlopsError {
  static readonly code = 'BATCH_LEDGER_UNUSABLE';
  readonly path: string;

  constructor(path: string, reason: unknown) {
    super(
      LedgerUnusableError.code,
      `The batch ledger ${path} cannot be used (${reasonOf(reason)}). ` +
        'Check the path and its permissions; a ledger keeps which files were scored, so do not ' +
        'delete one without moving its inputs away.',
      { cause: reason },
    );
    this.path = path;
  }
}

/** Another process took the file over, because this one did not renew its lease in time. */
export class LeaseLostError extends GnuMlopsError {
  static readonly code = 'BATCH_LEASE_LOST';
  readonly path: string;

  constructor(path: string) {
    super(
      LeaseLostError.code,
      `The lease on ${path} ran out and another process has taken the file over. ` +
        'Its result stands and this one is dropped; use a longer leaseMs or smaller batchRows.',
    );
    this.path = path;
  }
}

/** A waiting file cannot be read. */
export class FileUnreadableError extends GnuMlopsError {
  static readonly code = 'BATCH_FILE_UNREADABLE';
  readonly path: string;

  constructor(path: string, cause: unknown, remedy = 'Check its permissions') {
    super(
      FileUnreadableError.code,
      `${path} cannot be read (${reasonOf(cause)}). ${remedy}; it stays where it is.`,
      { cause },
    );
    this.path = path;
  }
}

/** A waiting file was written to while it was being scored. */
export class FileChangedError extends GnuMlopsError {
  static readonly code = 'BATCH_FILE_CHANGED';
  readonly path: string;

  constructor(path: string) {
    super(
      FileChangedError.code,
      `${path} changed while it was being scored, so the result was dropped. The next run scores ` +
        'it as it then is; use a longer settleMs when files are written slowly.',
    );
    this.path = path;
  }
}

/** The scored file could not be written, such as on a full disk. */
export class OutputWriteError extends GnuMlopsError {
  static readonly code = 'BATCH_OUTPUT_WRITE_FAILED';
  readonly path: string;

  constructor(path: string, cause: unknown) {
    super(
      OutputWriteError.code,
      `${path} could not be written (${reasonOf(cause)}). The input stays where it is; ` +
        'make room or mend the permissions and run again.',
      { cause },
    );
    this.path = path;
  }
}

/** A file was scored, and then could not be moved to the archive. */
export class FileArchiveError extends GnuMlopsError {
  static readonly code = 'BATCH_FILE_ARCHIVE_FAILED';
  readonly path: string;

  constructor(path: string, archivePath: string, cause: unknown) {
    super(
      FileArchiveError.code,
      `${path} was scored but could not be archived as ${archivePath} (${reasonOf(cause)}). ` +
        'The next run archives it without scoring it again.',
      { cause },
    );
    this.path = path;
  }
}

/** Scoring a file failed for a reason that has no code of its own. */
export class FileScoringError extends GnuMlopsError {
  static readonly code = 'BATCH_FILE_SCORING_FAILED';
  readonly path: string;

  constructor(path: string, cause: unknown) {
    super(
      FileScoringError.code,
      `${path} could not be scored (${reasonOf(cause)}). It stays where it is.`,
      { cause },
    );
    this.path = path;
  }
}

function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
