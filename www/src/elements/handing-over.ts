//! Copying and saving. Nothing here goes anywhere but the clipboard and the reader's own disk.

import { h } from '../dom';

/** Copies text; where the clipboard is closed, selects it in a field for the reader to copy. */
export async function copy(root: ShadowRoot, text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = h('textarea', { readonly: true, 'aria-label': 'Copy this text' });
    field.value = text;
    const dialog = h('dialog', { class: 'dlg copying', 'aria-label': 'Copy this text' },
      h('p', { class: 'sm' }, 'The clipboard is closed to this page. The text is selected: copy it with the keyboard.'), field,
      h('form', { method: 'dialog' }, h('button', { class: 'b' }, 'Close')));
    dialog.addEventListener('close', () => dialog.remove());
    root.append(dialog);
    dialog.showModal();
    field.select();
    return false;
  }
}

export function save(name: string, type: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = h('a', { href: url, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** A button that copies and then says so on itself for two seconds. */
export function copyButton(root: () => ShadowRoot, label: string, text: () => string | Promise<string>, props: { class?: string } = {}): HTMLButtonElement {
  const button = h('button', { class: props.class ?? 'b' }, label);
  button.addEventListener('click', async () => {
    if (!(await copy(root(), await text()))) return;
    button.textContent = 'Copied';
    setTimeout(() => { button.textContent = label; }, 2000);
  });
  return button;
}
