import type { ValidationOffer } from '../../core/views/installation-view'
import { validations } from '../../validations/registry'
import type { Context } from '../context'
import { schemaOf } from './schema-of'

/** Every condition on people. */
export function listValidations(ctx: Pick<Context, 'passport'>): ValidationOffer[] {
  return validations.map(
    ({ id, version, label, description, uses, paramsSchema, example, findObstacle }) => ({
      id,
      version,
      label,
      description,
      uses,
      schema: schemaOf(paramsSchema),
      example,
      unavailable: findObstacle?.(ctx) ?? null,
    }),
  )
}
