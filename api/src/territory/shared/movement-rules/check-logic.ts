import { isFactName, kindOf, type FactName } from './facts.ts';

export type LogicProblemCode =
  /** Not an object with one operator. */
  | 'SHAPE'
  /** An operator that is not among the allowed ones. */
  | 'OPERATOR'
  /** Not a name of facts.ts. */
  | 'FACT'
  /** Operands that do not fit the operator: a number compared with a text, or too few of them. */
  | 'OPERANDS'
  /** A value that the fact can never have. */
  | 'VALUE'
  /** The whole is no statement that is true or false. */
  | 'NOT_A_STATEMENT'
  | 'TOO_DEEP'
  | 'TOO_LARGE';

export interface LogicProblem {
  /** Where in the rule: `or.1.and.0`; empty for the whole. */
  at: string;
  code: LogicProblemCode;
}

type Type = 'STATEMENT' | 'NUMBER' | 'TEXT' | 'LIST' | 'NOTHING';
interface Typed {
  type: Type;
  fact?: FactName;
  literal?: unknown;
}

// GraphQL inputs may be nested 16 levels deep (platform/graphql/input-bounds.ts), four of which lead to the rule.
export const mostDeep = 6;
export const mostParts = 200;
const mostListed = 50;
const longestText = 40;
const largestNumber = 1_000_000;

const joining = new Set(['and', 'or']);
const negating = new Set(['!', '!!']);
const equating = new Set(['==', '===', '!=', '!==']);
const ordering = new Set(['<', '<=', '>', '>=']);

/** The operators that a rule may use. None loops, joins texts or grows what it is given: a rule's time is bounded by its size. */
export const operators: readonly string[] = [...joining, ...negating, ...equating, ...ordering, 'in', 'var'];

class Refused extends Error {
  readonly problem: LogicProblem;
  constructor(at: readonly string[], code: LogicProblemCode) {
    super(code);
    this.problem = { at: at.join('.'), code };
  }
}

/** What is wrong with a rule's logic, first thing first; null for one that will answer true or false for any facts. Never throws. */
export function checkLogic(logic: unknown): LogicProblem | null {
  try {
    const { type, literal } = typeOf(logic, [], { parts: 0 });
    return type === 'STATEMENT' && literal === undefined ? null : { at: '', code: 'NOT_A_STATEMENT' };
  } catch (error) {
    return error instanceof Refused ? error.problem : { at: '', code: 'SHAPE' };
  }
}

function typeOf(part: unknown, at: string[], size: { parts: number }): Typed {
  if (++size.parts > mostParts) throw new Refused([], 'TOO_LARGE');
  if (at.length > 2 * mostDeep) throw new Refused(at, 'TOO_DEEP');
  if (part === null || typeof part !== 'object') return literalOf(part, at);
  const keys = Object.keys(part);
  const [operator] = keys;
  if (Array.isArray(part) || operator === undefined || keys.length > 1) throw new Refused(at, 'SHAPE');
  if (!operators.includes(operator)) throw new Refused(at, 'OPERATOR');
  const given: unknown = (part as Record<string, unknown>)[operator];
  return operator === 'var' ? factOf(given, at) : applied(operator, given, at, size);
}

function literalOf(value: unknown, at: string[]): Typed {
  if (value === null) return { type: 'NOTHING', literal: value };
  if (typeof value === 'boolean') return { type: 'STATEMENT', literal: value };
  if (typeof value === 'number' && Math.abs(value) <= largestNumber) return { type: 'NUMBER', literal: value };
  if (typeof value === 'string' && value.length <= longestText) return { type: 'TEXT', literal: value };
  throw new Refused(at, 'VALUE');
}

function factOf(name: unknown, at: string[]): Typed {
  const only: unknown = Array.isArray(name) && name.length === 1 ? name[0] : name;
  if (!isFactName(only)) throw new Refused(at, 'FACT');
  return { type: typesOfKinds[kindOf(only).kind], fact: only };
}

const typesOfKinds = {
  YES_NO: 'STATEMENT',
  NUMBER: 'NUMBER',
  CHOICE: 'TEXT',
  TEXT: 'TEXT',
  LIST: 'LIST',
} as const satisfies Record<string, Type>;

function applied(operator: string, given: unknown, at: string[], size: { parts: number }): Typed {
  const parts: unknown[] = Array.isArray(given) ? given : [given];
  if (parts.length > mostListed) throw new Refused(at, 'TOO_LARGE');
  if (operator === 'in') return checkIn(parts, at, size);
  const operands = parts.map((part, index) => typeOf(part, [...at, operator, String(index)], size));
  const fits = fitting(operator, operands);
  if (!fits) throw new Refused(at, 'OPERANDS');
  if (equating.has(operator)) checkValues(operands, at);
  return { type: 'STATEMENT' };
}

function fitting(operator: string, operands: readonly Typed[]): boolean {
  const [one, other] = operands;
  if (joining.has(operator)) return operands.length > 0 && operands.every(({ type }) => type === 'STATEMENT');
  if (negating.has(operator)) return operands.length === 1 && (one?.type === 'STATEMENT' || one?.fact === 'symptoms');
  if (ordering.has(operator)) {
    const most = operator.startsWith('<') ? 3 : 2;
    return operands.length >= 2 && operands.length <= most && operands.every(({ type }) => type === 'NUMBER');
  }
  if (operands.length !== 2 || one?.type === 'LIST' || other?.type === 'LIST') return false;
  return one?.type === other?.type || one?.type === 'NOTHING' || other?.type === 'NOTHING';
}

/** {in: [fact, [values]]}, or {in: [symptom, symptoms]}. */
function checkIn(parts: unknown[], at: string[], size: { parts: number }): Typed {
  const [item, list] = parts;
  if (parts.length !== 2) throw new Refused(at, 'OPERANDS');
  const sought = typeOf(item, [...at, 'in', '0'], size);
  const among = Array.isArray(list) ? list : typeOf(list, [...at, 'in', '1'], size);
  if (sought.type !== 'TEXT' || (!Array.isArray(among) && among.type !== 'LIST')) throw new Refused(at, 'OPERANDS');
  if (!Array.isArray(among)) checkValues([sought, among], at);
  else if (among.length > mostListed) throw new Refused(at, 'TOO_LARGE');
  else
    for (const value of among) {
      if (typeof value !== 'string') throw new Refused(at, 'VALUE');
      checkValues([sought, { type: 'TEXT', literal: value }], at);
    }
  return { type: 'STATEMENT' };
}

/** A fact compared with what it can never be is a slip of the pen: the rule would always, or never, be met. */
function checkValues(operands: readonly Typed[], at: string[]): void {
  const fact = operands.find((operand) => operand.fact)?.fact;
  const literal = operands.find((operand) => operand.literal !== undefined && operand.literal !== null)?.literal;
  if (fact === undefined || typeof literal !== 'string') return;
  const kind = kindOf(fact);
  const possible = 'values' in kind ? kind.values.includes(literal) : 'pattern' in kind && kind.pattern.test(literal);
  if (!possible) throw new Refused(at, 'VALUE');
}
