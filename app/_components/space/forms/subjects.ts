import { PeopleFields } from './people-fields'
import { ProfileFields } from './profile-fields'
import { ProposersFields } from './proposers-fields'
import { StrategiesFields } from './strategies-fields'
import type { Subject } from './subject'
import { TreasuriesFields } from './treasuries-fields'
import { VotersFields } from './voters-fields'
import { VotingFields } from './voting-fields'

export const profile: Subject = {
  id: 'profile',
  title: 'Profile',
  description: 'How the space presents itself.',
  keys: ['name', 'about', 'website', 'symbol'],
  Fields: ProfileFields,
}

export const strategies: Subject = {
  id: 'votes',
  title: 'Votes',
  description: 'Who has how many votes. Several sources add up.',
  keys: ['strategies', 'network'],
  Fields: StrategiesFields,
}

export const voting: Subject = {
  id: 'voting',
  title: 'Voting',
  description: 'How proposals are decided. What is not set here, each proposal sets for itself.',
  keys: ['voting'],
  Fields: VotingFields,
}

export const proposers: Subject = {
  id: 'proposers',
  title: 'Proposers',
  description: 'Who may make proposals. Members, moderators and admins always may.',
  keys: ['filters', 'validation', 'members'],
  Fields: ProposersFields,
}

export const voters: Subject = {
  id: 'voters',
  title: 'Voters',
  description: 'A condition on voters beside their votes. A proposal keeps the one it was made under.',
  keys: ['voteValidation'],
  Fields: VotersFields,
}

export const treasuries: Subject = {
  id: 'treasuries',
  title: 'Treasuries',
  description: 'The Safes that proposals can ask to make transactions.',
  keys: ['treasuries'],
  Fields: TreasuriesFields,
}

export const people: Subject = {
  id: 'people',
  title: 'Admins and moderators',
  description:
    'Admins change these settings; moderators can hide proposals. Only the controller names admins.',
  keys: ['admins', 'moderators'],
  Fields: PeopleFields,
  controllerOnly: true,
}
