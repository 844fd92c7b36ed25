/** Every executor, one line each. To add one: write its file, add its line. */
// biome-ignore lint/performance/noBarrelFile: a list of plug-ins is what this file is; only the registry reads it.
export { safeSigners } from './safe-signers'
export { tallyModule } from './tally-module'
