/** A transaction of the keeper that may still be mined. */
export interface OpenTransaction {
  readonly id: string
  readonly proposalId: string
  /** What it does: a SettlementAct. */
  readonly step: string
  readonly nonce: number
  /** As signed, the newest version. */
  readonly raw: string
  /** Of every version, the newest last. */
  readonly hashes: readonly string[]
  /** When the newest version was sent. */
  readonly sentAt: Date
}

/** Whose transactions, and where: such an account has one under way at a time. */
export interface KeeperAccount {
  readonly chainId: number
  /** EIP-55. */
  readonly sender: string
}

export type TransactionOutcome = 'succeeded' | 'reverted' | 'replaced'
