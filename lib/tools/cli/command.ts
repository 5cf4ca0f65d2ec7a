import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { isError } from '../../contract/exceptions/is-error.js';
import { writeAdoption } from './adopt.command.js';
import { type CatalogueOutput, catalogueOutputs, writeCatalogue } from './catalogue.command.js';
import { COVERAGE_FOLDER } from '../coverage/coverage.files.js';
import { writeCoverage } from './coverage.command.js';
import { writeCheck } from './check.command.js';
import { writeDiff } from './diff.command.js';
import { writeLint } from './lint.command.js';
import { writeToken } from './token.command.js';
import { UsageError } from './usage.error.js';

/** Where a command writes: data to `out`, anything else to `err`; and what it reads. @internal */
export interface CommandStreams {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** All of standard input. */
  readonly in: () => Promise<string>;
}

type Arguments = ReturnType<typeof parseArgs>;

interface Command {
  /** What it is called with, as the help shows it. */
  readonly usage: string;
  readonly description: string;
  /** Names of its arguments. */
  readonly arguments: readonly string[];
  /** Names of those that may follow. */
  readonly optional?: readonly string[];
  readonly options?: NonNullable<ParseArgsConfig['options']>;
  /** @returns the exit code */
  run(
    args: readonly string[],
    values: Arguments['values'],
    out: CommandStreams['out'],
    input: CommandStreams['in'],
  ): Promise<number> | number;
}

const commands: Readonly<Record<string, Command>> = {
  catalogue: {
    usage: 'catalogue [--format json|md|html|openapi] <entry>',
    description: 'write the catalogue to stdout; json unless told otherwise',
    arguments: ['entry'],
    options: { format: { type: 'string', short: 'f', default: 'json' } },
    async run([entry], { format }, out) {
      if (!catalogueOutputs.includes(format as CatalogueOutput)) {
        throw new UsageError(
          `--format '${String(format)}' is invalid; it takes ${catalogueOutputs.join(', ')}`,
        );
      }
      out(await writeCatalogue(entry!, format as CatalogueOutput));
      return 0;
    },
  },
  diff: {
    usage: 'diff [--format text|json|changelog] [--exit-code] <old> <new>',
    description:
      'list what changed between two catalogues in JSON, or two OpenAPI documents; exit code 1 where a client may\n' +
      '      break, or with --exit-code what the next version is: 0 as it was, 3 a patch, 4 a minor, 5 a major one',
    arguments: ['old', 'new'],
    options: {
      format: { type: 'string', short: 'f', default: 'text' },
      'exit-code': { type: 'boolean' },
    },
    run: ([before, after], values, out) => writeDiff(before!, after!, values, out),
  },
  lint: {
    usage: 'lint <entry>',
    description: 'list what is wrong with the catalogue; exit code 1 where anything is',
    arguments: ['entry'],
    run: ([entry], _values, out) => writeLint(entry!, out),
  },
  coverage: {
    usage: 'coverage [--format table|json|lcov] [--threshold percent] [folder]',
    description:
      'report which declared errors the processes of a test run saw, which errorCoverage(app).save() left in the\n' +
      `      folder, ${COVERAGE_FOLDER} unless given; exit code 1 below the threshold, 100 unless given`,
    arguments: [],
    optional: ['folder'],
    options: {
      format: { type: 'string', short: 'f', default: 'table' },
      threshold: { type: 'string' },
    },
    run: ([folder = COVERAGE_FOLDER], values, out) => writeCoverage(folder, values, out),
  },
  adopt: {
    usage: 'adopt [--write] [--json] [folder]',
    description:
      'list what an application is to change, and what its errors will be answered with; --write makes the\n' +
      '      changes that are safe: the import, the options of Fastify, the errors of the OpenAPI document',
    arguments: [],
    optional: ['folder'],
    options: { write: { type: 'boolean' }, json: { type: 'boolean' } },
    run: ([folder = '.'], values, out) => writeAdoption(folder, values, out),
  },
  check: {
    usage: 'check [--write] [--json | --format stylish|json|github|sarif] [folder]',
    description:
      'compare what the handlers of an application throw with what they declare; --write makes @Throws() say it;\n' +
      '      exit code 1 where something thrown is not declared, or something declared never thrown',
    arguments: [],
    optional: ['folder'],
    options: { write: { type: 'boolean' }, json: { type: 'boolean' }, format: { type: 'string' } },
    run: ([folder = '.'], values, out) => writeCheck(folder, values, out),
  },
  token: {
    usage: 'token [entry] < token.txt',
    description:
      'say of a token from stdin what it is, whose and for how long, and with [entry] what the verifier of that\n' +
      '      application makes of it; exit code 1 where it is refused',
    arguments: [],
    optional: ['entry'],
    async run([entry], _values, out, input) {
      // Without repeating it: arguments are seen by everybody on the machine, and kept by shells
      if (entry !== undefined && /^[\w-]+\.[\w-]+\.[\w.-]*$/.test(entry) && entry.length > 100) {
        throw new UsageError('a token is read from standard input only; usage: token < token.txt');
      }
      return writeToken(entry, await input(), out);
    },
  },
};

/**
 * Runs `nestjs-api-errors` with these arguments.
 *
 * @returns the exit code: 0, 1 where `diff`, `lint` or `coverage` found what they look for or `token` is
 * refused, 2 for an error of use
 * @internal
 */
export async function runCommand(
  args: readonly string[],
  { out, err, in: input }: CommandStreams,
): Promise<number> {
  try {
    return await run(args, out, input);
  } catch (error) {
    const message = isError(error) ? error.message : String(error);
    err(`error: ${message.trim().split('\n', 1)[0]}\n`);
    return 2;
  }
}

function run(
  [name, ...args]: readonly string[],
  out: CommandStreams['out'],
  input: CommandStreams['in'],
): Promise<number> | number {
  if (name === '--version' || name === '-V') {
    out(`${ownVersion()}\n`);
    return 0;
  }
  if (name === 'help' || name === '--help' || name === '-h' || args.includes('--help')) {
    out(help());
    return 0;
  }
  const names = Object.keys(commands).join(', ');
  if (name === undefined) {
    throw new UsageError(`no command given; there are ${names} and help`);
  }
  if (!Object.hasOwn(commands, name)) {
    throw new UsageError(`unknown command '${name}'; there are ${names} and help`);
  }
  const command = commands[name]!;
  const { values, positionals } = parseArgs({
    args: [...args],
    options: command.options ?? {},
    allowPositionals: true,
  });
  const missing = command.arguments[positionals.length];
  if (missing !== undefined) {
    throw new UsageError(`missing required argument '${missing}'; usage: ${command.usage}`);
  }
  if (positionals.length > command.arguments.length + (command.optional?.length ?? 0)) {
    throw new UsageError(`too many arguments; usage: ${command.usage}`);
  }
  return command.run(positionals, values, out, input);
}

function help(): string {
  const lines = Object.values(commands).map(
    ({ usage, description }) => `  ${usage}\n      ${description}\n`,
  );
  return `The error catalogue of a NestJS application, without starting it

Usage: nestjs-api-errors <command>

${lines.join('')}
<entry> is a module of the application, compiled: its default export or AppModule is a module, an
application, or a function that makes either. [folder] holds the source of one; the current one unless given.
`;
}

function ownVersion(): string {
  const path = createRequire(import.meta.url).resolve('nestjs-api-errors/package.json');
  return (JSON.parse(readFileSync(path, 'utf8')) as { version: string }).version;
}
