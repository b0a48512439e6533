/** Where a setting's value comes from. */
export type ConfigOrigin =
  | {
      readonly kind: 'file';
      readonly file: string;
      /** From 1. */
      readonly line: number;
      /** From 1. */
      readonly column: number;
    }
  | {
      readonly kind: 'environment';
      readonly variable: string;
      /** The `.env` file that set the variable; absent where the real environment did. */
      readonly file?: string;
    }
  | { readonly kind: 'default' };

/** `configs/config.yaml:12:3`, `environment variable MLFLOW_TRACKING_URI`, `default`. */
export function formatOrigin(origin: ConfigOrigin): string {
  switch (origin.kind) {
    case 'file':
      return `${origin.file}:${origin.line}:${origin.column}`;
    case 'environment':
      return origin.file === undefined
        ? `environment variable ${origin.variable}`
        : `${origin.variable} in ${origin.file}`;
    case 'default':
      return 'default';
  }
}
