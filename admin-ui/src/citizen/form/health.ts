import { locale } from '../../session/locale.ts';
import { t } from '../texts.ts';
import { QUESTIONS, travellers, type Draft, type PersonDraft } from './draft.ts';

/** How a person is called on this page: by the given names, which stand last in Vietnam. */
export function calledName(draft: Draft, person: PersonDraft): string {
  if (person === draft.people[0] && !draft.onBehalf) return t('you');
  const words = person.fullName.trim().split(/\s+/);
  return words.slice(words.length > 2 ? -2 : 0).join(' ') || t('with.person', { count: draft.people.indexOf(person) });
}

/** One honest "none of these" for all who travel. */
export function answerNoToAll(draft: Draft): void {
  for (const question of QUESTIONS) draft.health.asked[question] = { answer: 'NO', who: [] };
}

export function saidNoToAll(draft: Draft): boolean {
  return QUESTIONS.every((question) => draft.health.asked[question].answer === 'NO');
}

/** What was answered, in one line for the last look before sending. */
export function healthSummary(draft: Draft): string {
  const yes = QUESTIONS.filter((question) => draft.health.asked[question].answer === 'YES');
  if (yes.length === 0) return t('check.nothing');
  const what = yes.map((question) => t(`check.short.${question}`));
  return t('check.something', { what: new Intl.ListFormat(locale.value).format(what) });
}

export function dosesSummary(draft: Draft): string {
  const doses = travellers(draft).map(({ key }) => draft.health.doses[key] ?? '–');
  return t('check.doses', { doses: doses.join(' · ') });
}
