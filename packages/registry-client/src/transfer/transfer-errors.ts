import { GnuMlopsError } from '@gnu-mlops/core';

/** Something is where an export was to be written. */
export class ExportExistsError extends GnuMlopsError {
  static readonly code = 'REGISTRY_EXPORT_EXISTS';
  readonly path: string;

  constructor(path: string) {
    super(
      ExportExistsError.code,
      `${path} is there already. An export is written to a folder of its own: name another one, or remove this one.`,
    );
    this.path = path;
  }
}

/** A folder holds no export that is whole and unchanged. */
export class ExportDamagedError extends GnuMlopsError {
  static readonly code = 'REGISTRY_EXPORT_DAMAGED';
  readonly path: string;

  constructor(path: string, problem: string, options?: ErrorOptions) {
    super(
      ExportDamagedError.code,
      `${path} holds no export that can be imported: ${problem} Export it again, or restore the folder from a copy.`,
      options,
    );
    this.path = path;
  }
}

/** The folder holds an export of something else than was asked for. */
export class ExportKindError extends GnuMlopsError {
  static readonly code = 'REGISTRY_EXPORT_KIND';
  readonly path: string;
  readonly kind: 'experiment' | 'model';

  constructor(path: string, kind: 'experiment' | 'model') {
    super(
      ExportKindError.code,
      `${path} holds the export of ${kind === 'experiment' ? 'an experiment' : 'a model'}. Import it as ${kind === 'experiment' ? 'an experiment' : 'a model'}.`,
    );
    this.path = path;
    this.kind = kind;
  }
}

/** A copy would end where it begins. */
export class CopyTargetError extends GnuMlopsError {
  static readonly code = 'REGISTRY_COPY_TARGET';

  constructor(subject: string) {
    super(
      CopyTargetError.code,
      `${subject} would be copied to where it is. Name another registry, or another name for the copy.`,
    );
  }
}
