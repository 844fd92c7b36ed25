import { singleChoice } from './single-choice'
import { defineVotingSystem } from './voting-system'

/** Single choice with fixed meanings: option 1 is For, 2 Against, 3 (if there) Abstain. */
export const basic = defineVotingSystem({
  ...singleChoice,
  id: 'basic',
  label: 'Basic',
  description: 'For, Against or Abstain: passes if For has more votes than Against.',
  example: 'For 60, Against 30, Abstain 10: For leads by 30 points and the proposal passes.',
})
