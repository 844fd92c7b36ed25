import { type Address, type Hex, keccak256, stringToBytes } from 'viem'

/** The file that Safe's Transaction Builder opens, with the checksum that it compares. `createdAt` in milliseconds. */
export function safeBatch(batch: {
  readonly chainId: number
  readonly safe: Address
  readonly name: string
  readonly createdAt: number
  readonly transactions: readonly { readonly to: Address; readonly value: bigint; readonly data: Hex }[]
}) {
  const { chainId, safe, name, createdAt, transactions } = batch
  const meta = { name, description: '', createdFromSafeAddress: safe, createdFromOwnerAddress: '' }
  const file = {
    version: '1.0',
    chainId: String(chainId),
    createdAt,
    meta,
    transactions: transactions.map(({ to, value, data }) => ({ to, value: value.toString(), data })),
  }
  return { ...file, meta: { ...meta, checksum: batchChecksum(file) } }
}

/** Keccak of the Transaction Builder's own text form, whatever the name: keys sorted and listed before their values. */
export function batchChecksum(file: { readonly meta: object }): Hex {
  return keccak256(stringToBytes(serialize({ ...file, meta: { ...file.meta, name: null } })))
}

function serialize(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(serialize).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null)
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  const values = entries.map(([, item]) => `${serialize(item)},`).join('')
  return `{${JSON.stringify(entries.map(([key]) => key))}${values}}`
}
