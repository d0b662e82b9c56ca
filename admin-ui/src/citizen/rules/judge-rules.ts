import type { DeclarationDraft } from '#api/declarations/shared/declaration-draft.ts';
import { ageOn, readBirthDate } from '#api/people/shared/birth-date.ts';
import { readInstant } from '#api/platform/shared/instant.ts';
import { vietnamDate } from '#api/platform/shared/vietnam-date.ts';
import { isMet } from '#api/territory/shared/movement-rules/evaluate.ts';
import { factsOf, type Declared, type Levels } from '#api/territory/shared/movement-rules/facts.ts';

interface Rule {
  appliesTo: 'EVERYWHERE' | 'ENTRY' | 'EXIT';
  logic: Readonly<Record<string, unknown>>;
}

/** Whether what was answered meets a rule on the day of the journey; null while something is not answered yet. */
export function meets(rule: Rule, declaration: DeclarationDraft, levels: Levels, now: Date): boolean | null {
  const departsAt = declaration.journey?.departsAt;
  const at = new Date(Math.max(now.getTime(), (departsAt && readInstant(departsAt)) || 0));
  const declared = declaredOn(declaration, at);
  if (!declared) return null;
  const direction = rule.appliesTo === 'EXIT' ? 'OUT' : 'IN';
  return isMet(rule.logic, { ...factsOf(declared, levels, at), direction });
}

function declaredOn({ person, journey, health }: DeclarationDraft, at: Date): Declared | null {
  const { purpose, vehicle } = journey ?? {};
  const { symptoms, contactWithCase, contactWithSymptomatic, contactFromAffectedArea, visitedEpidemicArea } =
    health ?? {};
  const answers = [contactWithCase, contactWithSymptomatic, contactFromAffectedArea, visitedEpidemicArea];
  const doses = health?.vaccineDoses ?? null;
  if (!symptoms || answers.some((answer) => answer === undefined || answer === null) || doses === null) return null;
  if (!purpose || !vehicle) return null;
  const born = readBirthDate(person?.dateOfBirth ?? '');
  return {
    health: {
      symptoms: symptoms.filter((symptom) => symptom !== null && symptom !== undefined),
      contactWithCase: contactWithCase === true,
      contactWithSymptomatic: contactWithSymptomatic === true,
      contactFromAffectedArea: contactFromAffectedArea === true,
      visitedEpidemicArea: visitedEpidemicArea === true,
      testedAt: health?.testedAt || null,
      testNegative: health?.testNegative ?? null,
      vaccineDoses: doses,
    },
    ...{ purpose, vehicle, nationality: person?.nationality ?? '' },
    age: born ? ageOn(born, vietnamDate(at)) : null,
  };
}
