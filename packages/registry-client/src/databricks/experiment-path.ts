/**
 * The name of an experiment in a workspace, where it is a path: a name that is none lies in the
 * folder.
 */
export function experimentPath(folder: string, name: string): string {
  if (name.startsWith('/') || name.trim() === '') return name;
  return `${folder.replace(/\/+$/, '')}/${name}`;
}
