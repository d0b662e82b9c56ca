import { createUnionType, Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { UnreadableSpreadsheet } from '../../platform/spreadsheet/unreadable-spreadsheet.entity.ts';
import { Case } from '../case.entity.ts';
import { CaseUploadVerdict } from './upload-cases.ts';

registerEnumType(CaseUploadVerdict, {
  name: 'CaseUploadVerdict',
  description: 'What became of a row.',
  valuesConfig: {
    OPENED: { description: 'A case is open now.' },
    OPEN_ALREADY: { description: 'The person had an open case before.' },
    NOT_FOUND: { description: 'Nobody within your jurisdiction has this number.' },
    AMBIGUOUS: { description: 'The number is of somebody of another name, or known in several provinces.' },
    INVALID: { description: 'Something in the row cannot be read.' },
  },
});

@ObjectType({ description: 'One row of a list of cases, and what became of it.', simpleResolvers: true })
export class CaseUploadRow {
  @Field(() => Int, { description: 'Its number in the spreadsheet, the first is 1.' })
  row!: number;

  @Field(() => String, { description: 'The cell of the name.' })
  fullName!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The last three digits of the number; null where there is none.',
  })
  documentMasked!: string | null;

  @Field(() => CaseUploadVerdict, { description: 'What became of it.' })
  verdict!: CaseUploadVerdict;

  @Field(() => String, { nullable: true, description: 'Why no case was opened; null where one was.' })
  message!: string | null;

  @Field(() => Case, {
    nullable: true,
    description: 'The case that was opened, or that is open already; null where there is none that you may see.',
  })
  case!: Case | null;
}

@ObjectType({ description: 'A list of cases that was read.', simpleResolvers: true })
export class CaseUpload {
  @Field(() => [CaseUploadRow], { description: 'Its rows below the head, at most 500.' })
  rows!: CaseUploadRow[];

  @Field(() => Int, { description: 'How many cases were opened.' })
  opened!: number;
}

export const CaseUploadResult = createUnionType({
  name: 'CaseUploadResult',
  description: 'What became of a list of cases.',
  types: () => [CaseUpload, UnreadableSpreadsheet] as const,
  resolveType: (value) => ('rows' in value ? 'CaseUpload' : 'UnreadableSpreadsheet'),
});
