import { GnuMlopsError } from '@gnu-mlops/core';

/** No backend serves this registry URI. */
export class RegistryUriUnsupportedError extends GnuMlopsError {
  static readonly code = 'REGISTRY_URI_UNSUPPORTED';

  /** @param given what may be shown of the URI: never more than its scheme when it has one. */
  constructor(given: string, problem: string) {
    super(
      RegistryUriUnsupportedError.code,
      `Registry URI ${given}: ${problem} Supported are "sqlite:///relative/path.db", "sqlite:////absolute/path.db", "http(s)://host" of an MLflow server, "databricks" and "databricks-uc".`,
    );
  }
}

/** The database or the artifact folder cannot be opened, read or written. */
export class StoreUnavailableError extends GnuMlopsError {
  static readonly code = 'REGISTRY_STORE_UNAVAILABLE';
  readonly path: string;

  constructor(path: string, problem: string, options?: ErrorOptions) {
    super(
      StoreUnavailableError.code,
      `The registry at ${path} is unavailable: ${problem}`,
      options,
    );
    this.path = path;
  }
}

/** The database was written by a newer version of this package. */
export class StoreVersionError extends GnuMlopsError {
  static readonly code = 'REGISTRY_STORE_VERSION';
  readonly path: string;
  readonly found: number;
  readonly supported: number;

  constructor(path: string, versions: { readonly found: number; readonly supported: number }) {
    super(
      StoreVersionError.code,
      `The registry at ${path} has schema version ${versions.found}, and this version of gnu-mlops knows ${versions.supported} at most. Update gnu-mlops; nothing was changed.`,
    );
    this.path = path;
    this.found = versions.found;
    this.supported = versions.supported;
  }
}

/** The file is a database of another program. */
export class StoreForeignError extends GnuMlopsError {
  static readonly code = 'REGISTRY_STORE_FOREIGN';
  readonly path: string;

  constructor(path: string, tables: readonly string[]) {
    super(
      StoreForeignError.code,
      `${path} is a database of another program (tables ${tables.slice(0, 3).join(', ')}${tables.length > 3 ? ', ...' : ''}). Choose another file; nothing was changed.`,
    );
    this.path = path;
  }
}

/** Another process held the write lock for longer than we wait. */
export class StoreBusyError extends GnuMlopsError {
  static readonly code = 'REGISTRY_STORE_BUSY';
  readonly path: string;

  constructor(path: string, options?: ErrorOptions) {
    super(
      StoreBusyError.code,
      `The registry at ${path} is busy: another process kept it locked for too long. Nothing was changed; try again.`,
      options,
    );
    this.path = path;
  }
}

/** No room is left where the registry lies. */
export class DiskFullError extends GnuMlopsError {
  static readonly code = 'REGISTRY_DISK_FULL';
  readonly path: string;

  constructor(path: string, options?: ErrorOptions) {
    super(
      DiskFullError.code,
      `No room is left on the disk for ${path}. Nothing was changed; free some and try again.`,
      options,
    );
    this.path = path;
  }
}

/** The registry was closed. */
export class RegistryClosedError extends GnuMlopsError {
  static readonly code = 'REGISTRY_CLOSED';

  constructor(uri: string) {
    super(RegistryClosedError.code, `The registry ${uri} was closed. Open it again to use it.`);
  }
}

/** This kind of registry cannot do that by its nature. */
export class OperationUnsupportedError extends GnuMlopsError {
  static readonly code = 'REGISTRY_OPERATION_UNSUPPORTED';
  /** The method, such as `collectGarbage`. */
  readonly operation: string;

  /** @param reason a sentence: why, and what to do instead. */
  constructor(operation: string, registry: string, reason: string) {
    super(
      OperationUnsupportedError.code,
      `The registry ${registry} cannot do ${operation}: ${reason}`,
    );
    this.operation = operation;
  }
}
