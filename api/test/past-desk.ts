import 'reflect-metadata';
import { lookupHash } from '#api/platform/crypto/lookup.ts';
import { openDatabase, withRole, type Database } from '#api/platform/database/database.ts';
import { inTransaction, wholeProvinces } from '#api/platform/database/transaction.ts';
import { newUuid7 } from '#api/platform/shared/uuid7.ts';
import { endHold, placeHolds } from '#api/people/holds.service.ts';
import { applyRetention } from '#api/retention/apply-retention.ts';
import { defaultDays, type RetentionDays } from '#api/retention/retention-days.ts';
import { anIdNumber } from './builders.ts';
import type { TestServer } from './server.ts';
import { testKeys, testRolePasswords } from './test-config.ts';

export const dayMs = 86_400_000;

/** Somebody who declared and passed some days ago. */
export interface PastPerson {
  province: string;
  citizenId: string;
  declarationId: string;
  passageId: string;
}

/** A server's past, which tests arrange by ids of weeks ago, and the worker's nightly work on it. */
export class PastDesk {
  readonly #server: TestServer;
  readonly database: Database;

  private constructor(server: TestServer, database: Database) {
    this.#server = server;
    this.database = database;
  }

  static async open(server: TestServer): Promise<PastDesk> {
    const url = withRole(server.ownerUrl, 'cordon_worker', testRolePasswords.worker);
    const database = await openDatabase({
      url,
      poolSize: 2,
      entities: [],
      longestMs: 60_000,
      onError: () => undefined,
    });
    const past = new PastDesk(server, database);
    await past.makeWeeks();
    return past;
  }

  /** The partitions of the last weeks, those that were dropped among them. */
  async makeWeeks(weeks = 18, tables = ['passage', 'declaration', 'outbox', 'audit_access']): Promise<void> {
    const [from, today] = [weeks * 7, 0].map((days) => new Date(Date.now() - days * dayMs).toISOString().slice(0, 10));
    for (const table of tables)
      await this.#server.sql('select ensure_weekly_partitions($1, $2, $3)', [table, from, today]);
  }

  async aPerson(daysAgo: number, province = '38'): Promise<PastPerson> {
    const time = Date.now() - daysAgo * dayMs;
    const [citizenId, declarationId, passageId] = [newUuid7(time), newUuid7(time), newUuid7(time + 1)];
    const number = lookupHash(testKeys.lookup, 'id', anIdNumber());
    const unit = province === '38' ? '14812@2021' : '00001@2021';
    await this.#server.sql(
      `with person as (insert into citizen values ($1, $2, 'Người Cũ', '1990-01-01', 'MALE', 'VNM', null, null, null, null, null, uuid_time($2)))
       , number as (insert into citizen_document (province_code, hmac, citizen_id, kind, created_at) values ($1, $5, $2, 'CCCD', uuid_time($2)))
       , name as (insert into citizen_name_key values ($1, 'NGU', $2))
       , verdict as (insert into registry_verification (province_code, citizen_id, status, enqueued_at, checkpoint_id, unit_id, passed_at)
           values ($1, $2, 'MATCHED', uuid_time($2), $4, $6, uuid_time($4)))
       , code as (insert into declaration_handle values ($1, 'CODE', $5, $3, uuid_time($3)))
       , declared as (insert into declaration (province_code, id, occurred_at, code, submission_id, citizen_id, content_hash, channel, submitted_at,
           valid_until, on_behalf, full_name, date_of_birth, sex, nationality, id_number_hmac, stay_line, stay_unit_id, purpose, origin_unit_id,
           destination_unit_id, destination_line, destination_address_unit_id, departs_at, vehicle, health, advice, reasons, rules_version, warnings)
         values ($1, $3, uuid_time($3), 'CODE', $3, $2, '', 'ONLINE', uuid_time($3), uuid_time($3) + interval '3 days', false, 'Người Cũ',
           '1990-01-01', 'MALE', 'VNM', $5, '', $6, 'HOME', $6, $6, '', $6, uuid_time($3), 'CAR', '{}', 'ADMIT', '{}', 1, '[]'))
       insert into passage (province_code, id, occurred_at, recorded_at, checkpoint_id, unit_id, citizen_id, direction, decision, evidence,
         channel, recorded_by, recorded_offline, flags, flagged, content_hash)
       values ($1, $4, uuid_time($4), uuid_time($4), $4, $6, $2, 'IN', 'ADMITTED', 'NO_CARD', 'ONLINE', $4, false, '{}', false, '')`,
      [province, citizenId, declarationId, passageId, number, unit],
    );
    return { province, citizenId, declarationId, passageId };
  }

  /** As tracing does for an open case, each a case of its own; answers the hold's id. */
  async hold({ province, citizenId }: PastPerson): Promise<string> {
    const id = newUuid7();
    const hold = { provinceCode: province, id, citizenId, reason: `case ${id}` };
    await this.#asApi((tx) => placeHolds(tx, [hold], new Date()), province);
    return id;
  }

  endHold({ province }: PastPerson, id: string): Promise<void> {
    return this.#asApi((tx) => endHold(tx, { provinceCode: province, id }, new Date()), province);
  }

  applyRetention(days: Partial<RetentionDays> = {}): Promise<void> {
    return applyRetention(this.database, { ...defaultDays, ...days }, new Date());
  }

  async #asApi(work: Parameters<typeof inTransaction<void>>[2], province: string): Promise<void> {
    const url = withRole(this.#server.ownerUrl, 'cordon_api', testRolePasswords.api);
    const database = await openDatabase({ url, poolSize: 1, entities: [], onError: () => undefined });
    await inTransaction(database, wholeProvinces([province]), work);
    await database.close();
  }

  /** Which of the person's rows are there, and where. */
  async traces({ citizenId, declarationId, passageId }: PastPerson): Promise<string[]> {
    const found = await this.#server.sql<{ what: string }>(
      `select 'citizen' as what from citizen where id = $1 union all
       select 'document' from citizen_document where citizen_id = $1 union all
       select 'name key' from citizen_name_key where citizen_id = $1 union all
       select 'verdict' from registry_verification where citizen_id = $1 union all
       select 'declaration' from declaration where id = $2 union all
       select 'declaration held' from declaration_held where id = $2 union all
       select 'handle' from declaration_handle where declaration_id = $2 union all
       select 'passage' from passage where id = $3 union all
       select 'passage held' from passage_held where id = $3`,
      [citizenId, declarationId, passageId],
    );
    return found.map(({ what }) => what);
  }

  /** The evidence of a table, by province. */
  evidence(
    table: string,
  ): Promise<Array<{ province_code: string; detail: { from: string; to: string; rows: number; digest: string } }>> {
    return this.#server.sql(
      `select province_code, detail from audit_entry where action = 'retention.drop' and detail->>'table' = $1 order by province_code, id`,
      [table],
    );
  }
}
