/** The bar colour of an option (0-based): for, against and abstain have meanings, other options are equals. */
export function choiceColour(type: string, index: number): string {
  if (type !== 'basic') return 'bg-neutral-10'
  return ['bg-for', 'bg-against', 'bg-abstain'][index] ?? 'bg-neutral-10'
}
