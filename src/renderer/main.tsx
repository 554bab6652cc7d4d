import './scripts.ts'
import './styles.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { startAppearance } from './appearance.ts'
import { followChanges } from './changes.ts'
import { markVisitOnClosing } from './frame/visit.ts'

startAppearance()
markVisitOnClosing()
void followChanges()

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no #root')
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
