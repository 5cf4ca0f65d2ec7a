import { once } from 'node:events';
import {
  type CanActivate,
  ForbiddenException,
  Injectable,
  ParseIntPipe,
  UseGuards,
} from '@nestjs/common';
import { MessageBody, SubscribeMessage, WebSocketGateway, WsException } from '@nestjs/websockets';
import { IoAdapter } from '@nestjs/platform-socket.io';
import { WsAdapter } from '@nestjs/platform-ws';
import { IsISBN } from 'class-validator';
import {
  BearerGuard,
  ConflictException,
  Public,
  RequireScopes,
  ResourceNotExistException,
  Throws,
  Token,
  type VerifiedToken,
} from 'nestjs-api-errors';
import { concat, Observable, of, throwError } from 'rxjs';
import { io, type Socket } from 'socket.io-client';
import { WebSocket } from 'ws';
import { rows, SECRET, unknown } from './rows.js';
import { type Running, start } from './support.js';

@Injectable()
export class ClosedGuard implements CanActivate {
  canActivate(): boolean {
    throw new ForbiddenException('The library is closed.');
  }
}

export class BookMessage {
  @IsISBN()
  isbn: string;
}

@WebSocketGateway()
export class BooksGateway {
  @SubscribeMessage('fail')
  fail(@MessageBody('row') row: number): void {
    throw rows[row]![2]();
  }

  @SubscribeMessage('undeclared')
  @Throws(ResourceNotExistException.for('BOOK'))
  undeclared(): void {
    throw new ConflictException();
  }

  @SubscribeMessage('unknown')
  unknown(@MessageBody('index') index: number): void {
    throw unknown[index];
  }

  @SubscribeMessage('rejected')
  @Throws(ResourceNotExistException.for('BOOK'))
  async rejected(): Promise<void> {
    throw new ResourceNotExistException('BOOK');
  }

  @SubscribeMessage('own')
  own(@MessageBody() body: { object?: boolean }): void {
    throw new WsException(body.object ? { code: 'OWN', hint: 'kept' } : 'In its own words.');
  }

  @SubscribeMessage('closed')
  @UseGuards(ClosedGuard)
  closed(): void {}

  @SubscribeMessage('add')
  add(@MessageBody() { isbn }: BookMessage): object {
    return { event: 'added', data: isbn };
  }

  @SubscribeMessage('page')
  page(@MessageBody('size', ParseIntPipe) size: number): object {
    return { event: 'page', data: size };
  }

  @SubscribeMessage('stream')
  stream(): Observable<object> {
    return concat(
      of({ event: 'part', data: 1 }),
      throwError(() => new Error(SECRET)),
    );
  }

  @SubscribeMessage('acknowledged')
  acknowledged(): Observable<string> {
    return concat(
      of('first'),
      throwError(() => new ResourceNotExistException('BOOK')),
    );
  }

  @SubscribeMessage('fine')
  fine(): object {
    return { event: 'fine', data: 'yes' };
  }

  @SubscribeMessage('echo')
  echo(@MessageBody() body: unknown): unknown {
    return body === undefined ? 'nothing' : typeof body;
  }

  @SubscribeMessage('mine')
  @UseGuards(BearerGuard)
  @RequireScopes('books.read')
  mine(@Token() token: VerifiedToken): object {
    return { event: 'mine', data: token.subject };
  }

  @SubscribeMessage('write')
  @UseGuards(BearerGuard)
  @RequireScopes('books.write')
  write(): void {}

  @Public()
  @SubscribeMessage('open')
  open(): object {
    return { event: 'opened', data: true };
  }
}

export type Kind = 'socket.io' | 'ws';

export function startGateway(kind: Kind, options = {}, gateway = BooksGateway): Promise<Running> {
  return start({ providers: [gateway, ClosedGuard], options }, 'express', (app) => {
    app.useWebSocketAdapter(kind === 'ws' ? new WsAdapter(app) : new IoAdapter(app));
  });
}

/** A client of either protocol. */
export interface Client {
  /** Sends a message, and resolves with the next event that comes. */
  ask(event: string, data?: unknown): Promise<{ event: string; data: Record<string, unknown> }>;
  close(): void;
}

export async function connectWs(
  url: string,
  headers: Record<string, string> = {},
): Promise<Client & { socket: WebSocket }> {
  const socket = new WebSocket(url.replace('http', 'ws'), { headers });
  await once(socket, 'open');
  const next = async () => {
    const [data] = (await once(socket, 'message', { signal: AbortSignal.timeout(5000) })) as [
      Buffer,
    ];
    return JSON.parse(data.toString()) as { event: string; data: Record<string, unknown> };
  };
  return {
    socket,
    ask(event, data) {
      const answer = next();
      socket.send(JSON.stringify({ event, data }));
      return answer;
    },
    close: () => socket.close(),
  };
}

export async function connectIo(
  url: string,
  options: { auth?: object; headers?: Record<string, string> } = {},
): Promise<Client & { socket: Socket }> {
  const { headers, ...rest } = options;
  const socket = io(url, {
    forceNew: true,
    reconnection: false,
    ...(headers && { extraHeaders: headers }),
    ...rest,
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', reject);
  });
  return {
    socket,
    ask(event, data) {
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error(`nothing came for ${event}`)), 5000);
        const listener = (name: string, received: Record<string, unknown>) => {
          clearTimeout(timer);
          socket.offAny(listener);
          resolve({ event: name, data: received });
        };
        socket.onAny(listener);
        socket.emit(event, data);
      });
    },
    close: () => socket.disconnect(),
  };
}

/** A client of a kind, with credentials in the header that both have. */
export function connect(kind: Kind, url: string, token?: string): Promise<Client> {
  const headers: Record<string, string> =
    token === undefined ? {} : { authorization: `Bearer ${token}` };
  return kind === 'ws' ? connectWs(url, headers) : connectIo(url, { headers });
}
