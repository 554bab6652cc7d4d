export const views = {
  panels: {
    title: 'Panels',
    hint: 'Alt with an arrow key moves a panel.',
    up: (panel: string) => `Move ${panel} up`,
    down: (panel: string) => `Move ${panel} down`,
    place: (panel: string, place: number, of: number) => `${panel}: ${place} of ${of}`,
    reset: 'As at first',
    wasReset: 'The panels are arranged as at first.',
    none: 'Every panel is hidden.',
    noneHint: 'Nothing is asked for while its panel is hidden.',
    showAll: 'Show all panels',
  },
}
