// Drives a served VS Code as a learner would: squiggle, hover, quick fix, analysis, Markdown and a notebook.
// node drive.mjs URL FOLDER PICTURES: the folder is the one that is served, with the documents of `documents`.
import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import puppeteer from 'puppeteer-core';

const [address, folder, pictures] = process.argv.slice(2);
const SLIP = 'W2 @ dZ2';
const FORMULAS = [
  '# Backpropagation by hand, two layers',
  'Z1 = W1 @ X + b1',
  'A1 = tanh(Z1)',
  'Z2 = W2 @ A1 + b2',
  'A2 = sigmoid(Z2)',
  '',
  'dZ2 = A2 - Y',
  'dW2 = 1/m * dZ2 @ A1.T',
  `dZ1 = ${SLIP} * (1 - A1**2)`,
  'dW1 = 1/m * dZ1 @ X.T',
  'db1 = 1/m * np.sum(dZ1, axis=1, keepdims=True)',
  '',
].join('\n');
const MARKDOWN = '# Notes\n\nThe second layer is $Z^{[2]} = W^{[2]} A^{[1]} + b^{[2]}$, and therefore\n\n'
  + '$$dW^{[2]} = \\frac{1}{m} A^{[1]T} dZ^{[2]}$$\n';
const NOTEBOOK = JSON.stringify({
  cells: [
    { cell_type: 'markdown', metadata: {}, source: ['Forward: $Z^{[1]} = W^{[1]} X + b^{[1]}$, and back: $dW^{[1]} = X^T dZ^{[1]}$.'] },
    { cell_type: 'code', execution_count: null, metadata: {}, outputs: [], source: ['W1 = np.random.randn(n_h, n_x)'] },
  ],
  metadata: { language_info: { name: 'python' } },
  nbformat: 4,
  nbformat_minor: 4,
});
const documents = { 'gradients.formulas.txt': FORMULAS, 'notes.md': MARKDOWN, 'lesson.ipynb': NOTEBOOK };

const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
  args: ['--no-sandbox', '--force-device-scale-factor=2'],
  defaultViewport: { width: 1100, height: 560 },
});
const page = await browser.newPage();

async function until(what, probe, ...given) {
  try {
    return await (await page.waitForFunction(probe, { timeout: 30_000, polling: 100 }, ...given)).jsonValue();
  } catch (error) {
    throw new Error(`${what}: ${error.message}`);
  }
}

async function picture(name) {
  await new Promise((done) => setTimeout(done, 500));
  await page.screenshot({ path: join(pictures, `${name}.png`) });
}

async function chord(...keys) {
  for (const key of keys) await page.keyboard.down(key);
  for (const key of keys.reverse()) await page.keyboard.up(key);
}

async function quick(text) {
  await page.waitForSelector('.quick-input-widget input:focus');
  await page.keyboard.type(text, { delay: 15 });
  await until(`${text} is offered`, (wanted) => [...document.querySelectorAll('.quick-input-list .monaco-list-row')]
    .some((row) => row.textContent.includes(wanted)), text);
  // a pick is passed over while the list is still being filled
  for (let tries = 0; tries < 20 && await page.$('.quick-input-widget input:focus'); tries += 1) {
    await page.keyboard.press('Enter');
    await new Promise((done) => setTimeout(done, 500));
  }
}

async function open(name) {
  await chord('Control', 'KeyP');
  await quick(name);
  await until(`${name} is opened`, (file) => document.querySelector('.tab.active')?.textContent.includes(file), name);
}

async function command(title) {
  await page.keyboard.press('F1');
  await quick(title);
}

// Where a piece of a line stands on the screen; blanks on the screen are no-break spaces.
function placeOf(piece) {
  const plain = (text) => text.replaceAll('\u00a0', ' ');
  for (const line of document.querySelectorAll('.view-line')) {
    const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
    const nodes = [];
    while (walker.nextNode()) nodes.push(walker.currentNode);
    let start = plain(nodes.map((node) => node.data).join('')).indexOf(piece);
    if (start < 0) continue;
    let end = start + piece.length;
    const range = document.createRange();
    let begun = false;
    for (const node of nodes) {
      if (!begun && start < node.length) { range.setStart(node, start); begun = true; }
      if (end <= node.length) { range.setEnd(node, end); break; }
      start -= node.length;
      end -= node.length;
    }
    const { left, right, top, bottom } = range.getBoundingClientRect();
    return { left, right, top, bottom };
  }
  return null;
}

async function place(piece) {
  await until(`${piece} is shown`, `(${placeOf})(${JSON.stringify(piece)})`);
  return page.evaluate(`(${placeOf})(${JSON.stringify(piece)})`);
}

function squiggles() {
  return [...document.querySelectorAll('.squiggly-error')].map((one) => {
    const { left, right, top, bottom } = one.getBoundingClientRect();
    return { left, right, top, bottom };
  });
}

// The squiggle is under this piece, with which another begins that stands in the document once.
async function squiggleUnder(piece, around) {
  await until(`${piece} is underlined`, `(${squiggles})().length === 1`);
  const [[squiggle], term] = [await page.evaluate(squiggles), await place(around)];
  const right = term.left + (term.right - term.left) * piece.length / around.length;
  const where = `the squiggle is under ${piece}: ${JSON.stringify({ squiggle, term })}`;
  assert.ok(Math.abs(squiggle.left - term.left) < 3 && Math.abs(squiggle.right - right) < 3, where);
  assert.ok(Math.abs(squiggle.top - term.top) < 24, where);
}

