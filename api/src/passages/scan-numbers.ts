import { citizenOfDocuments } from '../people/citizens.service.ts';
import { hashedDocuments, hashesOf, phoneHashes } from '../people/identifiers.service.ts';
import type { CardPerson } from '../people/shared/card-code.ts';
import { openDeclarationsBy, type DeclarationRow, type Parts } from '../declarations/declarations.service.ts';
import { cardContradicts } from './card-contradicts.ts';
import { enterScan } from './enter-scan.ts';
import { openForMs, openScanned } from './open-here.ts';
import { standingOfPeople, type StandsOut } from './stands-out.queries.ts';
import { tellHit } from './tell-hit.ts';
import type { FlagKind } from './passage.row.ts';
import type { Scanned, Scanner } from './scanned.ts';

/** A typed number is no proof of presence: it finds only what is open in the checkpoint's own province. */
export async function scanNumber(
  scanner: Scanner,
  { keys }: Parts,
  typed: { idNumber: string | null; phone: string | null },
): Promise<Scanned> {
  const hashes = {
    idNumber: hashesOf(hashedDocuments(keys, typed)),
    phone: typed.phone ? phoneHashes(keys, typed.phone) : [],
  };
  const rows = await findOpen(scanner, hashes);
  await enterScan(scanner, rows);
  if (rows.length === 0) return { kind: 'INVALID', code: 'NOT_FOUND', row: null };
  const people = rows.map((row) => row.citizen_id);
  const [stands] = await Promise.all([standing(scanner, people), openFound(scanner, rows)]);
  if (stands.watched) await tellHit(scanner);
  return { kind: 'FOUND', rows, flags: flagsOf(rows.some(isWarned), stands) };
}

/** Anybody can write a card's code: it finds what its numbers would find when typed, and the person who is known by them. */
export async function scanCard(scanner: Scanner, { keys }: Parts, card: CardPerson): Promise<Scanned> {
  const { tx, checkpoint } = scanner;
  const idNumber = hashesOf(hashedDocuments(keys, card));
  const [rows, citizen] = await Promise.all([
    findOpen(scanner, { idNumber, phone: [] }),
    citizenOfDocuments(tx, checkpoint.provinceCode, idNumber),
  ]);
  const people = [...rows.map((row) => row.citizen_id), ...(citizen ? [citizen.id] : [])];
  const [stands] = await Promise.all([standing(scanner, people), enterScan(scanner, rows, citizen)]);
  await openFound(scanner, rows);
  if (stands.watched) await tellHit(scanner);
  const contradicted = cardContradicts(card) || rows.some(isWarned);
  return { kind: 'CARD', card, citizen, rows, flags: flagsOf(contradicted, stands) };
}

const findOpen = ({ tx, checkpoint, at }: Scanner, hashes: { idNumber: Buffer[]; phone: Buffer[] }) =>
  openDeclarationsBy(tx, checkpoint.provinceCode, hashes, at);

async function openFound({ tx, checkpoint, at }: Scanner, rows: DeclarationRow[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.rows(openScanned, [
    checkpoint.provinceCode,
    rows.map(() => checkpoint.id),
    rows.map((row) => row.province_code),
    rows.map(({ id }) => id),
    rows.map((row) => row.occurred_at),
    new Date(at.getTime() + openForMs),
  ]);
}

const isWarned = ({ warnings }: DeclarationRow) => warnings.length > 0;
const standing = ({ tx, checkpoint, at }: Scanner, people: string[]) =>
  standingOfPeople(tx, checkpoint.provinceCode, people, at);
const flagsOf = (contradicted: boolean, { mismatched, watched }: StandsOut): FlagKind[] => [
  ...(watched ? ['WATCH_LIST' as const] : []),
  ...(contradicted ? ['NUMBER_CONTRADICTS' as const] : []),
  ...(mismatched ? ['REGISTRY_MISMATCH' as const] : []),
];
