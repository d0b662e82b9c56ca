import type { Page } from 'playwright-core';
import { pdfPages } from './pdf-text.ts';

const RECTANGLE = /(-?[\d.]+) (-?[\d.]+) (-?[\d.]+) (-?[\d.]+) re\b/g;

/** What is drawn in a PDF's only page, in black on white as a printer would, as a picture (PNG). */
export async function pdfDrawing(page: Page, bytes: Buffer): Promise<Uint8Array> {
  const [content = ''] = pdfPages(bytes);
  const rectangles = [...content.matchAll(RECTANGLE)].map(
    ([, x, y, width, height]) => `<rect x="${x}" y="${y}" width="${width}" height="${height}"/>`,
  );
  const { width, height } = pdfPaper(bytes);
  const box = `<svg viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" shape-rendering="crispEdges">`;
  await page.setViewportSize({ width: Math.ceil(width), height: Math.ceil(height) });
  await page.setContent(`<body style="margin:0;background:#fff">${box}${rectangles.join('')}</svg>`);
  return page.screenshot();
}

/** The paper's size in points. */
export function pdfPaper(bytes: Buffer): { width: number; height: number } {
  const [, width = '', height = ''] = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(bytes.toString('latin1')) ?? [];
  return { width: Number(width), height: Number(height) };
}
