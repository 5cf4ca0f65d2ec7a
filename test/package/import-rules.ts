/** What the files of one folder of lib/ may import beside their own folder. */
export interface FolderRule {
  /** Folders of lib/; one marked `type` may be named in `import type` alone. */
  readonly folders: Readonly<Record<string, 'any' | 'type'>>;
  readonly packages: readonly string[];
  /** Whether Node's own modules may be used; what runs in a browser may not. */
  readonly builtins: boolean;
  /** Whether modules may be imported whose name is not known before. */
  readonly computed?: boolean;
}

const pure = { packages: [], builtins: false } as const;
const nest = ['@nestjs/common', '@nestjs/core', 'reflect-metadata', 'rxjs'] as const;

/** What `exceptions` is and imports. */
const exceptions = { catalogue: 'any', challenge: 'any', exceptions: 'any' } as const;

/** The stages that a request passes, DESIGN.md §3. */
const stages: Readonly<Record<string, FolderRule>> = {
  catalogue: { ...pure, folders: { challenge: 'type' } },
  challenge: { ...pure, folders: { catalogue: 'type' } },
  exceptions: { folders: { catalogue: 'any', challenge: 'any' }, packages: nest, builtins: true },
  routes: { folders: {}, packages: [...nest, 'path-to-regexp'], builtins: true },
  jws: { folders: {}, packages: [], builtins: true },
  issuer: { folders: {}, packages: [], builtins: true },
  store: { folders: {}, packages: [], builtins: true },
  bearer: {
    folders: { ...exceptions, routes: 'any', dpop: 'type' },
    packages: nest,
    builtins: true,
  },
  dpop: {
    folders: { ...exceptions, bearer: 'any', jws: 'any', store: 'any' },
    packages: [],
    builtins: true,
  },
  metadata: {
    folders: { bearer: 'any', routes: 'any', issuer: 'any' },
    packages: nest,
    builtins: true,
  },
  validation: {
    folders: exceptions,
    packages: [...nest, 'class-validator', 'class-transformer'],
    builtins: true,
  },
  mapping: { folders: exceptions, packages: nest, builtins: true },
  filter: {
    folders: { ...exceptions, routes: 'any', mapping: 'any' },
    packages: [...nest, '@opentelemetry/api'],
    builtins: true,
  },
  declared: {
    folders: {
      ...exceptions,
      routes: 'any',
      bearer: 'any',
      validation: 'any',
      mapping: 'any',
      filter: 'any',
    },
    packages: [...nest, 'class-validator', 'class-transformer'],
    builtins: true,
  },
  publish: {
    folders: { ...exceptions, routes: 'any', mapping: 'any', filter: 'any', declared: 'any' },
    packages: nest,
    builtins: true,
  },
  server: {
    folders: { ...exceptions, routes: 'any', mapping: 'any', filter: 'any' },
    packages: nest,
    builtins: true,
  },
};

const core = Object.fromEntries(Object.keys(stages).map((stage) => [stage, 'any' as const]));

/** The further entry points with what they need, DESIGN.md §2; nothing imports them. */
export const entryPoints: Readonly<Record<string, FolderRule>> = {
  jwt: { folders: core, packages: ['jose'], builtins: true },
  introspection: { folders: core, packages: ['oauth4webapi'], builtins: true },
  redis: { folders: core, packages: [], builtins: true },
  swagger: { folders: core, packages: [...nest, '@nestjs/swagger'], builtins: true },
  testing: { folders: core, packages: ['@nestjs/common', 'path-to-regexp'], builtins: true },
  client: { ...pure, folders: { catalogue: 'any', challenge: 'any' } },
};

/** `npx nestjs-api-errors`, which no application imports. */
const cli: FolderRule = {
  folders: { ...core, swagger: 'any' },
  packages: [...nest, '@nestjs/swagger', 'commander'],
  builtins: true,
  // The application's own module, which the command is given
  computed: true,
};

export const folderRules: Readonly<Record<string, FolderRule>> = {
  ...stages,
  ...entryPoints,
  cli,
};

/** The composition root, the files at the top of lib/, knows every stage and no entry point. */
export const rootRule: FolderRule = { folders: core, packages: nest, builtins: true };
