import { z } from 'zod'
import { defineJob } from './define-job'

/** Every half minute: queues the next step of each proposal whose own job was lost, for instance with a restored backup. */
export const resumeProposals = defineJob('resume-proposals', z.object({}))
