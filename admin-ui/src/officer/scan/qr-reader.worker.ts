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
  const [found] = await readBarcodes(image, { formats: ['QRCode'], tryHarder: true, maxNumberOfSymbols: 1 });
  answer({ kind: 'READ', id, text: found?.isValid ? found.text : null });
}

addEventListener('message', ({ data }: MessageEvent<QrQuestion>) => {
  if (data.kind === 'LOAD') load(data.wasm);
  else void read(data.id, data.image);
});
