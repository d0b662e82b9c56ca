import type { GraphqlClient } from '../../../session/graphql-client.ts';
import { computed, reactive, toRefs, watch } from 'vue';
import { newUuid7 } from '#api/platform/shared/uuid7.ts';
import {
  CheckAccountImportDocument,
  CreateAccountsDocument,
  ResetLostPasswordDocument,
} from '../../../gql/admin/graphql.ts';
import { serverNow } from '../../../session/server-clock.ts';
import { viewer } from '../../../session/viewer.ts';
import { ask } from '../../../session/ask.ts';
import { troubleOf } from '../../request/trouble.ts';
import { toBase64 } from '../../sheets/to-base64.ts';
import { t } from '../../texts.ts';
import { toFile } from './import-file.ts';
import { byCell, isReady, isWrong, toRow, type ImportRow } from './import-row.ts';

const CHUNK = 250;

interface State {
  name: string;
  rows: ImportRow[];
  work: 'NONE' | 'CHECKING' | 'CREATING';
  trouble: string | null;
  /** Whether the passwords are on a slip. */
  saved: boolean;
}
const nothing = (): State => ({ name: '', rows: [], work: 'NONE', trouble: null, saved: false });

// Beside the page: who looks at another list meanwhile finds it going on. Passwords stand nowhere else.
const state = reactive<State>(nothing());
watch(
  () => viewer.value?.account.id,
  () => Object.assign(state, nothing()),
);

const created = computed(() => state.rows.filter((row) => row.created));
const ready = computed(() => state.rows.filter(isReady));
const wrong = computed(() => state.rows.filter((row) => !row.created && isWrong(row)));
const mended = computed(() => state.rows.filter((row) => row.mended));
/** Their first passwords were in an answer that got lost: they get new ones. */
const lost = computed(() => created.value.filter((row) => !row.oneTimePassword));
const slips = computed(() => created.value.filter((row) => row.oneTimePassword));

/** A spreadsheet of people: checked by the server, mended here, created in parts; a part that failed is sent again. */
export function useAccountImport(client: GraphqlClient) {
  async function check(file: Blob): Promise<ImportRow[] | null> {
    Object.assign(state, { work: 'CHECKING', trouble: null });
    const content = await toBase64(file);
    const answer = content ? await ask(client, 'query', CheckAccountImportDocument, { file: content }) : null;
    state.work = 'NONE';
    const result = answer?.data?.accountImport;
    if (result?.__typename === 'AccountImport') return result.rows.map((row) => toRow(row, newUuid7(serverNow())));
    state.trouble = result?.message ?? (answer?.problem ? troubleOf(answer.problem) : t('sheets.tooLarge'));
    return null;
  }

  async function choose(file: File): Promise<void> {
    const rows = await check(file);
    if (rows) Object.assign(state, nothing(), { name: file.name, rows });
  }

  /** Checks all that is still to be created: a mended user name may now be another row's too. */
  async function recheck(): Promise<void> {
    const open = state.rows.filter((row) => !row.created);
    const checked = await check(toFile(open));
    if (!checked) return;
    for (const answer of checked) {
      // The head is line 1.
      const row = open[answer.number - 2];
      if (row) Object.assign(row, { problems: answer.problems, account: answer.account, mended: false });
    }
  }

  async function create(): Promise<void> {
    if (state.work !== 'NONE') return;
    Object.assign(state, { work: 'CREATING', trouble: null, saved: false });
    while (ready.value.length > 0 && state.trouble === null) await createPart(ready.value.slice(0, CHUNK));
    for (const row of lost.value) if (state.trouble === null) await renew(row);
    state.work = 'NONE';
  }

  async function createPart(rows: ImportRow[]): Promise<void> {
    const input = rows.flatMap(({ id, account }) => {
      if (!account) return [];
      const { username, fullName, roles, unit, checkpointIds } = account;
      return [{ id, username, fullName, roles, unitCode: unit.code, checkpointIds }];
    });
    const { data, problem } = await ask(client, 'mutation', CreateAccountsDocument, { input });
    if (problem) return void (state.trouble = troubleOf(problem));
    for (const [at, result] of data.createAccounts.entries()) {
      const row = rows[at];
      if (!row) continue;
      if (result.__typename === 'InvalidAccount')
        Object.assign(row, { problems: byCell(result.fields), account: null });
      else Object.assign(row, { created: true, oneTimePassword: result.oneTimePassword ?? null });
    }
  }

  async function renew(row: ImportRow): Promise<void> {
    const { data, problem } = await ask(client, 'mutation', ResetLostPasswordDocument, { id: row.id });
    if (problem) state.trouble = troubleOf(problem);
    else row.oneTimePassword = data.resetCredentials.oneTimePassword ?? null;
  }

  const forget = () => void Object.assign(state, nothing());
  return { ...toRefs(state), created, ready, wrong, mended, lost, slips, choose, recheck, create, forget };
}
