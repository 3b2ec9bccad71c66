// HCL native syntax for a reader that lowers the tree at once and never prints it back. A sketch, written
// from the HCL native syntax specification; measured in parsing-speed.md beside this file.
//
// Aim: few tokens and few reductions, because a tree-sitter parse costs about the same per token and
// per reduction whatever they contain, and no external scanner outside heredocs.
//
// What a reader of the tree must know
// - `name` covers a dotted path ("var.region", "aws.east") and a namespaced function: split its text.
//   Dotted attribute names and block types are accepted here: lowering must refuse them.
// - `string` is a whole quoted text without interpolation, quotes and escapes included; `template` has parts.
// - true, false and null are names; "%{ if }" directives are flat siblings to be paired.
// - `attribute` ends after its newline: use its value's end for spans. An attribute without a value and a
//   block without a body are ordinary nodes here (someone is typing): lowering reports them.
// - Every backslash pair is accepted as an escape; "$$${" is read as a literal. Lowering decides.
// - A newline does not end an attribute by force: "a = 1 b = 2" on one line is accepted.
//
// Missing
// - a space before a call's parenthesis, "f (x)"; spaces around a dot, "a . b";
// - an object key with an index outside parentheses, "{ a.b[0] = 1 }";
// - a block label that contains an interpolation (invalid HCL) is an error node;
// - names accept every character above U+007F instead of the Unicode ID classes (binary searches for each
//   character otherwise);
// - the scanner compares heredoc markers by the low byte of each character, at most 60 of them, and drops
//   a heredoc nest whose markers exceed 240 bytes;
// - no queries, no corpus tests, no highlighting names.

const ID = /[A-Za-z_\u0080-\u{10FFFF}][A-Za-z0-9_\-\u0080-\u{10FFFF}]*/u;
// A name, or names joined by dots ("var.region"), or a namespaced function ("provider::aws::arn_parse").
const PATH = /[A-Za-z_\u0080-\u{10FFFF}][A-Za-z0-9_\-\u0080-\u{10FFFF}]*((\.|::)[A-Za-z_\u0080-\u{10FFFF}][A-Za-z0-9_\-\u0080-\u{10FFFF}]*)*/u;

const binary = [
  [1, '||'], [2, '&&'],
  [3, choice('==', '!=')],
  [4, choice('<', '<=', '>', '>=')],
  [5, choice('+', '-')],
  [6, choice('*', '/', '%')],
];

module.exports = grammar({
  name: 'hcl',

  externals: $ => [$.heredoc_marker, $.heredoc_text, $.heredoc_end, $._recovering],

  word: $ => $.name,

  extras: $ => [/[ \t\r\n\uFEFF]+/, $.comment],

  inline: $ => [$._item, $._label, $._key, $._term, $._accessor, $._part],

  rules: {
    config: $ => repeat($._item),

    _item: $ => choice($.attribute, $.block),

    attribute: $ => seq(field('name', $.name), '=', choice($._nl, seq(field('value', $._expr), optional($._nl)))),
    _nl: _ => /\r?\n/,

    // Two labels written out: a repeat costs a reduction for each of its items.
    block: $ => seq(
      field('type', $.name),
      optional(seq($._label, optional(seq($._label, optional(repeat1($._label)))))),
      choice($._nl, seq('{', repeat($._item), '}')),
    ),
    _label: $ => choice($.string, $.name),

    _expr: $ => choice($._term, $.unary, $.binary, $.conditional),

    _term: $ => choice(
      $.name, $.number, $.string, $.template, $.heredoc,
      $.call, $.tuple, $.object, $.for_tuple, $.for_object, $.parens, $.traversal,
    ),

    name: _ => PATH,
    number: _ => /[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?/,

    // A quoted text without a template sequence is one token.
    string: _ => token(/"([^"\\$%\n]|\\[^\n]|\$+([^"\\$%\n{]|\\[^\n])|\$\$+\{|%+([^"\\$%\n{]|\\[^\n])|%%+\{)*(\$+|%+)?"/),

    template: $ => seq('"', repeat($._part), token.immediate('"')),
    _part: $ => choice($.text, alias($._sigil, $.text), $.interpolation, $.directive),
    // Texts must be able to end before every "$" and "%": a longer alternative would lose to a comment ("//x/${y}").
    text: _ => token.immediate(prec(2, /([^"\\$%\n]|\\[^\n])+/)),
    _sigil: _ => token.immediate(prec(1, choice(/[$%]/, '$${', '%%{'))),

    interpolation: $ => seq(token.immediate(prec(3, /\$\{~?/)), $._expr, choice('}', '~}')),

    // Flat: "%{ if x }" and "%{ endif }" are siblings, lowering pairs them.
    directive: $ => seq(
      token.immediate(prec(3, /%\{~?/)),
      choice(
        seq('if', $._expr), 'else', 'endif',
        seq('for', $.name, optional(seq(',', $.name)), 'in', $._expr), 'endfor',
      ),
      choice('}', '~}'),
    ),

    heredoc: $ => seq(
      /<<-?/, $.heredoc_marker,
      repeat(choice($.heredoc_text, $.interpolation, $.directive)),
      $.heredoc_end,
    ),

    call: $ => seq(field('function', $.name), token.immediate('('), optional(seq($._expr, repeat(seq(',', $._expr)), optional(choice(',', '...')))), ')'),
    parens: $ => seq('(', $._expr, ')'),

    tuple: $ => seq('[', optional(seq($._expr, repeat(seq(',', $._expr)), optional(','))), ']'),
    object: $ => seq('{', repeat($.entry), '}'),
    entry: $ => seq(field('key', $._key), choice('=', ':'), field('value', $._expr), optional(',')),

    // No key may begin with a sign that could also continue the value before it.
    _key: $ => choice($.name, $.string, $.template, $.number, $.parens, $.call),

    for_tuple: $ => seq('[', $._for, $._expr, optional(seq('if', $._expr)), ']'),
    for_object: $ => seq('{', $._for, $._expr, '=>', $._expr, optional('...'), optional(seq('if', $._expr)), '}'),
    _for: $ => seq('for', $.name, optional(seq(',', $.name)), 'in', $._expr, ':'),

    traversal: $ => prec.right(9, seq($._base, $._accessor, optional(seq($._accessor, optional(repeat1($._accessor)))))),
    _base: $ => choice($.name, $.string, $.template, $.call, $.tuple, $.object, $.for_tuple, $.for_object, $.parens),
    _accessor: $ => choice($.attr, $.index, $.splat),
    attr: _ => token(seq('.', choice(ID, /[0-9]+/))),
    index: $ => seq('[', $._expr, ']'),
    splat: _ => token(choice('.*', /\[[ \t]*\*[ \t]*\]/)),

    unary: $ => prec(8, seq(choice('-', '!'), $._expr)),
    binary: $ => choice(...binary.map(([p, op]) => prec.left(p, seq($._expr, op, $._expr)))),
    conditional: $ => prec.right(0, seq($._expr, '?', $._expr, ':', $._expr)),

    comment: _ => token(choice(/#[^\n]*/, /\/\/[^\n]*/, /\/\*[^*]*\*+([^/*][^*]*\*+)*\//)),
  },
});
