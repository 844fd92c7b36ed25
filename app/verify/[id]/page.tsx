import { notFound } from 'next/navigation'
import { read } from '../../_server/read'
import { findId } from '../_components/find-id'
import { MessagePage } from './_components/message-page'

interface Props {
  readonly params: Promise<{ id: string }>
}

export const metadata = { title: 'Verify a message' }

export default async function Page({ params }: Props) {
  const id = findId((await params).id)
  if (!id) notFound()
  const message = await read.message(id)
  return (
    <MessagePage
      initial={message}
      proposal={message.proposal && (await read.proposal(message.proposal.id))}
    />
  )
}
