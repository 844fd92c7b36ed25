/** How a chain is called, its coin, and where people look things up. Unknown chains go by their number. */
export function nameChain(id: number): { id: number; name: string; symbol: string; explorer: string | null } {
  const [name, symbol, explorer] = known[id] ?? [`Chain ${id}`, 'ETH', null]
  return { id, name, symbol, explorer }
}

const known: Readonly<Record<number, readonly [name: string, symbol: string, explorer: string | null]>> = {
  1: ['Ethereum', 'ETH', 'https://etherscan.io'],
  10: ['Optimism', 'ETH', 'https://optimistic.etherscan.io'],
  56: ['BNB Smart Chain', 'BNB', 'https://bscscan.com'],
  100: ['Gnosis', 'xDAI', 'https://gnosisscan.io'],
  137: ['Polygon', 'POL', 'https://polygonscan.com'],
  8453: ['Base', 'ETH', 'https://basescan.org'],
  42161: ['Arbitrum One', 'ETH', 'https://arbiscan.io'],
  31337: ['Local chain', 'ETH', null],
  11155111: ['Sepolia', 'ETH', 'https://sepolia.etherscan.io'],
}
