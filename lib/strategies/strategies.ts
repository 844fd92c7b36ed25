// biome-ignore-all lint/performance/noBarrelFile: this list is what the registry is made of.
/** Every source of voting power, one line each. To add one: write its file, add its line. */
export { erc20BalanceOf } from './erc20-balance-of'
export { erc20Votes } from './erc20-votes'
export { ticket } from './ticket'
export { whitelist } from './whitelist'
