import {
  type Address,
  decodeFunctionResult,
  encodeFunctionData,
  getAddress,
  type Hex,
  parseAbi,
  slice,
  toEventSelector,
} from 'viem'
import { z } from 'zod'
import { callMany } from '../chain/call-many'
import { listLogs } from '../chain/log-index'
import { AppError } from '../core/errors'
import { defineValidation } from './validation'

/** The Ethereum Attestation Service's contract, by chain. */
const services: Readonly<Record<number, Address>> = {
  1: '0xA1207F3BBa224E2c9c3c6D5aF63D0eb1582Ce587',
  10: '0x4200000000000000000000000000000000000021',
  42161: '0xbD75f629A22Dc1ceD33dDA0b68c546A1c035c458',
  11155111: '0xC2679fBD37d54388Ce493F1DB75320D236e1815e',
}

const ATTESTED = toEventSelector('Attested(address,address,bytes32,bytes32)')
const abi = parseAbi([
  'struct Attestation { bytes32 uid; bytes32 schema; uint64 time; uint64 expirationTime; uint64 revocationTime; bytes32 refUID; address recipient; address attester; bool revocable; bytes data; }',
  'function getAttestation(bytes32 uid) view returns (Attestation)',
])

/** Somebody attested it to the author under this schema, and did not revoke it. Read from the chain itself. */
export const karmaEasAttestation = defineValidation({
  id: 'karma-eas-attestation',
  version: 1,
  label: 'EAS attestation',
  description:
    'Whoever holds an attestation of the given schema in the Ethereum Attestation Service, on the chain of the space, may.',
  uses: ['proposal'],
  paramsSchema: z.object({
    schemaId: z
      .string('Name the schema of the attestation.')
      .regex(/^0x[0-9a-fA-F]{64}$/, 'must be 0x and 64 hex digits')
      .transform((id) => id.toLowerCase() as Hex),
  }),
  example: { schemaId: `0x${'12'.repeat(32)}` },
  async isMet({ chains }, { author, block, params: { schemaId } }) {
    const service = services[block.chainId]
    if (!service) {
      throw new AppError('invalid', {
        message: `The Ethereum Attestation Service of chain ${block.chainId} is not known here.`,
      })
    }
    const attestations = await listLogs(chains, block, {
      name: `attestations ${schemaId}`,
      address: service,
      topics: [ATTESTED, null, null, schemaId],
      keep: ({ data, topics: [, recipient] }) =>
        recipient && { recipient: getAddress(slice(recipient, 12)), id: slice(data, 0, 32) },
    })
    const ids = attestations.flatMap(({ entry }) => (entry.recipient === author ? entry.id : []))
    const answers = await callMany(chains, {
      block,
      calls: ids.map((uid) => ({
        target: service,
        data: encodeFunctionData({ abi, functionName: 'getAttestation', args: [uid] }),
      })),
    })
    return answers.some((data) => {
      if (data === undefined) return false
      const found = decodeFunctionResult({ abi, functionName: 'getAttestation', data })
      return found.recipient === author && found.schema === schemaId && found.revocationTime === 0n
    })
  },
})
