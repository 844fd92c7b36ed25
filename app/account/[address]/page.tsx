import { notFound } from 'next/navigation'
import { getAddress, isAddress } from 'viem'
import { shortAddress } from '../../_components/ui/short-address'
import { read } from '../../_server/read'
import { AccountPage } from './_components/account-page'

interface Props {
  readonly params: Promise<{ address: string }>
}

export async function generateMetadata({ params }: Props) {
  return { title: shortAddress((await params).address) }
}

export default async function Page({ params }: Props) {
  const { address } = await params
  if (!isAddress(address, { strict: false })) notFound()
  return <AccountPage initial={await read.account(getAddress(address))} />
}
