import { describeMatrix } from './three-ways.ts';

describeMatrix('BOTH');
