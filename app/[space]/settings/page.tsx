import { read } from '../../_server/read'
import { SettingsPage } from './_components/settings-page'

export const metadata = { title: 'Settings' }

export default async function Page({ params }: { readonly params: Promise<{ space: string }> }) {
  const { space } = await params
  return <SettingsPage initial={await read.space(decodeURIComponent(space))} />
}
