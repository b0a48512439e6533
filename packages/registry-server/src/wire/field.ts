import { RequestInvalidError } from '../errors.ts';

/** How one parameter of a request is read: from JSON, or from the texts of a query string. */
export interface Field<T> {
  /** A list, which a query string gives by repeating the parameter. */
  readonly isList: boolean;
  /**
   * @param name what the parameter is called in messages, such as `metrics[0].key`.
   * @throws {RequestInvalidError}
   */
  readonly read: (value: unknown, name: string) => T;
}

/** A field that must be there: null and empty text count as missing, as in MLflow. */
export interface RequiredField<T> extends Field<T> {
  readonly isRequired: true;
}

/** A parameter that a request cannot go without. */
export function required<T>(field: Field<T>): RequiredField<T> {
  return { ...field, isRequired: true };
}

/** Unicode text. */
export const text: Field<string> = {
  isList: false,
  read: (value, name) => {
    if (typeof value === 'string') return value;
    throw RequestInvalidError.value(name, value, 'It must be text.');
  },
};

/** `true` or `false`, also as text. */
export const flag: Field<boolean> = {
  isList: false,
  read: (value, name) => {
    const word = typeof value === 'string' ? value.toLowerCase() : value;
    if (word === true || word === 'true') return true;
    if (word === false || word === 'false') return false;
    throw RequestInvalidError.value(name, value, "It must be 'true' or 'false'.");
  },
};

/** A whole number that JavaScript holds exactly, as a number or as text. */
export const whole: Field<number> = {
  isList: false,
  read: (value, name) => {
    const isText = typeof value === 'string' && /^[+-]?\d+$/.test(value);
    const number = isText ? Number(value) : value;
    if (typeof number === 'number' && Number.isSafeInteger(number)) return number;
    throw RequestInvalidError.value(name, value, 'It must be a whole number.');
  },
};

/** A number; NaN and infinities as the texts `NaN`, `Infinity` and `-Infinity`. */
export const real: Field<number> = {
  isList: false,
  read: (value, name) => {
    if (typeof value === 'number') return value;
    if (typeof value === 'string' && (value === 'NaN' || isNumeral(value))) return Number(value);
    throw RequestInvalidError.value(name, value, 'It must be a number.');
  },
};

/** The number of a version, as text. */
export const versionNumber: Field<string> = {
  isList: false,
  read: (value, name) => {
    const number = text.read(value, name);
    if (/^\d+$/.test(number)) return number;
    throw new RequestInvalidError(`Parameter '${name}' must be an integer, got '${number}'.`);
  },
};

/** A whole number from 1 to `most`. */
export function count(most: number): Field<number> {
  return {
    isList: false,
    read: (value, name) => {
      const number = whole.read(value, name);
      if (number >= 1 && number <= most) return number;
      throw RequestInvalidError.value(name, value, `It must be from 1 to ${most}.`);
    },
  };
}

/** One of some words, or its number in MLflow's protocol, or what it is called there. */
export function choice<T extends string>(words: { readonly [word: string]: T }): Field<T> {
  const names = Object.keys(words);
  return {
    isList: false,
    read: (value, name) => {
      const word = words[String(value)];
      if (word !== undefined && Object.hasOwn(words, String(value))) return word;
      const offered = names.filter((each) => !/^\d+$/.test(each)).join(', ');
      throw RequestInvalidError.value(name, value, `It must be one of ${offered}.`);
    },
  };
}

/** A list of one kind of thing. */
export function list<T>(item: Field<T>): Field<readonly T[]> {
  return {
    isList: true,
    read: (value, name) => {
      if (!Array.isArray(value)) throw RequestInvalidError.value(name, value, 'It must be a list.');
      return value.map((each, index) => item.read(each, `${name}[${index}]`));
    },
  };
}

function isNumeral(value: string): boolean {
  return /^[+-]?(Infinity|(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?)$/.test(value);
}
