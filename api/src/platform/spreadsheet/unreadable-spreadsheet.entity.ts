import { Field, ObjectType } from 'type-graphql';
import { Problem } from '../graphql/field-problem.ts';
import type { Locale } from '../graphql/locale.ts';
import type { ListProblem } from './read-list.ts';
import type { ListTexts } from './spreadsheet.problems.ts';

@ObjectType({ implements: Problem, description: 'A file whose rows could not be read.', simpleResolvers: true })
export class UnreadableSpreadsheet extends Problem {
  @Field(() => String, { description: 'A stable code: LOCKED, TOO_MANY_ROWS, NO_HEAD and others.' })
  code!: string;
}

export const unreadable = (code: ListProblem, texts: ListTexts, locale: Locale): UnreadableSpreadsheet =>
  Object.assign(new UnreadableSpreadsheet(), { code, message: texts[code][locale] });
