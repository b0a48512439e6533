/** Adds entries until it is killed or has written enough, and prints each number that was promised. Usage: FOLDER NAME COUNT */
import { openAuditLog } from '../../src/audit/audit-log.ts';

const [folder, name, count] = process.argv.slice(2);
const log = openAuditLog(folder!, { sync: 'never', maxBytes: 20_000 });
for (let i = 1; i <= Number(count); i++) {
  await log.append({
    at: Date.UTC(2026, 0, 1),
    actor: 'local',
    address: null,
    action: 'test',
    target: { name: `${name}-${i}` },
    status: null,
    outcome: 'done',
    omitted: 0,
  });
  process.stdout.write(`${name}-${i}\n`);
}
log.close();