const isClean = () => document.querySelectorAll('.squiggly-error').length === 0;
const shows = (text) => document.querySelector('.editor-instance, .monaco-editor')
  && [...document.querySelectorAll('.view-line')].some((line) => line.textContent.replaceAll('\u00a0', ' ').includes(text));

async function click(piece, at = 0.5) {
  const term = await place(piece);
  await page.mouse.click(term.left + (term.right - term.left) * at, (term.top + term.bottom) / 2);
}

const STEPS = {
  'the faulty term is underlined, and shapes stand behind the targets': async () => {
    await open('gradients.formulas.txt');
    await squiggleUnder('W2', SLIP);
    await until('hints', shows, 'dZ2: (n2, m) = A2 - Y');
  },
  'colours tell gradients from names': async () => {
    const colours = await page.evaluate((line) => [...document.querySelectorAll('.view-line')]
      .find((one) => one.textContent.replaceAll('\u00a0', ' ').includes(line))
      .querySelectorAll('span span').length, 'A1.T');
    assert.ok(colours >= 4, `the line of dW2 has ${colours} tokens`);
  },
  'hover tells the shape and the reason': async () => {
    const term = await place(SLIP);
    await page.mouse.move(term.left + 6, (term.top + term.bottom) / 2);
    const text = await until('hover', () => document.querySelector('.monaco-hover:not(.hidden) .hover-contents')
      && document.querySelector('.monaco-hover:not(.hidden)').textContent);
    for (const wanted of ['(n2, n1)', 'W2.T']) assert.ok(text.includes(wanted), `the hover says ${wanted}: ${text}`);
    await picture('hover');
    await page.keyboard.press('Escape');
  },
  'the Problems panel lists it with the places that decided the shapes': async () => {
    await chord('Control', 'Shift', 'KeyM');
    const text = await until('problems', () => {
      const rows = [...document.querySelectorAll('.markers-panel .monaco-list-row')];
      return rows.length > 1 && rows.map((row) => row.textContent).join('\n');
    });
    assert.ok(text.includes('shapelint'), text);
    await chord('Control', 'Shift', 'KeyM');
  },
  'the quick fix repairs it, and the squiggle is gone': async () => {
    await click(SLIP, 0.1);
    await chord('Control', '.');
    const offered = await until('quick fixes', () => {
      const rows = [...document.querySelectorAll('.action-widget .monaco-list-row')].map((row) => row.textContent);
      return rows.length > 1 && rows;
    });
    assert.ok(offered.some((row) => row.includes('W2.T')), offered.join('\n'));
    assert.ok(offered.some((row) => row.includes('shape of every term')), offered.join('\n'));
    await picture('quick-fix');
    await page.keyboard.press('Enter');
    await until('the repair is written', shows, 'W2.T @ dZ2');
    await until('the squiggle is gone', isClean);
  },
  'the analysis opens beside': async () => {
    await click('dW1');
    await chord('Control', '.');
    const index = await until('actions', () => {
      const rows = [...document.querySelectorAll('.action-widget .monaco-list-row')].map((row) => row.textContent);
      return rows.findIndex((row) => row.includes('shape of every term')) + 1;
    });
    await page.mouse.click(...await page.evaluate((row) => {
      const box = document.querySelectorAll('.action-widget .monaco-list-row')[row - 1].getBoundingClientRect();
      return [box.left + 40, (box.top + box.bottom) / 2];
    }, index));
    await until('the analysis', () => document.querySelectorAll('.editor-group-container').length === 2);
    await picture('analysis');
    await command('View: Close All Editors in Group');
  },
  'Markdown is read': async () => {
    await open('notes.md');
    await until('the slip in LaTeX', `(${squiggles})().length > 0`);
  },
  'a notebook is read cell by cell': async () => {
    await open('lesson.ipynb');
    await until('the cell is rendered', () => document.querySelector('.notebookOverlay .markdown-cell-row'));
    await page.keyboard.press('Enter');
    await until('the slip in a cell', () => document.querySelectorAll('.notebookOverlay .squiggly-error').length > 0);
    await picture('notebook');
  },
  'the server can be started anew': async () => {
    await command('shapelint: Restart the server');
    await open('notes.md');
    await until('the slip is shown again', `(${squiggles})().length > 0`);
  },
};

let failed = 0;
try {
  await mkdir(pictures, { recursive: true });
  for (const [name, text] of Object.entries(documents)) await writeFile(join(folder, name), text);
  await page.goto(address, { waitUntil: 'domcontentloaded' });
  await until('the folder is shown', (count) => document.querySelectorAll('.explorer-folders-view .monaco-list-row').length >= count,
    Object.keys(documents).length);
  for (const [name, step] of Object.entries(STEPS)) {
    try {
      await step();
      console.log(`ok      ${name}`);
    } catch (error) {
      failed += 1;
      await page.screenshot({ path: join(pictures, `failed-${failed}.png`) });
      console.log(`failed  ${name}: ${error.message}`);
    }
  }
} finally {
  await browser.close();
}
process.exitCode = failed ? 1 : 0;
