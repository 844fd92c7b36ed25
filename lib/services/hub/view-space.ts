import type { HubSpace } from '../../db/hub/lists/spaces'

/** As far as GraphQL's Int reaches. */
const MAX_INT = 2 ** 31 - 1

/** A space as Snapshot's hub formats it, what its settings leave out filled in. */
export function viewSpace({ settings, ...space }: HubSpace) {
  const { filters, voting, delegationPortal } = settings
  const strategies = (settings.strategies ?? []).map((strategy) => ({
    ...strategy,
    network: strategy.network ?? settings.network,
  }))
  const minScore = filters?.minScore ?? 0
  return {
    id: space.id,
    name: space.name || space.id,
    private: settings.private ?? false,
    about: settings.about ?? '',
    avatar: settings.avatar ?? '',
    cover: settings.cover,
    terms: settings.terms,
    location: settings.location,
    website: settings.website,
    twitter: settings.twitter,
    github: settings.github,
    farcaster: settings.farcaster,
    coingecko: settings.coingecko,
    email: settings.email,
    discussions: settings.discussions,
    discourseCategory: (settings.discourseCategory ?? 0) <= MAX_INT ? settings.discourseCategory : null,
    network: settings.network ?? '',
    symbol: settings.symbol,
    skin: settings.skin,
    skinSettings: settings.skinSettings ?? {},
    domain: space.domain ?? '',
    strategies,
    admins: settings.admins ?? [],
    members: settings.members ?? [],
    moderators: settings.moderators ?? [],
    filters: { minScore, onlyMembers: filters?.onlyMembers ?? false },
    plugins: settings.plugins ?? {},
    voting: {
      delay: voting?.delay || null,
      period: voting?.period || null,
      type: voting?.type || null,
      quorum: voting?.quorum || null,
      quorumType: voting?.quorumType || 'default',
      blind: voting?.blind ?? false,
      hideAbstain: voting?.hideAbstain ?? false,
      privacy: voting?.privacy ?? '',
      aliased: voting?.aliased ?? false,
    },
    categories: settings.categories ?? [],
    validation: withParams(
      settings.validation ??
        (minScore > 0 ? { name: 'basic', params: { minScore, strategies } } : { name: 'any' }),
    ),
    voteValidation: withParams(settings.voteValidation ?? { name: 'any' }),
    delegationPortal: delegationPortal ? { delegationNetwork: '1', ...delegationPortal } : null,
    treasuries: settings.treasuries ?? [],
    labels: (settings.labels ?? []).map((label) => ({ ...label, description: label.description ?? '' })),
    proposalsCount: space.proposalCount,
    followersCount: space.followerCount,
    votesCount: space.voteCount,
    parent: settings.parent || null,
    children: settings.children ?? [],
    guidelines: settings.guidelines,
    template: settings.template,
    verified: space.verified,
    flagged: space.flagCode > 0,
    flagCode: space.flagCode,
    hibernated: space.hibernated,
    turbo: space.turbo,
    // The operator's mark has no end; clients take the time for the mark.
    turboExpiration: space.turbo ? MAX_INT : 0,
    boost: settings.boost ?? { enabled: true, bribeEnabled: false },
    created: space.created,
    controller: space.controller,
    nameProblem: space.nameProblem,
    origin: space.origin,
  }
}

export type SpaceNode = ReturnType<typeof viewSpace>

function withParams({ name, params }: { name: string; params?: unknown }) {
  return { name, params: params ?? {} }
}
