import type { FoundSplit } from './found-split.ts';

/** A node whose split is decided and not yet carried out. */
export interface OpenNode {
  readonly node: number;
  readonly depth: number;
  /** Its rows in the index. */
  readonly start: number;
  readonly count: number;
  readonly split: FoundSplit;
}

/** The nodes that wait to be split. */
export interface Frontier {
  push(open: OpenNode): void;
  /** The next to split. */
  pop(): OpenNode | undefined;
}

/** Depth first while leaves are free; the largest gain first where they are rationed. */
export function createFrontier(maxLeafNodes: number): Frontier {
  const waiting: OpenNode[] = [];
  if (maxLeafNodes === Infinity) {
    return { push: (open) => void waiting.push(open), pop: () => waiting.pop() };
  }
  function pop(): OpenNode | undefined {
    let best = 0;
    for (let i = 1; i < waiting.length; i++) {
      if (waiting[i]!.split.gain > waiting[best]!.split.gain) best = i;
    }
    return waiting.splice(best, 1)[0];
  }
  return { push: (open) => void waiting.push(open), pop };
}
