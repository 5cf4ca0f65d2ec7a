/** What the files of one folder of lib/ may import beside what is below it. */
export interface FolderRule {
  /** Folders of lib/ with all that is below them, entry points only where they are named. */
  readonly folders: readonly string[];
  readonly packages: readonly string[];
  /** Packages whose types may be named. */
  readonly types?: readonly string[];
  /** Packages that it is handed by whoever calls it, whose types may be named without depending on them. */
  readonly handed?: readonly string[];
  /** Whether Node's own modules may be used; what runs in a browser may not. */
  readonly builtins: boolean;
  /** Whether modules may be imported whose name is not known before. */
  readonly computed?: boolean;
}

const nest = ['@nestjs/common', '@nestjs/core', 'reflect-metadata', 'rxjs'] as const;
const on = (...folders: readonly string[]) => ({ folders, packages: nest, builtins: true });

/** No more than text and data: it would run in a browser, too. */
const pure = { packages: [], builtins: false } as const;

/**
 * The wings of the house, DESIGN.md §3, from the ground up, and the folders in them that may do less
 * or more than their wing. Of several that a folder is in, the longest name is its rule.
 */
export const folderRules: Readonly<Record<string, FolderRule>> = {
  contract: { ...pure, folders: [] },
  'contract/catalogue': { ...pure, folders: ['contract'] },
  'contract/exceptions': on('contract'),
  nest: { ...on('contract'), types: ['path-to-regexp'] },

  mapping: on('contract', 'nest'),
  'mapping/validation': {
    ...on('contract', 'nest', 'mapping'),
    packages: [...nest, 'class-validator', 'class-transformer'],
  },
  tokens: { folders: ['contract'], packages: [], builtins: true },

  access: on('contract', 'nest', 'tokens'),
  answers: on('contract', 'nest', 'mapping'),

  documents: on('contract', 'nest', 'mapping', 'access', 'answers'),
  'documents/openapi': {
    ...on('contract', 'nest', 'access', 'answers', 'documents'),
    packages: [...nest, '@nestjs/swagger'],
  },

  'tools/client': { ...pure, folders: ['contract/challenge', 'contract/retry'] },
  'tools/coverage': { folders: [], packages: [], builtins: true },
  'tools/testing': {
    ...on('contract', 'nest', 'answers', 'documents', 'tools/coverage'),
    packages: [...nest, 'path-to-regexp'],
  },
  'tools/cli': {
    ...on(
      'contract',
      'nest',
      'mapping',
      'tokens',
      'tokens/jwt',
      'access',
      'documents',
      'documents/openapi',
      'tools/coverage',
    ),
    packages: [...nest, '@nestjs/swagger'],
    // The application's own module, which the command is given, and its own compiler
    computed: true,
    handed: ['typescript'],
  },
};

/** The composition root, the files at the top of lib/, knows every wing but the tools. */
export const rootRule: FolderRule = {
  ...on('contract', 'nest', 'mapping', 'tokens', 'access', 'answers', 'documents'),
  packages: [...nest, 'path-to-regexp'],
};

/** The further entry points by their folder, DESIGN.md §2. */
export const entryPoints: Readonly<Record<string, string>> = {
  client: 'tools/client',
  grpc: 'mapping/grpc',
  graphql: 'tools/client/graphql',
  introspection: 'tokens/introspection',
  jwt: 'tokens/jwt',
  mappers: 'mapping/mappers',
  microservices: 'mapping/microservices',
  redis: 'tokens/store/redis',
  swagger: 'documents/openapi',
  testing: 'tools/testing',
  websockets: 'tools/client/websockets',
};
