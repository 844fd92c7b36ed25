import { read } from '../../_server/read'
import { AboutSpace } from './_components/about-space'

export const metadata = { title: 'About' }

export default async function AboutPage({ params }: { readonly params: Promise<{ space: string }> }) {
  const { space } = await params
  return <AboutSpace space={await read.space(decodeURIComponent(space))} />
}
