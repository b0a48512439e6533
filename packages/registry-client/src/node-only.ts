/*
 * What needs Node, loaded when it is asked for. The package's `imports` give browsers
 * `node-only.browser.ts` in its place, so that no bundler meets a module of Node.
 */
export { createNodeFetch } from './http/node-fetch.ts';
export { openSqliteRegistry } from './sqlite/open-sqlite-registry.ts';
