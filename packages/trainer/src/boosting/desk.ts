import type { BoostingMemory } from './boosting-memory.ts';
import type { Crew } from './crew.ts';
import type { Workbench } from './workbench.ts';

/** From where the work is led: the leader's own tools, the crew, and where everything lies. */
export interface Desk {
  readonly bench: Workbench;
  readonly crew: Crew;
  readonly layout: BoostingMemory;
  /** Where the array of a job's field lies. */
  readonly addressOf: (field: number) => number;
  /** Set a whole number, or a double, of a job. */
  readonly write: (job: number, field: number, value: number) => void;
  readonly writeDouble: (job: number, field: number, value: number) => void;
}

/** Set a desk up; both jobs get the addresses of everything. */
export function openDesk(bench: Workbench, crew: Crew, layout: BoostingMemory): Desk {
  const { words, doubles } = bench.memory;
  const desk: Desk = {
    bench,
    crew,
    layout,
    addressOf(field) {
      const address = layout.addresses.get(field);
      if (address === undefined) throw new RangeError(`No array has the field ${field}.`);
      return address;
    },
    write(job, field, value) {
      words[(job + field) >>> 2] = value;
    },
    writeDouble(job, field, value) {
      doubles[(job + field) >>> 3] = value;
    },
  };
  return desk;
}
