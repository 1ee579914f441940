'use strict';
/* review.js DAU FOLDER DATABASE: drives the review page in Chromium by keyboard, as a person would. Prints one line a
 * failed check and the count at the end; pictures of the page go to FOLDER. */
const {chromium} = require('playwright-core');
const {spawn, execFileSync} = require('child_process');
const [dau, folder, database] = process.argv.slice(2);

let passed = 0, failed = 0;
function check(ok, what) {
  if (ok) passed++;
  else {
    failed++;
    console.log('review.js: ' + what);
  }
}

function serve() {
  const server = spawn(dau, ['review', '-d', database, '--who', 'tester'], {stdio: ['ignore', 'pipe', 'ignore']});
  return new Promise(done => server.stdout.once('data', d => done({server, url: String(d).trim()})));
}
const said = () => execFileSync(dau, ['corrections', 'list', '-q', '-d', database], {encoding: 'utf8'}).trim().split('\n').filter(Boolean).map(l => l.split('\t'));
const list = () => JSON.parse(execFileSync(dau, ['export', '-d', database, '--format', 'json'], {encoding: 'utf8'}));

const left = page => page.$eval('#left', e => Number(e.textContent.match(/\d+/)[0]));
const where = page => page.evaluate(() => location.hash);

/* Does it and waits until the change was answered, or another row is shown. */
async function after(page, act) {
  const state = () => (document.body.dataset.acts || 0) + location.hash;
  const before = await page.evaluate(state);
  await act();
  await page.waitForFunction(b => (document.body.dataset.acts || 0) + location.hash !== b && !document.getElementById('ask').open, before, {timeout: 15000});
  await page.waitForTimeout(60);
}

async function open(browser, url, options) {
  const context = await browser.newContext({viewport: {width: 1366, height: 768}, locale: 'en-US', ...options});
  const page = await context.newPage();
  page.on('pageerror', e => check(false, 'an error on the page: ' + e.message));
  page.on('dialog', d => { check(false, 'a script ran: ' + d.message()); d.dismiss(); });
  await page.goto(url);
  await page.waitForFunction(() => location.hash.length > 1, null, {timeout: 15000});
  await page.waitForTimeout(200);
  return page;
}

async function pictured(page, name) {
  await page.waitForFunction(() => [...document.images].every(i => i.hidden || i.complete), null, {timeout: 20000}).catch(() => {});
  await page.screenshot({path: `${folder}/${name}.png`});
}

/* One thing of each kind, then Enter to the end. */
async function whole_queue(page) {
  const all = await left(page), k = page.keyboard;
  check(all > 20, `only ${all} rows to look at`);
  for (const key of ['Alt+s', '?']) {
    await k.press(key);
    await page.waitForSelector('#ask[open]');
    await accessible(page, 'the dialog of ' + key);
    await k.press('Escape');
  }

  await page.evaluate(() => document.getElementById('card').focus());
  const before = said().length;
  await k.type('xuan dieu kzy'); /* a name holds the letters of commands */
  check(await page.evaluate(() => document.activeElement.value) === 'xuan dieu kzy', 'typing on the card does not start the name');
  check(said().length === before && await left(page) === all, 'a name that was typed gave verdicts');
  await k.press('Control+A');
  await k.type('nguyen trai');
  await page.waitForSelector('[role=option]', {timeout: 5000});
  await k.press('ArrowDown');
  await k.press('Enter');
  const name = await page.evaluate(() => document.activeElement.value);
  check(name === 'Nguyễn Trãi', `completion gave '${name}'`);
  await after(page, () => k.press('Enter'));
  check(await left(page) === all - 1, 'Enter in a field does not accept');
  check(said().some(c => c[6] === 'Nguyễn Trãi'), 'the typed name is not in the database');

  const other = await page.$eval('fieldset.active .others button', b => b.firstChild.data).catch(() => null);
  if (other) {
    await k.press('1');
    await after(page, () => k.press('Enter'));
    check(said().some(c => c[6] === other), 'the alternative was not taken');
  }
  await after(page, () => k.press('Alt+u'));
  await after(page, () => k.press('Alt+x'));
  check(said().some(c => c[3] === 'unreadable') && said().some(c => c[3] === 'not-a-pairing'), 'U or X did nothing');

  const rows = list().length;
  await k.press('Alt+s');
  await k.press('Tab');
  await k.type('Hoa Mai');
  await k.press('Tab');
  await k.type('Hoa Sen');
  await after(page, () => k.press('Enter'));
  check(list().length === rows + 1, 'a split gave no row');
  await k.press('Alt+m');
  await page.waitForFunction(() => document.getElementById('ask').open);
  await after(page, () => k.press('Enter'));
  check(list().length === rows, 'a merge took no row away');
  await k.press('Alt+a');
  await k.press('ArrowDown');
  await k.press('Shift+ArrowDown');
  await k.press('Enter');
  await k.type('<img src=x onerror=alert(1)>');
  await k.press('Tab');
  await k.type('Kim Đồng');
  await after(page, () => k.press('Enter'));
  check(list().some(r => r.school === '<img src=x onerror=alert(1)>'), 'the added row is not in the list');
  check(await page.$eval('#school', e => e.value) === '<img src=x onerror=alert(1)>', 'a script in a name is not shown as text');

  const at = () => page.$eval('#accept', e => Math.round(e.getBoundingClientRect().top)), top = await at();
  let moved = 0;
  for (let i = 0; i < 100 && await left(page) > 0; i++, moved += await page.$('#card:not([hidden])') && await at() !== top ? 1 : 0) await after(page, () => k.press(i === 2 ? 'Alt+j' : 'Enter'));
  await page.waitForSelector('#nothing:not([hidden])', {timeout: 5000}).catch(() => {});
  if (await page.$('#card:not([hidden])')) await k.press('Alt+j');
  check(await left(page) === 0, 'the queue does not end');
  check(moved === 0, `the buttons moved ${moved} times`);
}

