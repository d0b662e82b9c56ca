import { computed, ref, watch } from 'vue';
import { getFragmentData } from '../../gql/officer/fragment-masking.ts';
import { AboardRowFragmentDoc, type AboardRowFragment } from '../../gql/officer/graphql.ts';
import { isPass } from '../scan/reading.ts';
import type { OfflinePass } from '../offline/judge-offline.ts';
import type { Scan } from '../scan/scan.ts';
import { evidenceOf, type PersonAboard } from './passage-inputs.ts';

/** Who is in the vehicle: the one who was scanned first, then the companions of the same submission; all, until unticked. */
export function useAboard(scan: () => Scan) {
  const people = computed(() => peopleOf(scan()));
  const ticked = ref<ReadonlySet<string>>(new Set());
  const noCard = ref(false);
  watch(
    people,
    () => {
      tickAll(true);
      noCard.value = false;
    },
    { immediate: true, flush: 'sync' },
  );

  function tickAll(on: boolean): void {
    ticked.value = new Set(on ? people.value.map(({ id }) => id) : []);
  }

  function tick(id: string): void {
    const next = new Set(ticked.value);
    if (!next.delete(id)) next.add(id);
    ticked.value = next;
  }

  /** A companion's own pass was not scanned: their card was compared. */
  function toRecord(): PersonAboard[] {
    const shown = scan();
    if (shown.kind === 'CARD') return byCard(shown, noCard.value);
    if (shown.kind !== 'VALID' && shown.kind !== 'INVALID' && shown.kind !== 'OFFLINE') return [];
    const recordedOffline = shown.kind === 'OFFLINE';
    const pass = isPass(shown.reading.text) ? shown.reading.text : null;
    return people.value.flatMap(({ id, person }, at) => {
      if (!ticked.value.has(id)) return [];
      const own = at === 0;
      const evidence = evidenceOf({ pass: own && pass !== null, card: !(own && noCard.value) });
      return [
        {
          ...{ declarationId: id, fullName: person.fullName, qrPayload: own ? pass : null, evidence, recordedOffline },
          ...(shown.kind === 'OFFLINE' && { advice: shown.pass.advice }),
        },
      ];
    });
  }

  return { people, ticked, noCard, tick, tickAll, toRecord };
}

export type AboardPeople = ReturnType<typeof useAboard>;

type ShownCard = Extract<Scan, { kind: 'CARD' }>;

/** Found, or made known, by the text of the card. */
function byCard({ reading, card, away, alone }: ShownCard, noCard: boolean): PersonAboard[] {
  if (!alone) return [];
  const evidence = evidenceOf({ pass: false, card: !noCard });
  const { fullName } = card;
  return [{ declarationId: null, fullName, qrPayload: reading.text, evidence, recordedOffline: away }];
}

/** Nothing was declared, so nothing is advised, but to stop who is on the watch list. */
const aloneByCard = ({ card: { fullName, dateOfBirth, idNumber, flags } }: ShownCard): AboardRowFragment => ({
  id: 'card',
  advice: flags.some(({ kind }) => kind === 'WATCH_LIST') ? 'REFUSE' : 'EXAMINE',
  person: { fullName, dateOfBirth, idNumber, documentMasked: null },
});

/** A pass tells of one person: who came along is known to the server. */
const aloneOn = ({
  claims: { id, fullName, dateOfBirth, documentEnding },
  advice,
}: OfflinePass): AboardRowFragment => ({
  id,
  advice,
  person: {
    fullName: fullName ?? '',
    dateOfBirth: dateOfBirth ?? '',
    idNumber: null,
    documentMasked: documentEnding ?? null,
  },
});

function peopleOf(scan: Scan): readonly AboardRowFragment[] {
  if (scan.kind === 'INVALID') return scan.outdated ? [getFragmentData(AboardRowFragmentDoc, scan.outdated)] : [];
  if (scan.kind === 'OFFLINE') return [aloneOn(scan.pass)];
  if (scan.kind === 'CARD') return scan.alone ? [aloneByCard(scan)] : [];
  if (scan.kind !== 'VALID') return [];
  // The scan judged the one who was scanned anew; the companions' advice is that of their submission.
  const own = { ...getFragmentData(AboardRowFragmentDoc, scan.declaration), advice: scan.pass.advice };
  return [own, ...getFragmentData(AboardRowFragmentDoc, scan.pass.companions)];
}
