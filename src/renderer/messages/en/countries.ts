export const countries = {
  countries: {
    title: 'Countries named',
    label: 'Map of the countries named. “As a table” shows the same numbers.',
    asTable: 'As a table',
    asMap: 'As a map',
    country: 'Country',
    none: 'These stories name no country that the concepts know.',
    borders: 'Borders by Natural Earth: who holds the ground, not who claims it.',
    from: (count: string) => `from ${count}`,
    andMore: (count: string, unit: string) => `${count} and more ${unit}`,
  },
}
