import type { GrownTree } from '../grown-tree.ts';

/** A node of another library's tree, in our terms. */
export type ForeignNode =
  | {
      readonly kind: 'split';
      readonly feature: number;
      /** A value at most this goes left; does not matter beside a set. */
      readonly threshold: number;
      /** Words of the set of categories that go left. */
      readonly words?: readonly number[];
      readonly missingLeft: boolean;
      /** What `nodeAt` takes. */
      readonly left: number;
      readonly right: number;
      readonly cover: number;
    }
  | { readonly kind: 'leaf'; readonly value: number; readonly cover: number };

/** Another library's tree, and the output that its leaves add to. */
export interface ForeignTree {
  readonly root: number;
  readonly nodeCount: number;
  readonly outputCount: number;
  readonly output: number;
  /** @throws when there is no such node. */
  readonly nodeAt: (reference: number) => ForeignNode;
  /** What to throw where a node has two parents, or a split is its own descendant. */
  readonly tangled: () => Error;
}

/**
 * Lay out a tree in the order of a walk that goes left first, so that children come after parents.
 * No file makes it walk forever: more nodes than there are means that a node was met twice.
 */
export function layOutTree(tree: ForeignTree): GrownTree {
  const nodes: ForeignNode[] = [];
  const children: [left: number, right: number][] = [];
  const waiting = [{ reference: tree.root, parent: -1, side: 0 }];
  while (waiting.length > 0) {
    const { reference, parent, side } = waiting.pop()!;
    if (nodes.length >= tree.nodeCount) throw tree.tangled();
    const at = nodes.length;
    const node = tree.nodeAt(reference);
    nodes.push(node);
    children.push([at, at]);
    if (parent >= 0) children[parent]![side as 0 | 1] = at;
    if (node.kind === 'split') {
      waiting.push({ reference: node.right, parent: at, side: 1 });
      waiting.push({ reference: node.left, parent: at, side: 0 });
    }
  }

  const leaves = nodes.filter((node) => node.kind === 'leaf');
  const leafValues = new Float64Array(leaves.length * tree.outputCount);
  leaves.forEach(({ value }, leaf) => {
    leafValues[leaf * tree.outputCount + tree.output] = value;
  });
  let leafCount = 0;
  const sets = setsOf(nodes);
  return {
    splitFeature: Int32Array.from(nodes, (node) => (node.kind === 'split' ? node.feature : -1)),
    threshold: Float64Array.from(nodes, (node) => (node.kind === 'split' ? node.threshold : 0)),
    leftChild: Int32Array.from(children, ([left]) => left),
    rightChild: Int32Array.from(children, ([, right]) => right),
    missingLeft: Uint8Array.from(nodes, (node) =>
      Number(node.kind === 'split' && node.missingLeft),
    ),
    ...(sets.starts.length > 1 && { categorySets: sets }),
    leafIndex: Int32Array.from(nodes, (node) => (node.kind === 'leaf' ? leafCount++ : -1)),
    leafValues,
    cover: Float64Array.from(nodes, ({ cover }) => cover),
  };
}

function setsOf(nodes: readonly ForeignNode[]): NonNullable<GrownTree['categorySets']> {
  const starts = [0];
  const words: number[] = [];
  const setOf = Int32Array.from(nodes, (node) => {
    if (node.kind === 'leaf' || node.words === undefined) return -1;
    for (const word of node.words) words.push(word);
    return starts.push(words.length) - 2;
  });
  return { setOf, starts: Int32Array.from(starts), words: Int32Array.from(words) };
}
