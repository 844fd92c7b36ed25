import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Test files that take tens of seconds, the longest first; half of it they wait. */
const longest = [
  'lib/cli/worker.crash.test.ts',
  'lib/services/settlement/module-settlement.test.ts',
  'lib/cli/serve.crash.test.ts',
  'lib/jobs/jobs.test.ts',
  'lib/services/settlement/settlement.test.ts',
  'lib/core/audit/mutations.test.ts',
  'lib/services/bundle/bundle.test.ts',
  'lib/core/log/proofs-from-tiles.test.ts',
  'lib/cli/verifier.test.ts',
  'lib/services/witness/collect-cosignatures.test.ts',
]

/** Starts the longest files first, on a fresh clone too, so that the others run beside them to the end. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const index = longest.findIndex((file) => moduleId.endsWith(file))
      return index < 0 ? longest.length : index
    }
    return (await super.sort(files)).toSorted((a, b) => place(a) - place(b))
  }
}
