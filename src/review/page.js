'use strict';
/* The page asks the server for one row at a time and sends one form a change; it keeps nothing that is not on the
 * screen. A letter starts the name, and a command is Alt with a letter, in a field too: "xuan dieu" typed on the card is a
 * name and no verdict. Enter accepts the row; in a field Esc leaves. */

const words = {
  en: {
    undo: 'Undo', redo: 'Redo', add: 'Add a row', keys: 'Keys', school: 'School', partner: 'Partner', read: 'read:',
    district: 'district', no: 'No.', level: 'level', accept: 'Accept', unreadable: 'Unreadable', strike: 'Not a pairing',
    split: 'Split', merge: 'Merge', next: 'Later', back: 'Back', fit: 'Fit', table: 'Table', ok: 'OK', cancel: 'Cancel',
    theirs: 'Take that', mine: 'Keep what I typed', finished: 'All rows are settled',
    finished_more: 'Undo brings the last one back; a click on the page opens any row.',
    left: (n, all) => `${n} of ${all} rows to look at`,
    expect: (now, soon) => `expected right: ${now} now, ${soon} after the next 20`,
    where: (f, p) => `${f}, page ${p}`, row: n => `row ${n}`, prob: p => `sure to ${p}`,
    stale: 'This row was changed elsewhere. Now it says:', did: {accept: 'Accepted', unreadable: 'Marked as unreadable', 'not-a-pairing': 'Struck out', split: 'Split in two', merge: 'Merged', add: 'Added'}, same: 'Nothing changed',
    undone: 'Taken back:', redone: 'Done again:', no_undo: 'Nothing of yours to take back', no_redo: 'Nothing of yours to do again',
    not_yours: 'Not taken back or done again, for somebody changed this row since:',
    lost: 'The server does not answer. What was confirmed is saved; start dau review again and open its new address.',
    no_picture: 'No picture: ', page: (p, all) => `Page ${p} of ${all}`, not_read: 'This page was not read',
    split_title: 'One row that is two', split_text: 'The first keeps this row, the second becomes a new one.', which: 'Which name',
    first: 'First', second: 'Second', merge_title: 'Two rows that are one', other: 'Merge with', merge_none: 'There is no other row on this page',
    add_title: 'A row that was missed', draw: 'Draw a box round the row: with the mouse, or with arrows (Shift: size), then Enter. Esc ends.',
    state: {open: 'open', corrected: 'corrected', accepted: 'accepted', unreadable: 'unreadable', 'not-a-pairing': 'struck out', merged: 'merged',
      added: 'added', removed: 'removed', conflict: 'in conflict'},
    page_before: 'Page before', page_after: 'Page after', zoom_in: 'Zoom in', zoom_out: 'Zoom out', end_drawing: 'Cancel',
    help: [['Enter', 'accept, with what was changed'], ['1 … 9', 'take an alternative'], ['← →', 'which name the numbers and letters mean'], ['A … Z', 'type the name'],
      ['Alt L D N', 'level, district, number'], ['Alt U', 'unreadable'], ['Alt X', 'not a pairing'], ['Alt S M A', 'split, merge, add a row'], ['Ctrl Z Y', 'undo, redo what you did'],
      ['Alt J K', 'later, back'], ['+ − 0', 'zoom the page'], ['Alt T', 'show the table'], ['[ ]', 'page before, after'], ['Esc', 'leave a field']],
  },
  vi: {
    undo: 'Hoàn tác', redo: 'Làm lại', add: 'Thêm dòng', keys: 'Phím tắt', school: 'Trường', partner: 'Kết nghĩa với', read: 'đọc được:',
    district: 'quận, huyện', no: 'STT', level: 'cấp', accept: 'Đúng', unreadable: 'Không đọc được', strike: 'Không phải cặp',
    split: 'Tách', merge: 'Gộp', next: 'Để sau', back: 'Trở lại', fit: 'Vừa khung', table: 'Bảng', ok: 'Đồng ý', cancel: 'Hủy',
    theirs: 'Dùng bản đó', mine: 'Giữ bản tôi gõ', finished: 'Đã xem xong mọi dòng',
    finished_more: 'Hoàn tác để lấy lại dòng vừa xong; bấm vào trang để mở dòng bất kỳ.',
    left: (n, all) => `Còn ${n} trong ${all} dòng cần xem lại`,
    expect: (now, soon) => `dự kiến đúng: ${now} hiện nay, ${soon} sau 20 dòng nữa`,
    where: (f, p) => `${f}, trang ${p}`, row: n => `dòng ${n}`, prob: p => `độ tin cậy ${p}`,
    stale: 'Dòng này vừa được sửa ở nơi khác. Bản mới là:', did: {accept: 'Đã xác nhận', unreadable: 'Đã ghi là không đọc được', 'not-a-pairing': 'Đã bỏ', split: 'Đã tách', merge: 'Đã gộp', add: 'Đã thêm'}, same: 'Không có gì thay đổi',
    undone: 'Đã hoàn tác:', redone: 'Đã làm lại:', no_undo: 'Bạn không còn gì để hoàn tác', no_redo: 'Bạn không còn gì để làm lại',
    not_yours: 'Không hoàn tác hay làm lại được, vì người khác đã sửa dòng này sau đó:',
    lost: 'Máy chủ không trả lời. Những gì đã xác nhận đều được lưu; hãy chạy lại dau review và mở địa chỉ mới.',
    no_picture: 'Không có ảnh: ', page: (p, all) => `Trang ${p} / ${all}`, not_read: 'Trang này chưa được đọc',
    split_title: 'Tách một dòng thành hai', split_text: 'Phần đầu giữ dòng này, phần sau thành dòng mới.', which: 'Tên nào',
    first: 'Phần đầu', second: 'Phần sau', merge_title: 'Gộp hai dòng thành một', other: 'Gộp với', merge_none: 'Trang này không có dòng nào khác',
    add_title: 'Dòng bị bỏ sót', draw: 'Vẽ khung quanh dòng: bằng chuột, hoặc phím mũi tên (Shift: kích thước), rồi Enter. Esc để hủy.',
    state: {open: 'chưa xem', corrected: 'đã sửa', accepted: 'đã xác nhận', unreadable: 'không đọc được', 'not-a-pairing': 'đã bỏ', merged: 'đã gộp',
      added: 'đã thêm', removed: 'đã bỏ khỏi danh sách', conflict: 'xung đột'},
    page_before: 'Trang trước', page_after: 'Trang sau', zoom_in: 'Phóng to', zoom_out: 'Thu nhỏ', end_drawing: 'Hủy vẽ',
    help: [['Enter', 'xác nhận, kèm những gì đã sửa'], ['1 … 9', 'chọn cách đọc khác'], ['← →', 'chọn tên để phím số và chữ áp dụng'], ['A … Z', 'gõ tên'],
      ['Alt L D N', 'cấp, quận huyện, STT'], ['Alt U', 'không đọc được'], ['Alt X', 'không phải cặp'], ['Alt S M A', 'tách, gộp, thêm dòng'], ['Ctrl Z Y', 'hoàn tác, làm lại việc của mình'],
      ['Alt J K', 'để sau, trở lại'], ['+ − 0', 'phóng to, thu nhỏ trang'], ['Alt T', 'hiện bảng'], ['[ ]', 'trang trước, trang sau'], ['Esc', 'rời ô nhập']],
  },
};
const language = (navigator.languages || [navigator.language]).map(l => l.slice(0, 2)).find(l => words[l]) || 'en';
const t = words[language];
const fields = ['no', 'level', 'school', 'partner', 'district', 'partner_district'];
const $ = id => document.getElementById(id);
const percent = x => (100 * Math.max(0, Math.min(1, x))).toLocaleString(language, {maximumFractionDigits: 1, minimumFractionDigits: 1}) + ' %';

