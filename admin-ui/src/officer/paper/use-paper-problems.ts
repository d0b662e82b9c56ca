import { checkDeclaration, warningsOf } from '#api/declarations/shared/declaration-checks.ts';
import { serverNow } from '../../session/server-clock.ts';
import { declarationOf, unitFacts, unitsOf, type PaperForm } from './paper-form.ts';
import { useFieldProblems } from './use-field-problems.ts';

/** What is wrong with a form that is keyed in. */
export function usePaperProblems(form: PaperForm) {
  const check = () => {
    const now = serverNow();
    const channel = form.number ? 'PAPER' : 'ASSISTED';
    const unit = unitFacts(unitsOf(form));
    const problems = checkDeclaration(declarationOf(form, now), {
      now: new Date(now),
      channel,
      unit,
      checkClock: false,
    });
    // The id is made when it is saved.
    return problems.filter(({ path }) => path !== 'id');
  };
  return useFieldProblems(check, () => warningsOf(declarationOf(form, serverNow())));
}
