import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Theme } from '../../api/contract/themes.ts'
import { api } from '../api.ts'

export type ThemeNames = ReadonlyMap<string, Theme>

/** The themes there are, by id. */
export function useThemeNames(): ThemeNames {
  const { data } = useQuery(api.themes.list.queryOptions({ input: {} }))
  return useMemo(() => new Map(data?.themes.map((theme) => [theme.id, theme])), [data])
}