let row = null;          /* under the eyes */
let active = 'school';   /* which name the numbers mean */
let ahead = [];          /* the head of the queue */
let later = new Set();   /* passed over with 'later' */
const mostAhead = 50;    /* rows that the server hands out at once */
let seen = [];           /* ids to go back to */
let sheet = null;        /* the page beside it */
let zoom = 1, showTable = false, drawing = null, busy = false, mineAgain = null;

/* ---- talking to the server ---- */

/* What the server says of a fault is for the eyes too. */
const inOurs = {headers: {'Accept-Language': language}};

async function ask(path, form) {
  let answer;
  try {
    answer = await fetch(path, form ? {method: 'POST', body: new URLSearchParams(form), ...inOurs} : inOurs);
  } catch (e) {
    tell(t.lost, true);
    throw e;
  }
  const said = await answer.json();
  if (!answer.ok && answer.status !== 409) {
    tell(said.message, true);
    throw new Error(said.message);
  }
  return said;
}

const query = o => new URLSearchParams(o).toString();

let telling = 0;
function tell(text, stays) {
  $('live').textContent = text;
  clearTimeout(telling);
  if (!stays) telling = setTimeout(() => { $('live').textContent = ''; }, 2500);
}

/* ---- the row ---- */

const svg = (name, attributes) => {
  const e = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [k, v] of Object.entries(attributes)) e.setAttribute(k, v);
  return e;
};
const rect = (b, kind) => svg('rect', {x: b[0], y: b[1], width: b[2], height: b[3], class: kind});
const bounds = b => b[2] > 0 && b[3] > 0;

