import bold from '@expo-google-fonts/be-vietnam-pro/600SemiBold/BeVietnamPro_600SemiBold.ttf?url';
import normal from '@expo-google-fonts/be-vietnam-pro/400Regular/BeVietnamPro_400Regular.ttf?url';
import { t } from '../../texts.ts';
import type { Slip, SlipAnswer, SlipQuestion } from './slip-messages.ts';

/** A PDF of slips, made beside the page: thousands take seconds. The passwords leave the browser for nowhere. Null: it failed. */
export function makeSlips(slips: Slip[]): Promise<Blob | null> {
  const worker = new Worker(new URL('./slips.worker.ts', import.meta.url), { type: 'module' });
  const question: SlipQuestion = { slips, texts: texts(), fonts: { normal: absolute(normal), bold: absolute(bold) } };
  return new Promise<Blob | null>((resolve) => {
    worker.addEventListener('message', ({ data }: MessageEvent<SlipAnswer>) =>
      resolve('pdf' in data ? data.pdf : null),
    );
    worker.addEventListener('error', () => resolve(null));
    worker.postMessage(question);
  }).finally(() => worker.terminate());
}

const absolute = (path: string) => new URL(path, location.href).href;

const texts = (): SlipQuestion['texts'] => ({
  title: t('accounts.slips.title'),
  unit: t('accounts.columns.unit'),
  address: t('accounts.signInAt'),
  username: t('accounts.columns.username'),
  oneTimePassword: t('accounts.oneTimePassword'),
  note: t('accounts.slips.note'),
});

/** Where somebody with these roles signs in. */
export const signInAddress = (roles: readonly string[]): string =>
  `${location.origin}/${roles.includes('OFFICER') ? 'officer' : 'admin'}`;
