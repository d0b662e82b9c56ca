import { Arg, Ctx, ID, Mutation, Resolver } from 'type-graphql';
import { checkIds } from '../platform/graphql/check-ids.ts';
import type { Locale } from '../platform/graphql/locale.ts';
import { readReason } from '../platform/graphql/read-reason.ts';
import type { Context } from '../policy/viewer.ts';
import { eraseCitizen } from './erase-citizen.ts';
import { CitizenErased, CitizenHeld, CitizenUnknown, ErasureResult } from './erasure-results.entity.ts';

const held: Record<Locale, string> = {
  vi: 'Người này thuộc một ca bệnh đang mở nên chưa xoá được. Hãy thử lại khi ca bệnh đã đóng.',
  en: 'This person belongs to an open case and cannot be erased yet. Try again when the case is closed.',
};
const unknown: Record<Locale, string> = {
  vi: 'Không có người này trong phạm vi của bạn. Hãy kiểm tra lại mã.',
  en: 'Nobody of this id is known in your jurisdiction. Check the id.',
};

@Resolver()
export class ErasureResolver {
  @Mutation(() => ErasureResult, {
    description:
      'Erases a person on request, in the provinces of the own jurisdiction: numbers, name, addresses and declarations; their receipts answer null. Passages stay and name nobody. For administrators of a province or the nation. Sent again it answers the same.',
  })
  async eraseCitizen(
    @Ctx() context: Context,
    @Arg('id', () => ID, { description: 'The citizen.' }) id: string,
    @Arg('reason', () => String, {
      description: 'Why, such as the number of the request: 5 to 500 characters, without numbers of the person.',
    })
    reason: string,
  ): Promise<typeof ErasureResult> {
    checkIds({ id });
    const erasure = await eraseCitizen(context, id, readReason(reason));
    if (erasure.kind === 'ERASED') return Object.assign(new CitizenErased(), { id, ...erasure });
    const [problem, texts] = erasure.kind === 'HELD' ? [new CitizenHeld(), held] : [new CitizenUnknown(), unknown];
    return Object.assign(problem, { message: texts[context.locale] });
  }
}
