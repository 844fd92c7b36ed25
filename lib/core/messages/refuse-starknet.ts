import { refuse } from '../errors'

/** A Starknet account has no signature that an EVM chain or `ecrecover` could check. */
export function refuseStarknet(): never {
  refuse('Starknet signatures are not supported here: sign with an Ethereum account.')
}
