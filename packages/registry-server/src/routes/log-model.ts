import { RequestInvalidError } from '../errors.ts';
import { type Route, route } from '../route.ts';
import { required, text } from '../wire/field.ts';
import { isRecord } from '../wire/message.ts';

/** The tag of a run that lists the models logged to it, before MLflow 3. */
const HISTORY_TAG = 'mlflow.log-model.history';
const NEEDED = ['artifact_path', 'flavors', 'utc_time_created', 'run_id'];

/** Clients before MLflow 3 note in a tag of the run which models they logged. */
export const logModelRoutes: readonly Route[] = [
  route(
    { method: 'POST', path: '/mlflow/runs/log-model', scope: 'write' },
    { run_id: required(text), model_json: required(text) },
    async ({ registry, inTurn }, { run_id: id, model_json: json }) => {
      const model = readModel(json);
      await inTurn(id, async () => {
        const { tags } = await registry.getRun(id);
        const history = [...readHistory(tags[HISTORY_TAG]), model];
        await registry.logBatch(id, { tags: { [HISTORY_TAG]: JSON.stringify(history) } });
      });
    },
  ),
];

function readModel(json: string): object {
  const model = parse(json);
  if (!isRecord(model)) {
    throw new RequestInvalidError("Malformed model info: 'model_json' is not a valid JSON object.");
  }
  const missing = NEEDED.filter((field) => !Object.hasOwn(model, field));
  if (missing.length === 0) return model;
  throw new RequestInvalidError(`Model json is missing mandatory fields: ${missing.join(', ')}`);
}

/** What somebody else wrote there and cannot be read is written anew. */
function readHistory(text: string | undefined): unknown[] {
  const history = parse(text ?? '[]');
  return Array.isArray(history) ? history : [];
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
