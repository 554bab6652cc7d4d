import {
  type ContextMenuParams,
  clipboard,
  Menu,
  type MenuItemConstructorOptions,
  type WebContents,
} from 'electron'

/** What a right click offers: spelling, the link, cut, copy and paste, looking a word up on macOS. */
export function offerContextMenu(contents: WebContents): void {
  contents.on('context-menu', (_event, params) => {
    const items = contextMenuOf(contents, params)
    if (items.length > 0) Menu.buildFromTemplate(items).popup()
  })
}

function contextMenuOf(
  contents: WebContents,
  { misspelledWord, dictionarySuggestions, linkURL, selectionText, isEditable, editFlags }: ContextMenuParams,
): MenuItemConstructorOptions[] {
  const selected = selectionText.trim() !== ''
  const groups: MenuItemConstructorOptions[][] = [
    misspelledWord === ''
      ? []
      : [
          ...dictionarySuggestions.map((word) => ({
            label: word,
            click: () => contents.replaceMisspelling(word),
          })),
          // Names of people and places: kept on this machine.
          {
            label: 'Add to Dictionary',
            click: () => void contents.session.addWordToSpellCheckerDictionary(misspelledWord),
          },
        ],
    /^https?:/.test(linkURL)
      ? [{ label: 'Copy Link Address', click: () => clipboard.writeText(linkURL) }]
      : [],
    process.platform === 'darwin' && selected
      ? [
          {
            label: `Look Up “${selectionText.trim().slice(0, 40)}”`,
            click: () => contents.showDefinitionForSelection(),
          },
        ]
      : [],
    isEditable
      ? [
          { role: 'cut', enabled: editFlags.canCut },
          { role: 'copy', enabled: editFlags.canCopy },
          { role: 'paste', enabled: editFlags.canPaste },
          { role: 'selectAll', enabled: editFlags.canSelectAll },
        ]
      : selected
        ? [{ role: 'copy', enabled: editFlags.canCopy }]
        : [],
  ]
  return groups
    .filter((group) => group.length > 0)
    .flatMap((group, at) => (at === 0 ? group : [{ type: 'separator' as const }, ...group]))
}
