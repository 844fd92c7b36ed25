import { z } from 'zod'
import { defineJob } from './define-job'

/** Every few minutes: audits the bundles again that were last audited a day ago, in the demo two minutes. */
export const verifyBundles = defineJob('verify-bundles', z.object({}))
