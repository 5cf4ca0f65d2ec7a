import type { ClientMetadata } from 'oidc-provider';
import { SCOPES } from './scopes.js';

/**
 * Who may ask for tokens, with client credentials alone. Members are clients of their own, so that
 * a token's `sub` is the member. The secrets are for a sample on your own machine.
 */
export const clients = {
  reader: client('bookshelf-reader', 'books.read'),
  librarian: client('bookshelf-librarian', 'books.read books.write loans.read members.read'),
  /** Has not the librarian's strong login. */
  assistant: client('bookshelf-assistant', 'books.read books.write'),
  /** Its tokens are bound to a key of its own (RFC 9449). */
  kiosk: { ...client('bookshelf-kiosk', 'books.read'), dpop_bound_access_tokens: true },
  operator: client('bookshelf-operator', 'maintenance.write'),
  /** Swagger UI, which offers every scope. */
  explorer: client('bookshelf-explorer', Object.keys(SCOPES).join(' ')),
  ada: client('ada', 'books.read loans.read loans.write'),
  bob: client('bob', 'books.read loans.read loans.write'),
  carol: client('carol', 'books.read loans.read loans.write'),
} as const;

/** How a client's person logged in (`acr`); the others by password. */
export const strongLogins: ReadonlySet<string> = new Set([
  clients.librarian.client_id,
  clients.explorer.client_id,
]);

export type BookshelfClient = ReturnType<typeof client>;

function client(client_id: string, scope: string) {
  return {
    client_id,
    client_secret: `${client_id}-secret`,
    scope,
    grant_types: ['client_credentials'],
    redirect_uris: [],
    response_types: [],
  } satisfies ClientMetadata;
}
