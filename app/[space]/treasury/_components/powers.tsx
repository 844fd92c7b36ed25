'use client'
import { TriangleAlert } from 'lucide-react'
import { AddressedText } from '../../../_components/ui/addressed-text'
import { Panel } from '../../../_components/ui/panel'
import type { PowerRow } from './who-could-what'

/** What each could do if it turned evil: a table that becomes a list of its rows where it is narrow. */
export function Powers({ rows }: { readonly rows: readonly PowerRow[] }) {
  return (
    <Panel title="What each could do if it turned evil">
      <table className="w-full max-sm:block">
        <thead className="text-left text-muted text-small max-sm:sr-only">
          <tr>
            <th scope="col" className="w-[11rem] pb-1 font-normal">
              Who
            </th>
            <th scope="col" className="px-4 pb-1 font-normal">
              Could
            </th>
            <th scope="col" className="w-[13rem] pb-1 font-normal">
              Could not
            </th>
          </tr>
        </thead>
        <tbody className="max-sm:block">
          {rows.map(({ who, could, couldNot, isTotal }) => (
            <tr key={who} className="border-t align-top max-sm:block max-sm:py-2.5">
              <th
                scope="row"
                className="text-left font-medium max-sm:block sm:py-2.5 [overflow-wrap:anywhere]"
              >
                {isTotal && (
                  <TriangleAlert aria-hidden className="mr-1.5 inline size-4 align-[-3px] text-against" />
                )}
                <AddressedText text={who} plain />
                {isTotal && (
                  <span className="block font-normal text-against text-small">takes everything</span>
                )}
              </th>
              <td className="max-sm:block sm:px-4 sm:py-2.5">
                <AddressedText text={could} plain />
              </td>
              <td className={couldNot ? 'text-muted max-sm:block sm:py-2.5' : 'max-sm:hidden'}>
                {couldNot && (
                  <>
                    <span className="sm:hidden">Could not: </span>
                    {couldNot}
                  </>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  )
}
