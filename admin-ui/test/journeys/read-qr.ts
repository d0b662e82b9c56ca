import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';

const wasm = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');
const file = readFileSync(wasm);
const wasmBinary = file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength);
void prepareZXingModule({ overrides: { wasmBinary } });

/** What a checkpoint's reader finds in a picture (PNG). */
export async function readQr(png: Uint8Array): Promise<string[]> {
  const found = await readBarcodes(new Uint8Array(png), { formats: ['QRCode'], tryHarder: true });
  return found.map(({ text }) => text);
}
