import { type ColumnKind, GnuMlopsError, type SignatureType, nearestName } from '@gnu-mlops/core';

/** Something must be learnt from a table that has no rows. */
export class EmptyTableError extends GnuMlopsError {
  static readonly code = 'PREPROCESS_TABLE_EMPTY';

  constructor() {
    super(
      EmptyTableError.code,
      'The table has no rows, so a recipe can learn nothing from it. Pass the training rows.',
    );
  }
}

/** A recipe specification breaks its format. */
export class RecipeSpecInvalidError extends GnuMlopsError {
  static readonly code = 'PREPROCESS_SPEC_INVALID';
  /** Where in the specification, such as `steps[1].columns`. */
  readonly path: string;

  constructor(path: string, problem: string) {
    super(
      RecipeSpecInvalidError.code,
      `The recipe specification is invalid at ${path || 'its root'}: ${problem}`,
    );
    this.path = path;
  }
}

/** A fitted recipe, usually from a model file, is damaged or was never one. */
export class RecipeInvalidError extends GnuMlopsError {
  static readonly code = 'PREPROCESS_RECIPE_INVALID';
  /** Where in the recipe, such as `steps[1].columns[0].scale`. */
  readonly path: string;

  constructor(path: string, problem: string, options?: ErrorOptions) {
    super(
      RecipeInvalidError.code,
      `The fitted recipe is invalid at ${path || 'its root'}: ${problem} ` +
        'Load an undamaged copy of the model, or fit the recipe again.',
      options,
    );
    this.path = path;
  }
}

/** A step names a column that is not there when the step is reached. */
export class StepColumnNotFoundError extends GnuMlopsError {
  static readonly code = 'PREPROCESS_STEP_COLUMN_NOT_FOUND';
  readonly step: string;
  readonly column: string;

  constructor(step: string, column: string, present: Iterable<string>) {
    const nearest = nearestName(column, present);
    const hint = nearest === undefined ? '' : ` Did you mean "${nearest}"?`;
    super(
      StepColumnNotFoundError.code,
      `The step ${step} names column "${column}", which is not there when the step is reached.${hint}`,
    );
    this.step = step;
    this.column = column;
  }
}

/** A step is pointed at a column that it cannot work on, such as scaling a text. */
export class StepColumnKindError extends GnuMlopsError {
  static readonly code = 'PREPROCESS_STEP_COLUMN_KIND';
  readonly step: string;
  readonly column: string;
  readonly kind: ColumnKind;

  constructor(step: string, column: { name: string; kind: ColumnKind }, wanted: string) {
    super(
      StepColumnKindError.code,
      `The step ${step} works on ${wanted}, and column "${column.name}" is ${column.kind}. ` +
        "Leave the column out of the step's columns, or encode it first.",
    );
    this.step = step;
    this.column = column.name;
    this.kind = column.kind;
  }
}

/** A column of a table to transform is of another kind than the recipe was fitted on. */
export class InputKindError extends GnuMlopsError {
  static readonly code = 'PREPROCESS_INPUT_KIND';
  readonly column: string;
  readonly kind: ColumnKind;
  readonly expected: SignatureType;

  constructor(column: string, kind: ColumnKind, expected: SignatureType) {
    super(
      InputKindError.code,
      `Column "${column}" is ${kind} where the recipe was fitted on ${expected}. ` +
        "Read the table with the model's signature, so that its cells become the same types.",
    );
    this.column = column;
    this.kind = kind;
    this.expected = expected;
  }
}

/** A column still holds text after the last step, which no estimator can read. */
export class TextLeftError extends GnuMlopsError {
  static readonly code = 'PREPROCESS_TEXT_LEFT';
  readonly column: string;

  constructor(column: string) {
    super(
      TextLeftError.code,
      `Column "${column}" is still text after the last step. ` +
        'Add a one_hot, ordinal_encode or drop step for it.',
    );
    this.column = column;
  }
}

/** The steps leave no feature to learn from. */
export class NoFeaturesError extends GnuMlopsError {
  static readonly code = 'PREPROCESS_NO_FEATURES';

