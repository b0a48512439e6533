import type { NodeAttributes } from './node-attributes.ts';
import { OnnxCorruptError } from './onnx-errors.ts';

/**
 * The class labels of a classifier's node, as text.
 *
 * @param names of the attributes that hold texts or whole numbers.
 * @throws {OnnxCorruptError} unless they are two or more different ones.
 */
export function readClasses(
  node: NodeAttributes,
  names: { readonly texts: string; readonly ints: string },
): readonly string[] {
  const texts = node.texts(names.texts);
  const classes = texts.length > 0 ? texts : node.numbers(names.ints).map(String);
  if (classes.length < 2 || new Set(classes).size < classes.length) {
    throw new OnnxCorruptError(node.where, 'has no two or more different classes');
  }
  return classes;
}