function cropBox(r) {
  const [x, y, w, h] = r.box, m = Math.max(10, Math.round(h * 0.4));
  return [Math.max(0, x - m), Math.max(0, y - m), w + 2 * m, h + 2 * m];
}

const pictureOf = (r, box, side) => 'picture?' + query({doc: r.doc, page: r.page, x: box[0], y: box[1], w: box[2], h: box[3], side});

function showPicture() {
  const text = sheet && sheet.unit === 'character', img = $('crop-img');
  $('crop').hidden = text;
  $('crop-text').hidden = !text;
  $('crop-note').hidden = true;
  if (text) {
    $('crop-text').replaceChildren(...sheet.lines.filter(l => l[0] >= row.box[1] && l[0] < row.box[1] + row.box[3]).map(l => l[1] + '\n'));
    return;
  }
  const box = cropBox(row);
  $('crop').style.aspectRatio = `${box[2]} / ${box[3]}`;
  $('crop').style.maxWidth = `${Math.round(34 * box[2] / box[3])}vh`; /* a third of the window's height */
  $('crop-marks').setAttribute('viewBox', box.join(' '));
  $('crop-marks').replaceChildren(...['school', 'partner'].filter(k => row[k].page === row.page && bounds(row[k].box)).map(k => rect(row[k].box, k)));
  img.alt = `${row.no || ''} ${row.school.raw || row.school.name} – ${row.partner.raw || row.partner.name}`;
  const src = pictureOf(row, box, 1600);
  if (!img.src.endsWith(src)) img.src = src;
}

/* In a narrow window the row is too small to read: each name has its own picture there. */
const narrow = matchMedia('(max-width: 860px)');

function showNames() {
  for (const k of ['school', 'partner']) {
    const img = $(k + '-img'), s = row[k], m = Math.round(s.box[3] / 3);
    img.hidden = !narrow.matches || !bounds(s.box) || !s.page || !!(sheet && sheet.unit === 'character');
    if (img.hidden) continue;
    img.alt = s.raw || s.name;
    img.style.aspectRatio = `${s.box[2] + 2 * m} / ${s.box[3] + 2 * m}`;
    img.src = pictureOf({doc: row.doc, page: s.page}, [Math.max(0, s.box[0] - m), Math.max(0, s.box[1] - m), s.box[2] + 2 * m, s.box[3] + 2 * m], 900);
  }
}

/* The message of the server, for a picture cannot say why it is not there. */
async function pictureFailed(e) {
  const answer = await fetch(e.target.src, inOurs).catch(() => null);
  const said = answer && !answer.ok ? await answer.json().catch(() => null) : null;
  $('crop').hidden = true;
  $('crop-note').textContent = t.no_picture + (said ? said.message : '');
  $('crop-note').hidden = false;
}

function showOthers(side) {
  const list = row[side].alternatives.map((name, i) => {
    const li = document.createElement('li'), b = document.createElement('button'), k = document.createElement('kbd');
    b.type = 'button';
    k.textContent = i + 1;
    b.append(name, ' ', k);
    b.addEventListener('click', () => { activate(side); take(i); });
    li.append(b);
    return li;
  });
  $(side + '-others').replaceChildren(...list);
}

function activate(side) {
  active = side;
  for (const f of document.querySelectorAll('fieldset')) f.classList.toggle('active', f.dataset.side === side);
}

const original = f => f === 'school' || f === 'partner' ? row[f].name : f === 'district' ? row.school.district || '' :
  f === 'partner_district' ? row.partner.district || '' : row[f] || '';

