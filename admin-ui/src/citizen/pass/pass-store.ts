import { ref } from 'vue';
import type { Advice } from '../../gql/citizen/graphql.ts';
import { read, write } from '../../session/locale.ts';

const KEY = 'cordon.passes';
const MOST_KEPT = 60;

/** A pass as it is kept on the phone, so that it opens without network. */
export interface KeptPass {
  secret: string;
  /** Id of the first declaration of its submission: those who travel together. */
  group: string;
  id: string;
  code: string;
  qrPayload: string;
  validUntil: string;
  withdrawn: boolean;
  advice: Advice;
  reasons: string[];
  fullName: string;
  dateOfBirth: string;
  documented: boolean;
  destination: string;
  plate: string | null;
  negativeTest: boolean;
  doses: number;
}

export const passes = ref<KeptPass[]>(readKept());

function readKept(): KeptPass[] {
  try {
    return JSON.parse(read(KEY) ?? '[]') as KeptPass[];
  } catch {
    return [];
  }
}

export function keepPasses(added: KeptPass[]): void {
  const others = passes.value.filter(({ secret }) => !added.some((pass) => pass.secret === secret));
  passes.value = [...added, ...others].slice(0, MOST_KEPT);
  write(KEY, JSON.stringify(passes.value));
}

export function forgetPasses(): void {
  passes.value = [];
  write(KEY, null);
}

export function isUsable(pass: KeptPass, now: number): boolean {
  return !pass.withdrawn && Date.parse(pass.validUntil) > now;
}

/** A newer answer takes the place of the kept one; an unknown pass is kept from now on. */
export function keepKnown(pass: KeptPass): void {
  const known = passes.value.some(({ secret }) => secret === pass.secret);
  if (!known) keepPasses([pass]);
  else {
    passes.value = passes.value.map((kept) => (kept.secret === pass.secret ? pass : kept));
    write(KEY, JSON.stringify(passes.value));
  }
}
