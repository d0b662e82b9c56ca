// Prints the schema as the code has it. `npm run schema` writes it to schema.graphql, `npm run check:schema` compares.
import { printSchema, lexicographicSortSchema } from 'graphql';
import { composeSchema } from './compose.ts';

process.stdout.write(`${printSchema(lexicographicSortSchema(composeSchema(null)))}\n`);