function markChanged() {
  for (const f of fields) $(f).classList.toggle('changed', !!row && $(f).value.trim() !== original(f));
}

function fill() {
  const where = $('where');
  where.replaceChildren(t.where(row.file, row.page) + ' · ', Object.assign(document.createElement('b'), {textContent: t.row(row.no || '–')}),
    ' · ' + (t.state[row.state] || row.state));
  $('flags').replaceChildren(...row.flags.map(f =>
    Object.assign(document.createElement('li'), {textContent: flagWords[language][f] || f.replaceAll('-', ' ')})));
  for (const f of fields) $(f).value = original(f);
  for (const s of ['school', 'partner']) {
    $(s + '-raw').textContent = row[s].raw || '–';
    showOthers(s);
  }
  $('prob').textContent = t.prob(percent(row.prob));
  $('conflict').hidden = true;
  markChanged();
}

async function show(r, quiet) {
  row = r;
  $('card').hidden = false;
  $('nothing').hidden = true;
  history.replaceState(null, '', '#' + row.id);
  fill();
  activate(row.partner.prob < row.school.prob ? 'partner' : 'school');
  await showSheet(row.doc, row.page);
  showPicture();
  showNames();
  if (!quiet) $('card').focus({preventScroll: true});
  prefetch();
}

async function open(id, quiet) {
  if (row && row.id !== id) seen.push(row.id);
  await show((await ask('row?' + query({id}))).row, quiet);
}

/* The picture of the next row is made while this one is looked at. */
async function prefetch() {
  const next = ahead.find(id => id !== row.id && !later.has(id));
  if (!next) return;
  const r = (await ask('row?' + query({id: next})).catch(() => null) || {}).row;
  if (r && r.page) new Image().src = pictureOf(r, cropBox(r), 1600);
}

function outlook(said) {
  if (!said.outlook) return;
  const o = said.outlook;
  ahead = said.ahead;
  $('left').textContent = t.left(o.left, o.rows);
  $('expect').textContent = t.expect(percent(o.now), percent(o.soon));
  $('done').max = o.rows || 1;
  $('done').value = o.done;
}

async function next() {
  let id = ahead.find(i => !later.has(i));
  for (let skip = 0; !id; skip += mostAhead) {
    outlook(await ask('queue?' + query({n: mostAhead, skip})));
    if (!ahead.length) break;
    id = ahead.find(i => !later.has(i));
  }
  if (!id && later.size) {
    later.clear();
    outlook(await ask('queue?' + query({n: mostAhead})));
    id = ahead[0];
  }
  if (id) return open(id);
  row = null;
  history.replaceState(null, '', ' ');
  $('card').hidden = true;
  $('nothing').hidden = false;
  $('nothing').focus();
  tell(t.finished);
}

/* ---- changes ---- */

/* All six, as they stand under the eyes: who accepts the same as another person did is in no conflict. A name that nobody
 * could read stays away. */
const whole = () => Object.fromEntries(fields.filter(f => $(f).value.trim() || original(f) || !row[f]?.alternatives).map(f => [f, $(f).value]));
const typed = () => Object.fromEntries(fields.filter(f => $(f).value.trim() !== original(f)).map(f => [f, $(f).value]));

/* One at a time; the keys pressed meanwhile do nothing. */
async function change(path, form, after) {
  if (busy) return;
  busy = true;
  try {
    const said = await ask(path, form);
    outlook(said);
    if (said.result === 'stale' && path !== 'undo' && path !== 'redo') return conflict(said.row, path, form);
    await after(said);
  } catch (e) {
    /* said already */
  } finally {
    busy = false;
    document.body.dataset.acts = Number(document.body.dataset.acts || 0) + 1;
  }
}

function conflict(theirs, path, form) {
  const mine = typed();
  mineAgain = () => change(path, {...form, version: theirs.version}, () => next());
  row = theirs;
  fill();
  for (const f of Object.keys(mine)) $(f).value = mine[f];
  markChanged();
  $('conflict-text').textContent = `${t.stale} ${theirs.no || ''} ${theirs.school.name} – ${theirs.partner.name} (${t.state[theirs.state]})`;
  $('conflict').hidden = false;
  $('theirs').focus();
}

const settle = verdict => row && change('row', {id: row.id, version: row.version, verdict, ...(verdict === 'accept' ? whole() : {})}, async said => {
  tell(said.result === 'same' ? t.same : t.did[verdict]);
  later.delete(said.row.id);
  refreshSheet();
  await next();
});

