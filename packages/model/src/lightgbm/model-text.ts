import { ForeignModelCorruptError } from '../errors.ts';

/** The `key=value` lines of one section; a line without `=` has the value ``. */
export interface Fields {
  /** Names the section in errors. */
  readonly where: string;
  readonly values: ReadonlyMap<string, string>;
}

/** A LightGBM model's text, cut into its sections. */
export interface ModelText {
  readonly header: Fields;
  readonly trees: readonly Fields[];
}

/**
 * Cut the text of a model into header and trees; what comes after the trees changes no score.
 *
 * @throws {ForeignModelCorruptError} when it is no such text, or ends before its trees do.
 */
export function parseModelText(text: string): ModelText {
  const end = /^end of trees\s*$/m.exec(text);
  if (end === null || !/^\s*tree\s*$/m.test(text.slice(0, 200))) {
    const problem = 'does not begin with "tree" or has no "end of trees": it is cut short, or none';
    throw new ForeignModelCorruptError('LightGBM', 'the text', problem);
  }
  const sections = text.slice(0, end.index).split(/^(?=Tree=)/m);
  const [header, ...trees] = sections.map((section, i) => readFields(section, i));
  return { header: header!, trees };
}

function readFields(section: string, index: number): Fields {
  const values = new Map<string, string>();
  for (const line of section.split('\n')) {
    const at = line.indexOf('=');
    const name = (at < 0 ? line : line.slice(0, at)).trim();
    if (name !== '') values.set(name, at < 0 ? '' : line.slice(at + 1).trim());
  }
  return { where: index === 0 ? 'the header' : `Tree=${index - 1}`, values };
}

/** A field's text. @throws {ForeignModelCorruptError} where it is missing. */
export function textOfField(fields: Fields, name: string): string {
  const text = fields.values.get(name);
  if (text !== undefined) return text;
  throw new ForeignModelCorruptError('LightGBM', fields.where, `has no "${name}"`);
}

/** A field's finite or infinite numbers. @throws {ForeignModelCorruptError} unless `length` of them. */
export function numbersOf(fields: Fields, name: string, length: number): number[] {
  const words = textOfField(fields, name).split(/\s+/).filter(Boolean);
  if (words.length !== length) {
    const problem = `has ${words.length} entries in "${name}" where ${length} belong`;
    throw new ForeignModelCorruptError('LightGBM', fields.where, problem);
  }
  return words.map((word) => {
    const value = /^-?inf/i.test(word)
      ? word.startsWith('-')
        ? -Infinity
        : Infinity
      : Number(word);
    if (!Number.isNaN(value)) return value;
    throw new ForeignModelCorruptError('LightGBM', fields.where, `has no number in "${name}"`);
  });
}

/** A field's whole numbers. @throws {ForeignModelCorruptError} unless `length` of them. */
export function integersOf(fields: Fields, name: string, length: number): number[] {
  const values = numbersOf(fields, name, length);
  if (values.every((value) => Number.isSafeInteger(value))) return values;
  throw new ForeignModelCorruptError('LightGBM', fields.where, `has no whole number in "${name}"`);
}
