import { Controller, Get, Header, HttpException, Param, Res, UseGuards } from '@nestjs/common';
import { ErrorsModule } from 'nestjs-api-errors';
import { platforms, type RunningApp, startApp } from '../support/platforms.js';

/*
 * What an application says in headers of every answer holds for errors too, unless it speaks of the
 * answer that was not given.
 */

interface AnyResponse {
  header(name: string, value: string): void;
}

class ChallengingGuard {
  canActivate(context: { switchToHttp(): { getResponse(): AnyResponse } }): boolean {
    context.switchToHttp().getResponse().header('WWW-Authenticate', 'Basic realm="shop"');
    return true;
  }
}

const never = () => {
  throw new HttpException('No.', 404);
};

@Controller()
class HeadersController {
  @Get('cache/:value') cache(
    @Param('value') value: string,
    @Res({ passthrough: true }) response: AnyResponse,
  ) {
    response.header('Cache-Control', value);
    never();
  }
  @Get('expires/:value') expires(
    @Param('value') value: string,
    @Res({ passthrough: true }) response: AnyResponse,
  ) {
    response.header('Expires', value);
    never();
  }
  @Header('ETag', '"1"')
  @Header('Last-Modified', 'Mon, 23 Nov 2026 00:00:00 GMT')
  @Header('Vary', 'Accept')
  @Get('validators')
  validators() {
    never();
  }
  @UseGuards(ChallengingGuard)
  @Get('challenge/:status')
  challenge(@Param('status') status: string) {
    throw new HttpException('No.', Number(status));
  }
}

describe.each(platforms)('on %s', (platform) => {
  let running: RunningApp;
  beforeAll(async () => {
    running = await startApp(platform, {
      imports: [ErrorsModule],
      controllers: [HeadersController],
    });
  });
  afterAll(() => running.close());

  const headersOf = async (path: string) => (await fetch(`${running.url}/${path}`)).headers;

  it.each([
    'no-store',
    'no-cache',
    'private',
    'private, no-cache',
    'no-cache, no-store, must-revalidate, max-age=0',
    'private, max-age=0, s-maxage=0',
  ])('Cache-Control: %s stays', async (value) => {
    const headers = await headersOf(`cache/${encodeURIComponent(value)}`);
    expect(headers.get('cache-control')).toBe(value);
  });

  it.each([
    'public',
    'public, max-age=31536000, immutable',
    'max-age=60',
    'private, max-age=60',
    's-maxage=10',
    'no-cache, stale-if-error=60',
    'no-transform',
  ])('Cache-Control: %s was said of another answer', async (value) => {
    const headers = await headersOf(`cache/${encodeURIComponent(value)}`);
    expect(headers.get('cache-control')).toBeNull();
  });

  it.each([
    ['0', true],
    ['-1', true],
    ['Thu, 01 Jan 1970 00:00:00 GMT', true],
    [new Date(Date.now() + 3_600_000).toUTCString(), false],
  ])('Expires: %s: %s', async (value, stays) => {
    const headers = await headersOf(`expires/${encodeURIComponent(value)}`);
    expect(headers.get('expires')).toBe(stays ? value : null);
  });

  it('what identifies the other answer goes, what it varies by stays', async () => {
    const headers = await headersOf('validators');
    expect(headers.get('last-modified')).toBeNull();
    expect(headers.get('etag')).not.toBe('"1"');
    expect(headers.get('vary')).toContain('Accept');
  });

  it.each([
    [400, 'Basic realm="shop"'],
    [401, 'Basic realm="shop"'],
    [403, 'Basic realm="shop"'],
    [404, null],
    [500, null],
  ])("a %d has the challenge of the application's guard: %s", async (status, challenge) => {
    const headers = await headersOf(`challenge/${status}`);
    expect(headers.get('www-authenticate')).toBe(challenge);
  });
});
