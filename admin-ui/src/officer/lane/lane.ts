import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue';
import { useGraphqlClient } from '../../session/graphql-client.ts';
import type { Decision } from '../../gql/officer/graphql.ts';
import { useAboard } from '../record/aboard.ts';
import { useRecorder, type Passing } from '../record/recorder.ts';
import { numberInCode } from '../paper/form-code.ts';
import { beep } from '../scan/beep.ts';
import type { Reading } from '../scan/reading.ts';
import { isWithoutDeclaration, useScan, type Found } from '../scan/scan.ts';
import { checkpointId, direction } from '../settings.ts';

const CONFIRMED_FOR_MS = 1_000;
// An officer waits no longer for the server: it is sent again beside the next person.
const PATIENCE_MS = 3_500;

/** The work at the lane: read, show, decide, confirm for a second, and ready again. */
export function useLane(openForm: (number: string) => void) {
  const recorder = useRecorder();
  const { scan, read, withCardAlone, clear } = useScan(useGraphqlClient(), () => checkpointId.value);
  const aboard = useAboard(() => scan.value);
  const confirming = shallowRef<Passing | null>(null);
  const refusing = ref(false);
  const nobody = ref(false);
  let timer: ReturnType<typeof setTimeout> | undefined;

  const decidable = computed(() => aboard.people.value.length > 0);
  const cardOnly = computed(() => isWithoutDeclaration(scan.value));
  const busy = computed(() => {
    // Of a card without a declaration nothing can be decided: the person's pass may come next.
    if (scan.value.kind === 'CARD') return !isWithoutDeclaration(scan.value);
    return !['IDLE', 'SIGN', 'INVALID', 'FAILED'].includes(scan.value.kind);
  });

  const filled = computed((): Decision | null => {
    if (scan.value.kind === 'INVALID') return 'REFUSED';
    const advices = new Set(
      aboard.people.value.filter(({ id }) => aboard.ticked.value.has(id)).map(({ advice }) => advice),
    );
    // Nothing is advised of whoever declared nothing.
    if (!advices.has('REFUSE')) return scan.value.kind === 'CARD' ? null : 'ADMITTED';
    return advices.size === 1 ? 'REFUSED' : null;
  });

  function take(reading: Reading): void {
    endConfirmation();
    beep();
    const number = numberInCode(reading.text);
    if (number !== null) return openForm(number);
    nobody.value = refusing.value = false;
    void read(reading);
  }

  function pick({ code }: Found): void {
    void read({ text: code, by: 'TYPED' });
  }

  function again(): void {
    if (scan.value.kind === 'FAILED') void read(scan.value.reading);
  }

  /** A refusal wants a reason first. */
  function decide(decision: Decision, reason: string | null = null): void {
    const people = aboard.toRecord();
    nobody.value = decidable.value && people.length === 0;
    if (people.length === 0) return;
    if (decision === 'REFUSED' && reason === null) return void (refusing.value = true);
    refusing.value = false;
    confirm(
      recorder.record(people, { checkpointId: checkpointId.value, direction: direction.value, decision, reason }),
    );
    clear();
  }

  function confirm(passing: Passing): void {
    confirming.value = passing;
    clearTimeout(timer);
    timer = setTimeout(endConfirmation, PATIENCE_MS);
  }

  function endConfirmation(): void {
    clearTimeout(timer);
    confirming.value = null;
  }

  watch(
    () => confirming.value?.state,
    (state) => {
      if (state === undefined || state === 'UNSENT') return;
      clearTimeout(timer);
      timer = setTimeout(endConfirmation, state === 'RECORDED' ? CONFIRMED_FOR_MS : 0);
    },
  );
  watch(aboard.ticked, () => (nobody.value = false));
  onScopeDispose(() => clearTimeout(timer));

  return {
    scan,
    aboard,
    confirming,
    refusing,
    nobody,
    decidable,
    cardOnly,
    busy,
    filled,
    take,
    pick,
    again,
    withCardAlone,
    decide,
    dismiss: clear,
  };
}
