/** Whether a keeper that pays for these spaces pays for this one. */
export function paysFor(spaces: 'all' | readonly string[], space: string): boolean {
  return spaces === 'all' || spaces.includes(space)
}