const turnBack = (path, done, none) => change(path, {}, async said => {
  if (said.result === 'same') return tell(none);
  tell(`${said.result === 'stale' ? t.not_yours : done} ${said.row.no || ''} ${said.row.school.name} – ${said.row.partner.name}`);
  if (row && row.id !== said.row.id) seen.push(row.id);
  refreshSheet();
  await show(said.row);
});

function take(i) {
  const name = row && row[active].alternatives[i];
  if (!name) return;
  $(active).value = name;
  markChanged();
  tell(name);
}

/* ---- questions ---- */

function dialog(title, text, content, done) {
  const d = $('ask');
  $('ask-cancel').hidden = !done;
  $('ask-title').textContent = title;
  $('ask-text').textContent = text;
  $('ask-wrong').textContent = '';
  $('ask-fields').replaceChildren(...content);
  $('ask-form').onsubmit = e => {
    e.preventDefault();
    if (!done) return d.close();
    const form = Object.fromEntries(new FormData($('ask-form')));
    Promise.resolve(done(form)).then(() => d.close());
  };
  d.showModal();
  const first = d.querySelector('input, select');
  if (first) first.focus();
}

function input(name, label, value) {
  const l = document.createElement('label'), i = document.createElement('input');
  i.name = name;
  i.value = value || '';
  i.spellcheck = false;
  l.append(label, i);
  return l;
}

function select(name, label, options, value) {
  const l = document.createElement('label'), s = document.createElement('select');
  s.name = name;
  s.append(...options.map(([v, text]) => new Option(text, v, false, v === value)));
  l.append(label, s);
  return l;
}

/* At a comma, "và", or in the middle. */
function halves(name) {
  const at = name.match(/^(.+?)\s*(?:[,;]|\s+và\s+)\s*(.+)$/);
  if (at) return [at[1], at[2]];
  const w = name.split(' '), n = Math.ceil(w.length / 2);
  return [w.slice(0, n).join(' '), w.slice(n).join(' ')];
}

function split() {
  const r = row, which = select('field', t.which, [['school', t.school], ['partner', t.partner]], active);
  const first = input('first', t.first), second = input('second', t.second);
  const put = () => {
    const [a, b] = halves($(which.querySelector('select').value).value);
    first.querySelector('input').value = a;
    second.querySelector('input').value = b;
  };
  which.addEventListener('change', put);
  put();
  dialog(t.split_title, t.split_text, [which, first, second], form =>
    change('split', {...form, id: r.id, version: r.version}, async said => { tell(t.did.split); refreshSheet(); await show(said.row); }));
}

function merge() {
  const r = row, others = (sheet ? sheet.rows : []).filter(o => o.id !== r.id);
  if (!others.length) return tell(t.merge_none);
  const below = others.find(o => o.box[1] >= r.box[1]) || others[0];
  const both = (a, b) => !b || a === b ? a : a + ' ' + b;
  const other = select('other', t.other, others.map(o => [o.id, `${o.no || ''} ${o.school} – ${o.partner}`]), below.id);
  const school = input('school', t.school), partner = input('partner', t.partner);
  const put = () => {
    const o = others.find(x => x.id === other.querySelector('select').value);
    school.querySelector('input').value = both($('school').value, o.school);
    partner.querySelector('input').value = both($('partner').value, o.partner);
  };
  other.addEventListener('change', put);
  put();
  dialog(t.merge_title, '', [other, school, partner], form =>
    change('merge', {...form, id: r.id, version: r.version}, async said => { tell(t.did.merge); refreshSheet(); await show(said.row); }));
}

function help() {
  const dl = document.createElement('dl');
  for (const [k, what] of t.help) {
    const dt = document.createElement('dt'), kbd = document.createElement('kbd'), dd = document.createElement('dd');
    kbd.textContent = k;
    dd.textContent = what;
    dt.append(kbd);
    dl.append(dt, dd);
  }
  dialog(t.keys, '', [dl], null);
}

/* ---- a row that was missed ---- */

