/** What the worker is asked: a document as pdfmake describes it, as plain data, and where our fonts are served. */
export interface PdfQuestion {
  pages: object;
  fonts: { normal: string; bold: string };
}
export type PdfAnswer = { pdf: Blob } | { failed: true };
