import type { ModuleSettlementView } from '../../../../../lib/core/views/settlement-view'

/** A registered proposal in its vote, for tests to change what they are about. */
export const settledByModule: ModuleSettlementView = {
  chainId: 31337,
  address: '0xe7f1725E7734CE288F8367e1Bb143E90bb3F0512',
  safe: '0x5FbDB2315678afecb367f032d93F642f64180aa3',
  state: 'voting',
  readAt: { block: '12', timestamp: 1_800_000_000 },
  operator: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
  keeper: null,
  configHash: `0x${'c'.repeat(64)}`,
  isConfigCurrent: true,
  isEnabled: true,
  timepoint: '11',
  totalPower: '1000000',
  commitment: null,
  proof: null,
  times: {
    commitUntil: null,
    finalAt: null,
    executableFrom: null,
    executableUntil: null,
    pausedUntil: null,
  },
  guardian: { address: '0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC', until: 1_900_000_000 },
  veto: null,
  pause: null,
  isHidden: false,
  isDemanded: false,
  uncountable: 0,
}
