/**
 * The service worker behind notifications of the browser, which have buttons through it alone. It fetches and keeps nothing: a
 * page does what a button says (src/renderer/notices/notifications.ts); where none is open, one opens at what the notice is about.
 */
self.addEventListener('notificationclick', (event) => {
  event.notification.close()
  event.waitUntil(hand(event.action, event.notification.data))
})

async function hand(action, { notice, path }) {
  const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true })
  const page = pages.find(({ visibilityState }) => visibilityState === 'visible') ?? pages[0]
  if (page === undefined) await self.clients.openWindow(path)
  else {
    // A button does its work without the page coming to the front.
    if (action === '') await page.focus().catch(() => undefined)
    page.postMessage({ type: 'notice', action, notice })
  }
}
