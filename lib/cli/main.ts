#!/usr/bin/env node
import { Console } from 'node:console';
import { runCommand } from './command.js';

// Applications may log while they are loaded; stdout is for what was asked for
globalThis.console = new Console(process.stderr);

process.exitCode = await runCommand(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
});
