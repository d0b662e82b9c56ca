/** Problems by field: `input.checkpointIds.0` is one of checkpointIds. What belongs to no field of the form stays apart. */
export function byField<Field extends string>(
  texts: Readonly<Record<string, string>>,
  fields: readonly Field[],
): { fields: Partial<Record<Field, string>>; other: string[] } {
  const found: { fields: Partial<Record<Field, string>>; other: string[] } = { fields: {}, other: [] };
  for (const [path, text] of Object.entries(texts)) {
    const name = path.replace(/^input\./, '').split(/[.[]/)[0];
    const field = fields.find((each) => each === name);
    if (field) found.fields[field] ??= text;
    else found.other.push(text);
  }
  return found;
}
