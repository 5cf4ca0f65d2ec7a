import { clients } from './auth/clients.js';
import type { Issuer } from './auth/issuer.js';
import type { Config } from './config.js';

/** What the operator sees at start-up: where everything is, and two lines to paste into a shell. */
export function greeting({ url, audience }: Config, issuer: Issuer): string {
  return [
    '',
    `  API         ${url}`,
    `  Swagger UI  ${url}/docs`,
    `  Errors      ${url}/errors`,
    `  Issuer      ${issuer.url}`,
    '',
    'Get a token, and use it:',
    '',
    tokenCommand(issuer, audience),
    `curl -i -H "Authorization: Bearer $TOKEN" ${url}/books/9780131103627`,
    '',
  ].join('\n');
}

/** Clients of an issuer elsewhere are not ours to know. */
function tokenCommand(issuer: Issuer, audience: string): string {
  const { client_id, client_secret } = clients.librarian;
  const credentials = issuer.ours ? `${client_id}:${client_secret}` : '"$CLIENT_ID:$CLIENT_SECRET"';
  return [
    `TOKEN=$(curl -s -u ${credentials} -d grant_type=client_credentials`,
    `--data-urlencode 'scope=books.read books.write' --data-urlencode 'resource=${audience}'`,
    `${issuer.tokenEndpoint} | node -p 'JSON.parse(fs.readFileSync(0)).access_token')`,
  ].join(' ');
}
