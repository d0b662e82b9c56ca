import bold from '@expo-google-fonts/be-vietnam-pro/600SemiBold/BeVietnamPro_600SemiBold.ttf?url';
import normal from '@expo-google-fonts/be-vietnam-pro/400Regular/BeVietnamPro_400Regular.ttf?url';
import type { PdfAnswer, PdfQuestion } from './pdf-messages.ts';

/** A PDF made beside the page: thousands of slips take seconds. What it holds leaves the browser for nowhere. Null: it failed. */
export function makePdf(pages: object): Promise<Blob | null> {
  const worker = new Worker(new URL('./pdf.worker.ts', import.meta.url), { type: 'module' });
  const question: PdfQuestion = { pages, fonts: { normal: absolute(normal), bold: absolute(bold) } };
  return new Promise<Blob | null>((resolve) => {
    worker.addEventListener('message', ({ data }: MessageEvent<PdfAnswer>) => resolve('pdf' in data ? data.pdf : null));
    worker.addEventListener('error', () => resolve(null));
    worker.postMessage(question);
  }).finally(() => worker.terminate());
}

const absolute = (path: string) => new URL(path, location.href).href;
