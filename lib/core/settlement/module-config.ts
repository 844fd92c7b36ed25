import type { AbiParameterToPrimitiveType } from 'abitype'
import { encodeAbiParameters, keccak256 } from 'viem/utils'
import type { HexString } from '../views/hex-string'

/** The contract's `Config`, in its order: contracts/src/interfaces/Config.sol says what each field means. */
export const moduleConfigParameter = {
  name: 'config',
  type: 'tuple',
  components: [
    { name: 'space', type: 'string' },
    { name: 'operator', type: 'address' },
    { name: 'commitGrace', type: 'uint32' },
    { name: 'challengeWindow', type: 'uint32' },
    { name: 'omissionWindow', type: 'uint32' },
    { name: 'powerSource', type: 'address' },
    { name: 'quorumBps', type: 'uint16' },
    { name: 'quorumChoices', type: 'uint8' },
    { name: 'isTest', type: 'bool' },
    { name: 'minPeriod', type: 'uint32' },
    { name: 'maxBackdate', type: 'uint32' },
    { name: 'guardian', type: 'address' },
    { name: 'guardianExpiry', type: 'uint64' },
    { name: 'cooldown', type: 'uint32' },
    { name: 'receiptKey', type: 'address' },
    { name: 'expiry', type: 'uint32' },
    { name: 'maxSnapshotAge', type: 'uint64' },
    { name: 'bond', type: 'uint128' },
    { name: 'revealFee', type: 'uint128' },
    { name: 'proposalThreshold', type: 'uint128' },
    { name: 'powerParams', type: 'bytes' },
    { name: 'proposers', type: 'address[]' },
  ],
} as const

/** What a tally module decides by. Durations in seconds, coins in wei, power in the source's smallest unit. */
export type ModuleConfig = AbiParameterToPrimitiveType<typeof moduleConfigParameter>

/** `keccak256(abi.encode(config))`: what authors sign and `configHash()` answers. */
export function hashModuleConfig(config: ModuleConfig): HexString {
  return keccak256(encodeAbiParameters([moduleConfigParameter], [config]))
}
