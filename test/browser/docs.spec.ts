import type { Browser, Locator, Page } from 'playwright-core';
import { type RunningBookshelf, runBookshelf } from '../sample/support/running-bookshelf.js';
import { describeInBrowser, launchChromium, viewports } from './chromium.js';

describeInBrowser('Swagger UI of the sample', () => {
  let shelf: RunningBookshelf;
  let browser: Browser;

  beforeAll(async () => {
    shelf = await runBookshelf({});
    browser = await launchChromium();
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    await shelf.app.close();
  });

  it.each(viewports)(
    'authorises, tries a bad parameter and sees why (%s)',
    async (device, viewport) => {
      const page = await browser.newPage({ viewport });
      await page.goto(`${shelf.config.url}/docs`);
      await authorize(page, ['books.read']);

      const operation = page.locator('.opblock', { hasText: '/books/{isbn}' }).first();
      await operation.locator('.opblock-summary-control').click();
      await operation.getByRole('button', { name: 'Try it out' }).click();
      await operation.getByPlaceholder('isbn').fill('not-an-isbn');
      await operation.getByRole('button', { name: 'Execute' }).click();

      const live = operation.locator('.live-responses-table');
      await live.waitFor();
      expect(await live.locator('.response-col_status').last().innerText()).toMatch(/^400/);
      expect(JSON.parse(await live.locator('pre code.language-json').first().innerText())).toEqual({
        code: 'INVALID_PARAMETER',
        description: expect.stringContaining('isbn'),
      });
      await screenshot(page, live, `docs-${device}`);
      expect(await documented(operation)).toEqual(
        expect.arrayContaining(['400', '401', '403', '404', '410', '500', '503']),
      );
      await page.close();
    },
  );

  it('names the codes of each response', async () => {
    const page = await browser.newPage();
    await page.goto(`${shelf.config.url}/docs`);
    const operation = page.locator('.opblock', { hasText: '/books/{isbn}' }).first();
    await operation.locator('.opblock-summary-control').click();
    const response = operation.locator('tr.response[data-code="404"]');
    expect(await response.innerText()).toContain('BOOK_NOT_EXIST');
    await page.close();
  });

  it('is given every scope that is offered', async () => {
    const page = await browser.newPage();
    await page.goto(`${shelf.config.url}/docs`);
    await page.locator('.auth-wrapper .btn.authorize').click();
    const dialog = page.locator('.modal-ux');
    await dialog.getByText('select all', { exact: true }).click();
    await dialog.getByRole('button', { name: 'Apply given OAuth2 credentials' }).click();
    await dialog.getByRole('button', { name: 'Remove authorization' }).waitFor();
    expect(await dialog.innerText()).not.toContain('invalid_scope');
    await page.close();
  });

  it('is told that a token lacks a scope', async () => {
    const page = await browser.newPage();
    await page.goto(`${shelf.config.url}/docs`);
    await authorize(page, ['loans.read']);
    const operation = page.locator('.opblock', { hasText: '/books/{isbn}' }).first();
    await operation.locator('.opblock-summary-control').click();
    await operation.getByRole('button', { name: 'Try it out' }).click();
    await operation.getByPlaceholder('isbn').fill('9780131103627');
    await operation.getByRole('button', { name: 'Execute' }).click();
    const live = operation.locator('.live-responses-table');
    await live.waitFor();
    expect(await live.innerText()).toMatch(/error="insufficient_scope"[^]*scope="books\.read"/);
    await page.close();
  });
});

/** The Authorize dialog, with the client that it is filled in with. */
async function authorize(page: Page, scopes: readonly string[]): Promise<void> {
  await page.locator('.auth-wrapper .btn.authorize').click();
  const dialog = page.locator('.modal-ux');
  for (const scope of scopes) {
    await dialog.locator('.scopes label', { hasText: scope }).first().click();
  }
  await dialog.getByRole('button', { name: 'Apply given OAuth2 credentials' }).click();
  await dialog.getByRole('button', { name: 'Remove authorization' }).waitFor();
  // Each scheme has one: that of proofs cannot be tried here
  await dialog.locator('.btn-done').first().click();
}

function documented(operation: Locator): Promise<string[]> {
  return operation
    .locator('tr.response')
    .evaluateAll((rows) => rows.map((row) => row.getAttribute('data-code') ?? ''));
}

/** For whoever wants to see it: SCREENSHOTS names a folder. */
async function screenshot(page: Page, part: Locator, name: string): Promise<void> {
  const folder = process.env['SCREENSHOTS'];
  if (folder) {
    await part.scrollIntoViewIfNeeded();
    await page.screenshot({ path: `${folder}/${name}.png` });
  }
}
