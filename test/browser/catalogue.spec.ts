import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { type RunningBookshelf, runBookshelf } from '../sample/support/running-bookshelf.js';
import { addAxe, axeViolations } from './axe.js';
import { describeInBrowser, launchChromium, viewports } from './chromium.js';

const schemes = ['light', 'dark'] as const;

describeInBrowser('the catalogue page of the sample', () => {
  let shelf: RunningBookshelf;
  let browser: Browser;
  const problems: string[] = [];

  beforeAll(async () => {
    shelf = await runBookshelf({});
    browser = await launchChromium();
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    await shelf.app.close();
  });
  afterEach(() => {
    const found = problems.splice(0);
    if (found.length > 0) {
      throw new Error(found.join('\n'));
    }
  });

  async function open(options: BrowserContextOptions, hash = ''): Promise<Page> {
    const context = await browser.newContext(options);
    const page = await context.newPage();
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') {
        problems.push(message.text());
      }
    });
    page.on('request', (request) => {
      if (!request.url().startsWith(`${shelf.config.url}/errors`)) {
        problems.push(`asks for ${request.url()}`);
      }
    });
    await addAxe(page);
    await page.goto(`${shelf.config.url}/errors${hash}`);
    return page;
  }

  const isInView = (page: Page, id: string) =>
    page.locator(`[id="${id}"]`).evaluate((element) => {
      const { top } = element.getBoundingClientRect();
      return top >= 0 && top < innerHeight;
    });

  describe.each(viewports)('on a %s', (device, viewport) => {
    // One error stands out
    it.each(schemes)('has nothing that axe objects to (%s)', async (scheme) => {
      const page = await open({ viewport, colorScheme: scheme }, '#BOOK_NOT_EXIST-404');
      expect(await axeViolations(page)).toEqual([]);
      await screenshot(page, `${device}-${scheme}`);
      await page.context().close();
    });

    it('fits, without scrolling sideways', async () => {
      const page = await open({ viewport });
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(width).toBeLessThanOrEqual(viewport.width);
      await page.context().close();
    });

    it('has an anchor for each code, that leads to it', async () => {
      const page = await open({ viewport });
      await page.locator('article', { hasText: 'BOOK_NOT_EXIST' }).locator('h3 a').click();
      expect(new URL(page.url()).hash).toBe('#BOOK_NOT_EXIST-404');
      expect(await isInView(page, 'BOOK_NOT_EXIST-404')).toBe(true);
      await screenshot(page, `${device}-anchor`);
      await page.context().close();
    });
  });

  it('tells two statuses of one code apart', async () => {
    const page = await open({}, '#LIMIT_EXCEEDED-403');
    expect(await isInView(page, 'LIMIT_EXCEEDED-403')).toBe(true);
    const texts = await page.locator('[id^="LIMIT_EXCEEDED-"]').allInnerTexts();
    expect(texts.map((text) => text.slice(0, 3))).toEqual(['400', '403']);
    const ids = await page.locator('[id]').evaluateAll((all) => all.map(({ id }) => id));
    expect(new Set(ids).size).toBe(ids.length);
    await page.context().close();
  });

  it('leads to an error by its code alone', async () => {
    const page = await open({}, '#BOOK_NOT_EXIST');
    expect(await isInView(page, 'BOOK_NOT_EXIST')).toBe(true);
    await page.context().close();
  });

  it('shows status, description, what to do and who answers it', async () => {
    const page = await open({});
    const text = await page.locator('[id="BOOK_NOT_EXIST-404"]').innerText();
    expect(text).toMatch(/^404\s+BOOK_NOT_EXIST\s+The requested resource does not exist\./);
    expect(text).toContain('GET /books/{isbn}');
    await page.context().close();
  });

  it('finds what is searched for, and shows all where the search is cleared', async () => {
    const page = await open({});
    const shown = () => page.locator('article:visible').count();
    const all = await shown();
    await page.getByLabel('Search').fill('book exist 404');
    expect(await page.locator('article:visible h3').allInnerTexts()).toEqual([
      expect.stringMatching(/404\s+BOOK_NOT_EXIST/),
    ]);
    expect(await page.locator('output').innerText()).toBe('1 error found');
    expect(await page.locator('section:visible').count()).toBe(1);
    await page.getByLabel('Search').fill('');
    expect(await shown()).toBe(all);
    await page.context().close();
  });

  it('finds what an error is before who answers it', async () => {
    const page = await open({});
    const codes = async (text: string) => {
      await page.getByLabel('Search').fill(text);
      return page.locator('article:visible h3 code').allInnerTexts();
    };
    expect(await codes('loan')).toContain('LOAN_NOT_EXIST');
    expect(
      (await codes('loan')).every((code) => !['BAD_REQUEST', 'NOT_FOUND'].includes(code)),
    ).toBe(true);
    expect(await codes('post /loans')).toContain('BAD_REQUEST');
    await page.context().close();
  });

  it('folds what no operation declares, and opens it for who looks for it', async () => {
    const page = await open({});
    const teapot = page.locator('[id="I_AM_A_TEAPOT-418"]');
    const isOpen = () =>
      page.locator('details.others').evaluate((element) => element.matches('[open]'));
    expect(await isOpen()).toBe(false);
    expect(await page.locator('details.others > summary').innerText()).toMatch(/^\d+ more/);
    await page.getByLabel('Search').fill('teapot');
    expect(await teapot.isVisible()).toBe(true);
    await page.getByLabel('Search').fill('');
    expect(await isOpen()).toBe(false);
    await page.context().close();
    const linked = await open({}, '#I_AM_A_TEAPOT-418');
    expect(await isInView(linked, 'I_AM_A_TEAPOT-418')).toBe(true);
    await linked.context().close();
  });

  it('is whole without a script, and offers no search then', async () => {
    const page = await open({ javaScriptEnabled: false });
    expect(await page.locator('article').count()).toBeGreaterThan(40);
    expect(await page.getByLabel('Search').isVisible()).toBe(false);
    await page.context().close();
  });

  it('is dark where the reader wants it so', async () => {
    const background = async (colorScheme: 'light' | 'dark') => {
      const page = await open({ colorScheme });
      const color = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      await page.context().close();
      return color;
    };
    expect(await background('light')).toBe('rgb(255, 255, 255)');
    expect(await background('dark')).toBe('rgb(20, 23, 28)');
  });

  it('leads to the same as JSON and as Markdown', async () => {
    const page = await open({});
    for (const name of ['JSON', 'Markdown']) {
      const href = await page.getByRole('link', { name, exact: true }).getAttribute('href');
      const response = await fetch(new URL(href!, page.url()));
      expect(await response.text()).toContain('BOOK_NOT_EXIST');
    }
    await page.context().close();
  });
});

/** For whoever wants to see it: SCREENSHOTS names a folder. */
async function screenshot(page: Page, name: string): Promise<void> {
  const folder = process.env['SCREENSHOTS'];
  if (folder) {
    await page.screenshot({ path: `${folder}/catalogue-${name}.png` });
  }
}
