import type { Address } from 'viem'
import type { TestChain } from '../../testing/chain'

/** A contract that answers 1 to every call about an address, but fails when it is `refused`. */
export function deployPickyToken(chain: TestChain, refused: Address): Promise<Address> {
  // calldataload(4) == refused ? revert : return 1
  const runtime = `60043573${refused.slice(2).toLowerCase()}14602657600160005260206000f35b600080fd`
  const length = (runtime.length / 2).toString(16).padStart(2, '0')
  return chain.deploy([], `0x60${length}80600b6000396000f3${runtime}`, [])
}