  constructor(dropped: readonly { readonly column: string; readonly reason: string }[]) {
    const list = dropped.slice(0, 5).map(({ column, reason }) => `"${column}" (${reason})`);
    const more = dropped.length > 5 ? ` and ${dropped.length - 5} more` : '';
    super(
      NoFeaturesError.code,
      'The recipe leaves no feature to learn from' +
        (list.length > 0 ? `; dropped: ${list.join(', ')}${more}. ` : '. ') +
        'Keep at least one column.',
    );
  }
}

/** A training cell is infinite, or too large to square, where a step computes with the cells. */
export class ValueNotFiniteError extends GnuMlopsError {
  static readonly code = 'PREPROCESS_VALUE_NOT_FINITE';
  readonly column: string;
  /** 0-based. */
  readonly row: number;

  constructor(column: string, row: number) {
    super(
      ValueNotFiniteError.code,
      `Row ${row + 1}, column "${column}": the cell is infinite or beyond 1e150, and the step must ` +
        'compute with it. Clear the cell, or clip the column first.',
    );
    this.column = column;
    this.row = row;
  }
}

/** A training cell lies outside what a step can take, such as log1p of -1. */
export class ValueOutOfRangeError extends GnuMlopsError {
  static readonly code = 'PREPROCESS_VALUE_OUT_OF_RANGE';
  readonly column: string;
  /** 0-based. */
  readonly row: number;
  readonly value: number;
  /** What it should be: "above 0". */
  readonly needed: string;

  constructor(cell: { column: string; row: number; value: number }, needed: string) {
    super(
      ValueOutOfRangeError.code,
      `Row ${cell.row + 1}, column "${cell.column}": ${cell.value} is not ${needed}. ` +
        'Clip the column first, or leave it out of the step.',
    );
    this.column = cell.column;
    this.row = cell.row;
    this.value = cell.value;
    this.needed = needed;
  }
}

/** A cell holds a category that was not among the training rows, and the step refuses those. */
export class CategoryUnknownError extends GnuMlopsError {
  static readonly code = 'PREPROCESS_CATEGORY_UNKNOWN';
  readonly column: string;
  /** 0-based. */
  readonly row: number;
  /** null: the cell is missing, and no training row missed it. */
  readonly category: string | number | null;

  constructor(column: string, row: number, category: string | number | null) {
    const what = category === null ? 'a missing cell' : JSON.stringify(category);
    super(
      CategoryUnknownError.code,
      `Row ${row + 1}, column "${column}": ${what} was not among the training rows. ` +
        "Correct the cell, or choose another policy than unknown: 'error' for the step.",
    );
    this.column = column;
    this.row = row;
    this.category = category;
  }
}

/** A column has more different categories, or words, than may be counted chunk by chunk. */
export class CategoriesTooManyError extends GnuMlopsError {
  static readonly code = 'PREPROCESS_CATEGORIES_TOO_MANY';
  readonly column: string;
  readonly limit: number;

  constructor(column: string, limit: number) {
    super(
      CategoriesTooManyError.code,
      `Column "${column}" has more than ${limit} different categories or words. ` +
        'Drop the column, hash its texts (hash_text), or raise mostCategories.',
    );
    this.column = column;
    this.limit = limit;
  }
}

/** A step cannot be learnt chunk by chunk: it must look at all rows at once. */
export class StepNeedsTableError extends GnuMlopsError {
  static readonly code = 'PREPROCESS_STEP_NEEDS_TABLE';
  readonly step: string;

  constructor(step: string, reason: string) {
    super(
      StepNeedsTableError.code,
      `The step ${step} cannot be learnt chunk by chunk: ${reason}. ` +
        'Read the training rows into one table and use fitRecipe, or leave the step out.',
    );
    this.step = step;
  }
}

/** Training rows that are read again are not the same. */
export class ChunksChangedError extends GnuMlopsError {
  static readonly code = 'PREPROCESS_CHUNKS_CHANGED';
  readonly expected: number;
  readonly rowCount: number;

  constructor(expected: number, rowCount: number) {
    super(
      ChunksChangedError.code,
      `Reading the training rows again gave ${rowCount} rows where it first gave ${expected}. ` +
        'Open the same rows each time, and let nothing write to them meanwhile.',
    );
    this.expected = expected;
    this.rowCount = rowCount;
  }
}

