import type { Address } from 'abitype'
import {
  concatHex,
  encodeAbiParameters,
  encodePacked,
  getAddress,
  keccak256,
  size,
  sliceHex,
  stringToHex,
} from 'viem/utils'
import { AppError } from '../errors'
import type { HexString } from '../views/hex-string'
import { type BallotVariant, voteTypeText } from './ballot-variant'

/** A ballot as a leaf of the tally tree holds it: all that its signed digest is computed from, and its power. */
export interface BallotRecord {
  /** EIP-55. */
  readonly voter: Address
  /** For, Against, Abstain. */
  readonly choice: 1 | 2 | 3
  /** In the power source's smallest unit; below 2^128. */
  readonly power: bigint
  /** Unix seconds, as signed. */
  readonly timestamp: number
  readonly variant: BallotVariant
  /** 0 is signed by a key, 1 recorded in the module's inbox. */
  readonly kind: 0 | 1
  /** Keccak of the text; likewise for app and metadata. */
  readonly reasonHash: HexString
  readonly appHash: HexString
  readonly metadataHash: HexString
  /** 65 bytes r, s, v, in the one form that counts (`normaliseSignature`). */
  readonly signature: HexString
}

const hashText = (text: string) => keccak256(stringToHex(text))

/** A `Vote` as it was signed, with a choice that a tally module counts. */
export interface SignedVote {
  /** EIP-55. */
  readonly from: Address
  readonly timestamp: number
  readonly choice: 1 | 2 | 3
  readonly reason: string
  readonly app: string
  readonly metadata: string
}

/** The record of a vote that was signed with a key. */
export function ballotRecordOf(
  vote: SignedVote,
  proof: Pick<BallotRecord, 'power' | 'variant' | 'signature'>,
): BallotRecord {
  return {
    voter: vote.from,
    choice: vote.choice,
    timestamp: vote.timestamp,
    kind: 0,
    reasonHash: hashText(vote.reason),
    appHash: hashText(vote.app),
    metadataHash: hashText(vote.metadata),
    ...proof,
  }
}

export const BALLOT_SIZE = 208

const layout = [
  'address',
  'uint8',
  'uint128',
  'uint64',
  'uint8',
  'uint8',
  'bytes32',
  'bytes32',
  'bytes32',
  'bytes',
] as const

/** The 208 bytes that a leaf hashes and that a proof posts; contracts/src/libraries/Ballot.sol is the layout. */
export function encodeBallot(ballot: BallotRecord): HexString {
  const { voter, choice, power, timestamp, variant, kind, signature } = ballot
  const { reasonHash, appHash, metadataHash } = ballot
  const record = encodePacked(layout, [
    voter,
    choice,
    power,
    BigInt(timestamp),
    variant,
    kind,
    reasonHash,
    appHash,
    metadataHash,
    signature,
  ])
  if (size(record) !== BALLOT_SIZE) {
    throw new AppError('fault', { message: `The signature of ${voter} is not 65 bytes long.` })
  }
  return record
}

/** The ballots that `encodeBallot` wrote one behind the other. Says nothing about whether they are good ones. */
export function decodeBallots(records: HexString): BallotRecord[] {
  return Array.from({ length: size(records) / BALLOT_SIZE }, (_, index) => {
    const at = index * BALLOT_SIZE
    const bytes = (from: number, to: number) => sliceHex(records, at + from, at + to)
    return {
      voter: getAddress(bytes(0, 20)),
      choice: Number(bytes(20, 21)) as BallotRecord['choice'],
      power: BigInt(bytes(21, 37)),
      timestamp: Number(bytes(37, 45)),
      variant: Number(bytes(45, 46)) as BallotVariant,
      kind: Number(bytes(46, 47)) as BallotRecord['kind'],
      reasonHash: bytes(47, 79),
      appHash: bytes(79, 111),
      metadataHash: bytes(111, 143),
      signature: bytes(143, 208),
    }
  })
}

/** What all ballots of one vote share. */
export interface BallotContext {
  readonly space: string
  /** The proposal's id, lower-case. */
  readonly proposal: HexString
  /** The module's chain. */
  readonly chainId: number
}

const word = (type: 'address' | 'uint64' | 'uint8' | 'uint256', value: string | number | bigint) =>
  encodeAbiParameters([{ type }], [value as never])

/** The digest that a ballot's signature is over, from the ballot's fields alone. */
export function ballotDigest(ballot: BallotRecord, { space, proposal, chainId }: BallotContext): HexString {
  const { variant, voter, timestamp, choice, reasonHash, appHash, metadataHash } = ballot
  const structHash = keccak256(
    concatHex([
      hashText(voteTypeText(variant)),
      variant & 1 ? word('address', voter) : hashText(getAddress(voter)),
      hashText(space),
      word('uint64', BigInt(timestamp)),
      variant & 2 ? proposal : hashText(proposal),
      word('uint8', choice),
      reasonHash,
      appHash,
      metadataHash,
    ]),
  )
  const withChain = (variant & 4) !== 0
  const separator = keccak256(
    concatHex([
      hashText(`EIP712Domain(string name,string version${withChain ? ',uint256 chainId' : ''})`),
      hashText('snapshot'),
      hashText('0.1.4'),
      ...(withChain ? [word('uint256', BigInt(chainId))] : []),
    ]),
  )
  return keccak256(concatHex(['0x1901', separator, structHash]))
}
