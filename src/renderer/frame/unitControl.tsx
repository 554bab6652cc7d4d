import type { ReactNode } from 'react'
import { useSearchParams } from 'wouter'
import { SegmentedControl } from '../components/segmentedControl.tsx'
import { type CountUnit, setCountUnit, useCountUnit } from '../countUnit.ts'
import { t } from '../messages/index.ts'

/** Events, or each story. */
export function UnitControl(): ReactNode {
  const [params] = useSearchParams()
  const wanted = useCountUnit()
  return (
    <SegmentedControl
      label={t.unit.label}
      value={params.get('as') === 'stories' ? 'stories' : wanted}
      choices={[
        { value: 'events', text: t.unit.events },
        { value: 'stories', text: t.unit.stories },
      ]}
      onChange={useChangeUnit()}
    />
  )
}

/** Keeps the person's choice, over what the address of this list asks for. */
export function useChangeUnit(): (unit: CountUnit) => void {
  const [, setParams] = useSearchParams()
  return (unit) => {
    setCountUnit(unit)
    setParams(
      (before) => {
        before.delete('as')
        return before
      },
      { replace: true },
    )
  }
}
