import { sha256 } from '#api/platform/crypto/lookup.ts';
import { newUuid7 } from '#api/platform/shared/uuid7.ts';
import { vietnamDate } from '#api/platform/shared/vietnam-date.ts';
import { aDeclaration, aPassage, recordDocument, submitDocument, type Submitted } from '../builders.ts';
import { answered } from '../mismatch-desk.ts';
import type { TestServer } from '../server.ts';
import { accountViewers, appViewers, communes, places, units, type Commune, type Place } from './places.ts';

export type Kind =
  | 'declaration'
  | 'passage'
  | 'checkpoint'
  | 'account'
  | 'partnerApp'
  | 'session'
  | 'auditEntry'
  | 'mismatch'
  | 'case'
  | 'followUp';

/** A row at a place. Its texts are found nowhere else, so an answer that holds one has shown the row, or the person in it. */
export interface Mark {
  kind: Kind;
  place: Place;
  /** The commune whose checkpoint a scan opened it at. */
  openedAt: Commune | null;
  existence: string[];
  identity: string[];
}

/** What an attacker could name of a person who declared and passed in a commune. */
export interface Known {
  declarationId: string;
  code: string;
  secret: string;
  qrPayload: string;
  idNumber: string;
  phone: string;
  plate: string;
  name: string;
  /** 1987-11-20. */
  born: string;
  passageId: string;
  citizenId: string;
  checkpointId: string;
  caseId: string;
}

export interface Marks {
  all: Mark[];
  known: Record<Commune, Known>;
  /** Went to another province, and a scan opened the declaration at the own checkpoint. */
  guest: Omit<Known, 'passageId' | 'checkpointId' | 'caseId'>;
  accounts: Record<Place, string>;
  /** Ids of partner apps. */
  apps: Record<Place, string>;
  /** Ids of sessions of these accounts, which are nobody else's. */
  sessions: Record<Place, string>;
}

type Person = Omit<Known, 'passageId' | 'citizenId' | 'checkpointId' | 'caseId'> & { identity: string[] };

/** Plants rows in every commune, and accounts at every place, by the ways that people take. */
export async function plantMarks(server: TestServer): Promise<Marks> {
  const accounts = Object.fromEntries(places.map((place) => [place, newUuid7()])) as Record<Place, string>;
  const checkpoints = Object.fromEntries(communes.map((place) => [place, newUuid7()])) as Record<Commune, string>;
  await insertCheckpoints(server, checkpoints);
  await insertAccounts(server, accounts, checkpoints);
  const sessions = await openSessions(server, accounts);
  const apps = await insertApps(server);
  const all: Mark[] = places.map((place) => ({
    kind: 'account',
    place,
    openedAt: null,
    existence: [accounts[place], `marked.${place.toLowerCase()}`, `Mốc Tài Khoản ${place}`],
    identity: [],
  }));
  for (const place of places)
    all.push({
      kind: 'partnerApp',
      place,
      openedAt: null,
      existence: [apps[place], `Mốc App ${place}.`],
      identity: [],
    });
  for (const place of places)
    all.push({ kind: 'session', place, openedAt: null, existence: [sessions[place]], identity: [] });
  for (const place of places) {
    const entry = await enter(server, place, accounts[place]);
    const existence = [...entry, accounts[place], `Mốc Tài Khoản ${place}`];
    all.push({ kind: 'auditEntry', place, openedAt: null, existence, identity: [] });
  }
  const known = {} as Record<Commune, Known>;
  for (const [at, place] of communes.entries()) {
    const person = await declare(server, place, at);
    const { passageId, citizenId } = await pass(server, place, checkpoints[place], person.declarationId);
    await answered(server, { province: units[place].province, citizenId, checkpointId: checkpoints[place] });
    const caseId = await openCase(server, place, citizenId);
    await insertContact(server, place, caseId, citizenId);
    known[place] = { ...person, passageId, citizenId, checkpointId: checkpoints[place], caseId };
    const { identity, declarationId, code } = person;
    all.push(
      { kind: 'declaration', place, openedAt: null, existence: [declarationId, code], identity },
      { kind: 'passage', place, openedAt: null, existence: [passageId, citizenId], identity },
      { kind: 'case', place, openedAt: null, existence: [caseId, `Mốc ca bệnh ${place}`], identity },
      { kind: 'followUp', place, openedAt: null, existence: [`Mốc theo dõi ${place}.`], identity },
      { kind: 'mismatch', place, openedAt: null, existence: [citizenId], identity },
      { kind: 'checkpoint', place, openedAt: null, existence: [checkpoints[place], `Mốc Chốt ${place}`], identity: [] },
    );
  }
  const guestThere = await declare(server, 'foreign', communes.length);
  await scan(server, guestThere.qrPayload, checkpoints.own, 'recording.own');
  const guest = { ...guestThere, citizenId: await citizenOf(server, guestThere.declarationId) };
  await refer(server, known.sibling);
  await joinPeople(server, known);
  await insertArrivals(server, known);
  await insertCounts(server, known);
  const { declarationId, code, identity } = guest;
  all.push({ kind: 'declaration', place: 'foreign', openedAt: 'own', existence: [declarationId, code], identity });
  return { all, known, guest, accounts, apps, sessions };
}

