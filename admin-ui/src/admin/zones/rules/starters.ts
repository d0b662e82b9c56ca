import { newUuid7 } from '#api/platform/shared/uuid7.ts';
import { readRule } from '#api/territory/shared/movement-rules/sentences/rule-sentences.ts';
import type { Logic } from '#api/territory/shared/movement-rules/sentences/logic-template.ts';
import { ruleStarters } from '#api/territory/shared/movement-rules/starters.ts';
import { serverNow } from '../../../session/server-clock.ts';
import { newRule, type RuleDraft } from './rule-draft.ts';

const anew = 'ANEW';
export const starterKeys: readonly string[] = [...ruleStarters.map(({ key }) => key), anew];

/** A rule to begin with; the words are those of its sentence. */
export function fromStarter(key: string): RuleDraft {
  const starter = ruleStarters.find((each) => each.key === key);
  const sentences = starter && readRule(starter.logic as Logic);
  return newRule(
    newUuid7(serverNow()),
    sentences ?? { combined: 'ALL', conditions: [], exemptions: [] },
    starter?.onFailure ?? 'EXAMINE',
  );
}
