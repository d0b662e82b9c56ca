import { Account } from './accounts/account.entity.ts';
import { Checkpoint } from './checkpoints/checkpoint.entity.ts';
import type { EntityClass } from './platform/database/database.ts';

/** What the unit of work maps: the tables that administrators change. Everything else is written by plain statements. */
export const entities: EntityClass[] = [Account, Checkpoint];
