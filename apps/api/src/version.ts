import manifest from '../package.json' with { type: 'json' };

/** The version of the installed service. */
export const apiVersion: string = manifest.version;
