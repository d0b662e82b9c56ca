import { ref, shallowRef } from 'vue';
import { getFragmentData } from '../../../../../gql/admin/fragment-masking.ts';
import { ContactsForFileDocument, ContactsOfCaseFragmentDoc } from '../../../../../gql/admin/graphql.ts';
import { useGraphqlClient } from '../../../../../session/graphql-client.ts';
import { saveFile } from '../../../../../ui/save-file.ts';
import { fileName } from '../../../../lists/export/file-name.ts';
import { now } from '../../../../moments.ts';
import { ask } from '../../../../../session/ask.ts';
import { troubleOf } from '../../../../request/trouble.ts';
import { t } from '../../../../texts.ts';
import { contactsOf } from '../../contacts.ts';
import { shownOf, type GraphConditions } from '../shown.ts';
import type { CasePerson } from '../stage/marks.ts';
import { contactsCsv } from './contacts-csv.ts';
import { drawPicture } from './draw-picture.ts';
import type { FileContent } from './file-content.ts';
import { graphMl } from './graph-ml.ts';

export const kinds = ['csv', 'graphml', 'png'] as const;
type FileKind = (typeof kinds)[number];

export interface Wanted {
  caseId: string;
  person: CasePerson;
  depth: number;
  maxNodes: number;
  conditions: GraphConditions;
}

const contentOf: Record<FileKind, (content: FileContent) => Promise<Blob>> = {
  csv: async (content) => new Blob([contactsCsv(content)], { type: 'text/csv;charset=utf-8' }),
  graphml: async (content) => new Blob([graphMl(content)], { type: 'application/graphml+xml' }),
  png: async (content) => pictureOf(content),
};

/** Files of what a graph shows. The people are asked for anew, as an export, which the server enters before it answers. */
export function useGraphExport(wanted: () => Wanted) {
  const client = useGraphqlClient();
  const busy = ref<FileKind | null>(null);
  const trouble = ref<string | null>(null);
  const done = shallowRef<{ count: number; file: string } | null>(null);

  async function save(kind: FileKind): Promise<void> {
    const { caseId, person, depth, maxNodes, conditions } = wanted();
    busy.value = kind;
    done.value = null;
    const variables = { id: caseId, generations: depth, maxNodes };
    const { data, problem } = await ask(client, 'query', ContactsForFileDocument, variables);
    trouble.value = problem && troubleOf(problem);
    const graph = getFragmentData(ContactsOfCaseFragmentDoc, data?.case?.contactGraph ?? null);
    if (graph) {
      const contacts = contactsOf(graph, person);
      await keep(kind, { person, contacts, shown: shownOf(contacts, person.id, conditions) });
    }
    busy.value = null;
  }

  /** A browser may have no room for a large picture, or no net for what draws it. */
  async function keep(kind: FileKind, content: FileContent): Promise<void> {
    const made = await contentOf[kind](content).catch(() => null);
    if (!made) return void (trouble.value = t('graph.notMade'));
    const file = fileName(t('graph.file'), [], kind);
    saveFile(file, made);
    done.value = { count: content.shown.found.size, file };
  }
  return { busy, trouble, done, save };
}

function pictureOf(content: FileContent): Promise<Blob> {
  const canvas = drawPicture(content, now());
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('The picture is too large.'))), 'image/png'),
  );
}
