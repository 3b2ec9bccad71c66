//! How figures are written: money, minutes, counts. Figures come from the core as they are; a sum of amounts
//! shown on one row is the only arithmetic, and it is exact.

import type { NotCompared } from './review';

const MINUS = '−';
const SCALE = 12;

/** A decimal string in units of 10^-12. */
export function decimal(text: string): bigint {
  const negative = text.startsWith('-');
  const [whole = '0', part = ''] = text.replace(/^[-+]/, '').split('.');
  const units = BigInt(whole + part.padEnd(SCALE, '0').slice(0, SCALE));
  return negative ? -units : units;
}

/** `$128.85`; small prices keep their digits. */
export function money(text: string, currency: string): string {
  return amount(decimal(text), currency, false);
}

/** A price of one unit with all its digits, and at least cents: `$0.04048`, `$0.10`. */
export function unitPrice(text: string, currency: string): string {
  const [whole = '0', part = ''] = text.split('.');
  return `${unit(currency)}${grouped(whole)}.${part.replace(/0+$/, '').padEnd(2, '0')}`;
}

/** `+$91.07`, `−$3.65`, `$0`. */
export function change(units: bigint, currency: string): string {
  return amount(units, currency, true);
}

/** `+$91`, for the graph. */
export function short(units: bigint, currency: string, signed: boolean): string {
  const whole = (absolute(units) + 5n * 10n ** BigInt(SCALE - 1)) / 10n ** BigInt(SCALE);
  return sign(whole === 0n ? 0n : units, signed) + unit(currency) + grouped(String(whole));
}

function amount(units: bigint, currency: string, signed: boolean): string {
  if (units === 0n) return `${unit(currency)}0`;
  return sign(units, signed) + unit(currency) + digits(absolute(units));
}

/** Two decimals, or as many as it takes to show two digits of a small price. */
function digits(units: bigint): string {
  const cent = 10n ** BigInt(SCALE - 2);
  if (units >= cent) {
    const cents = (units + cent / 2n) / cent;
    return `${grouped(String(cents / 100n))}.${String(cents % 100n).padStart(2, '0')}`;
  }
  const text = String(units).padStart(SCALE + 1, '0');
  const part = text.slice(-SCALE).replace(/0+$/, '');
  return `0.${part}`;
}

function grouped(whole: string): string {
  return whole.replace(/\B(?=(\d{3})+$)/g, ',');
}

function sign(units: bigint, signed: boolean): string {
  if (units < 0n) return MINUS;
  return signed && units > 0n ? '+' : '';
}

function absolute(units: bigint): bigint {
  return units < 0n ? -units : units;
}

function unit(currency: string): string {
  return currency === 'USD' ? '$' : `${currency} `;
}

/** `$49.64 before, not known now: var.class has no value`: what only one version tells of a cost. */
export function notCompared({ before, after, reason }: NotCompared, currency: string): string {
  const figures = [before && `${money(before.expected, currency)} before, not known now`, after && `not known before, ${money(after.expected, currency)} now`];
  return `${figures.filter(Boolean).join('; ')}: ${reason}`;
}

/** A drawn number; for positions and lengths only, never for a figure that is written. */
export function drawn(text: string): number {
  return Number(text);
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}

/** `1–5 min`, `20–50 min`, `1–2 h`. */
export function minutes([low, high]: readonly [number, number]): string {
  if (high >= 120 && low >= 60) return `${span(hours(low), hours(high))} h`;
  return `${span(low, high)} min`;
}

function hours(value: number): number {
  return Math.round(value / 30) / 2;
}

function span(low: number, high: number): string {
  return low === high ? `${low}` : `${low}–${high}`;
}

/** `rds.tf:16`, the folder left out. */
export function place(source: { file: string; line: number }): string {
  const name = source.file.slice(source.file.lastIndexOf('/') + 1);
  return source.line > 0 ? `${name}:${source.line}` : name;
}

export function size(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1_000_000 ? `${Math.round(bytes / 1000)} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** `0.2 s`, `38 ms`. */
export function duration(milliseconds: number): string {
  return milliseconds >= 950 ? `${(milliseconds / 1000).toFixed(1)} s` : `${Math.max(1, Math.round(milliseconds))} ms`;
}

/** The type as a card shows it: without the cloud's prefix; of `aws:ec2/instance:Instance` the last part. */
export function shortType(type: string): string {
  return type.replace(/^(aws|azurerm|google|kubernetes)_|^AWS::|^[^/]+\/.*:/, '');
}

/** A finding in its two parts; where the second says the first again, the one that says more is all. */
export function told({ title, message }: { title: string; message: string }): [string, string] {
  const head = title.replace(/\.$/, '');
  if (head.endsWith(message.replace(/^It|\.$/g, ''))) return [`${head}.`, ''];
  return message.startsWith(head) ? [message, ''] : [`${head}.`, message];
}
