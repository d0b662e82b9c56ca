import { formatSpokenCode } from '#api/declarations/shared/spoken-code.ts';
import { t } from '../texts.ts';
import type { KeptPass } from './pass-store.ts';
import { writtenTime } from './pass-words.ts';
import { QUIET, qrImage } from '../../ui/qr-path.ts';

const WIDTH = 1_080;
const HEIGHT = 1_520;

/** Saves the pass as a picture: the code, the name, the spoken code and how long it holds. */
export async function savePassImage(pass: KeptPass): Promise<void> {
  const canvas = Object.assign(document.createElement('canvas'), { width: WIDTH, height: HEIGHT });
  const pen = canvas.getContext('2d');
  if (!pen) return;
  pen.fillStyle = '#fff';
  pen.fillRect(0, 0, WIDTH, HEIGHT);
  pen.fillStyle = '#000';
  await drawCode(pen, pass.qrPayload);
  pen.textAlign = 'center';
  write(pen, pass.fullName, '600 56px system-ui, sans-serif', 1_160);
  write(pen, formatSpokenCode(pass.code), '600 96px ui-monospace, monospace', 1_290);
  write(pen, t('pass.until', { time: writtenTime(pass.validUntil) }), '44px system-ui, sans-serif', 1_400);
  canvas.toBlob((blob) => blob && save(blob, `cordon-${pass.code}.png`), 'image/png');
}

async function drawCode(pen: CanvasRenderingContext2D, payload: string): Promise<void> {
  const { size, runs } = await qrImage(payload);
  // Whole pixels a module: no blurred edge.
  const scale = Math.floor(WIDTH / (size + 2 * QUIET));
  const margin = Math.round((WIDTH - size * scale) / 2);
  for (const { x, y, length } of runs) pen.fillRect(margin + x * scale, margin + y * scale, length * scale, scale);
}

function write(pen: CanvasRenderingContext2D, text: string, font: string, y: number): void {
  pen.font = font;
  pen.fillText(text, WIDTH / 2, y, WIDTH - 80);
}

function save(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  Object.assign(document.createElement('a'), { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
