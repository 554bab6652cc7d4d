import { domToBlob } from 'modern-screenshot'

const SCALE = 2

/**
 * A panel as a PNG at twice its size, on white, in the light palette whatever is shown: a copy of it, whole where the panel
 * scrolls, with a line of what it is of at its foot.
 */
export async function pictureOf(panel: HTMLElement, foot: string): Promise<Blob> {
  const place = document.body.appendChild(document.createElement('div'))
  place.inert = true
  Object.assign(place.style, {
    position: 'fixed',
    left: '-20000px',
    top: '0',
    width: `${panel.offsetWidth}px`,
    colorScheme: 'light',
    background: 'white',
    color: 'var(--ink)',
  })
  try {
    const copy = panel.cloneNode(true) as HTMLElement
    copy.style.border = 'none'
    place.append(copy, footOf(foot))
    for (const part of place.querySelectorAll<HTMLElement>('[data-no-export]')) part.remove()
    showWhole(place)
    return await domToBlob(place, {
      scale: SCALE,
      backgroundColor: '#ffffff',
      style: { position: 'static', left: '0' },
      font: { cssText: await loadedFonts() },
    })
  } finally {
    place.remove()
  }
}

function footOf(text: string): HTMLElement {
  const foot = document.createElement('p')
  foot.textContent = text
  Object.assign(foot.style, {
    padding: '0 16px 12px',
    font: '11px / 16px var(--sans)',
    color: 'var(--ink-3)',
  })
  return foot
}

function showWhole(place: HTMLElement): void {
  for (const element of place.querySelectorAll<HTMLElement>('*')) {
    const { overflowX, overflowY } = getComputedStyle(element)
    if (!/auto|scroll/.test(`${overflowX} ${overflowY}`)) continue
    element.style.maxHeight = 'none'
    element.style.overflow = 'visible'
  }
}

/** The font faces that the page has loaded, with their files in them: a picture loads nothing, and other slices are not in it. */
async function loadedFonts(): Promise<string> {
  const loaded = new Set(
    [...document.fonts].flatMap(({ status, family, unicodeRange }) =>
      status === 'loaded' ? [faceKey(family, unicodeRange)] : [],
    ),
  )
  const faces = [...document.styleSheets].flatMap((sheet) =>
    [...sheet.cssRules].flatMap((rule) =>
      rule instanceof CSSFontFaceRule ? [{ style: rule.style, base: sheet.href ?? location.href }] : [],
    ),
  )
  const texts = await Promise.all(
    faces.map(async ({ style, base }) => {
      const family = style.getPropertyValue('font-family')
      const range = style.getPropertyValue('unicode-range')
      const path = /url\(["']?([^"')]+)/.exec(style.getPropertyValue('src'))?.[1]
      if (path === undefined || !loaded.has(faceKey(family, range))) return ''
      const file = await (await fetch(new URL(path, base))).blob()
      const ranged = range === '' ? '' : `unicode-range: ${range};`
      return `@font-face { font-family: ${family}; font-weight: ${style.getPropertyValue('font-weight')}; ${ranged} src: url(${await dataUrl(file)}) format("woff2"); }`
    }),
  )
  return texts.join('\n')
}

const faceKey = (family: string, range: string): string =>
  `${family.replace(/["']/g, '')} ${range.replace(/\s/g, '').toUpperCase()}`

const dataUrl = (file: Blob): Promise<string> =>
  new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => resolve(String(reader.result))
    reader.onerror = () => reject(reader.error)
    reader.readAsDataURL(file)
  })
