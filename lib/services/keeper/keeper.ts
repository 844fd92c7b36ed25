import type { PrivateKeyAccount } from 'viem'

/** The account that pays for and signs what this installation sends to chains. Its key stays inside. */
export type Keeper = PrivateKeyAccount
