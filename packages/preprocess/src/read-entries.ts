import { type JsonNode, checkFields, field, itemsOf, readText } from './json-node.ts';

/** Read what a fitted step learnt, column by column, out of its field `columns`. */
export function readEntries<Learnt extends object>(
  node: JsonNode,
  fields: readonly string[],
  read: (item: JsonNode) => Learnt,
): ({ readonly column: string } & Learnt)[] {
  return itemsOf(field(node, 'columns')).map((item) => {
    checkFields(item, ['column', ...fields]);
    return { column: readText(field(item, 'column')), ...read(item) };
  });
}
