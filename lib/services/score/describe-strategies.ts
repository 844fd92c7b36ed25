import { strategies } from '../../strategies/registry'
import type { Context } from '../context'
import { listStrategies } from '../installation/list-strategies'

/** Sources of voting power as Snapshot's clients list them, by name. */
export function describeStrategies(ctx: Pick<Context, 'fetchPublic'>): Record<string, object> {
  return Object.fromEntries(
    listStrategies(ctx).map(({ id, version, label, schema, example, unavailable, provisional }) => {
      const strategy = strategies.find((item) => item.id === id && item.version === version)
      const { $schema, ...definition } = schema
      return [
        id,
        {
          key: id,
          id,
          name: label,
          author: 'comitia',
          version: `${version}.0.0`,
          schema: {
            $schema,
            $ref: '#/definitions/Strategy',
            definitions: { Strategy: { title: label, ...definition } },
          },
          examples: [
            {
              name: label,
              strategy: { name: id, params: example },
              network: '1',
              addresses: ['0xd8dA6BF26964aF9D7eEd9e03E53415D37aA96045'],
              snapshot: 20_000_000,
            },
          ],
          about: strategy?.describe(strategy.paramsSchema.parse(example)) ?? label,
          supportedProtocols: ['evm'],
          dependOnOtherAddress: provisional,
          disabled: unavailable !== null,
        },
      ]
    }),
  )
}
