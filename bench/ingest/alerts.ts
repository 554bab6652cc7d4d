/** Alerts as analysts write them: phrases, wildcards, NEAR, concepts, filters; `count` different ones. */
export function alertQueries(count: number): string[] {
  const things = [
    'pipeline*',
    'sanction*',
    'tariff*',
    '"grain corridor"',
    'chip*',
    'summit',
    '"arms package"',
    'treaty',
    'oil',
    'aid',
  ]
  const sides = [
    '@china',
    '@russia',
    '@eu',
    '@united-states',
    '@ukraine',
    '@taiwan',
    'India',
    'Gazprom',
    'Kyiv',
    'Brussels',
  ]
  return Array.from({ length: count }, (_, i) => {
    const thing = things[i % things.length]
    const side = sides[Math.floor(i / things.length) % sides.length]
    const forms = [
      `${side} NEAR/${5 + (i % 11)} ${thing}`,
      `${thing} AND ${side} AND NOT league`,
      `title:${thing} (${side} OR "talks with")`,
      `${side} ${thing} lang:en`,
    ]
    return forms[i % forms.length] as string
  })
}
