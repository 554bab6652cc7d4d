import type { ReactNode } from 'react'
import { SegmentedControl } from '../components/segmentedControl.tsx'
import { setCountUnit, useCountUnit } from '../countUnit.ts'
import { t } from '../messages/index.ts'

/** Events, or each story. */
export function UnitControl(): ReactNode {
  return (
    <SegmentedControl
      label={t.unit.label}
      value={useCountUnit()}
      choices={[
        { value: 'events', text: t.unit.events },
        { value: 'stories', text: t.unit.stories },
      ]}
      onChange={setCountUnit}
    />
  )
}
