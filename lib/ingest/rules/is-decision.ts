import type { ProposalPayload } from '../../core/messages/proposal'

const CHOICES = ['For', 'Against', 'Abstain']

/** Whether a vote ends in For or Against, which is what an execution waits for. */
export function isDecision({ type, choices }: Pick<ProposalPayload, 'type' | 'choices'>): boolean {
  return type === 'basic' && JSON.stringify(choices) === JSON.stringify(CHOICES)
}
