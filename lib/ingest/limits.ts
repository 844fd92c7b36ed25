/** What a message may be, whoever sends it. What a space or an author may ask are options: services/options. */
export const limits = {
  /** Seconds that a message may be dated ahead of this server's clock. */
  secondsAhead: 300,
  /** Seconds back: a Safe's owners may take days to sign. */
  secondsBack: 6 * 86_400,
  /** Of a vote that compares options with each other (Copeland, ranked choice): counting grows faster than they do. */
  rankedChoices: 20,
  /** Messages waiting to be written before further ones are turned away. */
  waitingMessages: 20_000,
} as const