/** A contact that the commune has written about. */
async function insertContact({ sql }: TestServer, place: Commune, caseId: string, citizenId: string): Promise<void> {
  await sql(
    `insert into case_contact (province_code, case_id, citizen_id, case_province, unit_id, generation, first_exposed_at, last_exposed_at,
       exposures, linked, status, until, notes, found_at, updated_at)
     values ($1, $2, $3, $1, $4, 1, now(), now(), 1, true, 'CONTACTED', current_date, $5, now(), now())`,
    [units[place].province, caseId, citizenId, unitId(place), `Mốc theo dõi ${place}.`],
  );
}

/** As it stands where the person stays; nobody is watched for it. */
async function openCase({ sql }: TestServer, place: Commune, citizenId: string): Promise<string> {
  const id = newUuid7();
  await sql(
    `insert into epidemic_case (province_code, id, unit_id, citizen_id, status, rule_set, infectious_from, infectious_until, opened_at, opened_by, justification)
     values ($1, $2, $3, $4, 'CONFIRMED', 'VN-2021-12-29', now() - interval '2 days', now() + interval '8 days', now(),
       (select id from account where username = $5), $6)`,
    [units[place].province, id, unitId(place), citizenId, `recording.${place}`, `Mốc ca bệnh ${place}`],
  );
  return id;
}

/** As the outbox's reader would write them: half of them inside, half gone. */
async function insertArrivals({ sql }: TestServer, known: Record<Commune, Known>): Promise<void> {
  for (const [at, place] of communes.entries())
    await sql(
      `insert into arrival (province_code, declaration_id, declaration_occurred_at, unit_id, citizen_id, stays_until, came_at, came_through, left_at)
       values ($1, $2, uuid_time($2), $3, $4, '2021-08-01', now(), $5, $6)`,
      [
        units[place].province,
        known[place].declarationId,
        unitId(place),
        known[place].citizenId,
        known[place].checkpointId,
        at % 2 ? new Date() : null,
      ],
    );
}

/** As the outbox's reader would count them. */
async function insertCounts({ sql }: TestServer, known: Record<Commune, Known>): Promise<void> {
  for (const place of communes)
    for (const table of ['movement_day', 'journey_day'])
      await sql(
        `insert into ${table} select (jsonb_populate_record(null::${table}, (
           select jsonb_object_agg(a.attname, 1) from pg_attribute a where a.attrelid = $1::regclass and a.attnum > 0) || $2::jsonb)).*`,
        [
          table,
          {
            province_code: units[place].province,
            day: vietnamDate(new Date()),
            checkpoint_id: known[place].checkpointId,
            unit_id: unitId(place),
            channel: 'ONLINE',
            kind: 'ORIGIN',
            value: '01',
            changed_at: new Date(),
          },
        ],
      );
}

