/** The subjects of one kind of message: kind.38.0190…, with the province and the checkpoint that it is of. */
export const subjectsOf = (kind: string) => ({
  prefix: `${kind}.`,
  of: (province: string, checkpointId: string): string => `${kind}.${province}.${checkpointId}`,
  provinceOf: (subject: string): string => subject.split('.')[1] ?? '',
  checkpointOf: (subject: string): string => subject.split('.')[2] ?? '',
});