async function undo_redo(page) {
  const k = page.keyboard, before = JSON.stringify(list());
  for (let i = 0; i < 12; i++) await after(page, () => k.press('Control+z'));
  check(await left(page) > 5, 'undo brings nothing back');
  check(/^Taken back: .* – /.test(await page.textContent('#live')), 'undo does not say what it took back');
  check(JSON.stringify(list()) !== before || said().filter(c => c[3] === 'undo').length === 12, 'undo changed nothing');
  for (let i = 0; i < 12; i++) await after(page, () => k.press(i % 2 ? 'Control+Shift+z' : 'Control+y'));
  check(JSON.stringify(list()) === before, 'undo and redo do not end where they began');
  for (let i = 0; i < 6; i++) await after(page, () => k.press('Control+z'));
}

async function two_tabs(browser, url, page) {
  const id = (await where(page)).slice(1);
  const other = await open(browser, url + '#' + id);
  for (const [p, name] of [[page, 'Một'], [other, 'Hai']]) {
    await p.keyboard.press('Escape');
    await p.evaluate(() => document.getElementById('card').focus());
    await p.keyboard.press('e');
    await p.keyboard.press('Control+A');
    await p.keyboard.type(name);
    await p.keyboard.press('Escape');
    await p.keyboard.press('Escape');
  }
  await after(page, () => page.keyboard.press('Enter'));
  await other.keyboard.press('Enter');
  await other.waitForSelector('#conflict:not([hidden])', {timeout: 5000});
  check((await other.textContent('#conflict-text')).includes('Một'), 'the conflict does not say what stands there');
  check(!list().some(r => r.school === 'Hai' || r.partner === 'Hai'), 'the second tab wrote over the first');
  await accessible(other, 'a conflict');
  await pictured(other, 'conflict');
  await other.keyboard.press('Tab');
  await after(other, () => other.keyboard.press('Enter'));
  check(list().some(r => r.school === 'Hai' || r.partner === 'Hai'), "'keep what I typed' did not keep it");
  await other.context().close();
}

async function killed(server, page) {
  let confirmed = 0;
  await page.reload();
  await page.waitForTimeout(500);
  for (let i = 0; i < 3 && await left(page) > 0; i++) {
    await after(page, () => page.keyboard.press('Enter'));
    confirmed++;
  }
  const before = said().length;
  server.kill('SIGKILL');
  await new Promise(done => server.once('exit', done));
  await page.keyboard.press('Control+z');
  await page.waitForFunction(() => document.getElementById('live').textContent.includes('does not answer'), null, {timeout: 5000})
    .then(() => check(true, ''), () => check(false, 'nothing says that the server is gone'));
  check(confirmed > 0 && said().length === before, 'a confirmed change was lost');
}

