import { type LearntColumn, learnColumns } from '../learning/learn-columns.ts';
import { collectCategories } from '../learning/collect-categories.ts';
import { createCategoryCoder } from '../category-coder.ts';
import { type ColumnSelector, parseSelector } from '../column-selector.ts';
import { type CategoryCounts, compareCategories } from '../count-categories.ts';
import { groupRare } from '../group-rare.ts';
import {
  checkFields,
  field,
  optionalField,
  problemAt,
  readNames,
  readNumber,
  readText,
  readWholeNumber,
  spelled,
} from '../json-node.ts';
import { mapColumns } from '../map-columns.ts';
import { readEntries } from '../read-entries.ts';
import type { SpecDefinition, StepDefinition } from '../step-definition.ts';

/**
 * Put rare texts together under one label, before another step encodes them. Texts that the training
 * rows did not have are rare, too; missing cells stay missing. At least one limit is needed.
 */
export interface GroupRareSpec {
  readonly kind: 'group_rare';
  readonly columns: ColumnSelector;
  /** At least 1: a text in fewer training rows than this is rare. */
  readonly minRows?: number;
  /** In (0, 1): a text in a smaller share of the training rows than this is rare. */
  readonly minShare?: number;
  /** At least 1: the most texts that are left, the label counted as one of them. */
  readonly maxCategories?: number;
  /** Default `(other)`. */
  readonly label?: string;
}

/** The texts of each column that stay as they are; all others get the label. */
export interface FittedGroupRare {
  readonly kind: 'group_rare';
  readonly label: string;
  readonly columns: readonly { readonly column: string; readonly kept: readonly string[] }[];
}

/** How a group_rare step is read and fitted. */
export const groupRareSpec: SpecDefinition<GroupRareSpec, FittedGroupRare> = {
  accepts: 'texts',
  parse(node) {
    checkFields(node, ['kind', 'columns', 'minRows', 'minShare', 'maxCategories', 'label']);
    const minRows = optionalField(node, 'minRows');
    const minShare = optionalField(node, 'minShare');
    const maxCategories = optionalField(node, 'maxCategories');
    const label = optionalField(node, 'label');
    if (!minRows && !minShare && !maxCategories) {
      const [rows, least, most] = ['minRows', 'minShare', 'maxCategories'].map((name) =>
        spelled(node, name),
      );
      throw problemAt(node, `it needs a limit: ${rows}, ${least} or ${most}.`);
    }
    const share = minShare && readNumber(minShare);
    if (share !== undefined && !(share > 0 && share < 1)) {
      throw problemAt(minShare!, 'it must be between 0 and 1.');
    }
    return {
      kind: 'group_rare',
      columns: parseSelector(field(node, 'columns')),
      ...(minRows && { minRows: readWholeNumber(minRows, 1) }),
      ...(share !== undefined && { minShare: share }),
      ...(maxCategories && { maxCategories: readWholeNumber(maxCategories, 1) }),
      ...(label && { label: readText(label) }),
    };
  },
  needs: () => 'rows',
  makes: () => ['categorical'],
  learn: (spec, columns, { mostCategories }) =>
    learnColumns({
      columns,
      collect: ({ name }) => collectCategories(name, mostCategories),
      finish(learnt, rowCount) {
        const fitted = learnt.map((column) => keptTexts(spec, column, rowCount));
        return {
          steps: [{ kind: 'group_rare', label: spec.label ?? '(other)', columns: fitted }],
        };
      },
    }),
};

/** How a fitted group_rare step is read and applied. */
export const groupRareStep: StepDefinition<FittedGroupRare> = {
  parse(node) {
    checkFields(node, ['kind', 'label', 'columns']);
    const columns = readEntries(node, ['kept'], (item) => ({
      kept: readNames(field(item, 'kept')),
    }));
    return { kind: 'group_rare', label: readText(field(node, 'label')), columns };
  },
  reads: (step) => step.columns.map(({ column }) => column),
  compile: (step, layout) =>
    mapColumns({
      step: step.kind,
      accepts: 'texts',
      layout,
      entries: step.columns,
      kernelOf({ column: name, kept }) {
        const dictionary = kept.includes(step.label) ? kept : [...kept, step.label];
        const code = createCategoryCoder({
          column: name,
          codeOf: new Map(kept.map((text, i) => [text, i])),
          missing: -1,
          unknown: dictionary.indexOf(step.label),
        });
        return {
          outputs: [{ name, kind: 'categorical' }],
          run: (cells) => [{ kind: 'categorical', codes: code(cells), dictionary }],
        };
      },
    }),
};

function keptTexts(
  spec: GroupRareSpec,
  { column: { name }, learnt: { counts } }: LearntColumn<CategoryCounts>,
  rowCount: number,
): FittedGroupRare['columns'][number] {
  const texts = [...counts.keys()].sort(compareCategories) as string[];
  const isRare = groupRare(
    texts.map((text) => counts.get(text)!),
    {
      minRows: Math.max(spec.minRows ?? 0, rowsOfShare(spec.minShare ?? 0, rowCount)),
      ...(spec.maxCategories !== undefined && { maxCategories: spec.maxCategories }),
    },
  );
  return { column: name, kept: texts.filter((_, i) => !isRare[i]) };
}

/** The fewest rows that make a share; the quotient decides, as 0.07 * 100 is above 7. */
function rowsOfShare(share: number, rowCount: number): number {
  const rows = Math.ceil(share * rowCount);
  return (rows - 1) / rowCount >= share ? rows - 1 : rows;
}
