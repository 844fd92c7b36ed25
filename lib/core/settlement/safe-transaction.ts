import type { Address } from 'abitype'
import {
  concatHex,
  encodeFunctionData,
  encodePacked,
  hashStruct,
  hashTypedData,
  numberToHex,
  padHex,
  parseAbi,
  size,
} from 'viem/utils'
import { refuse } from '../errors'
import type { HexString } from '../views/hex-string'
import type { Call } from './batch'

/** A Safe's transaction as its owners sign it. `operation` 1 is a delegatecall. */
export interface SafeTransaction {
  readonly to: Address
  readonly value: bigint
  readonly data: HexString
  readonly operation: 0 | 1
  readonly safeTxGas: bigint
  readonly baseGas: bigint
  readonly gasPrice: bigint
  readonly gasToken: Address
  readonly refundReceiver: Address
  readonly nonce: number
}

/** Which Safe signs: part of every hash, from Safe 1.3.0 on. */
export interface SafeDomain {
  readonly chainId: number
  readonly safe: Address
}

/**
 * MultiSendCallOnly 1.4.1 at its canonical address (safe-deployments 1.37.63). It keeps no state and works for
 * every Safe from 1.3.0 on; it makes calls one by one, all or nothing, and no delegatecalls.
 */
export const multiSendCallOnly = {
  address: '0x9641d764fc13c8B624c04430C7356C1C7C8102e2',
  codeHash: '0xecd5bd14a08c5d2122379900b2f272bdf107a7e92423c10dd5fe3254386c9939',
} as const

const zeroAddress = '0x0000000000000000000000000000000000000000'

const abi = parseAbi([
  'function multiSend(bytes transactions) payable',
  'function execTransaction(address to, uint256 value, bytes data, uint8 operation, uint256 safeTxGas, uint256 baseGas, uint256 gasPrice, address gasToken, address refundReceiver, bytes signatures) payable returns (bool success)',
])

const safeTxTypes = {
  SafeTx: [
    { name: 'to', type: 'address' },
    { name: 'value', type: 'uint256' },
    { name: 'data', type: 'bytes' },
    { name: 'operation', type: 'uint8' },
    { name: 'safeTxGas', type: 'uint256' },
    { name: 'baseGas', type: 'uint256' },
    { name: 'gasPrice', type: 'uint256' },
    { name: 'gasToken', type: 'address' },
    { name: 'refundReceiver', type: 'address' },
    { name: 'nonce', type: 'uint256' },
  ],
} as const

const domainTypes = {
  EIP712Domain: [
    { name: 'chainId', type: 'uint256' },
    { name: 'verifyingContract', type: 'address' },
  ],
} as const

/** Calldata of MultiSendCallOnly's `multiSend` for these calls. */
export function multiSendData(calls: readonly Call[]): HexString {
  const packed = calls.map(({ to, value, data, operation }) =>
    encodePacked(
      ['uint8', 'address', 'uint256', 'uint256', 'bytes'],
      [operation, to, value, BigInt(size(data)), data],
    ),
  )
  return encodeFunctionData({ abi, functionName: 'multiSend', args: [concatHex(packed)] })
}

/**
 * The transaction by which a Safe makes exactly these calls: one call directly, several through
 * MultiSendCallOnly. No gas limit of its own and no refund, so that a failing call fails the whole and uses no nonce.
 */
export function safeTransactionFor(
  calls: readonly Call[],
  nonce: number,
  options: { readonly multiSendCallOnly: Address } = { multiSendCallOnly: multiSendCallOnly.address },
): SafeTransaction {
  const [call, ...more] = calls
  if (!call) return refuse('the batch is empty: there is nothing to execute')
  const body =
    more.length === 0
      ? { to: call.to, value: call.value, data: call.data, operation: call.operation }
      : { to: options.multiSendCallOnly, value: 0n, data: multiSendData(calls), operation: 1 as const }
  return {
    ...body,
    safeTxGas: 0n,
    baseGas: 0n,
    gasPrice: 0n,
    gasToken: zeroAddress,
    refundReceiver: zeroAddress,
    nonce,
  }
}

