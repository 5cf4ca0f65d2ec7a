#!/usr/bin/env node
import { Console } from 'node:console';
import { text } from 'node:stream/consumers';
import { runCommand } from './command.js';

// Applications may log while they are loaded; stdout is for what was asked for
globalThis.console = new Console(process.stderr);

const code = await runCommand(process.argv.slice(2), {
  out: (written) => process.stdout.write(written),
  err: (written) => process.stderr.write(written),
  in: () => text(process.stdin),
});
// What the application opened while it was loaded would keep the process from ending; what is written
// to a pipe or a file has not left it before the callback
process.stdout.write('', () => process.exit(code));
