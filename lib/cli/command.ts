import { readFileSync } from 'node:fs';
import { Command, CommanderError, Option } from 'commander';
import { isError } from '../mapping/is-error.js';
import { type CatalogueOutput, catalogueOutputs, writeCatalogue } from './catalogue.command.js';
import { writeDiff } from './diff.command.js';
import { writeLint } from './lint.command.js';

/** Where a command writes: data to `out`, anything else to `err`. @internal */
export interface CommandOutput {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
}

const ENTRY =
  'module of the application, compiled: its default export or AppModule is a module, an ' +
  'application, or a function that makes either';

/**
 * Runs `nestjs-api-errors` with these arguments.
 *
 * @returns the exit code: 0, 1 where `diff` or `lint` found what they look for, 2 for an error of use
 * @internal
 */
export async function runCommand(
  args: readonly string[],
  { out, err }: CommandOutput,
): Promise<number> {
  let exitCode = 0;
  const program = new Command('nestjs-api-errors')
    .description('The error catalogue of a NestJS application, without starting it')
    .version(ownVersion())
    .exitOverride()
    .showSuggestionAfterError(false)
    .configureOutput({ writeOut: out, writeErr: () => {} });
  addCatalogue(program, out);
  addChecks(program, out, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    return exitCodeOf(error, err);
  }
}

function addCatalogue(program: Command, out: CommandOutput['out']): void {
  program
    .command('catalogue')
    .description('write the catalogue to stdout')
    .argument('<entry>', ENTRY)
    .addOption(
      new Option('-f, --format <format>', 'what to write')
        .choices(catalogueOutputs)
        .default('json'),
    )
    .action(async (entry: string, { format }: { format: CatalogueOutput }) => {
      out(await writeCatalogue(entry, format));
    });
}

function addChecks(
  program: Command,
  out: CommandOutput['out'],
  exitWith: (code: number) => void,
): void {
  program
    .command('diff')
    .description('list what changed; exit code 1 where a client may break')
    .argument('<old>', 'catalogue in JSON')
    .argument('<new>', 'catalogue in JSON')
    .action((before: string, after: string) => exitWith(writeDiff(before, after, out)));
  program
    .command('lint')
    .description('list what is wrong with the catalogue; exit code 1 where anything is')
    .argument('<entry>', ENTRY)
    .action(async (entry: string) => exitWith(await writeLint(entry, out)));
}

function exitCodeOf(error: unknown, err: CommandOutput['err']): number {
  if (error instanceof CommanderError && error.exitCode === 0) {
    return 0;
  }
  err(`${lineOf(error)}\n`);
  return 2;
}

function lineOf(error: unknown): string {
  if (error instanceof CommanderError) {
    return error.code === 'commander.help'
      ? 'error: no command given; there are catalogue, diff, lint and help'
      : error.message;
  }
  const message = isError(error) ? error.message : String(error);
  return `error: ${message.trim().split('\n', 1)[0]}`;
}

function ownVersion(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