function startDrawing() {
  if (drawing) return stopDrawing();
  if (!sheet) return;
  const w = sheet.width, h = sheet.height, last = row ? row.box : [w * 0.1, h * 0.4, w * 0.8, h * 0.03];
  drawing = {box: [Math.round(last[0]), Math.round(Math.min(h - last[3], last[1] + last[3])), Math.round(last[2]), Math.round(last[3])], from: null};
  $('sheet').classList.add('drawing');
  $('add').textContent = t.end_drawing;
  $('add').setAttribute('aria-pressed', 'true');
  $('scroll').focus();
  tell(t.draw, true);
  marks();
}

function stopDrawing() {
  drawing = null;
  $('sheet').classList.remove('drawing');
  $('add').textContent = t.add;
  $('add').removeAttribute('aria-pressed');
  tell('');
  marks();
}

/* What was drawn, for the dialog covers the page; nothing on a page of text. */
function drawnPicture(box) {
  if (sheet.unit === 'character') return [];
  const img = Object.assign(document.createElement('img'), {alt: '', className: 'drawn', src: pictureOf(sheet, box, 1200)});
  img.style.aspectRatio = `${box[2]} / ${box[3]}`;
  return [img];
}

function drawn() {
  const [x, y, w, h] = drawing.box, {doc, page} = sheet;
  stopDrawing();
  dialog(t.add_title, '', [...drawnPicture([x, y, w, h]), input('school', t.school), input('partner', t.partner), select('level', t.level, levels.map(l => [l, l || '–']), row ? row.level || '' : ''),
    input('no', t.no)], form => change('add', {...form, doc, page, x, y, w, h}, async said => {
    tell(t.did.add);
    refreshSheet();
    await show(said.row);
  }));
}

function moveBox(e) {
  const step = Math.max(2, Math.round(sheet.height / 200)), b = drawing.box;
  const d = {ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step]}[e.key];
  if (!d) return false;
  const at = e.shiftKey ? 2 : 0;
  b[at] = Math.max(at ? step : 0, b[at] + d[0]);
  b[at + 1] = Math.max(at ? step : 0, b[at + 1] + d[1]);
  marks();
  return true;
}

function point(e) {
  const r = $('sheet').getBoundingClientRect();
  return [Math.round((e.clientX - r.left) / r.width * sheet.width), Math.round((e.clientY - r.top) / r.height * sheet.height)];
}

/* ---- the page beside it ---- */

async function showSheet(doc, page) {
  if (!page) return;
  if (!sheet || sheet.doc !== doc || sheet.page !== page) {
    try {
      sheet = await ask('page?' + query({doc, page}));
    } catch (e) {
      return;
    }
    const text = sheet.unit === 'character';
    $('sheet-img').hidden = $('sheet-marks').hidden = text;
    $('sheet-text').hidden = !text;
    if (text) $('sheet-text').textContent = sheet.lines.map(l => l[1]).join('\n');
    else $('sheet-img').src = 'picture?' + query({doc, page, side: 2200});
    $('sheet-img').alt = $('page-title').textContent = t.page(page, sheet.pages);
    $('sheet-marks').setAttribute('viewBox', `0 0 ${sheet.width} ${sheet.height}`);
    $('sheet').style.aspectRatio = text ? '' : `${sheet.width} / ${sheet.height}`;
  }
  marks();
  setZoom(zoom);
}

async function refreshSheet() {
  if (!sheet) return;
  const fresh = await ask('page?' + query({doc: sheet.doc, page: sheet.page})).catch(() => null);
  if (fresh && sheet.doc === fresh.doc && sheet.page === fresh.page) {
    sheet = fresh;
    marks();
  }
}

function marks() {
  if (!sheet || sheet.unit === 'character') return;
  const all = showTable ? sheet.cells.map(b => rect(b, 'cell')) : [];
  for (const r of sheet.rows.filter(o => bounds(o.box))) {
    const e = rect(r.box, 'row ' + (r.queued ? 'queued' : r.state === 'open' ? '' : 'settled') + (row && r.id === row.id ? ' current' : ''));
    const title = svg('title', {});
    title.textContent = `${r.no || ''} ${r.school} – ${r.partner} (${t.state[r.state]})`;
    e.append(title);
    e.addEventListener('click', () => { if (!drawing) open(r.id); });
    all.push(e);
  }
  if (row && row.page === sheet.page && row.doc === sheet.doc)
    for (const k of ['school', 'partner']) if (row[k].page === sheet.page && bounds(row[k].box)) all.push(rect(row[k].box, k));
  if (drawing) all.push(rect(drawing.box, 'draw'));
  $('sheet-marks').replaceChildren(...all);
}

