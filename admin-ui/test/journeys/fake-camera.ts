import { writeFileSync } from 'node:fs';
import { create } from 'qrcode';

const WIDTH = 640;
const HEIGHT = 480;
const QUIET_MODULES = 4;

/** Chromium takes this film for what its camera sees, over and over; it opens the file when a page opens the camera. */
export function fakeCamera(film: string): string[] {
  return [
    '--use-fake-device-for-media-stream',
    '--use-fake-ui-for-media-stream',
    `--use-file-for-fake-video-capture=${film}`,
  ];
}

/** A film (Y4M) of a pass that is held up, as dark on light as a phone in a lit cabin; of nothing when there is none. */
export function filmOfPass(film: string, pass: string | null): void {
  const header = Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F10:1 Ip A1:1 C420jpeg\n`);
  const frame = Buffer.concat([Buffer.from('FRAME\n'), pictureOf(pass), Buffer.alloc((WIDTH * HEIGHT) / 2, 128)]);
  writeFileSync(film, Buffer.concat([header, ...Array.from({ length: 5 }, () => frame)]));
}

/** The brightness of each pixel. */
function pictureOf(pass: string | null): Buffer {
  const picture = Buffer.alloc(WIDTH * HEIGHT, 215);
  if (pass === null) return picture;
  const { modules } = create(pass, { errorCorrectionLevel: 'M' });
  const scale = Math.floor((HEIGHT - 40) / (modules.size + 2 * QUIET_MODULES));
  const [left, top] = [WIDTH, HEIGHT].map((side) => Math.floor((side - modules.size * scale) / 2)) as [number, number];
  for (let y = 0; y < modules.size * scale; y++)
    for (let x = 0; x < modules.size * scale; x++)
      if (modules.get(Math.floor(y / scale), Math.floor(x / scale))) picture[(top + y) * WIDTH + left + x] = 35;
  return picture;
}
