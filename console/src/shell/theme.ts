export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

const kept = 'keygrant-theme';

/** The appearance that was chosen on this device. */
export function chosenTheme(): Theme {
  const theme = localStorage.getItem(kept);
  return themes.find((each) => each === theme) ?? 'system';
}

/** Shows the page so, and keeps the choice. */
export function applyTheme(theme: Theme): void {
  localStorage.setItem(kept, theme);
  if (theme === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
}