function setZoom(z) {
  zoom = Math.max(1, Math.min(6, z));
  $('sheet').style.width = zoom * 100 + '%';
  const box = drawing ? drawing.box : row && sheet && row.doc === sheet.doc && row.page === sheet.page ? row.box : null;
  if (!box || sheet.unit === 'character') return;
  const scale = $('sheet').clientWidth / sheet.width, s = $('scroll');
  s.scrollTop = (box[1] + box[3] / 2) * scale - s.clientHeight / 2;
  s.scrollLeft = (box[0] + box[2] / 2) * scale - s.clientWidth / 2;
}

function turnPage(by) {
  if (sheet && sheet.page + by >= 1 && sheet.page + by <= sheet.pages) showSheet(sheet.doc, sheet.page + by);
}

/* ---- completion: an ARIA combobox with a listbox ---- */

function combobox(side) {
  const box = $(side), list = $(side + '-list');
  let at = -1, asked = 0;
  const close = () => {
    list.hidden = true;
    at = -1;
    box.setAttribute('aria-expanded', 'false');
    box.removeAttribute('aria-activedescendant');
  };
  const choose = i => {
    box.value = list.children[i].textContent;
    close();
    markChanged();
  };
  const point_at = i => {
    at = (i + list.children.length) % list.children.length;
    [...list.children].forEach((li, k) => li.setAttribute('aria-selected', k === at));
    box.setAttribute('aria-activedescendant', list.children[at].id);
    list.children[at].scrollIntoView({block: 'nearest'});
  };
  const suggest = async () => {
    const turn = ++asked, q = box.value.trim();
    markChanged();
    const names = q.length < 2 ? [] : (await ask('complete?' + query({q})).catch(() => ({names: []}))).names;
    if (turn !== asked || document.activeElement !== box) return;
    list.replaceChildren(...names.map((n, i) => {
      const li = Object.assign(document.createElement('li'), {textContent: n, id: `${side}-option-${i}`});
      li.setAttribute('role', 'option');
      li.addEventListener('mousedown', e => { e.preventDefault(); choose(i); });
      return li;
    }));
    at = -1;
    list.hidden = !names.length;
    box.setAttribute('aria-expanded', String(!list.hidden));
  };
  box.addEventListener('input', suggest);
  box.addEventListener('focus', () => { activate(side); box.select(); });
  box.addEventListener('blur', close);
  box.addEventListener('keydown', e => {
    if (list.hidden) return;
    if (e.key === 'ArrowDown' || e.key === 'ArrowUp') point_at(at < 0 ? (e.key === 'ArrowDown' ? 0 : -1) : at + (e.key === 'ArrowDown' ? 1 : -1));
    else if (e.key === 'Enter' && at >= 0) choose(at);
    else if (e.key === 'Escape') close();
    else return;
    e.preventDefault();
    e.stopPropagation();
  });
}

/* ---- keys ---- */

const commands = {
  u: () => settle('unreadable'), x: () => settle('not-a-pairing'), s: split, m: merge, a: startDrawing,
  l: () => $('level').focus(), n: () => $('no').focus(),
  d: () => $(active === 'school' ? 'district' : 'partner_district').focus(),
  j: () => { if (row) later.add(row.id); next(); }, k: () => { const id = seen.pop(); if (id) { row = null; open(id); } },
  t: () => $('overlay').click(),
};
/* By themselves, while no field has the focus. */
const keys = {
  '+': () => setZoom(zoom * 1.4), '=': () => setZoom(zoom * 1.4), '-': () => setZoom(zoom / 1.4), 0: () => setZoom(1),
  '[': () => turnPage(-1), ']': () => turnPage(1), '?': help, arrowleft: () => activate('school'), arrowright: () => activate('partner'),
  enter: () => settle('accept'),
};
const needsRow = new Set(['u', 'x', 's', 'm', 'l', 'n', 'd', 'enter']);

