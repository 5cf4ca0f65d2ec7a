import {
  objectOf,
  optional,
  type OptionReaders,
  refuseOption,
} from '../../../contract/options/option-readers.js';
import type { JwtTokenVerifierOptions } from '../options/jwt-token-verifier.options.js';
import { readAudience, textsLike } from './preset.readers.js';

/** What {@link githubActions} is told. @publicApi */
export interface GithubActionsSettings {
  /** What workflows ask for: `core.getIDToken('https://api.example.com')`. */
  readonly audience: string | readonly string[];
  /** Repositories whose workflows may call: `'example/shop'`. Needed, unless there are `owners`. */
  readonly repositories?: string | readonly string[];
  /** Organizations or users, any of whose repositories may call. */
  readonly owners?: string | readonly string[];
}

const readSettings = objectOf({
  audience: readAudience,
  repositories: optional(
    textsLike(/^[\w.-]+\/[\w.-]+$/, "takes the names of repositories, such as 'example/shop'"),
  ),
  owners: optional(textsLike(/^[\w-]+$/, 'takes the names of organizations or users')),
} satisfies OptionReaders<GithubActionsSettings>);

/**
 * Tokens of workflows of GitHub Actions. A scope they have none; what the workflow is, is in
 * `token.claims` (`ref`, `environment`, `job_workflow_ref`).
 *
 * Refused are workflows of other repositories and owners. Names can be given up and taken by others:
 * where that matters, `check` can ask for `repository_id` beside.
 *
 * Source: https://docs.github.com/en/actions/reference/security/oidc
 *
 * @throws TypeError where a setting is wrong.
 * @publicApi
 */
export function githubActions(settings: GithubActionsSettings): JwtTokenVerifierOptions {
  const { audience, repositories, owners } = readSettings(settings, 'githubActions');
  if (repositories === undefined && owners === undefined) {
    refuseOption('githubActions: repositories', 'or owners is needed; anybody has workflows');
  }
  return {
    issuer: 'https://token.actions.githubusercontent.com',
    audience,
    algorithms: ['RS256'],
    typ: 'JWT',
    required: ['sub', 'repository', 'repository_owner', 'run_id'],
    claims: {
      ...(repositories && { repository: repositories }),
      ...(owners && { repository_owner: owners }),
    },
  };
}
