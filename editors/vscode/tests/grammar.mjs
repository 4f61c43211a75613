// The TextMate grammar reads the notation: each line of the table has a piece of text and the scope it gets.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { Registry, parseRawGrammar, INITIAL } = require('vscode-textmate');
const oniguruma = require('vscode-oniguruma');

const wasm = await readFile(require.resolve('vscode-oniguruma/release/onig.wasm'));
await oniguruma.loadWASM(wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength));
const path = new URL('../syntaxes/shapelint.tmLanguage.json', import.meta.url);
const registry = new Registry({
  onigLib: Promise.resolve({
    createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
    createOnigString: (text) => new oniguruma.OnigString(text),
  }),
  loadGrammar: async () => parseRawGrammar(await readFile(path, 'utf8'), path.pathname),
});
const grammar = await registry.loadGrammar('source.shapelint');

const CASES = [
  ["dZ1 = W2.T @ dZ2 * g'(Z1)", {
    dZ1: 'variable.other.assignment', '=': 'keyword.operator.assignment', W2: 'variable.other.shapelint',
    '.T': 'keyword.operator.transpose', '@': 'keyword.operator.shapelint', dZ2: 'variable.other.gradient',
    "g'": 'entity.name.function', Z1: 'variable.other.shapelint',
  }],
  ['W[1], W[2] : (n1, n0)', { 'W[1], W[2]': 'entity.name.type', ':': 'keyword.operator.declaration', '(n1, n0)': 'constant.other.shape' }],
  ['db1 = np.sum(dZ1, axis=1, keepdims=True)  # shapelint: ignore', {
    'np.sum': 'support.function', axis: 'variable.parameter', 1: 'constant.numeric', True: 'constant.language',
    ignore: 'keyword.control',
  }],
  ['Z[l] := W[l] A[l-1] + b[l]', { 'Z[l]': 'variable.other.assignment', ':=': 'keyword.operator.assignment', 'A[l-1]': 'variable.other.shapelint' }],
  ['∂J/∂Z1 = W2.T @ dZ2', { '∂J/∂Z1': 'variable.other.assignment' }],
  ['X, Y : (m, k)', { 'X, Y': 'entity.name.type', '(m, k)': 'constant.other.shape' }],
  ['alpha : scalar', { alpha: 'entity.name.type', scalar: 'constant.other.shape' }],
  ['dW1 = dZ1 @ X^T', { '^T': 'keyword.operator.transpose', X: 'variable.other.shapelint' }],
  ['when w:', { when: 'keyword.control' }],
  ['Z1 = W1 X  # the layer', { ' the layer': 'comment.line' }],
  ['The sum over the examples, is it a column?', { 'The sum over the examples, is it a column?': 'source.shapelint' }],
  ["dA1 = g'(Z1) and Z1' here", { "' here": 'source.shapelint' }],
];

for (const [line, wanted] of CASES) {
  const found = grammar.tokenizeLine(line, INITIAL).tokens.map((token) => [
    line.slice(token.startIndex, token.endIndex), token.scopes.at(-1),
  ]);
  for (const [text, scope] of Object.entries(wanted)) {
    const scopes = found.filter(([piece]) => piece === text).map(([, name]) => name);
    assert.ok(scopes.some((name) => name.startsWith(scope)), `${line}: ${text} is ${scopes} and not ${scope}`);
  }
}
console.log(`${CASES.length} lines are read as they are meant`);
