import styles from './setup.module.css';

/**
 * A mail as HTML, as a mail program would show it: in a frame under a Content-Security-Policy of its own (`/mail-frame`), where
 * the mail's styles count and no script runs. A `srcdoc` would take on the console's policy, which allows no styles in attributes.
 */
export function MailFrame({ html, language, title }: { html: string; language: string; title: string }) {
  return (
    <iframe
      // Another mail is another page.
      key={html}
      src="/mail-frame"
      title={title}
      sandbox="allow-same-origin"
      className={styles.frame}
      onLoad={({ currentTarget: { contentDocument: page } }) => {
        if (!page) return;
        page.documentElement.lang = language;
        page.documentElement.innerHTML = html;
        // It is a picture of a mail: its links lead nowhere, and say so.
        for (const link of page.querySelectorAll('a')) {
          link.removeAttribute('href');
          link.role = 'link';
          link.ariaDisabled = 'true';
          link.style.cssText = 'color: LinkText; text-decoration: underline';
        }
      }}
    />
  );
}
