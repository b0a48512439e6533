import type { DataCheckReport } from '../data-checks/data-check-report.ts';
import type { Finding } from '../finding.ts';
import type { TableProfile } from '../profile-table.ts';
import type { TableRelations } from '../relations/table-relations.ts';

/** All that a report says of a table; what is absent is left out of the page. Plain JSON. */
export interface DataReport {
  /** The table's name. */
  readonly title: string;
  /** Where its rows come from, without credentials. */
  readonly source?: string;
  /** ISO 8601, UTC. */
  readonly createdAt?: string;
  readonly profile: TableProfile;
  readonly relations?: TableRelations;
  readonly checks?: DataCheckReport;
  readonly findings?: readonly Finding[];
}
