// HCL native syntax for a reader that lowers the tree at once and never prints it back, written from the HCL
// native syntax specification.
//
// A tree-sitter parse costs about the same for each token and each reduction, whatever they contain. So what
// people write all the time is one token here, and its text is taken apart by the reader:
//   key         `ami   =`                        quoted_key  `"Name" :`
//   block_open  `resource "aws_vpc" "main" {`    call_open   `merge(`
//   name        `aws_subnet.main[0].id`          string      `"web-${var.stage}"`, names only inside `${}`
// Each has a long form for whatever does not fit on one line or has comments or templates in between.
//
// What a reader of the tree must know
// - Items of a body and entries of an object stand side by side, without a node of their own: a key, then its
//   value. Lists are left recursive, one reduction for each item.
// - Punctuation is hidden. A missing bracket therefore shows only as an error in a node without children in error.
// - true, false and null are names; "%{ if }" directives are flat siblings to be paired.
// - Too much is accepted where a person may be typing: a key without a value, a block without a body. So are
//   dotted attribute names, two items on one line, a value that goes on in the next line, every backslash pair,
//   `:` after an attribute's name. Lowering must report them.
// - Names accept every character above U+007F instead of the Unicode classes, which cost a binary search for each.

const ID = '[A-Za-z_\\u0080-\\u{10FFFF}][A-Za-z0-9_\\-\\u0080-\\u{10FFFF}]*';
// Quoted text without escapes and templates.
const PLAIN = '"[^"\\\\$%\\r\\n]*"';
const STEP = `\\.${ID}|::${ID}|\\.[0-9]+|\\.\\*|\\[[0-9]+\\]|\\[\\*\\]|\\[${PLAIN}\\]`;
const PATH = `${ID}(${STEP})*`;
// What may stand between a dot or bracket and what belongs to it, and what before a call's parenthesis.
const BLOCK_COMMENT = '/\\*[^*]*\\*+([^/*][^*]*\\*+)*/';
const GAP = `([ \\t\\r\\n]|(#|//)[^\\n]*\\n|${BLOCK_COMMENT})*`;
const regex = text => new RegExp(text, 'u');

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

  // Without it a single stray brace loses the rest of a file: names would be left out of the error state.
  word: $ => $.name,

  extras: $ => [/[ \t\r\n\uFEFF]+/, $.comment],

  inline: $ => [$._item, $._label, $._entry, $._key, $._value, $._accessor, $._part, $._for, $._close],

  rules: {
    config: $ => choice(optional($._items), $._never),

    // Never met: the scanner has no such token. A state in which all of these may come makes the generator keep
    // the long tokens in its error state, so that reading takes up again at the next key or block.
    _never: $ => seq($._recovering, choice(
      $.key, $.quoted_key, $.block_open, $.call_open, $.string, $.name, $.number, $._newline,
      'if', 'else', 'endif', 'for', 'in', 'endfor', $._quote, $._end_quote, $._sigil, $._strip, $._heredoc_open, '<',
    )),

    _items: $ => choice($._item, seq($._items, $._item)),
    _item: $ => choice(
      seq($.key, choice($._newline, $._value)),
      $.attribute,
      $.block,
      $.loose_block,
    ),

    key: _ => regex(`${ID}[ \\t]*[=:]`),
    quoted_key: _ => regex(`${PLAIN}[ \\t]*[=:]`),
    _newline: _ => /\r?\n/,

    attribute: $ => seq($.name, $._equals, choice($._newline, $._value)),

    block: $ => seq($.block_open, optional($._items), $._right_brace),
    block_open: _ => regex(`${ID}([ \\t]*${PLAIN}|[ \\t]+${ID})*[ \\t]*\\{`),

    loose_block: $ => seq(
      $.name,
      repeat($._label),
      choice($._newline, seq($._left_brace, optional($._items), $._right_brace)),
    ),
    _label: $ => choice($.string, $.name, $.template),

    // Written into every place but the operands, where it would multiply: a value alone is then no reduction.
    _value: $ => choice(
      $.name, $.number, $.string, $.template, $.heredoc,
      $.call, $.tuple, $.object, $.for_tuple, $.for_object, $.parens, $.traversal,
      $.unary, $.binary, $.conditional,
    ),
    _operand: $ => $._value,

    name: _ => regex(PATH),
    number: _ => /[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?/,

    string: _ => token(regex(
      '"([^"\\\\$%\\r\\n]|\\\\[^\\r\\n]|\\$+([^"\\\\$%\\r\\n{]|\\\\[^\\r\\n])|\\$\\$+\\{|%+([^"\\\\$%\\r\\n{]|\\\\[^\\r\\n])|%%+\\{'
      + `|\\$\\{[ \\t]*${PATH}[ \\t]*\\})*(\\$+|%+)?"`,
    )),

    template: $ => seq($._quote, repeat($._part), $._end_quote),
    _quote: _ => /"/,
    _end_quote: _ => token.immediate(/"/),
    _part: $ => choice($._text, $._sigil, $.interpolation, $.directive),
    // Texts must be able to end before every "$" and "%": a longer alternative would lose to a comment ("//x/${y}").
    _text: _ => token.immediate(prec(2, /([^"\\$%\r\n]|\\[^\r\n])+/)),
    _sigil: _ => token.immediate(prec(1, choice(/[$%]/, '$${', '%%{'))),

    interpolation: $ => seq(token.immediate(prec(3, /\$\{~?/)), $._value, $._close),

    // Flat: "%{ if x }" and "%{ endif }" are siblings, lowering pairs them.
    directive: $ => seq(
      token.immediate(prec(3, /%\{~?/)),
      choice(
        seq('if', $._value), 'else', 'endif',
        seq('for', $.name, optional(seq($._comma, $.name)), 'in', $._value), 'endfor',
      ),
      $._close,
    ),
    _close: $ => choice($._right_brace, $._strip),
    _strip: _ => /~\}/,

    heredoc: $ => seq(
      $._heredoc_open, $.heredoc_marker,
      repeat(choice($.heredoc_text, $.interpolation, $.directive)),
      $.heredoc_end,
    ),
    _heredoc_open: _ => /<<-?/,

    call: $ => seq($.call_open, optional($._list), optional(seq($._value, optional($.ellipsis))), $._right_parenthesis),
    call_open: _ => regex(`${ID}((\\.|::)${ID})*([ \\t]|${BLOCK_COMMENT})*\\(`),
    ellipsis: _ => '...',

    parens: $ => seq($._left_parenthesis, $._value, $._right_parenthesis),

    tuple: $ => seq($._left_bracket, optional($._list), optional($._value), $._right_bracket),
    // Every item but the last, with its comma.
    _list: $ => seq(optional($._list), $._value, $._comma),

    object: $ => seq($._left_brace, optional($._entries), $._right_brace),
    _entries: $ => choice($._entry, seq($._entries, $._entry)),
    _entry: $ => seq(choice($.key, $.quoted_key, $.long_key), $._value, optional($._comma)),
    // No key may begin with a sign that could also continue the value before it.
    long_key: $ => seq($._key, choice($._equals, $._colon)),
    _key: $ => choice($.name, $.string, $.template, $.number, $.parens, $.call),

    for_tuple: $ => seq($._left_bracket, $._for, $._value, optional(seq('if', $._value)), $._right_bracket),
    for_object: $ => seq(
      $._left_brace, $._for, $._operand, $._arrow, $._operand, optional($.ellipsis), optional(seq('if', $._operand)), $._right_brace,
    ),
    _for: $ => seq('for', $.name, optional(seq($._comma, $.name)), 'in', $._operand, $._colon),

    traversal: $ => prec.right(9, seq($._base, $._accessor, optional(seq($._accessor, optional(repeat1($._accessor)))))),
    _base: $ => choice($.name, $.number, $.string, $.template, $.call, $.tuple, $.object, $.for_tuple, $.for_object, $.parens),
    _accessor: $ => choice($.attr, $.index, $.splat),
    attr: _ => token(regex(`\\.${GAP}(${ID}|[0-9]+)`)),
    index: $ => seq($._left_bracket, $._value, $._right_bracket),
    splat: _ => token(regex(`\\.${GAP}\\*|\\[${GAP}\\*${GAP}\\]`)),

    unary: $ => prec(8, seq(choice('-', '!'), $._operand)),
    binary: $ => choice(...binary.map(([p, op]) => prec.left(p, seq($._operand, op, $._operand)))),
    conditional: $ => prec.right(0, seq($._operand, $._question, $._operand, $._colon, $._operand)),

    // Patterns, not strings: a hidden rule that is a string would cost a reduction of its own.
    _equals: _ => /=/,
    _colon: _ => /:/,
    _comma: _ => /,/,
    _question: _ => /\?/,
    _arrow: _ => /=>/,
    _left_brace: _ => /\{/,
    _right_brace: _ => /\}/,
    _left_bracket: _ => /\[/,
    _right_bracket: _ => /\]/,
    _left_parenthesis: _ => /\(/,
    _right_parenthesis: _ => /\)/,

    comment: _ => token(choice(/#[^\n]*/, /\/\/[^\n]*/, /\/\*[^*]*\*+([^/*][^*]*\*+)*\//)),
  },
});
