import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import type { QrAnswer, QrQuestion } from './qr-messages.ts';

const answer = (message: QrAnswer) => postMessage(message);

/** Served by us: by itself the package fetches its WebAssembly from another site. */
function load(wasm: string): void {
  prepareZXingModule({ overrides: { locateFile: () => wasm }, fireImmediately: true }).catch(() =>
    answer({ kind: 'BROKEN' }),
  );
}

async function read(id: number, image: ImageData): Promise<void> {
  const reading = readBarcodes(image, { formats: ['QRCode'], tryHarder: true, maxNumberOfSymbols: 1 });
  // A picture that cannot be read has no code: the next one comes at once.
  const [found] = await reading.catch(() => []);
  answer({ kind: 'READ', id, text: found?.isValid ? found.text : null });
}

addEventListener('message', ({ data }: MessageEvent<QrQuestion>) => {
  if (data.kind === 'LOAD') load(data.wasm);
  else void read(data.id, data.image);
});
