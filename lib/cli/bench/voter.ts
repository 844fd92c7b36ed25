import { type Address, bytesToHex, hexToBytes, keccak256, stringToBytes } from 'viem'
import { privateKeyToAddress } from 'viem/accounts'
import { type MessageTypedData, toEnvelope } from '../../client/typed-data'
import { findDefinition } from '../../core/messages/definitions'
import { hashMessage } from '../../core/messages/hash-message'
import { signDigest } from './sign-digest'

/** Somebody with a key of their own. */
export interface Voter {
  readonly address: Address
  /** The request body that carries this message, signed. */
  sign(typedData: MessageTypedData): string
}

/** The same voters for the same numbers, on every machine. */
export function createVoter(number: number): Voter {
  const key = keccak256(stringToBytes(`comitia bench voter ${number}`))
  const address = privateKeyToAddress(key)
  const keyBytes = hexToBytes(key)
  return {
    address,
    sign(typedData) {
      const definition = findDefinition(typedData.types)
      if (!definition) throw new Error('typed data of no definition')
      const digest = hashMessage(definition, typedData.domain, typedData.message)
      const { rs, parity } = signDigest(hexToBytes(digest), keyBytes)
      return JSON.stringify(toEnvelope(address, `${bytesToHex(rs)}${(27 + parity).toString(16)}`, typedData))
    },
  }
}
