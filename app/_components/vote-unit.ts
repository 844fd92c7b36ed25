import { words } from './words'

const one = String(10n ** 18n)

/** What `power` (18 decimals) is counted in: the space's symbol, else "vote" or "votes". */
export function voteUnit(symbol: string, power: string): string {
  return symbol || (power === one ? words.vote : words.votes)
}
