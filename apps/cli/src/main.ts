#!/usr/bin/env node
import { enableCompileCache } from 'node:module';

// What is loaded after this is compiled once and kept among the system's temporary files.
enableCompileCache();

const { processTerminal } = await import('./process-terminal.ts');
const { runCli } = await import('./run-cli.ts');
process.exitCode = await runCli(process.argv.slice(2), processTerminal());
