import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where the vectors are fetched from: a repository, or a clone of it on this machine. */
const SOURCE = process.env['WYCHEPROOF'] ?? 'https://github.com/C2SP/wycheproof.git';

/** What the vectors say of a signature; of an acceptable one either may be said. */
export type Expected = 'valid' | 'acceptable' | 'invalid';

export interface Vector {
  readonly tcId: number;
  readonly comment: string;
  readonly flags: readonly string[];
  readonly result: Expected;
}

export interface VectorFile<Group> {
  readonly testGroups: readonly Group[];
}

/** The vectors of one run, gone with it. */
export class Wycheproof {
  private readonly folder = mkdtempSync(join(tmpdir(), 'wycheproof-'));

  /** Of which commit the vectors are. */
  readonly version: string;

  constructor() {
    try {
      const git = (...command: string[]) => execFileSync('git', command, { encoding: 'utf8' });
      git('clone', '--quiet', '--depth', '1', '--', SOURCE, this.folder);
      this.version = git('-C', this.folder, 'rev-parse', '--short', 'HEAD').trim();
    } catch (cause) {
      this.remove();
      throw new Error(`No vectors from ${SOURCE}; name a clone in WYCHEPROOF.`, { cause });
    }
  }

  read<Group>(name: string): VectorFile<Group> {
    const path = join(this.folder, 'testvectors_v1', `${name}_test.json`);
    return JSON.parse(readFileSync(path, 'utf8')) as VectorFile<Group>;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}