/* The rules of WCAG 2 that a program can check (axe-core), where it is installed. */
let axe = null;
try {
  axe = require('fs').readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
} catch (e) { /* without it */ }

async function accessible(page, what) {
  if (!axe) return;
  await page.evaluate(axe);
  for (const v of (await page.evaluate('axe.run()')).violations) check(false, `${what}: ${v.id}: ${v.help}: ${v.nodes[0].html}`);
  check(true, '');
}

/* Every control has a name, the document a language, changes a live region. */
async function readable(page) {
  const unnamed = await page.evaluate(() => [...document.querySelectorAll('main button, header button, main input, main select')]
    .filter(e => e.offsetParent && !e.closest('[hidden]'))
    .filter(e => !(e.textContent.trim() || e.getAttribute('aria-label') || (e.labels && e.labels.length && e.labels[0].textContent.trim()))).map(e => e.id));
  check(!unnamed.length, 'controls without a name: ' + unnamed);
  check(await page.$('[role=status][aria-live=polite]'), 'no live region');
}

/* The first line of the answer to a request with these lines of Host, from an address of this machine. */
function raw(url, hosts, from) {
  const {port, pathname} = new URL(url);
  return new Promise(done => {
    const s = require('net').connect({port: Number(port), host: '127.0.0.1', localAddress: from});
    s.setTimeout(5000, () => { s.destroy(); done('nothing'); });
    s.on('error', () => done('nothing'));
    s.on('data', d => { s.destroy(); done(String(d).split('\r\n')[0]); });
    s.write(`GET ${pathname}queue HTTP/1.1\r\n${hosts.map(h => `Host: ${h}\r\n`).join('')}Connection: close\r\n\r\n`);
  });
}

async function hostile(url) {
  const own = new URL(url).host, net = require('net');
  check((await raw(url, [own], '127.0.0.1')).includes(' 200 '), 'one Host is refused');
  for (const hosts of [[own, 'evil.example'], ['evil.example', own], [own, own]])
    check((await raw(url, hosts, '127.0.0.1')).includes(' 403 '), 'served with the hosts ' + hosts);
  const held = Array.from({length: 60}, () => net.connect({port: Number(new URL(url).port), host: '127.0.0.1'}).on('error', () => {}));
  await new Promise(done => setTimeout(done, 300));
  check((await raw(url, [own], '127.0.0.2')).includes(' 200 '), 'one address shuts the others out');
  held.forEach(s => s.destroy());
}

async function main() {
  const browser = await chromium.launch({executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: ['--no-sandbox']});
  let {server, url} = await serve();
  try {
    await hostile(url);
    for (const [name, viewport, locale] of [['wide', {width: 1920, height: 1080}, 'en-US'], ['laptop', {width: 1366, height: 768}, 'vi-VN'],
      ['laptop-en', {width: 1366, height: 768}, 'en-US'], ['phone', {width: 390, height: 844}, 'vi-VN']]) {
      const page = await open(browser, url, {viewport, locale});
      check(await page.evaluate(() => document.documentElement.lang) === locale.slice(0, 2), 'not the language of the browser');
      check(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), name + ': wider than the window');
      if (name !== 'phone')
        check(await page.evaluate(() => new Set([...document.querySelectorAll('#form > .acts button')]
          .filter(b => b.offsetParent).map(b => b.offsetTop)).size) === 1, name + ': the buttons are not in one line');
      await readable(page);
      await accessible(page, name);
      await pictured(page, name);
      await page.context().close();
    }
    const page = await open(browser, url);
    await whole_queue(page);
    await pictured(page, 'finished');
    await undo_redo(page);
    await two_tabs(browser, url, page);
    await killed(server, page);
    ({server, url} = await serve());
    const again = await open(browser, url);
    check(await left(again) >= 0, 'the page does not open again');
  } catch (e) {
    check(false, e.stack);
  }
  server.kill();
  await browser.close();
  console.log(`review.js: ${passed} passed, ${failed} failed, 0 skipped`);
  process.exit(failed ? 1 : 0);
}
main();
