import ts from 'typescript';

/** One small change to a source file. */
export interface Mutation {
  readonly file: string;
  /** Line number, from 1. */
  readonly line: number;
  /** Range of the text that is replaced. */
  readonly start: number;
  readonly end: number;
  readonly fresh: string;
  /** What was done: 'flip', 'condition', 'constant', 'remove', 'swap', 'drop', 'text'. */
  readonly kind: string;
  /** A line to add at the top, where the change needs a name that the file does not import. */
  readonly needs?: string;
}

const FLIPS: ReadonlyMap<ts.SyntaxKind, string> = new Map([
  [ts.SyntaxKind.EqualsEqualsEqualsToken, '!=='],
  [ts.SyntaxKind.ExclamationEqualsEqualsToken, '==='],
  [ts.SyntaxKind.LessThanToken, '<='],
  [ts.SyntaxKind.LessThanEqualsToken, '<'],
  [ts.SyntaxKind.GreaterThanToken, '>='],
  [ts.SyntaxKind.GreaterThanEqualsToken, '>'],
  [ts.SyntaxKind.PlusToken, '-'],
  [ts.SyntaxKind.MinusToken, '+'],
  [ts.SyntaxKind.AsteriskToken, '+'],
  [ts.SyntaxKind.AmpersandAmpersandToken, '||'],
  [ts.SyntaxKind.BarBarToken, '&&'],
  [ts.SyntaxKind.AmpersandToken, '|'],
  [ts.SyntaxKind.BarToken, '&'],
  [ts.SyntaxKind.LessThanLessThanToken, '>>>'],
  [ts.SyntaxKind.GreaterThanGreaterThanGreaterThanToken, '<<'],
  [ts.SyntaxKind.GreaterThanGreaterThanToken, '<<'],
]);

/** Files that write JavaScript: what stands in their templates is code, not words. */
const WRITES_CODE =
  /\/(engine|packing|fingerprint|reduction-text|invariant-tests|compile|compile-body|compile-step|compile-zero)\.ts$/;
/** In such code: what is exchanged, longest first. */
const CODE: ReadonlyMap<string, string> = new Map([
  ['>>>=', '<<='],
  ['===', '!=='],
  ['!==', '==='],
  ['>>>', '<<'],
  ['<<', '>>>'],
  ['&&', '||'],
  ['||', '&&'],
  ['++', ''],
  ['--', ''],
  ['^=', '|='],
  ['|=', '^='],
  ['+', '-'],
  ['-', '+'],
  ['&', '|'],
  ['|', '&'],
  ['<', '<='],
  ['>', '>='],
  ['0', '1'],
  ['1', '0'],
]);
const OPERATOR = />>>=|[!=]==|>>>|<<|&&|\|\||\+\+|--|[|^]=|[-+&|<>](?!=)|\b[01]\b/g;

/** The model's own operators are functions that build expressions: each is exchanged for its opposite. */
const OPPOSITES: ReadonlyMap<string, readonly [name: string, from: 'expr' | 'entry']> = new Map([
  ['eq', ['ne', 'expr']],
  ['ne', ['eq', 'expr']],
  ['and', ['or', 'expr']],
  ['or', ['and', 'expr']],
  ['bitAnd', ['bitOr', 'expr']],
  ['bitOr', ['bitAnd', 'expr']],
  ['add', ['sub', 'expr']],
  ['sub', ['add', 'expr']],
  ['shl', ['shr', 'expr']],
  ['shr', ['shl', 'expr']],
  ['hasAll', ['hasAny', 'entry']],
  ['hasAny', ['hasAll', 'entry']],
  ['withFlags', ['withoutFlags', 'entry']],
  ['withoutFlags', ['withFlags', 'entry']],
]);
const HOMES = { expr: '../program/expr.ts', entry: '../machine/entry.ts' };
/** Calls whose first two operands are of one sort, so that swapping them still type-checks. */
const ORDERED = new Set(['sub', 'lt', 'shl', 'shr', 'entryAt', 'makeEntry', 'moveOn', 'moveBack']);
/** Words for readers, not behaviour: labels, waits, reasons, lines of pseudo-code, names, errors. */
const WORDS = new Set(['label', 'wait', 'why', 'name', 'about', 'title']);
const WORD_CALLS = new Set([
  'line',
  'violate',
  'show',
  'showFrame',
  'showEntry',
  'touch',
  'routine',
  'Error',
]);

const nameOf = (call: ts.Expression): string =>
  ts.isPropertyAccessExpression(call) ? call.name.text : ts.isIdentifier(call) ? call.text : '';

