import { Inject, Injectable, Module } from '@nestjs/common';
import {
  ErrorsModule,
  InvalidTokenException,
  type TokenVerifier,
  type VerifiedToken,
  verifiedToken,
} from 'nestjs-api-errors';

@Injectable()
export class SessionStore {
  readonly sessions = new Map([['reader', { sub: 'ada', scope: 'books.read' }]]);
}

@Module({ providers: [SessionStore], exports: [SessionStore] })
export class SessionsModule {}

@Injectable()
export class Sessions implements TokenVerifier {
  constructor(@Inject(SessionStore) private readonly store: SessionStore) {}

  verify(token: string): VerifiedToken {
    const claims = this.store.sessions.get(token);
    if (!claims) {
      throw new InvalidTokenException();
    }
    return verifiedToken(claims);
  }
}

export const errors = ErrorsModule.forRoot({
  imports: [SessionsModule],
  bearer: { realm: 'bookshelf', verifier: Sessions, global: true },
});

import { BooksController } from './bearer.js';

@Module({ imports: [errors, SessionsModule], controllers: [BooksController] })
export class GuardedModule {
  constructor(@Inject(SessionStore) store: SessionStore) {
    store.sessions.set('visitor', { sub: 'bob', scope: 'greeting' });
  }
}
