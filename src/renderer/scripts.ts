/**
 * Fonts for the scripts that a system may lack, of every language that a feed's text is recognised as. Each comes in slices by
 * range; a page loads those that its texts need, and one in Latin, Greek or Cyrillic letters none.
 */
import '@fontsource-variable/noto-sans-arabic/wght.css'
import '@fontsource-variable/noto-sans-armenian/wght.css'
import '@fontsource-variable/noto-sans-bengali/wght.css'
import '@fontsource-variable/noto-sans-devanagari/wght.css'
import '@fontsource-variable/noto-sans-ethiopic/wght.css'
import '@fontsource-variable/noto-sans-georgian/wght.css'
import '@fontsource-variable/noto-sans-gujarati/wght.css'
import '@fontsource-variable/noto-sans-hebrew/wght.css'
import '@fontsource-variable/noto-sans-kannada/wght.css'
import '@fontsource-variable/noto-sans-khmer/wght.css'
import '@fontsource-variable/noto-sans-kr/wght.css'
import '@fontsource-variable/noto-sans-myanmar/wght.css'
import '@fontsource-variable/noto-sans-sc/wght.css'
import '@fontsource-variable/noto-sans-tamil/wght.css'
import '@fontsource-variable/noto-sans-telugu/wght.css'
import '@fontsource-variable/noto-sans-thai/wght.css'
