import { createUnionType, Field, ID, Int, ObjectType } from 'type-graphql';
import { FieldProblem } from '../../platform/graphql/field-problem.ts';
import { UnreadableSpreadsheet } from '../../platform/spreadsheet/unreadable-spreadsheet.entity.ts';
import type { Role } from '../../policy/viewer.ts';
import { AdministrativeUnit } from '../../territory/unit.entity.ts';
import { RoleEnum } from '../account.entity.ts';

@ObjectType({
  description: 'An account that a row asks for: with an id it is an input of createAccounts.',
  simpleResolvers: true,
})
export class ImportedAccount {
  @Field(() => String, { description: 'As written, or proposed from name and unit where nothing is written.' })
  username!: string;

  @Field(() => String, { description: "The person's name." })
  fullName!: string;

  @Field(() => [RoleEnum], { description: 'As written; an officer where nothing is.', complexity: 1 })
  roles!: Role[];

  @Field(() => AdministrativeUnit, { description: 'As written; the own unit where nothing is.' })
  unit!: AdministrativeUnit;

  @Field(() => [ID], { description: 'The checkpoints of the codes.', complexity: 1 })
  checkpointIds!: string[];
}

@ObjectType({
  description: 'One row of a spreadsheet: its cells as they are, and what is wrong.',
  simpleResolvers: true,
})
export class AccountImportRow {
  @Field(() => Int, { description: 'Its number in the spreadsheet, the first is 1.' })
  row!: number;

  @Field(() => String, { description: 'The cell of the name.' })
  fullName!: string;

  @Field(() => String, { description: 'The cell of the user name.' })
  username!: string;

  @Field(() => String, { description: 'The cell of the roles.' })
  roles!: string;

  @Field(() => String, { description: 'The cell of the unit: a code or a name.' })
  unit!: string;

  @Field(() => String, { description: 'The cell of the checkpoints: their codes.' })
  checkpoints!: string;

  @Field(() => ImportedAccount, {
    nullable: true,
    description: 'What would be created; null where something is wrong.',
  })
  account!: ImportedAccount | null;

  @Field(() => [FieldProblem], {
    description: 'What to mend; the path is the field of this row.',
    complexity: ({ childComplexity }) => 1 + 5 * childComplexity,
  })
  problems!: FieldProblem[];
}

@ObjectType({ description: 'A spreadsheet that was read, and nothing written.', simpleResolvers: true })
export class AccountImport {
  @Field(() => [AccountImportRow], { description: 'Its rows below the head, at most 5,000.' })
  rows!: AccountImportRow[];
}

export const AccountImportResult = createUnionType({
  name: 'AccountImportResult',
  description: 'What became of a spreadsheet.',
  types: () => [AccountImport, UnreadableSpreadsheet] as const,
  resolveType: (value) => ('rows' in value ? 'AccountImport' : 'UnreadableSpreadsheet'),
});
