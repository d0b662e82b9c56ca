import { ref } from 'vue';

/** Where the person is: the form, or the pass whose secret stands after # (so that it reaches no server's log). */
export type Page = { name: 'declare' } | { name: 'pass'; secret: string };

export const page = ref<Page>(readAddress());

function readAddress(): Page {
  const secret = location.hash.slice(1);
  return secret && location.pathname === '/pass' ? { name: 'pass', secret } : { name: 'declare' };
}

export function openPage(next: Page): void {
  history.pushState(null, '', next.name === 'pass' ? `/pass#${next.secret}` : '/');
  page.value = next;
  scrollTo(0, 0);
}

addEventListener('popstate', () => (page.value = readAddress()));
addEventListener('hashchange', () => (page.value = readAddress()));
