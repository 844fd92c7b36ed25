// biome-ignore-all lint/performance/noBarrelFile: this list is what the registry is made of.
/** Every condition on people, one line each. To add one: write its file, add its line. */
export { any } from './any'
export { basic } from './basic'
export { karmaEasAttestation } from './karma-eas-attestation'
export { passportGated } from './passport-gated'
