//! Elements from data. Text becomes text nodes only; there is no way from here to markup in a string.

export type Child = Node | string | number | null | undefined | false | readonly Child[];

export interface Props {
  class?: string | undefined;
  /** Custom properties and the like, set through the object model: a style attribute is against the policy. */
  style?: Record<string, string>;
  on?: { [K in keyof HTMLElementEventMap]?: (event: HTMLElementEventMap[K]) => void };
  [attribute: string]: unknown;
}

const SVG = 'http://www.w3.org/2000/svg';

export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K, props?: Props | null, ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  if (props) assign(element, props);
  append(element, children);
  return element;
}

export function svg<K extends keyof SVGElementTagNameMap>(
  tag: K, props?: Props | null, ...children: Child[]
): SVGElementTagNameMap[K] {
  const element = document.createElementNS(SVG, tag);
  if (props) assign(element, props);
  append(element, children);
  return element;
}

/** Replaces what an element holds. */
export function fill(parent: Element, ...children: Child[]): void {
  parent.textContent = '';
  append(parent, children);
}

/** Text in which `backticks` mark code. */
export function prose(text: string): Child[] {
  return text.split('`').map((part, index) => (index % 2 === 1 ? h('code', null, part) : part));
}

/** For screen readers only. */
export function hidden(text: string): HTMLElement {
  return h('span', { class: 'vh' }, text);
}

let counter = 0;

/** An id that is unique on the page, for aria references. */
export function uniqueId(prefix: string): string {
  counter += 1;
  return `pl-${prefix}-${counter}`;
}

function assign(element: Element & { style: CSSStyleDeclaration }, props: Props): void {
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || (value === false && !name.startsWith('aria-'))) continue;
    if (name === 'style') {
      for (const [property, text] of Object.entries(value as Record<string, string>)) {
        element.style.setProperty(property, text);
      }
    } else if (name === 'on') {
      for (const [event, listener] of Object.entries(value as Record<string, EventListener>)) {
        element.addEventListener(event, listener);
      }
    } else {
      element.setAttribute(name, value === true && !name.startsWith('aria-') ? '' : String(value));
    }
  }
}

function append(parent: Element, children: readonly Child[]): void {
  for (const child of children) {
    if (child === null || child === undefined || child === false) continue;
    if (child instanceof Node) parent.appendChild(child);
    else if (Array.isArray(child)) append(parent, child);
    else parent.appendChild(document.createTextNode(String(child)));
  }
}
