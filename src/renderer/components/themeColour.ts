/** The CSS colour of a theme colour 1–10; 0, or a number beyond, is the colour of no theme. */
export const themeColour = (colour: number): string => `var(--t${colour >= 1 && colour <= 10 ? colour : 0})`
