import type { ProblemCode } from '#api/declarations/shared/field-problems.ts';
import { computed, reactive, shallowRef } from 'vue';
import { locale } from '../../session/locale.ts';
import { serverNow } from '../../session/server-clock.ts';
import { declarationsOf, unitFacts } from './declarations.ts';
import { travellers, type Draft } from './draft.ts';

// A problem that appears at once moves what is being pressed from under the finger.
const PAUSE_MS = 200;
const PERSON_FIELDS = ['fullName', 'dateOfBirth', 'sex', 'nationality', 'idNumber', 'passportNumber', 'phone'];
const ADDRESS_FIELDS = ['permanentAddress', 'temporaryAddress'].flatMap((at) => [`${at}.unitCode`, `${at}.line`]);
const MORE_FIELDS = ['email', 'healthInsuranceNumber'];
const ADDRESSES = ['destinationAddress.line', 'destinationAddress.unitCode'];
const JOURNEY_FIELDS = [
  'destinationCode',
  ...ADDRESSES,
  'vehicle',
  'plate',
  'purpose',
  'originCode',
  'departsAt',
  'staysUntil',
];
const HEALTH_FIELDS = [
  'symptoms',
  'contactWithCase',
  'contactFromAffectedArea',
  'contactWithSymptomatic',
  'visitedEpidemicArea',
  'testNegative',
  'testedAt',
  'vaccineDoses',
];

/** What is wrong with each field, said once it was left, never all at once. The journey's are kept under key ''. */
export function useFieldProblems(draft: Draft) {
  const left = reactive(new Set<string>());
  const said = reactive(new Map<string, string>());
  const rules = shallowRef<typeof import('./rules.ts') | null>(null);
  // Where a bad network keeps them away the form goes on without: the server repeats them.
  const loadRules = async () => {
    rules.value ??= await import('./rules.ts').catch(() => null);
  };
  void loadRules();

  const found = computed(() => {
    const now = serverNow();
    const context = { now: new Date(now), channel: 'ONLINE', unit: unitFacts(draft), checkClock: false } as const;
    const people = travellers(draft);
    const all = new Map<string, ProblemCode>();
    for (const [index, input] of declarationsOf(draft, now).entries())
      for (const { path, code } of rules.value?.checkDeclaration(input, context) ?? []) {
        const at = place(people[index]?.key ?? '', path);
        if (!all.has(at)) all.set(at, code);
      }
    return all;
  });

  function problem(key: string, path: string): string | null {
    const at = place(key, path);
    const code = found.value.get(at);
    if (!left.has(at)) return null;
    return code && rules.value ? rules.value.problemText(code, locale.value, path) : (said.get(at) ?? null);
  }

  function leave(key: string, path: string): void {
    const at = place(key, path);
    said.delete(at);
    setTimeout(() => left.add(at), PAUSE_MS);
  }

  /** The server's own words where it saw what the page did not. */
  function say(key: string, path: string, message: string): void {
    said.set(place(key, path), message);
    left.add(place(key, path));
  }

  /** Shows the first problem of a screen, in the order of its fields; false where there is none. */
  async function showFirst(step: number): Promise<boolean> {
    await loadRules();
    const at = placesOf(draft, step).find((each) => found.value.has(each));
    if (at !== undefined) left.add(at);
    return at !== undefined;
  }

  function warning(key: string): string | null {
    const index = travellers(draft).findIndex((person) => person.key === key);
    const [first] = rules.value?.warningsOf(declarationsOf(draft, serverNow())[index] ?? {}) ?? [];
    if (!first || !rules.value || !left.has(place(key, first.path))) return null;
    return rules.value.problemText(first.code, locale.value, first.path);
  }

  return { problem, leave, say, showFirst, warning };
}

function place(key: string, path: string): string {
  return path.startsWith('person.') || path.startsWith('health.') ? `${key}/${path}` : `/${path}`;
}

function placesOf(draft: Draft, step: number): string[] {
  const people = travellers(draft);
  if (step === 2)
    return [...JOURNEY_FIELDS.map((field) => `/journey.${field}`), '/stayAddress.unitCode', '/stayAddress.line'];
  if (step === 3) return HEALTH_FIELDS.flatMap((field) => people.map(({ key }) => `${key}/health.${field}`));
  const fields = [...PERSON_FIELDS, ...ADDRESS_FIELDS, ...MORE_FIELDS];
  return people.flatMap(({ key }) => fields.map((field) => `${key}/person.${field}`));
}

/** Which screen holds a field. */
export function stepOf(path: string): number {
  if (path.startsWith('person.')) return 1;
  return path.startsWith('health.') ? 3 : 2;
}
