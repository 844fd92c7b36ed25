import { NewSpace } from './_components/new-space'

export const metadata = { title: 'New space' }

export default function NewSpacePage() {
  return <NewSpace />
}
