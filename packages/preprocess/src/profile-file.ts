import type { CategoryProfile, ColumnProfile, Histogram, NumberProfile } from './column-profile.ts';
import { ProfileInvalidError } from './errors.ts';
import {
  type JsonNode,
  checkDistinct,
  field,
  itemsOf,
  problemAt,
  readChoice,
  readNumber,
  readText,
  readWholeNumber,
} from './json-node.ts';
import type { TableProfile } from './profile-table.ts';

/** The name of the profile's file in the folder of the model that was trained on the table. */
export const PROFILE_FILE_NAME = 'profile.json';

/** The version that {@link formatTableProfile} writes. */
const version = 1;

const kinds = ['numeric', 'integer', 'boolean', 'categorical', 'text', 'timestamp'] as const;

/** A profile as JSON text, to be kept beside a model and compared against later. */
export function formatTableProfile(profile: TableProfile): string {
  return `${JSON.stringify({ format: 'gnu-mlops table profile', version, ...profile }, null, 1)}\n`;
}

/**
 * Read what {@link formatTableProfile} wrote.
 *
 * @throws {ProfileInvalidError} for text that is no JSON, a newer version, or a field that is missing
 *   or wrong, naming its place.
 */
export function parseTableProfile(text: string): TableProfile {
  const root = { value: parseJson(text), path: '', invalid };
  const found = readWholeNumber(field(root, 'version'), 1);
  if (found > version) {
    throw problemAt(root, `it has version ${found}; this package reads up to ${version}.`);
  }
  const rowCount = readWholeNumber(field(root, 'rowCount'), 0);
  const columns = itemsOf(field(root, 'columns')).map(readColumn);
  checkDistinct(
    field(root, 'columns'),
    columns.map(({ name }) => name),
  );
  return { rowCount, columns };
}

function invalid(path: string, problem: string): Error {
  return new ProfileInvalidError(path, problem);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw invalid('', `it is no JSON (${(error as Error).message}).`);
  }
}

function readColumn(node: JsonNode): ColumnProfile {
  const kind = readChoice(field(node, 'kind'), kinds);
  const summary = {
    name: readText(field(node, 'name')),
    missingCount: readWholeNumber(field(node, 'missingCount'), 0),
    distinctCount: readWholeNumber(field(node, 'distinctCount'), 0),
  };
  switch (kind) {
    case 'boolean':
    case 'categorical':
    case 'text':
      return { ...summary, kind, topCategories: readCategories(field(node, 'topCategories')) };
    default:
      return { ...summary, kind, ...readNumbers(node) };
  }
}

function readCategories(node: JsonNode): CategoryProfile['topCategories'] {
  const categories = itemsOf(node).map((item) => ({
    category: readText(field(item, 'category')),
    count: readWholeNumber(field(item, 'count'), 0),
  }));
  checkDistinct(
    node,
    categories.map(({ category }) => category),
  );
  return categories;
}

type NumberFigures = Omit<NumberProfile, 'name' | 'kind' | 'missingCount' | 'distinctCount'>;

function readNumbers(node: JsonNode): NumberFigures {
  return {
    minimum: readFigure(field(node, 'minimum')),
    maximum: readFigure(field(node, 'maximum')),
    mean: readFigure(field(node, 'mean')),
    standardDeviation: readFigure(field(node, 'standardDeviation')),
    quantiles: itemsOf(field(node, 'quantiles')).map((item) => ({
      share: readNumber(field(item, 'share')),
      value: readNumber(field(item, 'value')),
    })),
    histogram: readHistogram(field(node, 'histogram')),
  };
}

function readFigure(node: JsonNode): number | null {
  return node.value === null ? null : readNumber(node);
}

function readHistogram(node: JsonNode): Histogram {
  const edges = itemsOf(field(node, 'edges')).map(readNumber);
  const counts = itemsOf(field(node, 'counts')).map((count) => readWholeNumber(count, 0));
  if (edges.length !== (counts.length === 0 ? 0 : counts.length + 1)) {
    throw problemAt(node, 'it must have one edge more than counts.');
  }
  if (edges.some((edge, i) => i > 0 && edge < edges[i - 1]!)) {
    throw problemAt(node, 'its edges must ascend.');
  }
  return { edges, counts };
}
