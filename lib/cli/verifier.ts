// `comitia verify` as one file: node lib/dev/build-verifier.mjs makes it.
import { verify } from './verify'

await verify(process.argv.slice(2))
