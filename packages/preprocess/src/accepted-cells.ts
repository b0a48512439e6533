import type { ColumnKind } from '@gnu-mlops/core';
import { holdsText } from './cells.ts';
import type { AcceptedCells } from './step-definition.ts';

/** Whether a step that works on such cells works on columns of this kind. */
export function isAccepted(kind: ColumnKind, accepts: AcceptedCells): boolean {
  switch (accepts) {
    case 'any':
      return true;
    case 'numbers':
      return !holdsText(kind);
    case 'texts':
      return holdsText(kind);
    case 'timestamps':
      return kind === 'timestamp';
  }
}
