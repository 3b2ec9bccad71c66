//! The first page: one drop zone, samples that each tell a story, and what happens to the files.

import { fill, h } from '../dom';
import { SAMPLES } from '../samples';
import { mark } from '../symbols';
import { choose, openSample, paste } from './adding';
import { define, Part } from './part';

export class FirstVisit extends Part {
  protected override build(): void {
    this.store.on('files', () => this.#draw());
    this.#draw();
  }

  paste(text: string): void {
    paste(this.store, text);
  }

  #draw(): void {
    if (!this.store.empty) return fill(this);
    const { context, store } = this;
    fill(this, h('section', { class: 'start', 'aria-label': 'Start' },
      h('h1', null, 'What does this change do to what is running?'),
      h('p', { class: 'lede' }, 'Plumbline reads infrastructure code and says what is replaced, what is lost, what it costs, '
        + 'how to go back, and what cannot be known from the files.'),
      h('div', { class: 'drop' },
        h('p', null, h('b', null, 'Drop Terraform, CloudFormation, SAM or Pulumi: files, a folder or a zip')),
        h('p', { class: 'q sm' }, 'Two folders named before and after are compared. One version is reviewed as it stands.'),
        h('p', { class: 'do' },
          h('button', { class: 'b pri', on: { click: () => choose(context, 'after', false) } }, 'Choose files'),
          h('button', { class: 'b', on: { click: () => choose(context, 'after', true) } }, 'Choose a folder'),
          h('button', { class: 'b', on: { click: () => paste(store, null) } }, 'Paste text'))),
      SAMPLES.length > 0 && [
        h('h2', { class: 'q sm' }, 'Or look at one first'),
        h('ul', { class: 'lst' }, SAMPLES.map((sample) => h('li', null,
          mark(sample.mark ?? 'same'), ' ',
          h('button', { class: 'link', on: { click: () => openSample(store, sample) } }, sample.title), ' ',
          h('span', { class: 'q sm' }, sample.story)))),
      ],
      h('details', { class: 'private sm' },
        h('summary', null, 'Nothing leaves this page. ', h('span', { class: 'u' }, 'How to check')),
        h('p', null, 'Files are read on this page. It cannot send them: its content security policy blocks every request, '
          + 'in the page and in its worker.'),
        h('ul', null,
          h('li', null, 'Open the developer tools, tab Network, and use the page: the list stays as it was after loading.'),
          h('li', null, 'Look at the first lines of the page’s source: ', h('code', null, 'connect-src \'none\''), ' is the policy.'),
          h('li', null, 'Save the page, unplug the network and open the saved file: it works the same.')))));
  }
}

define('pl-first-visit', FirstVisit);
