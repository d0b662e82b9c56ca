import wasm from 'zxing-wasm/reader/zxing_reader.wasm?url';
import type { QrAnswer, QrQuestion } from './qr-messages.ts';

export interface QrReader {
  /** The text of the QR code in a picture, or null. */
  read: (image: ImageData) => Promise<string | null>;
  close: () => void;
}

/** Reads QR codes beside the page, so that the picture of the camera never stands still. Loaded when a camera opens. */
export function openQrReader(broken: () => void): QrReader {
  const worker = new Worker(new URL('./qr-reader.worker.ts', import.meta.url), { type: 'module' });
  const ask = (question: QrQuestion, transfer: Transferable[] = []) => worker.postMessage(question, transfer);
  const asked = new Map<number, (text: string | null) => void>();
  let lastId = 0;
  worker.addEventListener('message', ({ data }: MessageEvent<QrAnswer>) => {
    if (data.kind === 'BROKEN') return broken();
    asked.get(data.id)?.(data.text);
    asked.delete(data.id);
  });
  worker.addEventListener('error', broken);
  ask({ kind: 'LOAD', wasm });
  return {
    read: (image) =>
      new Promise((resolve) => {
        asked.set(++lastId, resolve);
        ask({ kind: 'READ', id: lastId, image }, [image.data.buffer]);
      }),
    close: () => worker.terminate(),
  };
}

/** The pixels of a picture, at most so many on its longer side: enough for a pass held at 30 cm, and quick to read. */
export function pixelsOf(picture: CanvasImageSource, width: number, height: number, longest: number): ImageData | null {
  const scale = Math.min(1, longest / Math.max(width, height));
  canvas ??= document.createElement('canvas');
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context || canvas.width === 0 || canvas.height === 0) return null;
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return context.getImageData(0, 0, canvas.width, canvas.height);
}

let canvas: HTMLCanvasElement | undefined;