function onKey(e) {
  const in_field = /^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName);
  if ($('ask').open) return;
  if (drawing) {
    if (e.key === 'Enter') drawn();
    else if (e.key === 'Escape') stopDrawing();
    else if (!moveBox(e)) return;
    return e.preventDefault();
  }
  if (e.ctrlKey || e.metaKey) {
    const key = e.key.toLowerCase();
    if (in_field || (key !== 'z' && key !== 'y')) return;
    e.preventDefault();
    return $(key === 'y' || e.shiftKey ? 'redo' : 'undo').click();
  }
  if (e.altKey) { /* by the place of the key: Alt makes other letters on some keyboards */
    const key = e.code.replace(/^Key/, '').toLowerCase();
    if (e.shiftKey || e.repeat || !Object.hasOwn(commands, key)) return;
    e.preventDefault();
    return !needsRow.has(key) || row ? commands[key]() : undefined;
  }
  if (in_field) {
    if (e.key === 'Escape') $('card').focus();
    return;
  }
  if (document.activeElement === $('scroll') && e.key.startsWith('Arrow')) return;
  if (e.key === 'Enter' && document.activeElement.tagName === 'BUTTON') return;
  if (/^[1-9]$/.test(e.key)) return take(Number(e.key) - 1);
  if (row && !e.repeat && /^\p{L}$/u.test(e.key)) return $(active).focus(); /* where the letter goes, in place of the name */
  const key = e.key.toLowerCase(), run = keys[key];
  if (!run || (needsRow.has(key) && !row)) return;
  e.preventDefault();
  run();
}

/* ---- */

function bind() {
  document.documentElement.lang = language;
  for (const e of document.querySelectorAll('[data-t]')) e.textContent = t[e.dataset.t];
  $('level').append(...levels.map(l => new Option(l || '–', l)));
  $('scroll').setAttribute('aria-label', t.page('', '').trim());
  for (const s of ['school', 'partner']) {
    combobox(s);
    $(s).setAttribute('aria-label', t[s]);
  }
  for (const [id, name] of [['zoom-in', t.zoom_in], ['zoom-out', t.zoom_out], ['page-back', t.page_before], ['page-next', t.page_after]]) {
    $(id).setAttribute('aria-label', name);
    $(id).title = `${name} (${$(id).getAttribute('aria-keyshortcuts')})`;
  }
  for (const e of document.querySelectorAll('.school-img')) e.addEventListener('error', () => { e.hidden = true; });
  narrow.addEventListener('change', () => { if (row) showNames(); });
  $('form').addEventListener('submit', e => { e.preventDefault(); settle('accept'); });
  $('form').addEventListener('input', markChanged);
  const on = {unreadable: commands.u, strike: commands.x, split, merge, next: commands.j, back: commands.k, add: startDrawing, help,
    'page-back': () => turnPage(-1), 'page-next': () => turnPage(1), 'zoom-in': keys['+'], 'zoom-out': keys['-'], 'zoom-fit': keys[0],
    undo: () => turnBack('undo', t.undone, t.no_undo), redo: () => turnBack('redo', t.redone, t.no_redo),
    overlay: () => { showTable = !showTable; $('overlay').setAttribute('aria-pressed', showTable); marks(); },
    theirs: () => { fill(); $('card').focus(); }, mine: () => mineAgain && mineAgain(), 'ask-cancel': () => $('ask').close()};
  for (const [id, run] of Object.entries(on)) $(id).addEventListener('click', run);
  $('ask-form').addEventListener('keydown', e => { /* Enter means OK in a choice too */
    if (e.key === 'Enter' && e.target.tagName === 'SELECT') e.preventDefault(), $('ask-form').requestSubmit();
  });
  document.addEventListener('keydown', onKey);
  $('crop-img').addEventListener('error', pictureFailed);
  const s = $('sheet');
  s.addEventListener('pointerdown', e => {
    if (!drawing) return;
    drawing.from = point(e);
    s.setPointerCapture(e.pointerId);
  });
  s.addEventListener('pointermove', e => {
    if (!drawing || !drawing.from) return;
    const [x, y] = drawing.from, [a, b] = point(e);
    drawing.box = [Math.min(x, a), Math.min(y, b), Math.abs(x - a), Math.abs(y - b)];
    marks();
  });
  s.addEventListener('pointerup', () => {
    if (!drawing || !drawing.from) return;
    drawing.from = null;
    if (bounds(drawing.box)) drawn();
  });
}

async function start() {
  bind();
  outlook(await ask('queue'));
  const id = location.hash.slice(1);
  if (id) {
    try {
      return await open(id);
    } catch (e) { /* the row is gone: the queue it is */ }
  }
  await next();
}
start();