/** One verdict was handed on by an officer. */
async function refer({ sql }: TestServer, { citizenId }: Known): Promise<void> {
  await sql(
    `update registry_verification set resolution_kind = 'REFERRED', resolution_reason = 'hỏi công an xã', resolved_at = now(),
       resolved_by = (select id from account where username = 'recording.sibling') where citizen_id = $1`,
    [citizenId],
  );
}

const unitId = (place: Place) => `${units[place].code}@2021`;

async function insertCheckpoints({ sql }: TestServer, checkpoints: Record<Commune, string>): Promise<void> {
  for (const place of communes)
    await sql(
      `insert into checkpoint (id, code, name, unit_id, province_code, kind, active, created_at)
       values ($1, $2, $3, $4, $5, 'ROAD', true, now())`,
      [
        checkpoints[place],
        `M${place.slice(0, 2).toUpperCase()}`,
        `Mốc Chốt ${place}`,
        unitId(place),
        units[place].province,
      ],
    );
}

/** Of every role at every place one that asks, one that records in each commune, and one marked at each place. */
async function insertAccounts(
  { sql }: TestServer,
  marked: Record<Place, string>,
  checkpoints: Record<Commune, string>,
): Promise<void> {
  const add = async (
    username: string,
    role: string,
    place: Place,
    checkpoint: Commune | null,
    name: string,
    id = newUuid7(),
  ) => {
    await sql(
      `insert into account (id, username, full_name, password_hash, must_change_password, roles, unit_id, province_code, active, demo, created_at)
       select $1, $2, $3, password_hash, false, array[$4], $5, $6, true, false, now() from account where username = 'admin.vn'`,
      [id, username, name, role, unitId(place), units[place].province],
    );
    if (checkpoint) await sql('insert into account_checkpoint values ($1, $2)', [id, checkpoints[checkpoint]]);
  };
  for (const { username, role, place, checkpoint } of accountViewers)
    await add(username, role, place, checkpoint, 'Người Xem');
  for (const place of communes) await add(`recording.${place}`, 'OFFICER', place, place, 'Cán Bộ Ghi');
  for (const place of places)
    await add(`marked.${place.toLowerCase()}`, 'ANALYST', place, null, `Mốc Tài Khoản ${place}`, marked[place]);
}

/** One marked at each place, which nobody asks with, and those that ask. */
async function insertApps({ sql }: TestServer): Promise<Record<Place, string>> {
  const add = async (id: string, name: string, place: Place, scope: string, secret: string) =>
    sql(
      `insert into partner_app (id, name, purpose, scopes, unit_id, province_code, requests_per_minute, cost_per_minute,
         secret_number, secret_hash, secret_made_at, demo, created_at)
       values ($1, $2, 'Kiểm thử', array[$3], $4, $5, 100000, 100000000, 1, $6, now(), false, now())`,
      [id, name, scope, unitId(place), units[place].province, sha256(secret)],
    );
  const apps = {} as Record<Place, string>;
  for (const place of places) {
    apps[place] = newUuid7();
    await add(apps[place], `Mốc App ${place}.`, place, 'declarations:read', newUuid7());
  }
  for (const { app, role, place, username } of appViewers)
    await add(app?.id ?? '', username, place, role, app?.secret ?? '');
  return apps;
}

async function openSessions({ sql }: TestServer, accounts: Record<Place, string>): Promise<Record<Place, string>> {
  const sessions = {} as Record<Place, string>;
  for (const place of places) {
    const [row] = await sql<{ id: string }>(
      `insert into account_session (id, token_hash, account_id, province_code, created_at, last_seen_at, expires_at)
       select gen_random_uuid(), $2, a.id, a.province_code, now(), now(), now() + interval '1 day' from account a where a.id = $1
       returning id`,
      [accounts[place], Buffer.from(`session of ${place}`)],
    );
    sessions[place] = row?.id ?? '';
  }
  return sessions;
}

