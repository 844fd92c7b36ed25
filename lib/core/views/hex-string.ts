/** 0x-prefixed hex: an address (checksummed), a hash, a signature. */
export type HexString = `0x${string}`
