import { normaliseDeclaration, warningsOf } from '#api/declarations/shared/declaration-checks.ts';
import { checkPerson } from '#api/declarations/shared/person-checks.ts';
import { serverNow } from '../../session/server-clock.ts';
import { personOf, unitFacts, type KeyedPerson } from '../paper/paper-form.ts';
import { useFieldProblems } from '../paper/use-field-problems.ts';

/** What is wrong with a person who is corrected, by the rules of a form's person. */
export function usePersonProblems(form: KeyedPerson) {
  const draft = () => normaliseDeclaration({ person: personOf(form) });
  return useFieldProblems(
    () => {
      const context = {
        now: new Date(serverNow()),
        channel: 'ASSISTED',
        unit: unitFacts([form.permanent]),
        checkClock: false,
      } as const;
      return checkPerson(draft().person ?? {}, context);
    },
    () => warningsOf(draft()),
  );
}
