import type { Feature, FeatureCollection, Geometry } from 'geojson'
import { feature } from 'topojson-client'
import type { GeometryCollection, Topology } from 'topojson-specification'
import world from 'world-atlas/countries-110m.json'

/** A country as Natural Earth draws it. */
export type Shape = Feature<Geometry, { name: string }>

/** Antarctica takes a fifth of the height and is named by no story of ours. */
const LEFT_OUT = 'Antarctica'

/** The countries of the map, Natural Earth 1:110m. */
export const shapes: readonly Shape[] = readShapes()

function readShapes(): Shape[] {
  const topology = world as unknown as Topology<{ countries: GeometryCollection<{ name: string }> }>
  const all: FeatureCollection<Geometry, { name: string }> = feature(topology, topology.objects.countries)
  return all.features.filter(({ properties }) => properties.name !== LEFT_OUT)
}

/** Where the map writes a name otherwise than people do. */
const WRITTEN: Readonly<Record<string, string>> = {
  'united-states': 'United States of America',
  usa: 'United States of America',
  uk: 'United Kingdom',
  turkiye: 'Turkey',
  burma: 'Myanmar',
  swaziland: 'eSwatini',
  eswatini: 'eSwatini',
  'czech-republic': 'Czechia',
  'north-macedonia': 'Macedonia',
  'ivory-coast': "Côte d'Ivoire",
  'east-timor': 'Timor-Leste',
  'bosnia-and-herzegovina': 'Bosnia and Herz.',
  bosnia: 'Bosnia and Herz.',
  'central-african-republic': 'Central African Rep.',
  'democratic-republic-of-the-congo': 'Dem. Rep. Congo',
  'dr-congo': 'Dem. Rep. Congo',
  'dominican-republic': 'Dominican Rep.',
  'equatorial-guinea': 'Eq. Guinea',
  'south-sudan': 'S. Sudan',
  'western-sahara': 'W. Sahara',
  'solomon-islands': 'Solomon Is.',
  'falkland-islands': 'Falkland Is.',
  'northern-cyprus': 'N. Cyprus',
}

/** Countries and territories that are too small for the map: longitude and latitude. */
const POINTS: Readonly<Record<string, readonly [number, number]>> = {
  andorra: [1.6, 42.5],
  bahrain: [50.6, 26.1],
  barbados: [-59.5, 13.2],
  'cape-verde': [-23.6, 15.1],
  comoros: [43.3, -11.7],
  gibraltar: [-5.4, 36.1],
  'hong-kong': [114.2, 22.3],
  kiribati: [173, 1.4],
  liechtenstein: [9.6, 47.2],
  macau: [113.5, 22.2],
  maldives: [73.5, 4.2],
  malta: [14.4, 35.9],
  'marshall-islands': [171.2, 7.1],
  mauritius: [57.6, -20.3],
  micronesia: [158.2, 6.9],
  monaco: [7.4, 43.7],
  nauru: [166.9, -0.5],
  palau: [134.6, 7.5],
  samoa: [-172.1, -13.8],
  'san-marino': [12.5, 43.9],
  'sao-tome-and-principe': [6.6, 0.3],
  seychelles: [55.5, -4.7],
  singapore: [103.8, 1.4],
  tonga: [-175.2, -21.2],
  tuvalu: [179.2, -8.5],
  vatican: [12.5, 41.9],
}

const byName = new Map(shapes.map((shape) => [slug(shape.properties.name), shape]))

/** Where a place stands on the map: as a shape or as a point; null where it is no country. */
export function placeOf(place: {
  name: string
  label: string
}): { shape: Shape } | { point: readonly [number, number] } | null {
  for (const name of [place.name, slug(place.label)]) {
    const shape = byName.get(slug(WRITTEN[name] ?? name))
    if (shape !== undefined) return { shape }
    const point = POINTS[name]
    if (point !== undefined) return { point }
  }
  return null
}

/** "Hong Kong" as concepts are named: hong-kong. */
function slug(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')
}
