import type { FieldProblemCode } from '#api/declarations/shared/declaration-checks.ts';
import { problemText } from '#api/declarations/shared/declaration-texts.ts';
import { computed, reactive } from 'vue';
import { locale } from '../../session/locale.ts';

/** What is wrong with each field: said once it was left, or all at once when it is to be saved. */
export function useFieldProblems(check: () => FieldProblemCode[], warn: () => FieldProblemCode[]) {
  const left = reactive(new Set<string>());
  const said = reactive(new Map<string, string>());
  const found = computed(check);

  function problem(...paths: string[]): string | null {
    const path = paths.find((each) => left.has(each)) ?? '';
    const first = found.value.find((each) => paths.includes(each.path) && left.has(each.path));
    if (first) return problemText(first.code, locale.value, first.path);
    return said.get(path) ?? null;
  }

  function warning(): string | null {
    const [first] = left.has('person.idNumber') ? warn() : [];
    return first ? problemText(first.code, locale.value, first.path) : null;
  }

  function leave(...paths: string[]): void {
    for (const path of paths) {
      said.delete(path);
      left.add(path);
    }
  }

  /** Words of the server's, or of a second reading that differs. */
  function say(path: string, message: string): void {
    said.set(path, message);
    left.add(path);
  }

  /** Shows all; true where there is none. */
  function showAll(): boolean {
    said.clear();
    for (const { path } of found.value) left.add(path);
    return found.value.length === 0;
  }

  function clear(): void {
    left.clear();
    said.clear();
  }

  return { problem, warning, leave, say, showAll, clear };
}

export type FieldProblems = ReturnType<typeof useFieldProblems>;
