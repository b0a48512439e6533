import { type CategoricalColumn, type TextColumn, createTextColumn } from '@gnu-mlops/core';
import { categoricalOrText, isMostlyDistinct, textsOf } from './categorical-or-text.ts';
import type { ColumnFiller } from './column-filler.ts';
import { type DistinctBound, createDistinctBound } from './distinct-bound.ts';
import { createStringFiller } from './string-filler.ts';
import { createTextCollector } from './text-collector.ts';

/** A filler that tells categories from text. */
export interface CategoryFiller extends ColumnFiller {
  finish(): CategoricalColumn | TextColumn;
}

/**
 * Start a column of strings that is categorical or text, as {@link categoricalOrText} has it.
 *
 * Strings are numbered, until there are more than `maxDictionary` and the column can only be text.
 * Where most of them are new they are probably identifiers, and numbering is put off: it is made good
 * should fewer turn out to be new, or too few to tell at the end.
 */
export function createCategoryFiller(rowsExpected: number, maxDictionary: number): CategoryFiller {
  const strings = createStringFiller(rowsExpected);
  let isNumbering = true;
  let mayPutOff = true;
  /** What comes behind the numbered ones. */
  let texts = createTextCollector();
  /** How many of them are distinct, while numbering is put off. */
  let bound: DistinctBound | undefined;

  function stopNumbering(): void {
    const isText = strings.distinctCount > maxDictionary;
    if (!isText && !(mayPutOff && strings.isMostlyNew)) return;
    isNumbering = false;
    if (!isText) bound = createDistinctBound();
  }

  function numberTexts(): void {
    isNumbering = true;
    mayPutOff = false;
    bound = undefined;
    strings.appendTexts(texts);
    texts = createTextCollector();
  }

  /** See what was appended last: whether there are enough by now, or most of it was there before. */
  function countDistinct(distinct: DistinctBound): void {
    const { least, count } = distinct;
    texts.visitLast(distinct.see);
    if (distinct.least > maxDictionary) bound = undefined;
    else if ((distinct.least - least) * 2 < distinct.count - count) numberTexts();
  }

  return {
    append(batch, column, fromRow) {
      if (isNumbering) {
        const end = strings.append(batch, column, fromRow);
        stopNumbering();
        return end;
      }
      texts.append(batch, { column, fromRow });
      if (bound !== undefined) countDistinct(bound);
      return batch.rowCount;
    },
    appendMissing(count) {
      if (isNumbering) strings.appendMissing(count);
      else texts.appendMissing(count);
    },
    finish() {
      if (bound !== undefined) {
        const present = strings.presentCount + bound.count;
        if (!isMostlyDistinct(bound.least, present)) numberTexts();
      }
      const numbered = strings.finish();
      if (isNumbering) return categoricalOrText(numbered, maxDictionary);
      const { codes } = numbered;
      return createTextColumn(codes.length + texts.rowCount, () =>
        textsOf(numbered).concat(texts.read()),
      );
    },
  };
}
