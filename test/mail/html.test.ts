import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { html } from '../../src/mail/html.ts';

test('text is escaped, in content and in attributes', () => {
  const text = `<b title="a" id='b'>R&D</b>`;
  const escaped = '&lt;b title=&quot;a&quot; id=&#39;b&#39;&gt;R&amp;D&lt;/b&gt;';
  expect(html`<p title="${text}">${text}</p>`.toString()).toBe(`<p title="${escaped}">${escaped}</p>`);
});

test('fragments nest without being escaped twice, alone and in arrays', () => {
  const items = ['a & b', html`<i>${'<c>'}</i>`, [html`<br>`, '"']];
  expect(html`<p>${items}</p>${html`<hr>`}`.toString()).toBe(
    '<p>a &amp; b<i>&lt;c&gt;</i><br>&quot;</p><hr>',
  );
});

test('text that is escaped already is escaped again: it was text', () => {
  expect(html`${'&lt;'}`.toString()).toBe('&amp;lt;');
});

test('no text whatever can open a tag, close an attribute or begin an entity of its own', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const shown = html`${text}`.toString();
      expect(shown).not.toMatch(/[<>"']|&(?!(?:amp|lt|gt|quot|#39);)/);
    }),
  );
});
