export interface QrImage {
  /** Modules a side, without the quiet zone. */
  size: number;
  /** The dark modules, as runs of a row. */
  runs: { x: number; y: number; length: number }[];
}

/** How many modules must stay white on every side. */
export const QUIET = 4;

/** Level Q: a quarter of it may be scratched or in glare. The library is loaded with the first code that is drawn. */
export async function qrImage(text: string): Promise<QrImage> {
  const { create } = await import('qrcode');
  const { modules } = create(text, { errorCorrectionLevel: 'Q' });
  const { size } = modules;
  const runs: QrImage['runs'] = [];
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++) {
      const from = x;
      while (x < size && modules.get(y, x)) x++;
      if (x > from) runs.push({ x: from, y, length: x - from });
    }
  return { size, runs };
}

export function svgPath({ runs }: QrImage): string {
  return runs.map(({ x, y, length }) => `M${x} ${y}h${length}v1H${x}z`).join('');
}
