import { buildSchema, type GraphQLFieldResolver, type GraphQLSchema, isObjectType } from 'graphql'
import { type GraphqlRequest, resolvers } from './resolvers'
import { sdl } from './sdl'

/** The hub's schema, its fields resolved in a `GraphqlRequest`. */
export const schema: GraphQLSchema = buildSchema(sdl)

for (const [typeName, fields] of Object.entries(resolvers)) {
  const type = schema.getType(typeName)
  for (const [name, resolve] of Object.entries(fields)) {
    const field = isObjectType(type) ? type.getFields()[name] : undefined
    if (!field) throw new Error(`the schema has no ${typeName}.${name}`)
    field.resolve = resolve as GraphQLFieldResolver<unknown, GraphqlRequest>
  }
}
