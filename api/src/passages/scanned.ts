import type { Transaction } from '../platform/database/transaction.ts';
import type { Territory } from '../territory/territory.service.ts';
import type { Context } from '../policy/viewer.ts';
import type { KnownCheckpoint } from '../checkpoints/checkpoints-around.service.ts';
import type { CitizenRow } from '../people/citizen.entity.ts';
import type { CardDamage, CardPerson } from '../people/shared/card-code.ts';
import type { DeclarationRow } from '../declarations/declarations.service.ts';
import type { RuleVersion } from '../territory/shared/movement-rules/evaluate.ts';
import type { Advice } from '../territory/shared/movement-rules/advice.ts';
import type { FlagKind, PassageRow } from './passage.row.ts';
import type { InvalidPassCode } from './passage-results.entity.ts';

/** What was scanned or typed, found out. */
export type Scanned =
  | {
      kind: 'VALID';
      row: DeclarationRow;
      companions: DeclarationRow[];
      advice: Advice;
      failed: RuleVersion[];
      flags: FlagKind[];
      last: PassageRow | null;
    }
  | { kind: 'INVALID'; code: InvalidPassCode; row: DeclarationRow | null; looksLike?: CardDamage | 'FOREIGN' }
  | { kind: 'FOUND'; rows: DeclarationRow[]; flags: FlagKind[] }
  | { kind: 'CARD'; card: CardPerson; citizen: CitizenRow | null; rows: DeclarationRow[]; flags: FlagKind[] };

export interface Scanner {
  context: Context;
  tx: Transaction;
  checkpoint: KnownCheckpoint;
  around: ReadonlyMap<string, KnownCheckpoint>;
  at: Date;
  territory: Territory;
}