/** A formula is to be read, and mathjs is not installed. */
export class ExpressionsUnavailableError extends GnuMlopsError {
  static readonly code = 'PREPROCESS_EXPRESSIONS_UNAVAILABLE';

  constructor(options?: ErrorOptions) {
    super(
      ExpressionsUnavailableError.code,
      'Formulas of derived columns are read by mathjs, which could not be loaded. ' +
        'Install it beside @gnu-mlops/preprocess: npm install mathjs',
      options,
    );
  }
}

/** A step learns from the target, and none was named. */
export class TargetNeededError extends GnuMlopsError {
  static readonly code = 'PREPROCESS_TARGET_NEEDED';
  readonly step: string;

  constructor(step: string) {
    super(
      TargetNeededError.code,
      `The step ${step} learns from the target. Name the target's column when the recipe is fitted.`,
    );
    this.step = step;
  }
}

/** A split was asked for that makes no sense for the rows at hand. */
export class SplitInvalidError extends GnuMlopsError {
  static readonly code = 'PREPROCESS_SPLIT_INVALID';

  constructor(problem: string) {
    super(SplitInvalidError.code, problem);
  }
}

/** A class has too few rows to stand on both sides of a split. */
export class ClassTooSmallError extends GnuMlopsError {
  static readonly code = 'PREPROCESS_CLASS_TOO_SMALL';
  /** The class codes concerned. */
  readonly labels: readonly number[];

  constructor(labels: readonly number[], needed: number) {
    const few = labels.slice(0, 5).join(', ') + (labels.length > 5 ? ', ...' : '');
    super(
      ClassTooSmallError.code,
      `${labels.length} of the classes (code ${few}) have fewer than ${needed} rows, ` +
        'so they cannot stand on both sides of a stratified split. ' +
        'Collect more rows of them, merge them with others, or remove them.',
    );
    this.labels = labels;
  }
}

/** Target cells are missing. */
export class TargetMissingError extends GnuMlopsError {
  static readonly code = 'PREPROCESS_TARGET_MISSING';
  readonly column: string;
  readonly missingCount: number;
  /** The first of them, 0-based. */
  readonly rows: readonly number[];

  constructor(column: string, missingCount: number, rows: readonly number[]) {
    const list =
      rows.map((row) => row + 1).join(', ') + (missingCount > rows.length ? ', ...' : '');
    super(
      TargetMissingError.code,
      `${missingCount} rows have no value in the target column "${column}" (rows ${list}). ` +
        'Fill them in or remove them: a target is never guessed.',
    );
    this.column = column;
    this.missingCount = missingCount;
    this.rows = rows;
  }
}

/** The target column cannot serve the task that was asked for. */
export class TargetInvalidError extends GnuMlopsError {
  static readonly code = 'PREPROCESS_TARGET_INVALID';
  readonly column: string;
  /** The row of the cell that is to blame, 0-based, where one is. */
  readonly row: number | undefined;

  constructor(column: string, problem: string, row?: number) {
    super(TargetInvalidError.code, `The target column "${column}" ${problem}`);
    this.column = column;
    this.row = row;
  }
}

/** A list of data checks breaks its format. */
export class DataChecksInvalidError extends GnuMlopsError {
  static readonly code = 'PREPROCESS_CHECKS_INVALID';
  /** Where in the list, such as `[2].min`, or the check's name. */
  readonly path: string;

  constructor(path: string, problem: string) {
    super(
      DataChecksInvalidError.code,
      `The data checks are invalid at ${path || 'their root'}: ${problem}`,
    );
    this.path = path;
  }
}

/** A profile, usually from a file beside a model, is damaged or was never one. */
export class ProfileInvalidError extends GnuMlopsError {
  static readonly code = 'PREPROCESS_PROFILE_INVALID';
  /** Where in the profile, such as `columns[1].quantiles`. */
  readonly path: string;

  constructor(path: string, problem: string) {
    super(
      ProfileInvalidError.code,
      `The profile is invalid at ${path || 'its root'}: ${problem} Make it again from its table.`,
    );
    this.path = path;
  }
}
