import { writeBundle as write } from '../../services/bundle/write-bundle'
import { writeBundle } from '../definitions/write-bundle'
import { bindJob } from '../job'

export const writeBundleJob = bindJob(writeBundle, async (ctx, { proposal }) => {
  await write(ctx, proposal)
  return []
})
