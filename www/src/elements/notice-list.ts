//! What the page itself has to say: it cannot run, the core stopped, files were left out.

import { fill, h } from '../dom';
import type { Notice } from '../store';
import { mark } from '../symbols';
import { define, Part } from './part';

/** What is no fault. */
const QUIET = new Set<Notice['kind']>(['left-out', 'reading']);

export class NoticeList extends Part {
  protected override build(): void {
    this.store.on('notices', () => this.#draw());
    this.#draw();
  }

  #draw(): void {
    fill(this, this.store.notices.map((notice) => h('div', { class: `notice n-${notice.kind}`, role: QUIET.has(notice.kind) ? 'status' : 'alert' },
      notice.kind !== 'reading' && mark(notice.kind === 'left-out' ? 'unknown' : 'delete'),
      h('p', null, notice.text, notice.kind === 'refused' && ' The text stays on this page. Another browser, or the saved file opened from disk, may run it.',
        notice.more && h('details', null, h('summary', null, 'What was said'), h('code', null, notice.more))),
      notice.kind !== 'refused' && notice.kind !== 'reading' && h('button', {
        class: 'b bare', 'aria-label': 'Dismiss', on: { click: () => this.store.dismiss(notice.kind) },
      }, '×'))));
  }
}

define('pl-notices', NoticeList);