/** What an owner's wallet is asked to sign (`eth_signTypedData_v4`). */
export function safeTxTypedData(domain: SafeDomain, transaction: SafeTransaction) {
  return {
    domain: { chainId: domain.chainId, verifyingContract: domain.safe },
    types: safeTxTypes,
    primaryType: 'SafeTx',
    message: { ...transaction, nonce: BigInt(transaction.nonce) },
  } as const
}

/** The hash the Safe checks signatures against; hardware wallets in blind mode show it. */
export function safeTxHash(domain: SafeDomain, transaction: SafeTransaction): HexString {
  return hashTypedData(safeTxTypedData(domain, transaction))
}

/** The EIP-712 domain separator, which Ledger and Trezor show as "domain hash". */
export function domainHash(domain: SafeDomain): HexString {
  return hashStruct({
    data: { chainId: BigInt(domain.chainId), verifyingContract: domain.safe },
    primaryType: 'EIP712Domain',
    types: domainTypes,
  })
}

/** The EIP-712 struct hash, which Ledger and Trezor show as "message hash". */
export function messageHash(transaction: SafeTransaction): HexString {
  return hashStruct({
    data: { ...transaction, nonce: BigInt(transaction.nonce) },
    primaryType: 'SafeTx',
    types: safeTxTypes,
  })
}

/** The 66 bytes whose keccak is the safeTxHash; Safes before 1.5.0 hand them to owners that are contracts. */
export function safeTxPreimage(domain: SafeDomain, transaction: SafeTransaction): HexString {
  return concatHex(['0x1901', domainHash(domain), messageHash(transaction)])
}

/** An owner's agreement to one safeTxHash. `contract`: the owner is a contract and answers by EIP-1271. */
export interface Confirmation {
  /** EIP-55. */
  readonly owner: Address
  readonly kind: 'ecdsa' | 'contract'
  /** `ecdsa`: r, s and v of 27 or 28, 65 bytes. `contract`: whatever that contract accepts. */
  readonly signature: HexString
}

/**
 * The signatures as `execTransaction` wants them: ascending by owner, 65 bytes each, contracts' signatures
 * behind them. Refuses two confirmations of one owner.
 */
export function packSignatures(confirmations: readonly Confirmation[]): HexString {
  const sorted = confirmations.toSorted((a, b) => (BigInt(a.owner) < BigInt(b.owner) ? -1 : 1))
  const heads: HexString[] = []
  const tails: HexString[] = []
  let tailOffset = 65 * sorted.length
  for (const [index, { owner, kind, signature }] of sorted.entries()) {
    if (sorted[index - 1]?.owner.toLowerCase() === owner.toLowerCase()) refuse(`${owner} confirmed twice`)
    if (kind === 'ecdsa') {
      if (size(signature) !== 65) refuse(`the signature of ${owner} is not 65 bytes long`)
      heads.push(signature)
      continue
    }
    heads.push(concatHex([padHex(owner, { size: 32 }), numberToHex(tailOffset, { size: 32 }), '0x00']))
    const tail = concatHex([numberToHex(size(signature), { size: 32 }), signature])
    tails.push(tail)
    tailOffset += size(tail)
  }
  return concatHex([...heads, ...tails])
}

/** Calldata with which anyone can make the Safe run the transaction, given enough packed signatures. */
export function execTransactionData(transaction: SafeTransaction, signatures: HexString): HexString {
  const { to, value, data, operation, safeTxGas, baseGas, gasPrice, gasToken, refundReceiver } = transaction
  return encodeFunctionData({
    abi,
    functionName: 'execTransaction',
    args: [to, value, data, operation, safeTxGas, baseGas, gasPrice, gasToken, refundReceiver, signatures],
  })
}
