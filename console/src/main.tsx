import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './styles/tokens.css';
import './styles/base.css';
import { App } from './app.tsx';
import { loadMessages } from './i18n/i18n.tsx';
import { chosenLocale } from './i18n/locale.ts';
import { ScreenMissing } from './shell/screen.ts';
import { applyTheme, chosenTheme } from './shell/theme.ts';

applyTheme(chosenTheme());
const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
const messages = await loadMessages(chosenLocale());
createRoot(root, {
  // The page tells it, and it is expected: no fault for somebody's console.
  onCaughtError: (error) => error instanceof ScreenMissing || reportError(error),
}).render(
  <StrictMode>
    <App messages={messages} />
  </StrictMode>,
);
