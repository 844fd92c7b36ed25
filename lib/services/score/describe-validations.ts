import type { Context } from '../context'
import { listValidations } from '../installation/list-validations'

/** Conditions on people as Snapshot's clients list them, by name; `any` needs no mention. */
export function describeValidations(ctx: Pick<Context, 'passport'>): Record<string, object> {
  return Object.fromEntries(
    listValidations(ctx)
      .filter(({ id }) => id !== 'any')
      .map(({ id, version, label, description, uses, schema, example }) => {
        const { $schema, ...definition } = schema
        return [
          id,
          {
            key: id,
            id,
            github: '',
            version: `${version}.0.0`,
            title: label,
            description,
            about: description,
            schema: {
              $schema,
              $ref: '#/definitions/Validation',
              definitions: { Validation: { title: label, ...definition } },
            },
            examples: [
              {
                name: label,
                author: '0xd8dA6BF26964aF9D7eEd9e03E53415D37aA96045',
                space: 'dao.eth',
                network: '1',
                snapshot: 'latest',
                params: example,
              },
            ],
            proposalValidationOnly: !uses.includes('vote'),
            votingValidationOnly: !uses.includes('proposal'),
            supportedProtocols: ['evm'],
          },
        ]
      }),
  )
}
