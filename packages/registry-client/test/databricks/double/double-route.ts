/** A request whose shape is as it should be. */
export interface DoubleRequest {
  /** Of the path, the query and the body together. */
  readonly fields: { readonly [field: string]: unknown };
  readonly bytes: Buffer;
}

/** Answers JSON, or bytes. */
export type DoubleRoute = (request: DoubleRequest) => Promise<object | Buffer> | object | Buffer;

/** Routes by method and address, as the shapes write it: `GET /api/2.0/mlflow/runs/get`. */
export type DoubleRoutes = { readonly [endpoint: string]: DoubleRoute };

/** A field that is a text. */
export function text({ fields }: Pick<DoubleRequest, 'fields'>, name: string): string {
  return String(fields[name] ?? '');
}

/** A list of `{key, value}` as an object. */
export function tagsOf(value: unknown): Record<string, string> {
  const list = (value ?? []) as readonly { readonly key: string; readonly value: string }[];
  return Object.fromEntries(list.map((tag) => [tag.key, tag.value ?? '']));
}

/** An object as a list of `{key, value}`. */
export function listOf(tags: { readonly [key: string]: string }): object[] {
  return Object.entries(tags).map(([key, value]) => ({ key, value }));
}
