import { openQrReader, pixelsOf } from './qr-reader.ts';

const LONGEST_SIDE = 2_000;

/** The QR code in a photo that was chosen: where no camera is to be had. Null when none is found. */
export async function readPhoto(file: Blob): Promise<string | null> {
  const picture = await createImageBitmap(file).catch(() => null);
  const pixels = picture && pixelsOf(picture, picture.width, picture.height, LONGEST_SIDE);
  if (!pixels) return null;
  let reader: ReturnType<typeof openQrReader> | undefined;
  try {
    return await new Promise((resolve) => {
      reader = openQrReader(() => resolve(null));
      void reader.read(pixels).then(resolve);
    });
  } finally {
    reader?.close();
  }
}
