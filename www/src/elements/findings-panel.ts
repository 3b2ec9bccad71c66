//! Findings: what happens, the smallest fix, and where.

import { fill, h, prose } from '../dom';
import { severity, severityLevel } from '../symbols';
import { plural, told } from '../words';
import { define, Part } from './part';
import { addressLink, sourceLink } from './source-link';

export class FindingsPanel extends Part {
  protected override build(): void {
    this.store.on('review', () => this.#draw());
    this.#draw();
  }

  #draw(): void {
    const { review } = this.store;
    if (!review || review.findings.length === 0) return fill(this);
    const added = review.findings.filter((finding) => finding.new).length;
    const order = [...review.findings].sort((a, b) =>
      Number(b.new) - Number(a.new) || severityLevel(b.severity) - severityLevel(a.severity));
    fill(this, h('div', { class: 'sheet narrow' },
      h('div', { class: 'hd' }, h('h2', null, 'Findings'), h('span', { class: 'q sm' }, review.compared
        ? `${added} new, ${review.findings.length - added} that ${review.findings.length - added === 1 ? 'was' : 'were'} there before`
        : plural(review.findings.length, 'finding'), '. No finding does not mean safe.')),
      h('table', { class: 'ct unk' },
        h('thead', null, h('tr', null, h('th', { scope: 'col', class: 'w-sev' }, 'Severity'), h('th', { scope: 'col' }, 'What happens'),
          h('th', { scope: 'col' }, 'Smallest fix'), h('th', { scope: 'col', class: 'r w-src' }, 'Source'))),
        h('tbody', null, order.map((finding) => h('tr', null,
          h('td', null, severity(finding.severity)),
          h('td', null, h('b', null, prose(told(finding)[0])), told(finding)[1] !== '' && [h('br'), h('span', { class: 'q' }, prose(told(finding)[1]))],
            h('br'), addressLink(this.context, finding.address, () => this.store.openTab('changes'))),
          h('td', null, prose(finding.fix)),
          h('td', { class: 'r' }, sourceLink(this.context, finding.source))))))));
  }
}

define('pl-findings', FindingsPanel);
