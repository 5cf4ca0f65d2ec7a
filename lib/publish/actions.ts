import type { CatalogueEntry } from '../catalogue/catalogue-entry.js';
import { contractRows as rows } from '../catalogue/contract-rows.js';

const CORRECT = 'Correct the request as the description says, then send it again.';
const TRY_LATER =
  'Try again later, after the seconds of Retry-After where the answer has it, and more slowly each time.';

/** What a caller can do, by status; a status that is not here is one of its class. */
const byStatus: Readonly<Record<number, string>> = {
  401: 'Get a new access token and send it as Authorization: Bearer; WWW-Authenticate says what was wrong with the last one.',
  402: 'Settle what is due, then send the request again.',
  403: 'Do not repeat the request as it is. Where WWW-Authenticate says insufficient_scope, ask for a token with the scopes that it names.',
  404: 'Check the path and the identifiers in it.',
  405: 'Use one of the methods that the Allow header lists.',
  406: 'Ask for another representation in Accept.',
  408: 'Send the request again, on a new connection.',
  409: 'Read the current state of the resource, resolve the conflict, then send the request again.',
  410: 'Stop asking for this resource and drop references to it.',
  411: 'Send the request with a Content-Length.',
  412: 'Read the current state of the resource, then send the request with its new validator.',
  413: 'Send a smaller body.',
  414: 'Send a shorter URL.',
  415: 'Send the body in a media type that the operation takes.',
  416: 'Ask for a range within the size that Content-Range names.',
  423: TRY_LATER,
  425: 'Send the request again once the TLS handshake is complete.',
  428: 'Make the request conditional, with If-Match for instance.',
  429: TRY_LATER,
  431: 'Send fewer or shorter header fields.',
  500: 'Report it with the X-Request-Id of the answer. Before repeating a request that changes something, check whether it took effect.',
  501: 'Do not repeat the request: the server does not have what it asks for.',
  502: TRY_LATER,
  503: TRY_LATER,
  504: TRY_LATER,
  507: TRY_LATER,
};

/** What the contract tells apart within one status. */
const byRow: Readonly<Record<string, string>> = {
  [key(rows.missingParameter)]: 'Send the parameter that the description names.',
  [key(rows.parameterLimitExceeded)]: 'Send a shorter value, or fewer of them.',
  [key(rows.parameterOutOfRange)]: 'Send a value within the range that the description names.',
  [key(rows.accessDenied)]: 'Ask whoever runs this API for access to the resource.',
  [key(rows.resourceLimitExceeded)]:
    'Free some of what counts towards the limit, or ask for a higher one.',
  [key(rows.resourceOutOfRange)]: 'Ask for what lies within the range of this resource.',
  [key(rows.alreadyExist)]:
    'Use the resource that exists, or send the request with another identity.',
};

/** What a caller can do about an error, from its status where the row says nothing closer. @internal */
export function actionFor(row: Pick<CatalogueEntry, 'status' | 'code'>): string {
  const { status } = row;
  return byRow[key(row)] ?? byStatus[status] ?? (status < 500 ? CORRECT : TRY_LATER);
}

function key({ status, code }: Pick<CatalogueEntry, 'status' | 'code'>): string {
  return `${status} ${code}`;
}
