#!/usr/bin/env node
import { enableCompileCache } from 'node:module';

// What is loaded after this is compiled once and kept among the system's temporary files.
enableCompileCache();

const { processSurroundings } = await import('./process-surroundings.ts');
const { runApi } = await import('./run-api.ts');
process.exitCode = await runApi(process.argv.slice(2), processSurroundings());