/** What an account there did, to a subject of its own; answers both ids. */
async function enter({ sql }: TestServer, place: Place, actorId: string): Promise<string[]> {
  const [id, subject] = [newUuid7(), newUuid7()];
  await sql(
    `insert into audit_entry (province_code, id, at, actor_id, unit_id, action, subject_ids, detail, leaf_hash)
     values ($1, $2, uuid_time($2), $3, $4, 'matrix.mark', array[$5::uuid], '{}', '')`,
    [units[place].province, id, actorId, unitId(place), subject],
  );
  return [id, subject];
}

async function declare(server: TestServer, place: Commune, at: number): Promise<Person> {
  const { code, province } = units[place];
  const word = `Kin${String.fromCharCode(97 + at)}xyz`;
  const plate = `36B1${at}7765`;
  const phone = `+8497${at}000111`;
  const person = {
    fullName: `Hồ Thị ${word}`,
    dateOfBirth: `1987-11-2${at}`,
    phone,
    email: `${word}@example.vn`,
    healthInsuranceNumber: `GD401998877${at}655`,
    permanentAddress: { line: `Ngõ Tổ ${word} 7`, unitCode: '00001' },
  };
  const destinationAddress = { line: `Hẻm ${word} 8`, unitCode: code };
  const input = aDeclaration({ person, journey: { plate, destinationAddress } }, province);
  const answer = await server.graphql<{ submitDeclarations: Submitted[] }>(submitDocument, { input: [input] });
  const [result] = answer.data.submitDeclarations;
  if (!result?.declaration) throw new Error(answer.text);
  const idNumber = input.person.idNumber ?? '';
  return {
    declarationId: input.id,
    code: result.declaration.code,
    secret: input.receiptSecret ?? '',
    qrPayload: result.receipt.qrPayload,
    idNumber,
    phone,
    plate,
    name: person.fullName,
    born: person.dateOfBirth,
    identity: [idNumber, word, person.dateOfBirth, phone.slice(3), person.healthInsuranceNumber, plate],
  };
}

async function pass(server: TestServer, place: Commune, checkpointId: string, declarationId: string) {
  const input = [aPassage(checkpointId, { declarationId })];
  const answer = await server.graphql(recordDocument, { input }, { as: `recording.${place}` });
  if (!answer.text.includes('PassageRecorded')) throw new Error(answer.text);
  const [row] = await server.sql<{ id: string; citizen_id: string }>(
    'select id, citizen_id from passage where declaration_id = $1',
    [declarationId],
  );
  return { passageId: row?.id ?? '', citizenId: row?.citizen_id ?? '' };
}

/** Two who may be one, and somebody who is merged into one of them. */
async function joinPeople({ sql }: TestServer, { own, sibling }: Record<Commune, Known>): Promise<void> {
  await sql(
    `insert into citizen_double (province_code, one_id, other_id, score, evidence, found_at)
     values ('38', least($1::uuid, $2::uuid), greatest($1::uuid, $2::uuid), 70, '{SAME_NAME,BIRTH_DATE}', now())`,
    [own.citizenId, sibling.citizenId],
  );
  const alias = newUuid7();
  await sql(
    `insert into citizen (province_code, id, full_name, date_of_birth, sex, nationality, created_at)
     values ('38', $1, 'Hồ Thị Gộp', '1987', 'FEMALE', 'VNM', now())`,
    [alias],
  );
  await sql(
    `insert into citizen_alias (province_code, alias_id, citizen_id, kept_id, merged_at, merged_by, reason)
     values ('38', $1, $2, $2, now(), $1, 'cùng một người')`,
    [alias, own.citizenId],
  );
}

async function citizenOf({ sql }: TestServer, declarationId: string): Promise<string> {
  const [row] = await sql<{ citizen_id: string }>('select citizen_id from declaration where id = $1', [declarationId]);
  return row?.citizen_id ?? '';
}

async function scan(server: TestServer, payload: string, checkpointId: string, as: string): Promise<void> {
  const document =
    'query ($payload: String!, $checkpointId: ID!) { scan(payload: $payload, checkpointId: $checkpointId) { __typename } }';
  const answer = await server.graphql(document, { payload, checkpointId }, { as });
  if (!answer.text.includes('ValidPass')) throw new Error(answer.text);
}
