const TEXT =
  /\.(txt|log|err|cfg|conf|cnf|cf|ini|properties|prop|hocon|toml|yaml|yml|xml|json|js|py|py3|csv|tsv|md|rst)$|^(mlmodel|mlproject)$/i;

const types: readonly (readonly [name: RegExp, type: string])[] = [
  [TEXT, 'text/plain'],
  [/\.png$/i, 'image/png'],
  [/\.jpe?g$/i, 'image/jpeg'],
  [/\.gif$/i, 'image/gif'],
  [/\.webp$/i, 'image/webp'],
  [/\.pdf$/i, 'application/pdf'],
  [/\.zip$/i, 'application/zip'],
  [/\.html?$/i, 'text/html'],
  [/\.svg$/i, 'image/svg+xml'],
];

/** What a file is, by its name; bytes where the name says nothing. */
export function mediaType(fileName: string): string {
  return types.find(([name]) => name.test(fileName))?.[1] ?? 'application/octet-stream';
}
