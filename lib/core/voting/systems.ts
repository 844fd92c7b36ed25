// biome-ignore-all lint/performance/noBarrelFile: the one list that the registry reads
/** Every voting system, one line each. To add one: write its file, add its line. */
export { approval } from './approval'
export { basic } from './basic'
export { copeland } from './copeland'
export { quadratic } from './quadratic'
export { rankedChoice } from './ranked-choice'
export { singleChoice } from './single-choice'
export { weighted } from './weighted'
