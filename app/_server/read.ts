import { notFound } from 'next/navigation'
import { cache } from 'react'
import { AppError } from '../../lib/core/errors'
import type { HexString } from '../../lib/core/views/hex-string'
import { getAccount } from '../../lib/services/account/get-account'
import { sharedContext } from '../../lib/services/create-context'
import { getInstallation } from '../../lib/services/installation/get-installation'
import { getMessage } from '../../lib/services/message/get-message'
import { getProposal } from '../../lib/services/proposal/get-proposal'
import { listProposals } from '../../lib/services/proposal/list-proposals'
import { getSpace } from '../../lib/services/space/get-space'
import { listSpaces } from '../../lib/services/space/list-spaces'

/**
 * What pages read for their first paint, the same answers that the API gives. What does not exist becomes the
 * not-found page. Within one request nothing is read twice.
 */
export const read = {
  installation: cache(() => getInstallation(sharedContext())),
  spaces: cache(() => listSpaces(sharedContext(), { first: 20 })),
  space: cache((id: string) => orNotFound(getSpace(sharedContext(), id.toLowerCase()))),
  proposals: cache((space: string) =>
    orNotFound(listProposals(sharedContext(), { space: space.toLowerCase(), first: 20 })),
  ),
  proposal: cache((id: string) => orNotFound(getProposal(sharedContext(), id))),
  account: cache((address: HexString) => getAccount(sharedContext(), address)),
  message: cache((id: HexString) => orNotFound(getMessage(sharedContext(), id))),
}

async function orNotFound<View>(answer: Promise<View>): Promise<View> {
  try {
    return await answer
  } catch (error) {
    if (error instanceof AppError && (error.code === 'not_found' || error.code === 'gone')) notFound()
    throw error
  }
}
