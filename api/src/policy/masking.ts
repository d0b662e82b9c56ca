/** What stands in for an identifier where the viewer may not see it (contract: masked unless READ_IDENTITY). */
const lastThree = (text: string) => `•••${text.slice(-3)}`;

export const maskNumber = (number: string): string => lastThree(number);
export const maskPhone = (phone: string): string => lastThree(phone);
export const maskPlate = (plate: string): string => `…${plate.slice(-3)}`;
export const maskBirthDate = (date: string): string => date.slice(0, 4);

/** Family name and initials: "Nguyễn Thị Hoa" is "Nguyễn T. H.". */
export function maskName(name: string): string {
  const [family = '', ...given] = name.split(' ');
  return [family, ...given.map((word) => `${[...word][0] ?? ''}.`)].join(' ');
}
