//! What the page itself has to say: it cannot run, the core stopped, files were left out.

import { fill, h } from '../dom';
import { mark } from '../symbols';
import { define, Part } from './part';

export class NoticeList extends Part {
  protected override build(): void {
    this.store.on('notices', () => this.#draw());
    this.#draw();
  }

  #draw(): void {
    fill(this, this.store.notices.map((notice) => h('div', { class: `notice n-${notice.kind}`, role: notice.kind === 'left-out' ? 'status' : 'alert' },
      mark(notice.kind === 'left-out' ? 'unknown' : 'delete'),
      h('p', null, notice.text, notice.kind === 'refused' && ' The text stays on this page. Another browser, or the saved file opened from disk, may run it.',
        notice.more && h('details', null, h('summary', null, 'What was said'), h('code', null, notice.more))),
      notice.kind !== 'refused' && h('button', {
        class: 'b bare', 'aria-label': 'Dismiss', on: { click: () => this.store.dismiss(notice.kind) },
      }, '×'))));
  }
}

define('pl-notices', NoticeList);
