import { judge, type RuleVersion, type Verdict } from './evaluate.ts';
import { factsOf, type Declared } from './facts.ts';
import { levelsOf, rulesFor, type ZonesAround } from './levels.ts';

/** What the rules in force at a moment advise on what was declared, its facts taken at that moment. */
export function judgeJourney(
  everywhere: readonly RuleVersion[],
  around: ZonesAround,
  declared: Declared,
  at: Date,
): Verdict {
  return judge(rulesFor(everywhere, around, at), factsOf(declared, levelsOf(around, at), at));
}
