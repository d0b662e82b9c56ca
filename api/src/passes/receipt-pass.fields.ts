import { create } from 'qrcode';
import { FieldResolver, Resolver, Root } from 'type-graphql';
import { Receipt } from '../declarations/declaration-results.entity.ts';
import type { Parts } from '../declarations/declarations.service.ts';
import type { PassIssuer } from './pass-issuer.service.ts';

const quietZone = 4;

/** The pass of a receipt: its own folder, since declarations know nothing of passes. */
@Resolver(() => Receipt)
export class ReceiptPassFields {
  readonly #parts: Parts;
  readonly #issuer: PassIssuer;

  constructor(parts: Parts, issuer: PassIssuer) {
    this.#parts = parts;
    this.#issuer = issuer;
  }

  @FieldResolver(() => String, {
    description:
      'The signed text of the QR code: prefix CDN1: and base45 of a COSE_Sign1; verifiable offline with the trust list. It may hold blanks: never trim it.',
  })
  qrPayload(@Root() receipt: Receipt): Promise<string> {
    return this.#issuer.issue(receipt.declaration.row, this.#parts);
  }

  @FieldResolver(() => String, {
    description: 'The QR code as an SVG, level Q, at most version 12, with its quiet zone.',
  })
  async qrSvg(@Root() receipt: Receipt): Promise<string> {
    const { modules } = create(await this.qrPayload(receipt), { errorCorrectionLevel: 'Q' });
    const size = modules.size + 2 * quietZone;
    const path = Array.from(modules.data, (dark, at) =>
      dark ? `M${(at % modules.size) + quietZone} ${Math.floor(at / modules.size) + quietZone}h1v1h-1z` : '',
    ).join('');
    return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges"><rect width="${size}" height="${size}" fill="#fff"/><path d="${path}"/></svg>`;
  }
}
