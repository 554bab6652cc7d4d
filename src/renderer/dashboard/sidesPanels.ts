/** Who tells what and who does not: one script for both panels. */
export { BlindSpots } from './blindSpots.tsx'
export { BlocsSideBySide } from './blocsSideBySide.tsx'
