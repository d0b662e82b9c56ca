import type { DeclarationDraft } from './declaration-draft.ts';
import {
  at,
  isBlank,
  textProblem,
  type CheckContext,
  type FieldProblemCode,
  type ProblemCode,
} from './field-problems.ts';

const LONGEST_ADDRESS_LINE = 255;

type AddressDraft = DeclarationDraft['stayAddress'];

// Provinces alone have codes of two digits (districts three, communes five), before and after July 2025.
const PROVINCE_CODE = /^\d{2}$/;

/** The code of the province that a unit lies in, itself included; undefined for the nation and for what is unknown. */
export function provinceOf(code: string | null | undefined, context: CheckContext): string | undefined {
  if (isBlank(code)) return undefined;
  return context.unit(code)?.path.find((above) => PROVINCE_CODE.test(above));
}

/** An origin or destination: a province, a district or a commune. */
export function placeProblem(code: string | null | undefined, context: CheckContext): ProblemCode | null {
  if (isBlank(code)) return 'REQUIRED';
  return provinceOf(code, context) === undefined ? 'UNKNOWN_UNIT' : null;
}

export function isBlankAddress(address: AddressDraft): boolean {
  return isBlank(address?.line) && isBlank(address?.unitCode);
}

/** One of two blank fields means an address half filled in; both mean none, which only a required one may not be. */
export function checkAddress(
  path: string,
  address: AddressDraft,
  required: boolean,
  context: CheckContext,
): FieldProblemCode[] {
  if (!required && isBlankAddress(address)) return [];
  return [
    ...at(`${path}.unitCode`, communeProblem(address?.unitCode, context)),
    ...at(`${path}.line`, textProblem(address?.line, LONGEST_ADDRESS_LINE, true)),
  ];
}

function communeProblem(code: string | null | undefined, context: CheckContext): ProblemCode | null {
  if (isBlank(code)) return 'REQUIRED';
  const unit = context.unit(code);
  if (!unit) return 'UNKNOWN_UNIT';
  return unit.level === 'COMMUNE' ? null : 'NOT_A_COMMUNE';
}
