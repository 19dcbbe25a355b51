// Drives the documentation page in a real browser: Authorize logs a demo account in, and a call is made with its token.
// node docs-page.mjs API_URL ACCOUNT PASSWORD SCREENSHOT; the browser is the one at CHROMIUM.
import { chromium } from 'playwright-core';

const [api, account, password, screenshot] = process.argv.slice(2);
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
let failed = 0;
const check = (name, holds, seen) => {
  if (!holds) failed++;
  console.log(`${holds ? 'ok' : 'not ok'} - ${name}${holds ? '' : `: ${seen}`}`);
  return holds;
};

let passed = 0;
const steps = [];
try {
  const context = await browser.newContext({ viewport: { width: 1200, height: 900 }, locale: 'id-ID' });
  const page = await context.newPage();
  const errors = [];
  page.on('pageerror', (error) => errors.push(error.message));
  await page.goto(`${api}/docs/`);
  await page.waitForSelector('.opblock');
  steps.push(['the page shows the operations', (await page.locator('.opblock').count()) > 20, await page.locator('.opblock').count()]);

  await page.click('button.authorize');
  const [login] = await Promise.all([
    context.waitForEvent('page'),
    page.locator('.auth-container', { hasText: 'authorizationCode' }).locator('.authorize').click(),
  ]);
  await login.waitForSelector('input[type=password]');
  steps.push(['the login page is in Indonesian', (await login.getAttribute('html', 'lang')) === 'id', await login.getAttribute('html', 'lang')]);
  await login.fill('input[autocomplete=username]', account);
  await login.fill('input[type=password]', 'not the password');
  await login.click('button');
  steps.push(['a wrong password is refused aloud', (await login.textContent('[role=alert]')).trim() !== '', '']);
  await login.fill('input[autocomplete=username]', account);
  await login.fill('input[type=password]', password);
  await login.click('button');
  await page.locator('.auth-container', { hasText: 'authorizationCode' }).locator('button', { hasText: 'Logout' }).waitFor();
  await page.locator('.btn-done').first().click();

  const me = page.locator('#operations-Me-GetMe');
  await me.locator('.opblock-summary-control').click();
  await me.locator('.execute').click();
  const answer = JSON.parse(await me.locator('.live-responses-table .response-col_description pre').first().textContent());
  steps.push(['the call is made as the account that logged in', answer.subject === account, JSON.stringify(answer)]);
  steps.push(['no script of the page failed', errors.length === 0, errors.join('; ')]);
  if (screenshot) await page.screenshot({ path: screenshot });
} catch (error) {
  steps.push(['the page can be driven to its end', false, error.message]);
} finally {
  await browser.close();
}
for (const step of steps) if (check(...step)) passed++;
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
