import { computed, ref } from 'vue';
import { t } from '../../../texts.ts';
import type { ContactOfCase } from '../contacts.ts';
import { linkWords } from '../link-words.ts';
import { stateText } from '../state-text.ts';
import type { CasePerson } from './stage/marks.ts';
import { walkOf, type Step } from './walk.ts';

interface Keys {
  person: () => CasePerson;
  /** Whom the graph shows. */
  contacts: () => readonly ContactOfCase[];
  /** Who was reached. */
  at: () => string;
  reach: (id: string) => void;
  press: (id: string) => void;
  zoom: (by: number) => void;
  fit: () => void;
}

const steps: readonly string[] = ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Home', 'End'] satisfies Step[];
const isStep = (key: string): key is Step => steps.includes(key);
const ZOOM = 1.5;

/** A graph by the keyboard: arrows walk from person to person, Enter shows the details; a reader hears who was reached. */
export function useGraphKeys({ person, contacts, at, reach, press, zoom, fit }: Keys) {
  const walk = computed(() => walkOf(person().id, contacts()));
  const said = ref('');

  function go(id: string): void {
    reach(id);
    const contact = contacts().find((each) => each.id === id);
    said.value = contact ? contactWords(contact) : caseWords();
  }
  const caseWords = () => t('graph.saidCase', { name: person().fullName, count: contacts().length });

  const deeds: Record<string, () => void> = {
    Enter: () => press(at()),
    '+': () => zoom(ZOOM),
    '=': () => zoom(ZOOM),
    '-': () => zoom(1 / ZOOM),
    '0': fit,
  };
  function onKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { key } = event;
    const deed = isStep(key) ? () => go(walk.value.step(at(), key)) : deeds[key];
    if (!deed) return;
    event.preventDefault();
    deed();
  }
  return { said, onKey, hear: () => go(at()) };
}

function contactWords(contact: ContactOfCase): string {
  const { generation, citizen, links, passedTo } = contact;
  const why = links[0] ? linkWords(links[0]) : t('contacts.byHidden');
  return t('graph.said', { generation, name: citizen.fullName, state: stateText(contact), why, count: passedTo });
}
