import { getFragmentData, type FragmentType } from '../../../gql/admin/fragment-masking.ts';
import { DoublePersonFragmentDoc, type DoubleRowFragment } from '../../../gql/admin/graphql.ts';
import { t } from '../../texts.ts';

/** One of a pair, as it is compared. */
export const personOf = (one: FragmentType<typeof DoublePersonFragmentDoc>) =>
  getFragmentData(DoublePersonFragmentDoc, one);

/** What speaks for two being one, in a line. */
export const whyAlike = ({ evidence }: DoubleRowFragment): string =>
  evidence.map((each) => t(`doubles.evidence.${each}`)).join(', ');
