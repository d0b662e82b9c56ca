declare module 'pdfmake/build/pdfmake.js' {
  /** The part of pdfmake 0.3 that we use: its package has no types. */
  interface PdfMake {
    virtualfs: { writeFileSync(name: string, content: Uint8Array): void };
    addFonts(fonts: Record<string, { normal: string; bold: string }>): void;
    addTableLayouts(layouts: Record<string, object>): void;
    setUrlAccessPolicy(allowed: (url: string) => boolean): void;
    createPdf(definition: object): { getBlob(): Promise<Blob> };
  }
  const pdfMake: PdfMake;
  export default pdfMake;
}