/** Every mutation of a source file, in the order of the text. Deterministic. */
export function mutationsOf(file: string, text: string): readonly Mutation[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ESNext, true);
  const found: Mutation[] = [];
  const put: Put = (node, fresh, kind) => {
    const [start, end] = 'kind' in node ? [node.getStart(source), node.getEnd()] : [node.start, node.end];
    const line = source.getLineAndCharacterOfPosition(start).line + 1;
    const place = { file, line, start, end, kind };
    if (typeof fresh === 'string') found.push({ ...place, fresh });
    else
      found.push({
        ...place,
        fresh: `mutant_${fresh.name}`,
        needs: `import { ${fresh.name} as mutant_${fresh.name} } from '${fresh.from}';`,
      });
  };
  const writesCode = WRITES_CODE.test(file);
  const visit = (node: ts.Node): void => {
    if (writesCode && ts.isTemplateExpression(node)) templates(node, put);
    else if (isWords(node)) return;
    expressions(node, put);
    removals(node, put);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found.toSorted((a, b) => a.start - b.start || a.end - b.end);
}

function isWords(node: ts.Node): boolean {
  if (ts.isImportDeclaration(node) || ts.isTypeNode(node) || ts.isInterfaceDeclaration(node)) return true;
  if (ts.isTypeAliasDeclaration(node) || ts.isTemplateExpression(node)) return true;
  if (ts.isPropertyAssignment(node) && ts.isIdentifier(node.name) && WORDS.has(node.name.text)) return true;
  if (ts.isVariableDeclaration(node) && /label|what|why|name/i.test(node.name.getText())) return true;
  return (ts.isCallExpression(node) || ts.isNewExpression(node)) && WORD_CALLS.has(nameOf(node.expression));
}

interface Imported {
  readonly name: string;
  readonly from: string;
}
interface Place {
  readonly start: number;
  readonly end: number;
}
/** Puts text, or a name that has to be imported, in the place of a node. */
type Put = (node: ts.Node | Place, fresh: string | Imported, kind: string) => void;

function expressions(node: ts.Node, put: Put): void {
  if (ts.isBinaryExpression(node)) {
    const fresh = FLIPS.get(node.operatorToken.kind);
    if (fresh !== undefined) put(node.operatorToken, fresh, 'flip');
  }
  if (ts.isIfStatement(node)) for (const fixed of ['true', 'false']) put(node.expression, fixed, 'condition');
  if (ts.isConditionalExpression(node)) put(node.condition, `!(${node.condition.getText()})`, 'condition');
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken)
    put(node, node.operand.getText(), 'condition');
  if (ts.isNumericLiteral(node) && !ts.isPropertyAssignment(node.parent))
    for (const by of [1, -1]) put(node, `(${String(Number(node.text) + by)})`, 'constant');
  if (node.kind === ts.SyntaxKind.TrueKeyword) put(node, 'false', 'constant');
  if (node.kind === ts.SyntaxKind.FalseKeyword) put(node, 'true', 'constant');
  if (ts.isCallExpression(node)) calls(node, put);
}

/** The code between the values of a template. */
function templates(node: ts.TemplateExpression, put: Put): void {
  for (const part of [node.head, ...node.templateSpans.map(({ literal }) => literal)]) {
    const from = part.getStart() + 1;
    for (const { 0: operator, index } of part.getText().slice(1).matchAll(OPERATOR)) {
      const start = from + index;
      put({ start, end: start + operator.length }, CODE.get(operator) ?? '', 'text');
    }
  }
}

function calls(node: ts.CallExpression, put: Put): void {
  const name = nameOf(node.expression);
  const opposite = OPPOSITES.get(name);
  // Of one flag, "all" and "any" are the same question.
  const oneFlag = /^has/.test(name) && !node.getText().includes('|');
  if (opposite !== undefined && !oneFlag && ts.isIdentifier(node.expression)) {
    const [other, home] = opposite;
    put(node.expression, { name: other, from: HOMES[home] }, 'flip');
  }
  const [first, second] = node.arguments;
  if (ORDERED.has(name) && first !== undefined && second !== undefined) {
    const rest = node.arguments.slice(2).map((argument) => `, ${argument.getText()}`);
    const swapped = `${second.getText()}, ${first.getText()}${rest.join('')}`;
    put(node, `${node.expression.getText()}(${swapped})`, 'swap');
  }
}

function removals(node: ts.Node, put: Put): void {
  if (ts.isExpressionStatement(node) && !isWords(node.expression)) put(node, ';', 'remove');
  if (ts.isArrayLiteralExpression(node) && !ts.isVariableDeclaration(node.parent))
    for (const element of node.elements)
      if (!isWords(element) && !ts.isStringLiteral(element) && !ts.isIdentifier(element))
        put(element, '...[]', 'drop');
}
