/**
 * How much one space or author may ask of this installation. Snapshot's numbers depend on what a space pays; these
 * are generous for everybody, and only keep a mistake or a nuisance from filling the server.
 */
export const limits = {
  /** Seconds that a message may be dated ahead of this server's clock. */
  secondsAhead: 300,
  /** Seconds back: a Safe's owners may take days to sign. */
  secondsBack: 6 * 86_400,
  /** Of votes, and as many again of a condition on proposers. */
  strategies: 8,
  /** Of everybody in a space; its members are never kept out. */
  proposalsPerDay: 100,
  proposalsPerMonth: 1_000,
  /** Proposals of one author that have not ended, over all spaces; members of a space are exempt. */
  openProposalsPerAuthor: 50,
  bodyCharacters: 50_000,
  choices: 100,
  /** Of a vote that compares options with each other (Copeland, ranked choice): counting grows faster than they do. */
  rankedChoices: 20,
  /** Messages waiting to be written before further ones are turned away. */
  waitingMessages: 20_000,
} as const
