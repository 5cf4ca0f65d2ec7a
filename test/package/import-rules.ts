/** What the files of one folder of lib/ may import beside their own folder. */
export interface FolderRule {
  /** Folders of lib/; one marked `type` may be named in `import type` alone. */
  readonly folders: Readonly<Record<string, 'any' | 'type'>>;
  readonly packages: readonly string[];
  /** Whether Node's own modules may be used; what runs in a browser may not. */
  readonly builtins: boolean;
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
  bearer: { folders: { ...exceptions, routes: 'any' }, packages: nest, builtins: true },
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
  swagger: { folders: core, packages: [...nest, '@nestjs/swagger'], builtins: true },
  testing: { folders: core, packages: [], builtins: true },
  client: { ...pure, folders: { catalogue: 'any', challenge: 'any' } },
};

export const folderRules: Readonly<Record<string, FolderRule>> = { ...stages, ...entryPoints };

/** The composition root, the files at the top of lib/, knows every stage and no entry point. */
export const rootRule: FolderRule = { folders: core, packages: nest, builtins: true };
