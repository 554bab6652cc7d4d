export const exporting = {
  exporting: {
    menu: (panel: string) => `Export ${panel}`,
    csv: 'Numbers as CSV',
    png: 'Picture as PNG',
    range: 'Range',
    filter: 'Filter',
    noFilter: 'none',
    counted: 'Counted',
    exported: 'Exported',
    hours: (hours: number) => `Last ${hours} hours`,
    failed: (panel: string) => `${panel} could not be exported.`,
  },
}
