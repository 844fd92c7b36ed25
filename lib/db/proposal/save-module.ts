import type { StatedModule } from '../../core/audit/module-config-json'
import type { Database } from '../client'

/** Notes what a module decides a proposal by, of a proposal that does not say it yet. */
export async function saveModule(db: Database, id: string, module: StatedModule): Promise<void> {
  await db.query('update proposals set module = $2::jsonb where id = $1 and module is null', [
    id,
    JSON.stringify(module),
  ])
}
